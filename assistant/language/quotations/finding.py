"""Finds the statements of an article: for each verb of speech whose it is, and for each quotation who says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.quotations.cues import LEMMA
from assistant.language.quotations.marks import Quotation, paragraphs, quotations
from assistant.language.quotations.phrases import Clause, clause, first_subject, following
from assistant.language.quotations.predicates import Cue, chosen_of, cues_of
from index.aliases import Span

#: Of these, what is quoted is told by whoever speaks of them: "Holt said the voters believe “…”".
_HELD = frozenset({"believe", "think", "reckon", "estimate", "agree"})
#: Characters between a quotation and the verb behind it; words between a verb and the quotation behind that.
_RIGHT_BEHIND, _RIGHT_BEFORE = 40, 3
#: Sentences between two quotations of one paragraph that are one speaker's.
_NEAR = 2
_MARKS = "“\"„«‘'"
#: Words that may stand beside speaker and verb in a sentence that is a quotation: "told reporters".
_LEFT = 3


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """Words of a text that somebody says, before it is known who that is.

    `start` to `end` are characters of the text, `mention` are those that name who, `sentence` the number of the
    sentence where the verb stands. `direct` where the words are quoted.
    """

    start: int
    end: int
    mention: Span
    cue: str
    sentence: int
    direct: bool = False


def found_in(text: str, sentences: Sequence[Span]) -> list[FoundStatement]:
    """Every statement of a text, in its order: of each sentence at most one that is retold, and of each quotation one.

    >>> found = found_in("“No,” said Rubio.", [(0, 17)])[0]
    >>> found.mention, found.direct
    ((11, 16), True)
    """
    quotes = quotations(text)
    spans = [(quote.start, quote.end) for quote in quotes]
    clauses = [clause(text, start, end, spans) for start, end in sentences]
    cues = [cues_of(each) for each in clauses]
    found = _quoted(text, sentences, clauses, cues, quotes)
    for number, (sentence, (start, end)) in enumerate(zip(clauses, sentences, strict=True)):
        best = chosen_of(cues[number], sentence)
        if best is not None:
            mention = _characters(sentence, best.phrase)
            found.append(
                FoundStatement(start, end, mention, sentence.lower[best.at], number, _all_quoted(sentence, best))
            )
        elif any(sentence.quoted) and not all(_unspoken(sentence)):
            who = first_subject(sentence)
            if who is not None:
                found.append(FoundStatement(start, end, _characters(sentence, who), "", number))
    found += _after_colons(text, sentences, clauses, cues)
    return sorted(found, key=lambda each: (each.start, -each.end))


def _after_colons(
    text: str, sentences: Sequence[Span], clauses: Sequence[Clause], cues: Sequence[Sequence[Cue]]
) -> list[FoundStatement]:
    """Paragraphs without quotation marks that a line such as "The governor added:" stands before."""
    parts = _paragraphs_of(text, sentences)
    bounds = paragraphs(text)
    found = []
    for number in range(len(sentences) - 1):
        start, end = bounds[parts[number + 1]] if parts[number + 1] > parts[number] else (0, 0)
        best = chosen_of(cues[number], clauses[number])
        says = best is not None and clauses[number].lower[best.at + 1 :] == (":",)
        if best is not None and says and best.strong and end and text[start] not in _MARKS:
            mention = _characters(clauses[number], best.phrase)
            found.append(FoundStatement(start, end, mention, clauses[number].lower[best.at], number + 1, direct=True))
    return found


def _all_quoted(sentence: Clause, cue: Cue) -> bool:
    """Is all of a sentence quoted, but for the words that tell whose it is: “No,” said Rubio?"""
    if sentence.quoted and sentence.quoted[0] and cue.behind:
        return True
    outside = [i for i, unspoken in enumerate(_unspoken(sentence)) if not unspoken]
    left = [i for i in outside if i != cue.at and not cue.phrase[0] <= i < cue.phrase[1]]
    return any(sentence.quoted) and len(left) <= _LEFT and sentence.quoted[0] | sentence.quoted[-1]


def _unspoken(sentence: Clause) -> list[bool]:
    return [quoted or not word[0].isalnum() for word, quoted in zip(sentence.words, sentence.quoted, strict=True)]


def _characters(sentence: Clause, phrase: Span) -> Span:
    return sentence.spans[phrase[0]][0], sentence.spans[phrase[1] - 1][1]


def _paragraphs_of(text: str, sentences: Sequence[Span]) -> list[int]:
    """For each sentence the number of its paragraph."""
    bounds = paragraphs(text)
    found, at = [], 0
    for start, _ in sentences:
        while at + 1 < len(bounds) and bounds[at + 1][0] <= start:
            at += 1
        found.append(at)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _QuotedText:
    """A text as quotations are looked for in it; `parts` are the numbers of the sentences' paragraphs."""

    text: str
    sentences: Sequence[Span]
    clauses: Sequence[Clause]
    cues: Sequence[Sequence[Cue]]
    parts: Sequence[int]
    quotes: Sequence[Quotation]
    holders: Sequence[Sequence[int]]

    def told(self, quote: Quotation, number: int, phrase: Span, cue: str = "") -> FoundStatement:
        """A quotation that a phrase of a sentence names the speaker of."""
        return FoundStatement(
            quote.start, quote.end, _characters(self.clauses[number], phrase), cue, number, direct=True
        )

    def speaks(self, number: int) -> Span | None:
        """Who speaks in a sentence, or whom it is about."""
        chosen = chosen_of(self.cues[number], self.clauses[number])
        if chosen is not None:
            return chosen.phrase
        return first_subject(self.clauses[number], whole=self.clauses[number].lower[-1:] == (":",))


def _quoted(
    text: str,
    sentences: Sequence[Span],
    clauses: Sequence[Clause],
    cues: Sequence[Sequence[Cue]],
    quotes: Sequence[Quotation],
) -> list[FoundStatement]:
    """Who says each quotation: by the sentence that it stands in, else by those around it."""
    holders = [
        [i for i, (start, end) in enumerate(sentences) if start < quote.end and quote.start < end] for quote in quotes
    ]
    page = _QuotedText(text, sentences, clauses, cues, _paragraphs_of(text, sentences), quotes, holders)
    found = [_by_its_sentence(page, quote, held) if held else None for quote, held in zip(quotes, holders, strict=True)]
    for at in range(len(quotes)):
        if found[at] is None and holders[at]:
            found[at] = _by_its_neighbours(page, at, found)
    return [each for each in found if each is not None]


def _by_its_sentence(page: _QuotedText, quote: Quotation, held: Sequence[int]) -> FoundStatement | None:
    first, last = held[0], held[-1]
    opening, closing = page.clauses[first], page.clauses[last]
    behind = [each for each in page.cues[last] if closing.spans[each.at][0] >= quote.end]
    ahead = [each for each in page.cues[first] if opening.spans[each.at][0] < quote.start]
    fragment = quote.start > page.sentences[first][0] + 2
    rest = next((i for i, span in enumerate(closing.spans) if span[0] >= quote.end), len(closing))
    who = following(closing, rest) if rest < len(closing) and not fragment else None
    if who and not any(rest <= each.at <= who[1] + 2 for each in behind):
        for at in range(who[0] + 1, min(who[1] + 1, len(closing))):
            verb = closing.lower[at]  # “…,” Blige sings
            if closing.capital(at - 1) and verb.isalpha() and verb.endswith(("s", "ed")) and not closing.capital(at):
                return page.told(quote, last, (who[0], at), verb)
    if behind and not (fragment and ahead):
        near = behind[0]
        if not ahead or closing.spans[min(near.at, near.phrase[0])][0] - quote.end <= _RIGHT_BEHIND:
            return page.told(quote, last, near.phrase, closing.lower[near.at])
    if not ahead:
        return None
    chosen = ahead[-1]
    before = next((i for i, span in enumerate(opening.spans) if span[0] >= quote.start), len(opening)) - 1
    held_by = LEMMA.get(opening.lower[chosen.at]) in _HELD
    if held_by or before - chosen.at > _RIGHT_BEFORE or opening.lower[before] == ":":
        chosen = chosen_of([each for each in page.cues[first] if each in ahead or each.behind], opening) or chosen
    return page.told(quote, first, chosen.phrase, opening.lower[chosen.at])


def _by_its_neighbours(page: _QuotedText, at: int, found: Sequence[FoundStatement | None]) -> FoundStatement | None:
    quote, first = page.quotes[at], page.holders[at][0]
    if not all(_unspoken(page.clauses[first])):  # a few words in quotation marks: whoever the sentence is about
        who = first_subject(page.clauses[first])
        if who is not None:
            return page.told(quote, first, who)
    return _by_the_next(page, at) or _by_the_paragraph(page, at, found) or _by_what_is_before(page, at, found)


def _by_the_next(page: _QuotedText, at: int) -> FoundStatement | None:
    """“Who knows?” he said: the mark of the question ends the sentence, and the verb is in the next."""
    after = page.holders[at][-1] + 1
    if after >= len(page.sentences) or page.parts[after] != page.parts[after - 1] or not page.cues[after]:
        return None
    cue, sentence = page.cues[after][0], page.clauses[after]
    start = page.sentences[after][0]
    early = sentence.spans[min(cue.at, cue.phrase[0])][0] - start < 3 and not sentence.quoted[0]
    rest = sentence.lower[max(cue.at + 1, cue.phrase[1])] if max(cue.at + 1, cue.phrase[1]) < len(sentence) else ","
    asks = LEMMA.get(sentence.lower[cue.at]) == "ask" and page.text[: page.quotes[at].end].rstrip("”\"’'").endswith("?")
    whole = cue.at + 2 >= len(sentence) or page.text[start].islower() or rest == "," or asks
    return page.told(page.quotes[at], after, cue.phrase) if early and whole else None


def _by_the_paragraph(page: _QuotedText, at: int, found: Sequence[FoundStatement | None]) -> FoundStatement | None:
    """By a line that ends with a colon, else by the other quotations of the paragraph, the one before first."""
    first, part = page.holders[at][0], page.parts[page.holders[at][0]]
    if first and page.text[: page.sentences[first - 1][1]].endswith(":"):
        who = page.speaks(first - 1)
        if who is not None:
            return page.told(page.quotes[at], first - 1, who)
    here = [i for i, held in enumerate(page.holders) if held and found[i] is not None and page.parts[held[-1]] == part]
    earlier = [i for i in here if i < at and first - page.holders[i][-1] <= _NEAR]
    later = [i for i in here if i > at]
    for i in (*earlier[-1:], *later[:1]):
        return _goes_on(page.quotes[at], found[i], first)
    return None


def _by_what_is_before(page: _QuotedText, at: int, found: Sequence[FoundStatement | None]) -> FoundStatement | None:
    """By the quotation that goes on from the paragraph before, else by the sentence before."""
    quote, first = page.quotes[at], page.holders[at][0]
    if at and page.quotes[at - 1].open and found[at - 1] is not None:
        return _goes_on(quote, found[at - 1], first)
    if not first:
        return None
    who = page.speaks(first - 1)
    before = next((found[i] for i in range(at - 1, -1, -1) if found[i] is not None), None)
    near = before is not None and page.parts[first] - page.parts[before.sentence] <= 1
    if near and (who is None or any(page.clauses[first - 1].quoted)):
        return _goes_on(quote, before, first)
    return None if who is None else page.told(quote, first - 1, who)


def _goes_on(quote: Quotation, before: FoundStatement | None, sentence: int) -> FoundStatement | None:
    return None if before is None else FoundStatement(quote.start, quote.end, before.mention, "", sentence, direct=True)
