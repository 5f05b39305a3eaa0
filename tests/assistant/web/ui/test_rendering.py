"""Answers as HTML, without a browser: which brackets are markers, and what to ask next."""

import html
import re
import string
from dataclasses import replace
from datetime import date, datetime

from assistant.answer import Answer, Citation, Contrast, SameWords, ShortSpan
from assistant.conversations import SavedTurn
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
    shown = rendering.so_far("What?", answer, "Writing…")
    return re.findall(r'class="cite" href="#cite=a1\.(\d+\.\d+)\.', shown)


def test_brackets_that_the_article_itself_prints_are_no_markers() -> None:
    answer = quoted("The envoy wrote in [2] that the dam holds.", "Nobody contradicted her [1].")
    spans = [f"{each.start}.{each.end}" for each in answer.citations]
    assert links(answer) == spans


def test_a_short_answer_shows_no_half_of_a_quotation() -> None:
    answer = replace(quoted("The minister said nothing."), short=(ShortSpan("“said nothing", 83, 96, 1),))
    shown = rendering.turn(SavedTurn(0, "What?", answer, (), None, datetime(2026, 2, 18)))
    assert '<span class="said">said nothing</span>' in shown


def test_a_written_answer_may_cite_in_the_middle_and_twice() -> None:
    citations = quoted("The minister said nothing.").citations
    answer = Answer("She was silent [1], wholly [1], or so [7].", True, citations, mode="written")
    assert len(links(answer)) == 2


def test_a_quote_that_ends_with_a_bracket_of_the_article_keeps_it() -> None:
    text = "Nobody contradicted her [1]"
    quote = Citation(2, text, TEXT.index(text), TEXT.index(text) + len(text), ARTICLE)
    first = quoted("The minister said nothing.").citations[0]
    answer = Answer(f"{first.quote} [1]\n\n{text} [2]", True, (first, quote))
    assert len(links(answer)) == 2
    assert "her &#91;1&#93;</span>" in rendering.so_far("What?", answer, "")


def test_the_next_questions_are_about_those_who_speak_near_the_quotes_and_were_not_asked_about() -> None:
    text = (
        "Envoy Lucia Ferrante said it holds. Marco Bellini, the retired admiral, warned of rain. On Friday, it rained."
    )
    article = Article("a2", "Dam", text, "pasted")
    answer = Answer("On Friday, it rained. [1]", True, (Citation(1, text[-21:], len(text) - 21, len(text), article),))
    assert suggestions.follow_ups(answer, ["Who is Bellini?"]) == ["What did Lucia Ferrante say?"]


def test_no_sign_in_a_text_means_anything_to_html_to_markdown_or_to_a_template() -> None:
    shown = plain(f"{string.punctuation}\n{string.ascii_letters}")
    assert re.fullmatch(r"(&#\d+;)+ [A-Za-z]+", shown)
    assert html.unescape(shown) == f"{string.punctuation} {string.ascii_letters}"


def test_marks_that_nobody_sees_are_spelled_out() -> None:
    assert plain("gr\u202eyv\u200ban\x07") == "gr&#91;U&#43;202E&#93;yv&#91;U&#43;200B&#93;an\ufffd"


def test_where_papers_differ_their_words_are_set_off_and_listed() -> None:
    answer = quoted("The envoy wrote in [2] that the dam holds.", "The minister said nothing.")
    spans = tuple(
        ShortSpan(words, TEXT.index(words), TEXT.index(words) + len(words), number)
        for number, words in ((1, "dam holds"), (2, "said nothing"))
    )
    shown = rendering.so_far("What?", replace(answer, contrasts=(Contrast("words", "", False, spans),)), "")
    assert re.findall("<mark>(.*?)</mark>", shown) == ["dam holds", "said nothing"]
    assert "Where they differ" in shown and "the wording:" in shown
    alike = rendering.so_far("What?", replace(answer, contrasts=(Contrast("words", "", True, spans),)), "")
    assert "<mark>" not in alike and "What they share" in alike


def test_a_wire_story_names_all_its_papers() -> None:
    other = Article("a2", "Dam holds", TEXT, "pasted", "Morning Wire")
    answer = quoted("The minister said nothing.")
    also = SameWords("The minister said nothing.", 0, 26, other)
    citation = replace(answer.citations[0], also=(also,))
    assert "also in Morning Wire" in rendering.so_far("What?", replace(answer, citations=(citation,)), "")


def test_opinion_is_marked_wherever_it_is_cited() -> None:
    piece = replace(ARTICLE, title="Dam holds | Opinion")
    citation = replace(quoted("The minister said nothing.").citations[0], article=piece)
    assert ">Opinion<" in rendering.so_far("What?", Answer("The minister said nothing. [1]", True, (citation,)), "")
