"""Live blogs: every entry with its time and its heading."""

import re
from itertools import pairwise

from index.ingestion.web.block import Block

_CLOCK = re.compile(
    r"(?:\w+\.?,? )?(?:\d{1,2}[./ ]\s?\w{2,9}[./ ]\s?(?:\d{2,4})?,? (?:at |um |"
    r"- )?)?(?:\d{1,2}[:.h]\d{2}(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|h|utc|gmt|bst|cet|cest|et|est|"
    r"edt|pt|msk))?)(?:\s?[-–|]?\s?\w+ \d{1,2}(?:, \d{4})?)?",
    re.IGNORECASE,
)
_LEAST = 3  # entries


def with_times(blocks: list[Block], picked: list[Block]) -> list[Block]:
    """The blocks of a live blog, with the time of each entry before its heading; other articles as they are.

    Tickers set the time beside the heading, in an element of its own; extractors drop it, and then nobody can tell
    when something was so. An article is a live blog where at least three lines are nothing but a time, each followed
    by a heading or a paragraph of the article.
    """
    have = {id(block) for block in picked}
    entries = {
        id(after): before
        for before, after in pairwise(blocks)
        if _is_time(before)
        and (id(after) in have or (after.is_heading and after.size < 200 and not after.certainly_foreign))
    }
    if len(entries) < _LEAST:
        return picked
    first = min(at for at, block in enumerate(blocks) if id(block) in have)
    last = max(at for at, block in enumerate(blocks) if id(block) in have)
    result = []
    for at, block in enumerate(blocks):
        if id(block) in entries and (id(block) in have or first - 2 <= at <= last):
            block.text = f"{entries[id(block)].text} – {block.text}"
            result.append(block)
        elif (id(block) in have and not (at + 1 < len(blocks) and id(blocks[at + 1]) in entries)) or (
            block.is_heading and first < at < last and at and id(blocks[at - 1]) in entries
        ):
            result.append(block)
    return result


def _is_time(block: Block) -> bool:
    return len(block.text) <= 40 and _CLOCK.fullmatch(block.text) is not None
