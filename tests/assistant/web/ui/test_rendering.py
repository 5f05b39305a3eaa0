"""Answers as messages, without a browser: which brackets are markers, what a stopped answer keeps, what to ask next."""

import html
import re
import string
from datetime import date

from assistant.answer import Answer, Citation, Passage
from assistant.web.ui import rendering, suggestions
from assistant.web.ui.escaping import plain
from index.article import Article

TEXT = "The envoy wrote in [2] that the dam holds. Nobody contradicted her [1].\n\nThe minister said nothing."
ARTICLE = Article("a1", "Dam holds", TEXT, "pasted", "Vester Post", published=date(2026, 2, 18))


def quoted(*quotes: str) -> Answer:
    """An answer made of these quotes."""
    citations = tuple(
        Citation(number, quote, TEXT.index(quote), TEXT.index(quote) + len(quote), ARTICLE)
        for number, quote in enumerate(quotes, start=1)
    )
    return Answer("\n\n".join(f"{each.quote} [{each.number}]" for each in citations), True, citations)


def links(answer: Answer) -> list[str]:
    shown = str(rendering.partly(answer, 10_000)["content"])
    return re.findall(r'class="cite" href="#cite=a1\.(\d+\.\d+)\.', shown)


def test_brackets_that_the_article_itself_prints_are_no_markers() -> None:
    answer = quoted("The envoy wrote in [2] that the dam holds.", "Nobody contradicted her [1].")
    spans = [f"{each.start}.{each.end}" for each in answer.citations]
    assert links(answer) == spans


def test_a_written_answer_may_cite_in_the_middle_and_twice() -> None:
    citations = quoted("The minister said nothing.").citations
    answer = Answer("She was silent [1], wholly [1], or so [7].", True, citations, mode="written")
    assert len(links(answer)) == 2


def test_a_stopped_answer_keeps_the_citation_of_the_quote_that_was_cut() -> None:
    answer = quoted("The envoy wrote in [2] that the dam holds.", "The minister said nothing.")
    cut = rendering.shortened(answer, 3)
    assert cut.text == "The envoy wrote … [1]"
    assert cut.citations == answer.citations[:1]
    assert rendering.shortened(answer, 10_000) == answer


def test_the_next_questions_are_about_those_who_speak_in_the_passages_and_were_not_asked_about() -> None:
    text = (
        "Envoy Lucia Ferrante said it holds. Marco Bellini, the retired admiral, warned of rain. On Friday, it rained."
    )
    answer = Answer("", False, passages=(Passage(text, 0, len(text), 1.0, ARTICLE),))
    assert suggestions.follow_ups(answer, ["Who is Bellini?"]) == ["What did Lucia Ferrante say?"]


def test_no_sign_in_a_text_means_anything_to_html_to_markdown_or_to_a_template() -> None:
    shown = plain(f"{string.punctuation}\n{string.ascii_letters}")
    assert re.fullmatch(r"(&#\d+;)+ [A-Za-z]+", shown)
    assert html.unescape(shown) == f"{string.punctuation} {string.ascii_letters}"


def test_marks_that_nobody_sees_are_spelled_out() -> None:
    assert plain("gr\u202eyv\u200ban\x07") == "gr&#91;U&#43;202E&#93;yv&#91;U&#43;200B&#93;an\ufffd"
