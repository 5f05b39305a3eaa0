"""A piece of opinion is known as one, and a report about opinions is not."""

import pytest

from assistant.language.genre import is_opinion
from index.article import Article


def article(title: str = "Ferry late", text: str = "The ferry was late.", **about: str) -> Article:
    return Article(id="", title=title, text=text, source="", **about)


@pytest.mark.parametrize(
    "piece",
    [
        article(title="OPINION: The ferry is late again"),
        article(title="Opinion | The ferry is late again"),
        article(title="Editorial: A ferry for all"),
        article(title="The ferry is late again - Comment"),
        article(url="https://news.example/opinion/2026/ferry-late"),
        article(url="https://news.example/commentisfree/2026/feb/19/ferry"),
        article(author="The Editorial Board"),
        article(text="I have waited for an hour.\n\nIna Vollan is a columnist for the Observer."),
        article(text="Ina Vollan teaches here. The views expressed are her own.\n\nI have waited."),
        article(text="I wait.\n\nThe opinions expressed here do not necessarily reflect those of the paper."),
    ],
)
def test_a_piece_of_opinion_is_known(piece: Article) -> None:
    assert is_opinion(piece)


@pytest.mark.parametrize(
    "report",
    [
        article(),
        article(title="Opinion polls put the harbour party ahead"),
        article(title="Minister rejects comment on ferry"),
        article(url="https://news.example/politics/2026/opinion-poll-ferry"),
        article(author="Ina Vollan"),
        article(text="He said that public opinion was against the ferry, and would not comment."),
    ],
)
def test_a_report_is_none(report: Article) -> None:
    assert not is_opinion(report)
