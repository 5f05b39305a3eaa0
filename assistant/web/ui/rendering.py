"""Rendering: questions and answers become HTML, in which everything untrusted is plain characters."""

from collections.abc import Sequence

from assistant.answer import QUOTED, Answer, Checks, Citation, Passage, mark, outcome
from assistant.conversations import SavedTurn, StaleQuote
from assistant.questions import is_courtesy
from assistant.web.ui.cards import by_number, card_of, cards, cards_of, link, marked
from assistant.web.ui.escaping import attribute, byline, day, isolated, lined, plain
from assistant.web.ui.screen import Filters
from assistant.web.ui.source_links import Reference
from assistant.web.ui.suggestions import follow_ups

_EXCERPT = 220
#: Characters up to which a short answer stands as large as a headline.
_HEADLINE = 90


def turns(kept: Sequence[SavedTurn]) -> list[str]:
    """The whole conversation, a turn each."""
    asked = [each.question for each in kept]
    return [turn(each, asked[: place + 1], last=place == len(kept) - 1) for place, each in enumerate(kept)]


def turn(kept: SavedTurn, asked: Sequence[str] = (), *, last: bool = True) -> str:
    """A question with its answer, and what can be done with it; the last one suggests what to ask next."""
    answer = kept.answer
    ideas = suggested(follow_ups(answer, asked or [kept.question])) if last else ""
    return _turn(kept.question, _answer(kept) + _acts(kept) + ideas, kept.position)


def pending(question: str, sentence: str) -> str:
    """A question whose answer is still to come."""
    return _turn(question, f'<p class="working">{plain(sentence)}</p>')


def so_far(question: str, answer: Answer, sentence: str) -> str:
    """A question and its answer while a model writes it, and below it what happens."""
    written = f'{_body(answer)}<p class="working">{plain(sentence)}</p>'
    return _turn(question, f'<div class="answer">{written}{_beside(answer)}</div>')


def _turn(question: str, below: str, place: int | None = None) -> str:
    at = "" if place is None else f' data-place="{place}"'
    heading = f'<h2 class="question" dir="auto"><span class="unseen">You asked: </span>{lined(question)}</h2>'
    return (
        f'<section class="turn"{at} data-question="{attribute(question)}">'
        f'<div class="user-row">{heading}</div><div class="bot-row">{below}</div></section>'
    )


def _answer(kept: SavedTurn) -> str:
    answer, filters = kept.answer, Filters.read(kept.searched)
    notices = "".join(f'<p class="remark">{plain(notice)}</p>' for notice in answer.notices)
    above = _searched(filters) + _read_as(answer)
    if not answer.answered:
        greeting = is_courtesy(kept.question)
        verdict = "" if greeting else '<p class="verdict">Not in the articles</p>'
        inner = f"{verdict}{_body(answer)}{above}{notices}{_nearest(answer.passages)}"
        kind = "greeting refusal" if greeting else "refusal"
        return f'<div class="{kind}" role="group" aria-label="Answer" data-group>{inner}</div>'
    quotes = _quotes(answer.citations) + _beside(answer) if answer.mode == "written" else ""
    inner = f"{_short(answer)}{_body(answer, kept.stale)}{above}{notices}{_checked(answer)}{quotes}"
    sources = _sources(answer.citations, kept.stale)
    return f'<div class="answer" role="group" aria-label="Answer" data-group>{inner}{sources}</div>'


def _beside(answer: Answer) -> str:
    """The quotes that come at once, and stay below what a model writes."""
    if not answer.quotes:
        return ""
    return f'<div class="beside"><h3 class="label">{QUOTED}</h3>{cards_of(answer.quotes)}</div>'


def _short(answer: Answer) -> str:
    """The answer's own words in large, each with the number of the quote that holds it."""
    cited = {each.number: each for each in answer.citations}
    spans = [each for each in answer.short if each.citation in cited]
    parts = [
        f'<span class="said">{plain(_without_half(each.text))}</span>'
        f'<span class="whole">{link(cited[each.citation])}{";" if each is not spans[-1] else ""}</span>'
        for each in spans
    ]
    kind = "short long" if sum(len(each.text) for each in answer.short) > _HEADLINE else "short"
    return f'<p class="{kind}" dir="auto">{" ".join(parts)}</p>' if parts else ""


def _without_half(text: str) -> str:
    """Words without a quotation mark at one end whose other half lies outside them.

    >>> _without_half("“there is progress"), _without_half("“there is progress”")
    ('there is progress', '“there is progress”')
    """
    for opening, closing in (("“", "”"), ("«", "»"), ('"', '"')):
        alone = text.count(opening) % 2 if opening == closing else text.count(opening) != text.count(closing)
        if alone and text.startswith(opening):
            return text[1:]
        if alone and text.endswith(closing):
            return text[:-1]
    return text


def _searched(filters: Filters) -> str:
    """The filters of the search, where there were some."""
    if not filters:
        return ""
    parts = []
    if filters.only:
        parts.append(f"only {', '.join(map(isolated, filters.only))}")
    if filters.hide:
        parts.append(f"without {', '.join(map(isolated, filters.hide))}")
    parts += [f"from {plain(filters.after)} on"] if filters.after else []
    parts += [f"up to {plain(filters.before)}"] if filters.before else []
    again = '<button type="button" data-act="everywhere">Ask everywhere</button>'
    return f'<p class="searched">Searched {", ".join(parts)}. {again}</p>'


def _read_as(answer: Answer) -> str:
    """The question as it was read, for a follow-up."""
    if not answer.read_as:
        return ""
    again = '<button type="button" data-act="alone">Ask it by itself</button>'
    return f'<p class="read-as">Read as a follow-up: {isolated(answer.read_as)} {again}</p>'


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
    short = plain(f"{mark(answer)}{': ' + _held(answer.checks) if answer.mode == 'written' else ''}")
    return _unfolding(short, f"<p>{told}</p>{_sureness(answer)}", "checked", sign="✓")


def _sureness(answer: Answer) -> str:
    """How sure the check is of each sentence that a model wrote."""
    items = "".join(
        f'<li><span class="said" dir="auto">{plain(each.text)}</span> '
        f'<span class="about">{plain(each.sure)}</span></li>'
        for each in answer.sentences
    )
    return f'<p>How sure the check is that the quotes say it:</p><ul class="sure">{items}</ul>' if items else ""


def _held(checks: Checks) -> str:
    gone = checks.removed + checks.replaced
    if not gone:
        return "every sentence holds"
    return (
        f"{gone} of the model’s {checks.sentences} sentences did not hold and {'is' if gone == 1 else 'are'} not shown"
    )


def _quotes(citations: Sequence[Citation]) -> str:
    """The words that a written answer rests on, each in full."""
    if not citations:
        return ""
    label = "The quote it rests on" if len(citations) == 1 else f"The {len(citations)} quotes it rests on"
    return _unfolding(label, "".join(card_of(each) for each in citations), "rests")


def _unfolding(summary: str, html: str, name: str = "", sign: str = "") -> str:
    """A part that unfolds; `html` is safe, `summary` is the project's own text."""
    before = f'<span aria-hidden="true">{sign}</span> ' if sign else ""
    return f'<details class="more {name}"><summary>{before}{summary}</summary>{html}</details>'


def _body(answer: Answer, stale: Sequence[StaleQuote] = ()) -> str:
    if answer.mode == "quotes" and answer.answered:
        return cards(answer, stale)
    cited = by_number(answer, stale)
    paragraphs = [part for part in answer.text.split("\n\n") if part.strip()]
    body = "".join(f'<p dir="auto">{marked(part, cited, at_end=not answer.answered)}</p>' for part in paragraphs)
    return f'<div class="body">{body}</div>'


def _sources(citations: Sequence[Citation], stale: Sequence[StaleQuote]) -> str:
    by_article: dict[str, list[Citation]] = {}
    for each in citations:
        by_article.setdefault(each.article.id, []).append(each)
    lost: dict[str, StaleQuote] = {each.title: each for each in stale if each.number}
    if not by_article and not lost:
        return ""
    items = "".join(_source(each) for each in by_article.values()) + "".join(_lost(each) for each in lost.values())
    heading = "Source" if len(by_article) + len(lost) == 1 else "Sources"
    return f'<div class="sources"><h3 class="label">{heading}</h3><ul>{items}</ul></div>'


def _source(citations: Sequence[Citation]) -> str:
    article = citations[0].article
    numbers = ", ".join(str(each.number) for each in citations)
    about = byline(article.publisher, day(article.published))
    title = f'<a class="read" href="#cite={Reference.to(citations[0])}">{isolated(article.title)}</a>'
    printed = f'<span class="printed"> {plain(article.url)}</span>' if article.url else ""
    return f'<li><span class="numbers">{numbers}</span> {title} <span class="about">{about}</span>{printed}</li>'


def _lost(quote: StaleQuote) -> str:
    why = "no longer in the library" if quote.gone else "its text has changed since"
    about = byline(quote.publisher, day(quote.published), why)
    return f'<li><span class="lost">{isolated(quote.title)}</span> <span class="about">{about}</span></li>'


def _nearest(passages: Sequence[Passage]) -> str:
    if not passages:
        return ""
    items = "".join(
        f'<li><a class="read excerpt said" dir="auto" href="#cite={Reference.to(each)}">'
        f"{plain(_excerpt(each.text))}</a> "
        f'<span class="about">{byline(each.article.title, each.article.publisher, day(each.article.published))}</span>'
        "</li>"
        for each in passages[:3]
    )
    return (
        f'<div class="nearest"><h3 class="label">The nearest passages, to read for yourself</h3><ul>{items}</ul></div>'
    )


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _acts(kept: SavedTurn) -> str:
    thumbs = [
        _act(label, name, f' aria-pressed="{str(kept.liked is value).lower()}"')
        for name, label, value in (("like", "Helpful", True), ("dislike", "Not helpful", False))
    ]
    acts = [_act("Copy", "copy"), _act("Edit", "edit"), _act("Try again", "retry", ' class="latest"'), *thumbs]
    if kept.replaced:
        count = "the answer" if kept.replaced == 1 else f"the {kept.replaced} answers"
        acts.append(_act(f"Show {count} from before the edit", "restore"))
    return f'<div class="acts" role="toolbar" aria-label="This answer" data-group>{"".join(acts)}</div>'


def _act(label: str, name: str, more: str = "") -> str:
    return f'<button type="button" data-act="{name}"{more}>{label}</button>'


def suggested(questions: Sequence[str]) -> str:
    """The questions that are offered next."""
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="idea" data-ask>{plain(each)}</button></li>' for each in questions
    )
    return f'<div class="ideas" data-group><h3 class="label">Ask next</h3><ul>{buttons}</ul></div>'
