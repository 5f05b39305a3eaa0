"""Quotation attribution: which words of a sentence are whose.

"The talks were hard, Medinsky said" is Medinsky's but for the words that say so. What is said stays with whoever said
it: an answer that cites such words names the speaker, and no other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.language.names import names_in
from assistant.language.subjects import PLACES, PRONOUNS, behind_by, keys_of, left_of, right_of, subject_of, told_whom
from assistant.language.tokens import Word, words_of

_VERBS = (
    "say says said saying tell tells told telling add adds added adding warn warns warned warning caution "
    "cautions cautioned cautioning claim claims claimed claiming argue argues argued arguing insist insists "
    "insisted report reports reported reporting announce announces announced state stated states declare declares "
    "declared stress stresses stressed note notes noted explain explains explained acknowledge acknowledged admit "
    "admits admitted confirm confirms confirmed believe believes believed think thinks thought fear fears feared "
    "suggest suggests suggested predict predicts predicted describe describes described describing call calls "
    "called calling characterise characterised characterises characterize characterized characterizes deny denies "
    "denied reply replied write wrote writes written remark remarked complain complained mention mentioned assert "
    "asserted maintain maintained reckon reckons speak spoke voice voiced quip joked posted post label labels "
    "labelled labeled brand brands branded term termed dub dubbed consider considers considered regard regards "
    "regarded see sees saw signal signals signalled signaled respond responded put express expressed emphasised "
    "emphasized expect expects expected vow vowed pledge pledged promise promises promised"
)
VERBS = frozenset(_VERBS.split())
#: Say something only where words follow that are said: "signals that", "believes Russia wants", "saw him as".
_WITH_THAT = frozenset(
    "signal signals signalled signaled see sees saw fear fears feared expect expects expected put suggest "
    "suggests suggested report reports reported stated state states voice voiced spoke speak express expressed "
    "vow vowed pledge pledged maintain maintained note post term regard regarded regards consider considers "
    "considered call calls promise promises promised".split()
)
_NAMING = frozenset(
    "describe describes described describing call calls called calling characterise characterised characterises "
    "characterize characterized characterizes label labels labelled labeled brand brands branded termed dub "
    "dubbed considers considered regards regarded".split()
)
_TELLING = frozenset({"tell", "tells", "told", "telling", "warned", "assured", "informed"})
_BETWEEN = frozenset(
    "had has have also later repeatedly reportedly then once again further already briefly himself herself themselves "
    "itself is was "
    "being are were been would will did not never publicly openly only there".split()
)
_DESCRIBING = frozenset("foreign defence defense interior prime several unnamed senior two three some local".split())
_BE = frozenset("is was are were been be being".split())
_NOUNS = re.compile(
    r"\b(?P<who>[\w’' .-]{2,60}?)(?:’s|'s) (?:own )?(?:words|view|opinion|account|words|telling|description|eyes)\b"
)
#: Whoever is called no more than that is known by the outlet they told.
_UNNAMED = frozenset({"sources", "sourc", "officials", "offici", "people", "peopl", "insid"})


@dataclass(frozen=True, slots=True)
class Said:
    """Words `start` to `end` (exclusive, counted in words) that somebody says, but for those in `apart`.

    `who` are keys that name the speaker, in small letters, and their stems: {"rubio"}, {"russia", "kremlin"},
    {"sourc"}; none where the sentence does not tell.
    """

    who: frozenset[str]
    start: int
    end: int
    apart: frozenset[int]


def told(text: str, before: Sequence[str] = ()) -> list[Said]:
    """What is said by somebody in a sentence. `before` are the sentences before it, oldest first, for "he said".

    >>> [(sorted(each.who), each.start, each.end) for each in told("The talks were hard, Rubio said.")]
    [(['rubio'], 0, 6)]
    """
    words = words_of(text)
    found: list[Said] = []
    for at, word in enumerate(words):
        said = _said_at(text, words, at, before)
        if said is not None and not said.who and found and word.lower.endswith("ing"):
            said = replace(said, who=found[-1].who)  # "…,” he said, adding that"
        found += [] if said is None else [said]
    found += _according(text, words)
    outside = [word for word in words if not word.quoted]
    if not found and words and not any(word.lower in VERBS for word in outside) and len(outside) <= 1:
        who = last_speaker(before)  # a quotation alone: whoever spoke before goes on
        if who:
            found.append(Said(who, 0, len(words), frozenset()))
    return found


def voices(text: str, before: Sequence[str] = ()) -> list[list[frozenset[str]]]:
    """For each word of a sentence whose it is: its speakers, outermost first; none where it is the paper's own."""
    words = words_of(text)
    found = sorted(told(text, before), key=lambda said: said.start - said.end)
    apart = frozenset().union(*(said.apart for said in found))
    return [
        [said.who for said in found if said.who and said.start <= at < said.end and at not in apart]
        for at in range(len(words))
    ]


def last_speaker(before: Sequence[str]) -> frozenset[str]:
    """Whoever spoke, or was spoken about, last."""
    for place in range(len(before) - 1, -1, -1):
        for said in told(before[place], before[:place]):
            if said.who:
                return said.who
        who = subject_of(before[place])
        if who:
            return who
    return frozenset()


def _said_at(text: str, words: Sequence[Word], at: int, before: Sequence[str]) -> Said | None:
    verb = words[at]
    if verb.lower not in VERBS or verb.quoted or verb.capital:
        return None
    following = words[at + 1] if at + 1 < len(words) else None
    gap = text[verb.end : following.start] if following else text[verb.end :]
    if following is not None and following.lower == "to" and verb.lower not in _TELLING and not gap.strip():
        return None  # "pledged to end", "is expected to"
    prior = at - 1
    while prior >= 0 and words[prior].lower in _BETWEEN and not words[prior].quoted:
        prior -= 1
    if following is not None and verb.lower.startswith("call") and following.lower in {"on", "for"}:
        return None  # "called on Putin to move"
    if any(words[i].lower in {"not", "never"} for i in range(prior + 1, at)):
        return None  # "did not say what was settled"
    passive = at - prior > 1 and any(words[i].lower in _BE for i in range(prior + 1, at))
    opened = following is not None and ("“" in gap or '"' in gap)
    quoted_later = any(word.quoted for word in words[at:])
    that = following is not None and following.lower in {"that", "as"}
    last = following is None and prior >= 0  # "…, the mediators stated."
    figure = verb.lower in {"put", "puts"} and "at" in {word.lower for word in words[at + 1 : at + 6]}
    bare = not (that or opened or last or figure) and not _clause(words, at)
    if verb.lower in _WITH_THAT and verb.lower not in _NAMING and bare:
        return None
    who, named = (
        behind_by(text, words, at) if passive else left_of(text, words, at, prior, lambda: last_speaker(before))
    )
    if passive and not who:
        return None
    apart = {*named, at, *range(prior + 1, at)}
    if not passive and not who and not named:
        who, named = right_of(text, words, at)  # "…,” said Rubio"
        apart |= named
        if named:
            if any(word.quoted for word in words[:at]):  # “…,” said Hale, whose husband was taken: that is the paper's
                apart |= {i for i in range(at, len(words)) if not words[i].quoted}
            return Said(who, 0, len(words), frozenset(apart))
        return Said(frozenset(), at + 1, len(words), frozenset(apart)) if that or opened else None
    after, after_gap = at + 1, gap
    if verb.lower in _TELLING or (verb.lower in {"cautioned", "warned"} and not that):
        after, outlet = told_whom(text, words, at)
        apart |= set(range(at + 1, after))
        if who & _UNNAMED:
            who |= outlet
        after_gap = text[words[after - 1].end : words[after].start] if after < len(words) else text[words[-1].end :]
    ends = after >= len(words) or bool(re.match(r"\s*[,.;:!?](?!.*“)", after_gap)) or _trails(words, after)
    ends = ends and not (verb.lower.startswith("insist") and after < len(words) and words[after].lower == "on")
    if passive or verb.lower in _NAMING:
        first = 0 if passive else at + 1
        return Said(who, first, len(words), frozenset(apart))
    inserted = bool(re.match(r"\s*,", after_gap)) and _inserted(text, words, min([at, *named]))
    if inserted and after < len(words) and not words[after].lower.endswith("ing"):
        return Said(who, 0, len(words), frozenset(apart))  # "The best way, Zelensky said, is ..."
    if ends and ":" in after_gap:
        return Said(who, 0, len(words), frozenset(apart))
    if ends and not (opened and quoted_later):
        if at + 1 < 3 and not any(word.quoted for word in words):
            return None  # "He spoke."
        end = len(words) if after < len(words) and _goes_on(words, after) else at + 1
        return Said(who, 0, end, frozenset(apart))
    early = [i for i, word in enumerate(words[: min([at, *named, prior + 1])]) if word.quoted]
    return Said(who, min([*early, after]), len(words), frozenset(apart))


def _inserted(text: str, words: Sequence[Word], first: int) -> bool:
    """Does a comma stand before the words that tell who speaks?"""
    return first > 0 and text[words[first - 1].end : words[first].start].strip() in {",", ",”", "”,"}


def _clause(words: Sequence[Word], at: int) -> bool:
    """Do a name and a verb follow: "believes Russia wants"?"""
    return (
        at + 2 < len(words) and (words[at + 1].capital or words[at + 1].lower in PRONOUNS) and not words[at + 1].quoted
    )


def _trails(words: Sequence[Word], after: int) -> bool:
    """Does only how it was said follow: "told journalists in a message", "said on Wednesday"?"""
    rest = [word.lower for word in words[after:] if not word.quoted]
    return (
        0 < len(rest) <= 8
        and rest[0] in {"in", "on", "this", "at", "before", "last", "after", "during"}
        and not any(word.quoted for word in words[after:])
    )


def _goes_on(words: Sequence[Word], after: int) -> bool:
    return words[after].lower in {"but", "and", "because", "while", "or", "as", "though", "although", "so"}


def _according(text: str, words: Sequence[Word]) -> list[Said]:
    """What is said "according to" somebody, "in his words", or by "the article"."""
    found = []
    names = names_in(text)
    for i in range(len(words) - 1):
        if words[i].quoted or words[i + 1].lower != "to" or words[i].lower != "according":
            continue
        first = i + 2
        who: set[str] = set()
        end = first
        for name in names:
            start = (name.before or name.words)[0].start
            if first < len(words) and words[first].start <= start <= words[min(first + 2, len(words) - 1)].start:
                who |= keys_of(name)
                end = next(k for k, w in enumerate(words) if w.end == name.words[-1].end) + 1
                if end + 1 < len(words) and words[end].lower == "and":
                    who |= {words[end + 1].lower}
                break
        if not who and first < len(words):
            end = first + 1
            while end < min(first + 3, len(words)) and words[end - 1].plain | (words[end - 1].lower in _DESCRIBING):
                end += 1
            who = {w.country or w.key for w in words[first:end] if not w.plain}
            for name in names if end < len(words) and words[end].lower in {"at", "of", "in", "from"} else ():
                at = next(k for k, w in enumerate(words) if w.start == (name.before or name.words)[0].start)
                if end < at <= end + 2:  # "according to economists at the Institute"
                    who |= keys_of(name)
                    end = at + len(name.before) + len(name.words)
                    break
        start, stop = (text.rfind(";", 0, words[i].start), text.find(";", words[i].end))
        inside = [k for k, w in enumerate(words) if start < w.start and (stop < 0 or w.end <= stop)]
        found.append(Said(frozenset(who), inside[0], inside[-1] + 1, frozenset(range(i, max(end, first)))))
    for match in _NOUNS.finditer(text):
        inside = [i for i, w in enumerate(words) if match.start() <= w.start < match.end()]
        keyed = [w for i in inside if (w := words[i]).capital and w.lower not in PLACES]
        if keyed:
            found.append(Said(frozenset(w.country or w.lower for w in keyed), 0, len(words), frozenset(inside)))
    return found
