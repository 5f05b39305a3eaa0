"""Terminal output: answers and passages as the command line shows them."""

import re
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.answer import Answer, Citation, Passage, PersonEntry, contrast_label, mark, outcome
from assistant.language.genre import is_opinion
from index.article import Article, day_in_words
from index.cli import safe
from index.cli.console import plain

#: Words shown before and after a quote.
_AROUND = 20
#: Words shown of a passage that is only offered as reading.
_OFFERED = 50


def print_answer(console: Console, answer: Answer) -> None:
    """Print the answer, then each citation in its surroundings; or the nearest passages where there is none."""
    console.print(safe(answer.text), soft_wrap=not console.is_terminal)
    told = [f"Read as: {_folded(answer.read_as)}"] if answer.read_as else []
    if answer.checks is not None and answer.checks.sentences:
        told.append(f"{mark(answer)}. {outcome(answer.checks)}" if answer.answered else outcome(answer.checks))
    told += [f"{each.sure}: {_folded(each.text)}" for each in answer.sentences]
    for line in told:
        console.print()
        console.print(Text(line, style="dim"), soft_wrap=not console.is_terminal)
    _print_parts(console, answer)
    for citation in answer.citations:
        console.print()
        console.print(_headline(f"[{citation.number}]", citation.article, *(each.article for each in citation.also)))
        _indented(console, in_surroundings(citation, marked=not console.is_terminal))
    if not answer.answered and answer.passages:
        console.print()
        console.print("To read:")
        for passage in answer.passages:
            console.print()
            console.print(_headline("-", passage.article))
            _indented(console, Text(_start(passage.text)))


def _print_parts(console: Console, answer: Answer) -> None:
    """Print the sections, and where the papers differ and what they share, a line each."""
    lines = [
        f"{_folded(each.title)}: {''.join(f'[{number}]' for number in each.citations)}" for each in answer.sections
    ]
    for contrast in answer.contrasts:
        given = "; ".join(f"{_folded(each.text)} [{each.citation}]" for each in contrast.spans)
        lines.append(f"{'Same' if contrast.same else 'Differs'}: {_folded(contrast_label(contrast))}: {given}")
    if lines:
        console.print()
    for line in lines:
        console.print(Text(line), soft_wrap=not console.is_terminal)


def print_passages(console: Console, passages: list[Passage]) -> None:
    """Print passages in their order, each with article, score and offsets."""
    for rank, passage in enumerate(passages, start=1):
        if rank > 1:
            console.print()
        headline = _headline(f"{rank}.", passage.article)
        headline.append(f"  score {passage.score:.3f}, characters {passage.start}–{passage.end}", style="dim")
        console.print(headline)
        _indented(console, safe(passage.text))


def print_people(console: Console, people: Sequence[PersonEntry]) -> None:
    """Print everybody who speaks on a line, with office and counts."""
    for each in people:
        line = Text(plain(each.name), style="bold")
        if each.office:
            line.append(f", {_folded(each.office)}", style="")
        line.append(f"  {each.statements} in {each.articles} article{'s' * (each.articles != 1)}", style="dim")
        console.print(line, soft_wrap=True)


def print_statements(console: Console, statements: Sequence[Citation]) -> None:
    """Print what somebody says in its order, each with its article."""
    for each in statements:
        if each.number > 1:
            console.print()
        console.print(_headline(f"{each.number}.", each.article))
        _indented(console, safe(each.quote))


def in_surroundings(citation: Citation, *, marked: bool = False) -> Text:
    """A quote in bold with some words before and after it; `marked` puts it between ** where bold cannot be shown."""
    text = citation.article.text
    before, after = text[: citation.start], text[citation.end :]
    head = re.search(rf"(?:\S+\s+){{0,{_AROUND}}}\S*$", before[-2_000:])
    tail = re.match(rf"\S*(?:\s+\S+){{0,{_AROUND}}}", after[:2_000])
    left, right = head[0] if head else "", tail[0] if tail else ""
    shown = Text()
    shown.append(("… " if before.strip() and len(left) < len(before) else "") + _folded(left), style="dim")
    stars = "**" if marked else ""
    shown.append(f"{stars}{_folded(citation.quote)}{stars}", style="bold")
    shown.append(_folded(right) + (" …" if len(right.rstrip()) < len(after.rstrip()) else ""), style="dim")
    return shown


def _headline(marker: str, article: Article, *also: Article) -> Text:
    line = Text(f"{marker} ")
    line.append(plain(article.title).replace("\n", " "), style="bold")
    about = ", ".join(part for part in (article.publisher, day_in_words(article.published)) if part)
    if about:
        line.append(f" ({_folded(about)})")
    if is_opinion(article):
        line.append(", opinion")
    if also:
        line.append(f", also in {_folded(', '.join(each.publisher or each.title for each in also))}")
    return line


def _start(text: str) -> str:
    words = plain(text).split()
    return " ".join(words[:_OFFERED]) + (" …" if len(words) > _OFFERED else "")


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text))


def _indented(console: Console, text: Text) -> None:
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, 4)))
        return
    for line in text.split("\n"):
        console.print(Text("    ") + line if line else line, soft_wrap=True)
