"""Safe edits: proof that a sentence only leaves out, moves or resolves what its source says.

A sentence stands without any model where its words are those of the source in their order, and all that the source has
more are whole phrases whose absence changes nothing: asides, days, clauses at the end, titles before a name. Denials,
conditions, hedges, quantities and speakers must be kept.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.alignment import FREE, Alignment, align
from assistant.checking.recasting import active, recast
from assistant.language import names_in, voices, words_of
from assistant.language.attribution import VERBS, last_speaker, told
from assistant.language.names import TITLES
from assistant.language.quantities import NAMED_TIMES
from assistant.language.subjects import keys_of, subject_of
from assistant.language.tokens import Word, keys, quotations

#: Change what is said wherever they are left out: denials, conditions, hedges, bounds, shares.
_KEPT = frozenset(
    "not never no nor neither none nothing without nobody cannot hardly barely scarcely unable "
    "if unless until till provided whether lest otherwise except "
    "may might could would should can must will shall allegedly reportedly apparently possibly perhaps probably likely "
    "unlikely supposedly seemingly maybe nearly almost about around roughly approximately some several many few most "
    "half part partly partially only just at least more less fewer over under up to than former acting ex deputy "
    "proposed planned alleged suspected draft potential possible would-be self-styled so-called fake failed attempted "
    "try tries tried plan plans planned want wants wanted hope hopes hoped expect expects expected seem seems seemed "
    "appear appears appeared aim aims aimed threaten threatens threatened offer offers offered refuse refuses refused "
    "fail fails failed deny denies denied reject rejects rejected doubt doubts doubted ask asks asked demand demands "
    "demanded urge urges urged agree agrees agreed vow vowed pledge pledged promise promised".split()
)
_DENIALS = frozenset(
    "not never no nor neither none nothing without nobody cannot hardly barely scarcely unable".split()
)
#: With these a phrase at the end narrows what is said, so it stays: "the first visit in ten years".
_NARROWED = re.compile(
    r"\b(?:all|every|each|none|only|any|first|last|most|least|both|between|either|neither|together|largest|biggest|"
    r"highest|lowest|longest|worst|best|oldest|youngest|same|more|less|fewer|than|if|unless|until|not|never|no|nor|"
    r"without|cannot|deny|denied|denies|refuse\w*|reject\w*|fail\w*|so|such|too|enough)\b|n[’']t\b",
    re.IGNORECASE,
)
#: With these what stands behind "and" belongs to what stands before it.
_JOINING = re.compile(
    r"\b(?:both|between|either|neither|nor|not|never|no|without|cannot|if|unless)\b|n[’']t\b", re.IGNORECASE
)
#: Open a phrase or clause that may be missing.
_OPENERS = frozenset(
    "in on at after before during for with following amid which who whom whose where when while as since through "
    "across near outside inside by from despite including because although though and but among alongside ahead".split()
)
_CONDITIONS = frozenset("if unless until till provided whether lest when".split())
#: May come and go by themselves.
_ADVERBS = frozenset(
    "also meanwhile however but and then still moreover furthermore additionally instead again once later earlier "
    "already today yesterday now so yet have has had been this last next past week month year".split()
)
_TIMES = frozenset(NAMED_TIMES) | frozenset(
    "on in at this last next past earlier later early late week month year day morning afternoon evening night today "
    "yesterday of the ago since".split()
)
_PRONOUNS = frozenset("he she they it him her them his their its who".split())
#: Tell that something was said, and no more.
_NEUTRAL = frozenset("say says said saying tell tells told telling add adds added adding state stated states".split())
_ORDINARY = re.compile(r"[.,;:!?“”\"—–()]")


def proven(sentence: str, source: str, before: Sequence[str] = (), said_before: Sequence[str] = ()) -> bool:
    """Is `sentence` the source but for edits that change nothing?

    `before` are the sentences before the source, `said_before` those before the sentence, both oldest first.

    >>> proven("Rubio left Rome.", "On Friday Rubio, who looked tired, left Rome.")
    True
    >>> proven("Rubio left Rome.", "Rubio may have left Rome."), proven("Rubio left.", "Rubio has not left.")
    (False, False)
    """
    held = {_folded(each) for each in quotations(source)}
    if any(not any(_folded(each) in other for other in (*held, _folded(source))) for each in quotations(sentence)):
        return False
    return any(
        _follows(one, other, before, said_before) for one in _turned(sentence) for other in (source, *recast(source))
    )


def _turned(sentence: str) -> Iterator[str]:
    """A sentence, and the same with a phrase moved from one end to the other, or put into the active."""
    yield sentence
    yield from active(sentence)
    bare = sentence.rstrip(" .")
    opening = re.match(r"((?:On|In|At|After|Before|During|Following|Since|Despite) [^,]{3,80}), (.+)$", bare)
    if opening:
        yield f"{opening[2]} {opening[1][0].lower()}{opening[1][1:]}."
    for closing in re.finditer(r",? (?=(?:on|in|at|after|before|during|following|since|despite) )", bare):
        if closing.start() > len(bare) // 3:
            tail = bare[closing.end() :]
            yield f"{tail[0].upper()}{tail[1:]}, {bare[: closing.start()]}."


def _follows(sentence: str, source: str, before: Sequence[str], said_before: Sequence[str]) -> bool:
    here, there = words_of(sentence), words_of(source)
    said_here, said_there = told(sentence, said_before), told(source, before)
    apart_here = frozenset[int]().union(*(said.apart for said in said_here if said.who))
    apart_there = frozenset[int]().union(*(said.apart for said in said_there if said.who))
    resolved = _resolved(sentence, source, before)
    found = align(here, there, (apart_here, apart_there), resolved)
    if found is None and apart_there and not apart_here:
        apart_there = frozenset()  # what tells of words that are left out is part of the sentence: "spoke, saying that"
        found = align(here, there, (apart_here, apart_there), resolved)
    if found is None:
        return False
    if not _same_voices(voices(sentence, said_before), voices(source, before), found, here):
        return False
    cues = {here[i].key for i in apart_here if here[i].lower in VERBS and here[i].lower not in _NEUTRAL}
    told_there = {word.key for word in there}
    around = told_there.union(*(keys(words_of(text)) for text in (*before[-1:], *said_before)))
    named = {here[i].key for i in apart_here if not here[i].plain and here[i].lower not in VERBS}
    if cues - told_there or named - around:
        return False
    strong = {there[k].key for k in apart_there if there[k].lower in VERBS and re.match(r"den|doubt", there[k].lower)}
    if strong - {word.key for word in here}:
        return False
    return all(_may_go(gap, source, there, found, apart_there) for gap in _merged(found.gaps, apart_there))


def _merged(gaps: Sequence[tuple[int, int]], apart: frozenset[int]) -> list[tuple[int, int]]:
    """The gaps, those that only the words of a dropped "she fears" part as one."""
    found: list[tuple[int, int]] = []
    for gap in gaps:
        if found and all(k in apart for k in range(found[-1][1], gap[0])):
            found[-1] = (found[-1][0], gap[1])
        else:
            found.append(gap)
    return found


def _same_voices(
    own: list[list[frozenset[str]]], theirs: list[list[frozenset[str]]], found: Alignment, here: Sequence[Word]
) -> bool:
    """Does each word stay with whoever says it?"""
    for i, k in found.places.items():
        if here[i].plain and not here[i].quoted:
            continue
        if len(own[i]) != len(theirs[k]):
            return False
        if any(not (one & other) for one, other in zip(own[i], theirs[k], strict=True)):
            return False
    return True


def _resolved(sentence: str, source: str, before: Sequence[str]) -> dict[int, set[int]]:
    """The places of the source's pronouns that a name of the sentence may stand for, by the places of its words.

    Also the last word of a name for its other words: "Steve Witkoff" for "Witkoff", where the names before say so.
    """
    here, there = words_of(sentence), words_of(source)
    who = (subject_of(before[-1]) | last_speaker(before)) if before else frozenset()
    pronouns = {k for k, word in enumerate(there) if word.lower in _PRONOUNS and not word.quoted}
    own = {word.lower for word in there}
    around = {word.lower for text in before for word in words_of(text)}
    found: dict[int, set[int]] = {}
    for name in names_in(sentence):
        places = [i for i, word in enumerate(here) if name.words[0].start <= word.start <= name.words[-1].start]
        titles = [i for i, word in enumerate(here) for each in name.before if each.start == word.start]
        if name.last in own:
            last = {k for k, word in enumerate(there) if word.lower == name.last}
            for i in places[:-1]:
                if here[i].lower not in own and here[i].lower in around:
                    found[i] = last
        elif keys_of(name) & who and all(here[i].lower in around for i in (*places, *titles)):
            for i in (*titles, *places):
                found[i] = pronouns
    return found


def _may_go(gap: tuple[int, int], source: str, there: Sequence[Word], found: Alignment, apart: frozenset[int]) -> bool:
    """May the words of a gap be missing?"""
    start, end = gap
    words = [there[k] for k in range(start, end) if k not in apart and there[k].lower not in FREE]
    lower = [word.lower for word in words]
    used = set(found.places.values())
    left = source[there[start - 1].end : there[start].start] if start else ""
    right = source[there[end - 1].end : there[end].start] if end < len(there) else source[there[end - 1].end :]
    first = start == 0 or _all_apart(range(start), apart)
    last = end == len(there) or _all_apart(range(end, len(there)), apart)
    opens_at_mark = first or bool(_ORDINARY.search(left))
    ends_at_mark = last or bool(_ORDINARY.search(right))
    if (
        any(word.quoted for word in words)
        and (words[0].quoted or not ends_at_mark)
        and not (opens_at_mark and ends_at_mark)
    ):
        return False
    if _tells_who(lower) and not (last and opens_at_mark and lower[0].endswith("ing")):
        return False
    if all(word in _ADVERBS for word in lower):
        return not any(word in {"have", "has", "had", "been"} for word in lower[:-1])
    if lower[0] in _CONDITIONS:
        return False
    whole = opens_at_mark and ends_at_mark
    if whole and not first and not last:
        return lower[0] not in _KEPT or lower[0] in {"some", "about"}
    kept = source[: there[start].start] + source[there[end - 1].end :]
    if last and opens_at_mark:
        return _own_clause(lower, left)
    if first and ends_at_mark and not (set(lower) & _DENIALS):
        opens = lower[0] in _OPENERS or lower[0] in _ADVERBS or lower[0].endswith("ing")
        return not any(k in used for k in range(start)) and (opens or _apposed(end, source, there))
    if any(word in _KEPT for word in lower) and not (
        last and lower[0] in _OPENERS | {"to"} and "part" not in lower[:2]
    ):
        return False
    if last and lower[0] == "and":
        return not (_JOINING.search(kept) or set(lower[1:2]) & _DENIALS)
    if last and (lower[0] in _OPENERS or (lower[0] == "to" and there[start - 1].lower in NAMED_TIMES)):
        return not _NARROWED.search(kept) and not (set(lower) & _DENIALS)
    if all(word in _TIMES or word[:1].isdigit() for word in lower):
        return not _NARROWED.search(kept)
    return _titles(gap, source, there, opens_at_mark)


def _tells_who(lower: Sequence[str]) -> bool:
    """Do words tell who says the rest, which must not be lost: "a ranger said"?"""
    return any(word in VERBS for word in (lower[0], lower[-1])) or (
        len(lower) < 5 and any(word in VERBS for word in lower)
    )


def _own_clause(lower: Sequence[str], mark: str) -> bool:
    """Is what a sentence ends with after a comma or semicolon a statement of its own, without a hold on the rest?"""
    if ";" in mark or "—" in mark or lower[0] in _OPENERS - {"but", "and", "except", "although", "though"}:
        return True
    return not (set(lower[:3]) & (_DENIALS | _CONDITIONS)) and "only" not in lower[:2]


def _all_apart(places: range, apart: frozenset[int]) -> bool:
    return all(k in apart for k in places)


def _apposed(at: int, source: str, there: Sequence[Word]) -> bool:
    """Is what opens a sentence the office of a name behind it: "The chair of the council, Lena Oster, said"?"""
    name = next((each for each in names_in(source) if each.words[0].start == there[at].start), None)
    return name is not None and source[name.words[-1].end : name.words[-1].end + 1] == ","


def _titles(gap: tuple[int, int], source: str, there: Sequence[Word], opens_at_mark: bool) -> bool:
    """Are these the whole of the titles before a name that is kept: "Kremlin adviser Vladimir Medinsky"?"""
    start, end = gap
    if end >= len(there) or source[there[end - 1].end : there[end].start].strip(" "):
        return False
    name = next(
        (each for each in names_in(source) if each.words[0].start <= there[end].start <= each.words[-1].start), None
    )
    if name is None or there[end].lower in TITLES:
        return False
    before = there[start - 1].lower if start else ""
    phrase = opens_at_mark or before in {"by", "with", "of", "to", "from", "the", "and", "that"} | VERBS
    return phrase and all(not word.quoted and not word.lower.endswith(("ing", "ed")) for word in there[start:end])


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
