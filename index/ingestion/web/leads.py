"""Leads: the standfirst between the headline and the body."""

import re
from typing import Any

from index.ingestion.web.block import Block
from index.ingestion.web.structured import Structured, names

_LEAD = re.compile(
    r"(?<![a-z])(?:lead|lede|leadin|lead-in|stand-?first|dek|deck|sub-?head(?:line|ing|er)?|sub-?title|"
    r"sub-?line|summary|excerpt|abstract|intro(?:duction|text)?|teaser-?text|chap[oô]|chapeau|bajada|"
    r"entradilla|copete|sommario|occhiello|catenaccio|perex|anons|zajawka|vorspann|strap-?line|synopsis|"
    r"tagline|description|desc|precis|sumario|subtitulo|dachzeile|ingress|manchet|tease|blurb|"
    r"article__intro|hat|preamble|key-?points?|bullets?|highlights?)(?![a-z])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMED_BY = ("class", "id", "itemprop", "data-testid", "data-component")
_LEAST, _MOST = 25, 1200
_WORDS = re.compile(r"\w+")


def with_lead(blocks: list[Block], picked: list[Block], marks: Structured, headline: Any) -> list[Block]:
    """The article's blocks with its lead before them.

    The lead stands in a header with the headline, outside the body's container, where extractors do not look; its
    facts are often nowhere else. It is told by what the page's description says, or by its name (standfirst, dek,
    excerpt, summary ...), between the headline and the body's first paragraph. What is already in the body is not
    added again.
    """
    if not picked:
        return picked
    order = {id(block): at for at, block in enumerate(blocks)}
    prose = [block for block in picked if block.is_prose] or picked
    first = order[id(prose[0])]
    start = next((at for at, block in enumerate(blocks[:first]) if block.element is headline), None)
    if start is None:
        start = next((at for at, block in reversed(list(enumerate(blocks[:first]))) if block.kind == "h1"), None)
    told = _descriptions(marks)
    have = {id(block) for block in picked}
    found = []
    between = range(start + 1, first) if start is not None else range(max(0, first - 12), first)
    for at in between:
        block = blocks[at]
        if id(block) in have or not _LEAST <= len(block.text) <= _MOST or block.link_share > 0.5:
            continue
        if (_named_lead(block) and not block.certainly_foreign) or (
            not block.certainly_foreign and _is_told(block.text, told)
        ):
            found.append(block)
    if not found and start is not None:
        found = [
            block
            for block in blocks[max(0, start - 6) : start]
            if len(block.text) >= 50
            and not block.certainly_foreign
            and id(block) not in have
            and block.link_share < 0.5
            and _is_told(block.text, told)
        ]
    body = " ".join(_key(block.text) for block in picked)
    found = [block for block in found if _key(block.text) not in body]
    return found + picked


def _descriptions(marks: Structured) -> list[str]:
    said = marks.all(
        "description",
        "og:description",
        "twitter:description",
        "dc.description",
        "dcterms.abstract",
        "article:summary",
        "abstract",
        "sailthru.description",
        "lead",
    )
    said += [
        text
        for key in ("description", "alternativeHeadline", "abstract")
        for value in marks.of_articles(key)
        for text in names(value)
    ]
    return [key for key in map(_key, said) if len(key) >= _LEAST]


def _is_told(text: str, told: list[str]) -> bool:
    """Whether a line is what the page's description says; descriptions are often cut off at some length."""
    own = _key(text)
    for other in told:
        start = other[: max(40, min(100, len(other) * 2 // 3))]
        if own == other or (len(own) > 40 and (own[:100] in other or start in own)):
            return True
    return False


def _named_lead(block: Block) -> bool:
    node, steps = block.element, 0
    while node is not None and steps < 3 and node.tag not in ("article", "main", "body", "section"):
        signs = _CAMEL.sub("-", " ".join(node.get(name) or "" for name in _NAMED_BY))
        if _LEAD.search(signs):
            return True
        node, steps = node.getparent(), steps + 1
    return False


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))
