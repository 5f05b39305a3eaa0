"""Cards: each quote of an answer with who says it, where and when, ready to be copied and saved."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assistant.answer import Answer, Citation, contrast_label
from assistant.conversations import StaleQuote
from assistant.language.genre import is_opinion
from assistant.web.ui.escaping import attribute, byline, day, lined, plain, web_address
from assistant.web.ui.source_links import Reference

Marked = Citation | StaleQuote

MARKER = re.compile(r"\[(\d{1,3})\]")
_ENDS = re.compile(r"\s*\[(\d{1,3})\]\s*$")
#: Quotes that are shown at once where an answer is not parted into sections; the others unfold.
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """One quote as the answer's text has it, perhaps over several paragraphs, and the numbers at its end."""

    paragraphs: tuple[str, ...]
    numbers: tuple[int, ...]


def by_number(answer: Answer, stale: Sequence[StaleQuote] = ()) -> dict[int, Marked]:
    """The answer's citations by their numbers."""
    marked: list[Marked] = [*stale, *answer.citations]
    return {each.number: each for each in marked}


def link(citation: Marked) -> str:
    """The number of a citation, which opens its source; that of words that are gone opens nothing."""
    if isinstance(citation, StaleQuote):
        return f'<span class="cite stale"><span class="unseen"> source </span>{citation.number}</span>'
    told = plain(_credit(citation, " · "))
    return (
        f'<a class="cite" href="#cite={Reference.to(citation)}" data-number="{citation.number}" data-about="{told}">'
        f'<span class="unseen"> source </span>{citation.number}</a>'
    )


def marked(text: str, cited: Mapping[int, Marked], *, at_end: bool) -> str:
    """A paragraph with its markers as links; `at_end` where only its end is one, and all else the article's own."""
    html, at = [], 0
    for marker in MARKER.finditer(text):
        citation = cited.get(int(marker[1]))
        if citation is None or (at_end and marker.end() < len(text.rstrip())):
            continue
        html += [lined(text[at : marker.start()].rstrip()), link(citation)]
        at = marker.end()
    return f'<span class="said">{"".join(html)}{lined(text[at:])}</span>'


def cards(answer: Answer, stale: Sequence[StaleQuote] = ()) -> str:
    """An answer made of quotes: its sections where it has some, else the best first and the weaker ones folded."""
    cited = by_number(answer, stale)
    parts = _parts(answer.text, cited)
    if not parts:
        return ""
    sections = [(each.title, frozenset(each.citations)) for each in answer.sections]
    differing = _differing(answer)
    if sections:
        shown, html = set[int](), []
        for title, numbers in sections:
            own = [at for at, part in enumerate(parts) if at not in shown and numbers & set(part.numbers)]
            if own:
                html.append(f'<h3 class="section" dir="auto">{plain(title)}</h3>')
                html += [_card(parts[at], cited, differing) for at in own]
                shown.update(own)
        left = [part for at, part in enumerate(parts) if at not in shown]
        body = "".join(html) + "".join(_card(part, cited, differing) for part in left)
    else:
        body = "".join(_card(part, cited, differing) for part in parts[:AT_ONCE])
        body += _folded([_card(part, cited, differing) for part in parts[AT_ONCE:]])
    views = _views(sections=bool(sections)) if len(parts) > 2 else ""
    return f'{views}{_contrasts(answer, cited)}<div class="cards">{body}</div>'


def _differing(answer: Answer) -> dict[int, list[tuple[int, int]]]:
    """The words of each citation in which the papers differ, by its number, as characters of its quote."""
    starts = {each.number: each.start for each in answer.citations}
    found: dict[int, list[tuple[int, int]]] = {}
    for span in (span for each in answer.contrasts if not each.same for span in each.spans):
        if (first := starts.get(span.citation)) is not None:
            found.setdefault(span.citation, []).append((span.start - first, span.end - first))
    return found


def _contrasts(answer: Answer, cited: Mapping[int, Marked]) -> str:
    """Where the papers differ, and what they share: a line for each thing, with each paper's own words for it."""
    html = ""
    for heading, same in (("Where they differ", False), ("What they share", True)):
        lines = ""
        for contrast in (each for each in answer.contrasts if each.same == same):
            given = "; ".join(
                f'<span class="said">{plain(each.text)}</span>{link(cited[each.citation])}'
                for each in contrast.spans
                if each.citation in cited
            )
            lines += f"<li><span>{plain(contrast_label(contrast))}:</span> {given}</li>"
        html += f'<h3 class="label">{heading}</h3><ul>{lines}</ul>' if lines else ""
    return f'<div class="contrasts">{html}</div>' if html else ""


def _set_off(paragraph: str, first: int, spans: Sequence[tuple[int, int]]) -> str:
    """A paragraph that begins at a character of its quote, with the words at some characters of the quote marked."""
    html, at = "", 0
    for start, end in sorted((low - first, high - first) for low, high in spans):
        if at <= start < end <= len(paragraph):
            html += f"{lined(paragraph[at:start])}<mark>{lined(paragraph[start:end])}</mark>"
            at = end
    return html + lined(paragraph[at:])


def card_of(citation: Citation, *, linked: bool = True) -> str:
    """One citation as a card of its own; not `linked` where its number means nothing to the reader."""
    part = _Part(tuple(citation.quote.split("\n\n")), (citation.number,))
    return _card(part, {citation.number: citation}, linked=linked)


def cards_of(citations: Sequence[Citation]) -> str:
    """Quotes as cards without numbers, the first at once and the others folded."""
    made = [card_of(each, linked=False) for each in citations]
    return f'<div class="cards">{"".join(made[:AT_ONCE])}{_folded(made[AT_ONCE:])}</div>'


def _folded(made: Sequence[str]) -> str:
    if not made:
        return ""
    label = "1 more quote" if len(made) == 1 else f"{len(made)} more quotes"
    return f'<details class="more weaker"><summary>{label}</summary>{"".join(made)}</details>'


def copied(citation: Citation) -> str:
    """A quote with its credit, as it is copied: “words” — speaker, title, paper, date, address."""
    return f"“{citation.quote}” — {_credit(citation, ', ', full=True)}"


def _parts(text: str, cited: Mapping[int, Any]) -> list[_Part]:
    """The answer's text, quote by quote: each ends with its marker, whatever paragraphs it goes over."""
    parts: list[_Part] = []
    open_: list[str] = []
    for paragraph in (each for each in text.split("\n\n") if each.strip()):
        open_.append(paragraph)
        words, numbers = _parted("\n\n".join(open_), cited)
        if numbers:
            parts.append(_Part(tuple(words.split("\n\n")), numbers))
            open_ = []
    if open_:
        parts.append(_Part(tuple(open_), ()))
    return parts


def _parted(text: str, cited: Mapping[int, Marked]) -> tuple[str, tuple[int, ...]]:
    """Words, and the numbers of the markers behind them; brackets that the article itself prints stay its words."""
    words, numbers, found = text, tuple[int, ...](), list[tuple[str, tuple[int, ...]]]()
    while (end := _ENDS.search(words)) and int(end[1]) in cited:
        words, numbers = words[: end.start()], (int(end[1]), *numbers)
        found.append((words, numbers))
    whole = [each for each in found if any(cited[number].quote == each[0] for number in each[1])]
    return (whole or found or [(text, ())])[0]


def _card(
    part: _Part,
    cited: Mapping[int, Marked],
    differing: Mapping[int, Sequence[tuple[int, int]]] = MappingProxyType({}),
    *,
    linked: bool = True,
) -> str:
    own = {number: cited[number] for number in part.numbers}
    last = len(part.paragraphs) - 1
    links = "".join(link(each) for each in own.values()) if linked else ""
    whole = "\n\n".join(part.paragraphs)
    spans = [
        span for number, spans in differing.items() if number in own and own[number].quote == whole for span in spans
    ]
    words, first = "", 0
    for at, each in enumerate(part.paragraphs):
        shown = _set_off(each, first, spans)
        words += f'<p dir="auto"><span class="said">{shown}</span>{links if at == last else ""}</p>'
        first += len(each) + 2
    quote = f"<blockquote>{words}</blockquote>"
    citation = next((each for each in own.values() if isinstance(each, Citation)), None)
    if citation is None:
        return f'<figure class="card">{quote}</figure>'
    article = citation.article
    published = article.published.isoformat()[:10] if article.published else ""
    attributes = {
        "data-number": citation.number,
        "data-reference": Reference.to(citation),
        "data-copy": copied(citation),
        "data-speaker": _speaker(citation),
        "data-date": published,
        "data-day": day(article.published),
        "data-paper": article.publisher or "",
    }
    told = " ".join(f'{name}="{attribute(str(value))}"' for name, value in attributes.items())
    return f'<figure class="card" {told}>{quote}<figcaption>{_caption(citation)}{_acts(citation)}</figcaption></figure>'


def _caption(citation: Citation) -> str:
    article = citation.article
    speaker = citation.speaker
    name = (
        f'<button type="button" class="speaker" data-person="{plain(speaker.name)}">'
        f'{plain(_speaker(citation))}</button> <span aria-hidden="true">·</span> '
        if speaker is not None
        else ""
    )
    also = ", ".join(dict.fromkeys(each.article.publisher or each.article.title for each in citation.also))
    about = name + byline(
        article.publisher, day(article.published), _meant(citation), f"also in {also}" if also else ""
    )
    opinion = ' <span class="opinion">Opinion</span>' if is_opinion(article) else ""
    return f'<span class="about">{about}{opinion}</span>'


def _acts(citation: Citation) -> str:
    of = f'<span class="unseen"> {citation.number}</span>'
    return (
        f'<span class="card-acts"><button type="button" data-act="quote">Copy quote{of}</button> '
        f'<button type="button" data-act="save">Save{of}</button></span>'
    )


def _views(*, sections: bool) -> str:
    names = (("best", "By section" if sections else "Best first"), ("date", "By date"), ("paper", "By paper"))
    buttons = "".join(
        f'<button type="button" data-act="view" data-view="{name}" aria-pressed="{str(name == "best").lower()}">'
        f"{label}</button>"
        for name, label in names
    )
    return f'<div class="views" role="group" aria-label="Order of the quotes">{buttons}</div>'


def _speaker(citation: Citation) -> str:
    """Who says the words, with the office; nothing where nobody is named."""
    speaker = citation.speaker
    return "" if speaker is None else ", ".join(each for each in (speaker.name, speaker.office) if each)


def _meant(citation: Citation) -> str:
    """The day that the words are about, where it is another than the article's."""
    if citation.date is None:
        return ""
    when, published = citation.date.day, citation.article.published
    if published is not None and when.isoformat()[:10] == published.isoformat()[:10]:
        return ""
    return f"{'on' if citation.date.precision == 'day' else 'in'} {citation.date.in_words}"


def _credit(citation: Citation, between: str, *, full: bool = False) -> str:
    article = citation.article
    parts = [_speaker(citation), article.title if full else "", article.publisher or "", day(article.published)]
    if full:
        parts.append(web_address(article.url) or "")
    elif is_opinion(article):
        parts.append("Opinion")
    return between.join(each for each in parts if each) or article.title
