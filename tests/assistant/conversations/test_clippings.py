"""Clippings are kept by their owner, marked when their article changed, and sent on in four forms; edits come back."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.conversations.clippings import Clippings, as_csv, as_markdown
from assistant.conversations.documents import html_page, word_document
from assistant.conversations.store import ConversationError, Conversations
from index import Article

TEXT = "“=1+1 is <b>two</b>,” the envoy said."
ARTICLE = Article(
    "a1", "Sums & talks", TEXT, "pasted", "Vester Post", published=date(2026, 2, 18), url="https://x.example"
)


@pytest.fixture
def shelf() -> dict[str, Article]:
    return {"a1": ARTICLE}


@pytest.fixture
def kept(tmp_path: Path, shelf: dict[str, Article]) -> Iterator[Clippings]:
    found = Clippings(tmp_path, shelf=lambda ids: {each: shelf[each] for each in ids if each in shelf})
    yield found
    found.close()


def test_a_quote_is_kept_once_with_its_note_and_seen_by_its_owner_only(kept: Clippings) -> None:
    one = kept.save("rita", ARTICLE, 1, 22, speaker="the envoy")
    assert kept.save("rita", ARTICLE, 1, 22) == one
    kept.change(one, "rita", note="for the lead", collection="  Talks ")
    (clipping,) = kept.list("rita", "LEAD")
    assert (clipping.quote, clipping.collection, clipping.holds) == (TEXT[1:22], "Talks", True)
    assert kept.list("bob") == []
    with pytest.raises(ConversationError):
        kept.change(one, "bob", note="mine", collection="")


def test_a_clipping_whose_article_changed_says_so_and_one_that_was_deleted_comes_back(
    kept: Clippings, shelf: dict[str, Article]
) -> None:
    one = kept.save("rita", ARTICLE, 1, 22)
    shelf["a1"] = Article("a1", "Sums", "Other words.", "pasted")
    assert [each.holds for each in kept.list("rita")] == [False]
    kept.remove(one, "rita")
    assert kept.list("rita") == []
    kept.bring_back(one, "rita")
    assert len(kept.list("rita")) == 1


def test_what_is_sent_on_is_characters_in_every_form(kept: Clippings) -> None:
    kept.save("rita", ARTICLE, 1, 22)
    found = kept.list("rita")
    markdown = as_markdown(found)
    assert "\\<b\\>" in markdown
    assert "<https://x.example>" in markdown
    assert "'=1+1" in as_csv(found)
    page = html_page("Clippings", markdown)
    assert "<b>" not in page
    assert "=1+1 is &lt;b&gt;two&lt;/b&gt;" in page
    with zipfile.ZipFile(io.BytesIO(word_document(markdown))) as archive:
        assert "=1+1 is &lt;b&gt;two" in archive.read("word/document.xml").decode()


def test_an_edit_puts_later_answers_aside_and_they_come_back_whole(tmp_path: Path) -> None:
    kept = Conversations(tmp_path, shelf=lambda ids: {})
    conversation = kept.create("rita")

    def ask(question: str, at: int | None = None) -> None:
        kept.add_turn(conversation, "rita", question, Answer("No.", answered=False), replace_from=at)

    def asked() -> list[str]:
        return kept.questions(conversation, "rita")

    for question in ("one", "two", "three"):
        ask(question)
    kept.rate(conversation, "rita", 2, True)
    ask("other two", 1)
    ask("after it")
    assert asked() == ["one", "other two", "after it"]
    ask("other one", 0)
    assert [each.replaced for each in kept.turns(conversation, "rita")] == [3]
    kept.restore(conversation, "rita", 0)
    assert asked() == ["one", "other two", "after it"]
    kept.restore(conversation, "rita", 1)
    assert asked() == ["one", "two", "three"]
    assert kept.turns(conversation, "rita")[2].liked is True
    kept.restore(conversation, "rita", 1)
    assert asked() == ["one", "other two", "after it"]
    kept.close()


def test_an_answer_that_was_only_asked_again_is_replaced(tmp_path: Path) -> None:
    kept = Conversations(tmp_path, shelf=lambda ids: {})
    conversation = kept.create("rita")
    for at in (None, 0):
        kept.add_turn(conversation, "rita", "one", Answer("No.", answered=False), replace_from=at)
    (turn,) = kept.turns(conversation, "rita")
    assert turn.replaced == 0
    with pytest.raises(ConversationError):
        kept.restore(conversation, "rita", 0)
    kept.close()
