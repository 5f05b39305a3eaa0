"""Literal questions and answers, good and bad: `python -m assistant.evaluation.examples` prints them as Markdown.

Ten on the brief that ships with Talks, chosen before they were first asked; and the first one of ten kinds on a bundle
of made-up articles that no model was trained on, with what a careful reader would have quoted.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.evaluation.bundle_library import add
from assistant.models.training.written import Bundle, own_bundles
from index import Index

BUNDLE = "c-10"
KINDS = ("fact", "said", "list", "yesno", "why", "latest", "compare", "timeline", "followup", "near")
ON_THE_BRIEF = (
    "who led russias team",
    "Did Trump attend?",
    "What are the main sticking points?",
    "umerov role",
    "What did Witkoff say?",
    "What does Moscow want?",
    "when is the next round",
    "How old is Medinsky?",
    "What did Macron say about Geneva?",
    "give me a timeline",
)
_LACKING = re.compile(r"answers this \((.+?)\)")
#: Characters of a quote that are shown.
SHOWN = 120


def literal() -> Iterator[str]:
    """The lines of the report."""
    with tempfile.TemporaryDirectory() as folder, Assistant(folder) as talks:
        yield "On the brief that ships with Talks:"
        yield ""
        for question in ON_THE_BRIEF:
            yield from _told(question, talks.ask(question))
    bundle = next(each for each in own_bundles() if each.name == BUNDLE)
    with tempfile.TemporaryDirectory() as folder:
        with Index(folder) as index:
            add(index, bundle)
        yield ""
        yield f"On {len(bundle.articles)} made-up articles, “{bundle.articles[0].title}” and others:"
        yield ""
        with Assistant(folder) as talks:
            yield from _of_bundle(talks, bundle)


def _of_bundle(talks: Assistant, bundle: Bundle) -> Iterator[str]:
    texts = [article.sentences for article in bundle.articles]
    for kind in KINDS:
        question = next(each for each in bundle.questions if each.kind == kind)
        answer = talks.ask(question.text, question.history)
        wanted = [texts[article][sentence] for article, sentence in question.answer]
        said = " ".join(each.quote for each in answer.citations)
        found = sum(each in said for each in wanted)
        judged = "" if not wanted else f" — {found} of {len(wanted)} sentences that answer"
        if not wanted:
            judged = " — rightly" if not answer.answered else " — wrongly: the articles do not say"
        yield from _told(" > ".join((*question.history, question.text)), answer, judged)


def _told(question: str, answer: Answer, judged: str = "") -> Iterator[str]:
    yield f"- **{question}**{judged}"
    if not answer.answered:
        why = _LACKING.search(answer.text)
        yield f"  - *refused*{f': {why.group(1)}' if why else ''}"
    if answer.short:
        yield "  - *in short:* " + ", ".join(f"{each.text} [{each.citation}]" for each in answer.short)
    for each in answer.citations if answer.answered else ():
        text = each.quote if len(each.quote) <= SHOWN else each.quote[:SHOWN].rsplit(" ", 1)[0] + " …"
        yield f"  - [{each.number}] {' '.join(text.split())}"


def main(out: Path | None = None) -> None:
    """Print the report, or write it to a file."""
    text = "\n".join(literal()) + "\n"
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
