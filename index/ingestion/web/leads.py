"""Leads: the standfirst between the headline and the body."""

import re
from typing import Any

from index.ingestion.paragraphs import ends_sentence
from index.ingestion.web.block import Block
from index.ingestion.web.lines import is_boilerplate
from index.ingestion.web.names import camel_parted
from index.ingestion.web.structured import Structured, names

_LEAD = re.compile(
    r"(?<![a-z])(?:(?:article|news|story|post)[-_]*teaser|lead|lede|leadin|lead-in|stand-?first|dek|deck|sub-?head(?:line|ing|er)?|sub-?title|"
    r"sub-?line|summary|excerpt|abstract|intro(?:duction|text)?|teaser-?text|chap[oô]|chapeau|bajada|"
    r"entradilla|copete|sommario|occhiello|catenaccio|perex|anons|zajawka|vorspann|strap-?line|synopsis|"
    r"tagline|description|desc|precis|sumario|subtitulo|dachzeile|ingress|manchet|tease|blurb|"
    r"article__intro|hat|preamble|key-?points?|bullets?|highlights?)(?![a-z])",
    re.IGNORECASE,
)
_NAMED_BY = ("class", "id", "itemprop", "data-testid", "data-component")
_LEAST, _MOST = 25, 1200
_LEAST_PLACED, _LEAST_HEADING = 45, 60  # characters
_NEAR = 4  # blocks
_PICTURE = re.compile(
    r"image|img|picture|photo|foto|bild|galler|media|video|figure|slide|audio|newsletter|meta",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")


def with_lead(blocks: list[Block], picked: list[Block], marks: Structured, headline: Any) -> list[Block]:
    """The article's blocks with its lead before them.

    The lead stands in a header with the headline, outside the body's container, where extractors do not look; its
    facts are often nowhere else. It is told by what the page's description says, or by its name (standfirst, dek,
    excerpt, summary ...), between the headline and the body's first paragraph, or by its place: a sentence, or a
    heading of the next rank, directly under the headline. What is already in the body is not added again.
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
    found: list[Block] = []
    between = range(start + 1, first) if start is not None else range(max(0, first - 12), first)
    for at in between:
        block = blocks[at]
        if id(block) in have or not _LEAST <= len(block.text) <= _MOST or block.link_share > 0.5:
            continue
        if block.certainly_foreign:
            continue
        placed = start is not None and at - start <= _NEAR and not found and _placed_as_lead(block, at - start)
        if placed or _named_lead(block) or _is_told(block.text, told):
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


def _placed_as_lead(block: Block, steps: int) -> bool:
    """Whether a block so many steps under the headline is a lead by its look: sentences without links, or a heading
    that follows at once; no line of a picture."""
    if block.foreign or block.link_share > 0.2 or _PICTURE.search(block.signature) or is_boilerplate(block, None):
        return False
    if block.kind in ("h2", "h3") and steps == 1:
        return len(block.text) >= _LEAST_HEADING
    return block.kind == "p" and len(block.text) >= _LEAST_PLACED and ends_sentence(block.text)


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
        signs = camel_parted(" ".join(node.get(name) or "" for name in _NAMED_BY))
        if _LEAD.search(signs):
            return True
        node, steps = node.getparent(), steps + 1
    return False


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))
