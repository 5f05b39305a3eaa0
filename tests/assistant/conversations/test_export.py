"""A conversation as Markdown: each citation a footnote, what is gone is said, and nothing is markup."""

import html
import re
from dataclasses import replace

from markdown_it import MarkdownIt

from assistant.conversations.store import Conversations
from index.article import Article
from tests.assistant.conversations.kept import ARTICLE, answer_from


def test_the_export_gives_each_citation_as_a_footnote(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    conversations.add_turn(conversation, "ann", "Really?", answer_from(ARTICLE))
    assert conversations.markdown(conversation, "ann") == (
        "# Signed?\n\n"
        "## Signed?\n\n"
        "Nobody signed anything.[^1-1]\n\nOne notice.\n\n"
        "[^1-1]: “Talks end”, Daily, 18 February 2026, <https://news.example/a(1)>:\n"
        "    > Nobody signed anything.\n\n"
        "## Really?\n\n"
        "Nobody signed anything.[^2-1]\n\nOne notice.\n\n"
        "[^2-1]: “Talks end”, Daily, 18 February 2026, <https://news.example/a(1)>:\n"
        "    > Nobody signed anything.\n"
    )


def test_words_behind_a_marker_stay_apart_from_it_and_other_brackets_stay(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", replace(answer_from(ARTICLE), text="No [1] and [sic] [7]."))
    assert "\nNo[^1-1] and \\[sic\\] \\[7\\].\n" in conversations.markdown(conversation, "ann")


def test_the_export_says_which_articles_are_gone(conversations: Conversations, shelf: dict[str, Article]) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf.clear()
    written = conversations.markdown(conversation, "ann")
    assert "(no longer in the library):\n    > Nobody signed anything." in written


def test_nothing_in_an_export_is_markup(conversations: Conversations, shelf: dict[str, Article]) -> None:
    text = "![x](https://evil.example/a.png) <img src=x onerror=alert(1)> `code` $x$\n# Heading\n1. item\n- item"
    hostile = replace(ARTICLE, title="[click](javascript:alert(1))", text=text, url="javascript:alert(1)")
    shelf["a1"] = hostile
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "<script>alert(1)</script> **bold**", answer_from(hostile, text))
    shown = MarkdownIt("commonmark").render(conversations.markdown(conversation, "ann"))
    assert set(re.findall(r"<(\w+)", shown)) <= {"h1", "h2", "p"}
    for line in text.splitlines():
        assert html.escape(line, quote=True) in shown
