"""A block of text of a page, and what can be told of it alone."""

import re
from dataclasses import dataclass, field
from typing import Any

PROSE = 60  # characters: a block this long, outside links, is prose
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class Block:
    """One block of text: a paragraph, a heading ("h1" to "h6"), an item of a list ("li") or a row of a table ("tr").

    `marker` is what stands before an item in a list; `linked` counts the characters that stand in links; `signature`
    tells its container by tag and class; `foreign` is whether it stands in a part of the page that by its name is
    no part of the article, `certainly_foreign` whether that is sure.
    """

    text: str
    kind: str
    element: Any
    signature: str
    linked: int = 0
    strong: int = 0
    foreign: bool = False
    certainly_foreign: bool = False
    quoted: bool = False
    marker: str = ""
    suspects: tuple[Any, ...] = field(default=(), repr=False)

    @property
    def bare(self) -> str:
        """The text without its marker."""
        return self.text[len(self.marker) :]

    @property
    def link_share(self) -> float:
        return self.linked / max(1, len(self.text))

    @property
    def is_prose(self) -> bool:
        return self.size >= (2 * PROSE if self.kind in HEADINGS else PROSE)

    @property
    def size(self) -> int:
        """Characters outside links, as many as the same would have in letters: an ideograph counts for three."""
        own = len(self.text) - self.linked
        return 3 * own if _IDEOGRAPH.search(self.text[:40]) else own

    @property
    def is_heading(self) -> bool:
        return self.kind in HEADINGS
