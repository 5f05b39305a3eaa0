"""Answer rendering: questions and answers as HTML messages of the chat."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.answer import Answer, Checks, Citation, Passage, mark, outcome
from assistant.conversations.serialization import SavedTurn, StaleQuote
from assistant.web.ui.escaping import byline, day, isolated, lined, plain
from assistant.web.ui.source_links import Reference
from assistant.web.ui.suggestions import follow_ups

Message = dict[str, Any]
_MARKER = re.compile(r"\[(\d{1,3})\]")
_WORD = re.compile(r"\S+\s*")
_EXCERPT = 220
STOPPED = "Stopped before the end."


def messages(turns: Sequence[SavedTurn]) -> list[Message]:
    """The whole conversation; the last answer comes with what can be done next."""
    shown: list[Message] = []
    for turn in turns:
        last = turn is turns[-1]
        shown.append(question(turn.question, turn.position))
        acts = _acts(turn, last)
        ideas = _ideas(follow_ups(turn.answer, [each.question for each in turns])) if last else ""
        shown.append(_message("assistant", _answer(turn.answer, turn.stale) + acts + ideas))
    return shown


def question(text: str, position: int | None = None) -> Message:
    """A question; one that has its place can be edited."""
    edit = "" if position is None else f'<p class="acts">{_act("Edit", "edit", position)}</p>'
    return _message("user", f'<p class="question"><span class="unseen">You asked: </span>{lined(text)}</p>{edit}')


def working(sentence: str) -> Message:
    """What stands in place of an answer that is still to come."""
    return _message("assistant", f'<p class="working">{plain(sentence)}</p>')


def partly(answer: Answer, words: int) -> Message:
    """As much of an answer as has been told so far."""
    return _message("assistant", f'<div class="answer">{_body(shortened(answer, words))}</div>')


def so_far(answer: Answer, sentence: str) -> Message:
    """An answer while a model writes it, and below it what happens."""
    return _message("assistant", f'<div class="answer">{_body(answer)}<p class="working">{plain(sentence)}</p></div>')


def length(answer: Answer) -> int:
    """How many words an answer is told in."""
    return len(_WORD.findall(answer.text))


def shortened(answer: Answer, words: int) -> Answer:
    """The answer's first words, with the citations that they carry; the one cut in two keeps its own."""
    told = list(_WORD.finditer(answer.text))
    if words >= len(told):
        return answer
    text = answer.text[: told[words].start()].rstrip()
    rest = answer.text[len(text) :]
    carrying = list(_MARKER.finditer(rest.split("\n\n")[0]))
    cut = carrying[-1 if answer.mode == "quotes" else 0] if carrying else None
    ends = text.endswith(tuple(f"[{each.number}]" for each in answer.citations)) if text else True
    if text and not ends:
        text += f" … {cut[0]}" if cut else " …"
    kept = {int(number) for number in _MARKER.findall(text)}
    return replace(answer, text=text, citations=tuple(each for each in answer.citations if each.number in kept))


def _message(role: str, html: str) -> Message:
    return {"role": role, "content": html}


def _answer(answer: Answer, stale: Sequence[StaleQuote] = ()) -> str:
    notices = "".join(f'<p class="remark">{plain(notice)}</p>' for notice in answer.notices)
    read_as = _unfolding("How the question was read", f"<p>{isolated(answer.read_as)}</p>") if answer.read_as else ""
    if not answer.answered:
        verdict = '<p class="verdict">Not in the articles</p>'
        return f'<div class="refusal">{verdict}{_body(answer)}{notices}{read_as}{_nearest(answer.passages)}</div>'
    checked = _checked(answer)
    quotes = _quotes(answer.citations) if answer.mode == "written" else ""
    sources = _sources(answer.citations, stale)
    return f'<div class="answer">{_body(answer, stale)}{notices}{checked}{quotes}{read_as}{sources}</div>'


def _checked(answer: Answer) -> str:
    """Whether each sentence was held against its sources, and what became of those that did not hold."""
    if answer.checks is None:
        return ""
    if answer.mode == "written":
        how = "A language model wrote this answer. Each sentence was held against the quotes that it cites: its "
        how += "numbers, names, dates, quoted words, who says so, and its meaning. "
    else:
        how = "These are the articles’ sentences, word for word. "
    told = plain(how + outcome(answer.checks) if answer.checks.sentences else how.strip())
    short = plain(f"{mark(answer)}{': ' + _short(answer.checks) if answer.mode == 'written' else ''}")
    return _unfolding(short, f"<p>{told}</p>", "checked", sign="✓")


def _short(checks: Checks) -> str:
    gone = checks.removed + checks.replaced
    if not gone:
        return "every sentence holds"
    return (
        f"{gone} of the model’s {checks.sentences} sentences did not hold and {'is' if gone == 1 else 'are'} not shown"
    )


def _quotes(citations: Sequence[Citation]) -> str:
    """The words that the answer rests on, each in full."""
    if not citations:
        return ""
    items = "".join(
        f'<li>{_link(each)} <blockquote class="said">{lined(each.quote)}</blockquote></li>' for each in citations
    )
    one = len(citations) == 1
    return _unfolding(
        "The quote it rests on" if one else f"The {len(citations)} quotes it rests on", f"<ul>{items}</ul>"
    )


def _unfolding(summary: str, html: str, name: str = "", sign: str = "") -> str:
    """Something to be opened by who wants to know more; `html` is safe, `summary` is our own."""
    before = f'<span aria-hidden="true">{sign}</span> ' if sign else ""
    return f'<details class="more {name}"><summary>{before}{summary}</summary>{html}</details>'


def _body(answer: Answer, stale: Sequence[StaleQuote] = ()) -> str:
    marked: list[Citation | StaleQuote] = [*answer.citations, *stale]
    cited = {each.number: each for each in marked}
    tag = "blockquote" if answer.mode == "quotes" and answer.answered else "div"
    paragraphs = [part for part in answer.text.split("\n\n") if part.strip()]
    at_end = answer.mode == "quotes"
    return "".join(f"<{tag}><p>{_marked(part, cited, at_end=at_end)}</p></{tag}>" for part in paragraphs)


def _marked(text: str, cited: Mapping[int, Citation | StaleQuote], *, at_end: bool) -> str:
    """A paragraph with its markers as links; `at_end` where only its end is one, and all else the article's own."""
    html, at = [], 0
    for marker in _MARKER.finditer(text):
        citation = cited.get(int(marker[1]))
        if citation is None or (at_end and marker.end() < len(text.rstrip())):
            continue
        html += [lined(text[at : marker.start()].rstrip()), _link(citation)]
        at = marker.end()
    return f'<span class="said">{"".join(html)}{lined(text[at:])}</span>'


def _link(citation: Citation | StaleQuote) -> str:
    if isinstance(citation, StaleQuote):
        return f'<span class="cite stale"><span class="unseen"> source </span>{citation.number}</span>'
    reference = Reference.to(citation)
    return f'<a class="cite" href="#cite={reference}"><span class="unseen"> source </span>{citation.number}</a>'


def _sources(citations: Sequence[Citation], stale: Sequence[StaleQuote]) -> str:
    by_article: dict[str, list[Citation]] = {}
    for each in citations:
        by_article.setdefault(each.article.id, []).append(each)
    lost: dict[str, StaleQuote] = {each.title: each for each in stale if each.number}
    if not by_article and not lost:
        return ""
    items = "".join(_source(each) for each in by_article.values()) + "".join(_lost(each) for each in lost.values())
    heading = "Source" if len(by_article) + len(lost) == 1 else "Sources"
    return f'<div class="sources"><p class="label">{heading}</p><ul>{items}</ul></div>'


def _source(citations: Sequence[Citation]) -> str:
    article = citations[0].article
    numbers = ", ".join(str(each.number) for each in citations)
    about = byline(article.publisher, day(article.published))
    link = f'<a class="read" href="#cite={Reference.to(citations[0])}">{isolated(article.title)}</a>'
    return f'<li><span class="numbers">{numbers}</span> {link} <span class="about">{about}</span></li>'


def _lost(quote: StaleQuote) -> str:
    why = "no longer in the library" if quote.gone else "its text has changed since"
    about = byline(quote.publisher, day(quote.published), why)
    return f'<li><span class="lost">{isolated(quote.title)}</span> <span class="about">{about}</span></li>'


def _nearest(passages: Sequence[Passage]) -> str:
    if not passages:
        return ""
    items = "".join(
        f'<li><a class="read excerpt said" href="#cite={Reference.to(each)}">{plain(_excerpt(each.text))}</a> '
        f'<span class="about">{byline(each.article.title, each.article.publisher, day(each.article.published))}</span>'
        "</li>"
        for each in passages[:3]
    )
    return f'<div class="nearest"><p class="label">The nearest passages, to read for yourself</p><ul>{items}</ul></div>'


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _acts(turn: SavedTurn, last: bool) -> str:
    place = turn.position
    acts = [_act("Copy", "copy", place)]
    if last:
        acts += [_act("Try again", "retry", place), _act("Take back", "undo", place)]
    for name, label, value in (("like", "Helpful", True), ("dislike", "Not helpful", False)):
        acts.append(_act(label, name, place, chosen=turn.liked is value))
    return f'<p class="acts">{" ".join(acts)}</p>'


def _act(label: str, name: str, place: int, *, chosen: bool = False) -> str:
    mark = ' class="chosen"' if chosen else ""
    told = '<span class="unseen"> (chosen)</span>' if chosen else ""
    return f'<a{mark} role="button" href="#act={name}.{place}">{label}{told}</a>'


def _ideas(questions: Sequence[str]) -> str:
    if not questions:
        return ""
    links = "".join(f'<li><a role="button" class="idea" href="#ask">{plain(each)}</a></li>' for each in questions)
    return f'<div class="ideas"><p class="label">Ask next</p><ul>{links}</ul></div>'


def welcome(questions: Sequence[str]) -> str:
    """What an empty conversation shows: what this is, and questions to begin with."""
    links = "".join(f'<li><a role="button" class="idea" href="#ask">{plain(each)}</a></li>' for each in questions)
    begin = f'<div class="ideas"><p class="label">For example</p><ul>{links}</ul></div>' if links else ""
    return (
        '<div class="welcome"><p class="lead">Ask what the articles say about the peace talks.</p>'
        "<p>Every answer comes with the words that carry it: press a number to read them in the article.</p>"
        f"{begin}</div>"
    )
