"""A small library of articles written for these tests, read by the real encoder."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.extraction import question_types
from assistant.conversations.store import Conversations
from assistant.language.tokens import stems_of
from assistant.questions import Question
from assistant.request import Request
from assistant.retrieval import Candidate
from index.article import Article
from index.encoding.chunking import cut
from index.encoding.encoder import Encoder
from tests.assistant.conversations.kept import ARTICLE

RIVER = """\
Officials of Norland and Sudland met in Vesterby on Tuesday to talk about the river dam that divides them. The two \
delegations sat together for three hours and parted without a treaty.

Prime Minister Ingrid Halvorsen of Norland said the talks were “frank and useful.” She added that her country would \
not give up the dam. In Vesterby, she also met fishermen who fear for their catch.

The Sudland delegation was led by Marco Bellini, a retired admiral. He called the dam “a wall of water” and warned \
that farmers downstream would lose their harvest because the river is drying out. Nearly forty engineers came with \
him.

“We will be back in spring,” Bellini told reporters. The next meeting will be held in the harbour town of Porto Sereno.
"""

RAILWAY = """\
The night train between Vesterby and Porto Sereno will run again from June, the railway said on Friday. It was \
stopped four years ago after a landslide. Tickets will cost 60 crowns.

The mayor of Porto Sereno, Lucia Ferrante, welcomed the news. “Our hotels have waited for this,” she said. The railway \
has bought twelve new carriages.
"""

STOP_WORDS = """
a about an and are at be did do does for from had has have he her him his how i in is it many much of on or said say she
that the them they this to was were what when where which while who whom why will with would you your yours
"""
PLAIN = frozenset(STOP_WORDS.split())


@dataclass
class SmallLibrary:
    """Articles cut, encoded and ranked as simply as can be: by late interaction alone."""

    encoder: Encoder
    articles: Sequence[Article]

    def __post_init__(self) -> None:
        spans = [
            (article, span)
            for article in self.articles
            for span in cut(article.text, self.encoder.pieces, self.encoder.limit)
        ]
        encoded = self.encoder.encode([article.text[span.start : span.end] for article, span in spans])
        self.passages = [(article, span, read) for (article, span), read in zip(spans, encoded, strict=True)]
        self.stems = [stems_of(article.text[span.start : span.end]) for article, span in spans]

    def document_frequency(self, stem: str) -> int:
        return sum(stem in stems for stems in self.stems)

    def ask(self, question: str, *history: str) -> tuple[Question, list[Candidate]]:
        whole = " ".join([*history, question])
        read = self.encoder.encode([whole], question=True)[0]
        weights, stems = np.zeros(len(read.spans), dtype=np.float32), {}
        for word in re.finditer(r"\w+", whole):
            if word[0].lower() in PLAIN or len(word[0]) == 1:
                continue
            for stem in stems_of(word[0]):
                stems[stem] = math.log(1 + len(self.passages) / (0.5 + self.document_frequency(stem)))
                inside = [word.start() <= start and end <= word.end() for start, end in read.spans]
                weights[inside] = stems[stem]
        asked = Question(
            Request(question),
            question,
            read.vector,
            read.tokens,
            weights,
            stems,
            history=history,
            own=stems_of(question),
            meaning=read.vector,
            type=question_types().read(question, read.vector),
        )
        late = [float((read.tokens @ each.tokens.T).max(axis=1) @ weights) for _, _, each in self.passages]
        late = [each / max(float(weights.sum()), 1e-9) for each in late]
        candidates = [
            Candidate(
                number=number,
                article=article,
                start=span.start,
                end=span.end,
                sentences=span.sentences,
                tokens=each.tokens,
                spans=each.spans,
                score=max(0.0, late[number]),
                words=0.0,
                dense=float(each.vector @ read.vector),
                late=late[number],
            )
            for number, (article, span, each) in enumerate(self.passages)
        ]
        return asked, sorted(candidates, key=lambda candidate: -candidate.score)


@pytest.fixture(scope="session")
def library() -> SmallLibrary:
    return SmallLibrary(
        Encoder(),
        [
            Article(id="river", title="Dam talks end without a treaty", text=RIVER.strip(), source="/news/river.txt"),
            Article(id="train", title="Night train returns", text=RAILWAY.strip(), source="/news/train.txt"),
        ],
    )


@pytest.fixture(scope="session")
def one_article(library: SmallLibrary) -> Callable[[str], SmallLibrary]:
    """A library of one article with this text."""

    def make(text: str) -> SmallLibrary:
        return SmallLibrary(library.encoder, [Article(id="one", title="One", text=text, source="/news/one.txt")])

    return make


@pytest.fixture
def shelf() -> dict[str, Article]:
    """The articles that the library holds today."""
    return {"a1": ARTICLE}


@pytest.fixture
def conversations(home_of_its_own: Path, shelf: dict[str, Article]) -> Iterator[Conversations]:
    found = Conversations(home_of_its_own, shelf=lambda ids: {each: shelf[each] for each in ids if each in shelf})
    yield found
    found.close()
