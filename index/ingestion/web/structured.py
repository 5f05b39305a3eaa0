"""Structured data of a page: its meta elements and its JSON-LD, as lists that the other modules ask."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.ingestion.normalising import one_line

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Story|Review|Feature|Analysis)$")
_STEPS = 4_000  # values of one page's JSON-LD that are looked at
_LONGEST_SCRIPT = 5_000_000  # characters
_STRAY = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,20}?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Structured:
    """What a page says of itself for machines.

    `metas` maps a name in lower case to its contents, in their order; `articles` are the JSON-LD objects that describe
    an article, `others` the remaining ones (the site, its organisation, the page).
    """

    metas: dict[str, list[str]]
    articles: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)

    def first(self, *names: str) -> str | None:
        """The first of these meta elements that says something."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)

    def all(self, *names: str) -> list[str]:
        """All that these meta elements say, by name."""
        return [value for name in names for value in self.metas.get(name, ()) if value]

    def of_articles(self, key: str) -> list[Any]:
        """What the articles' objects give under `key`."""
        return [node[key] for node in self.articles if node.get(key)]

    def named(self, value: Any) -> list[str]:
        """The names in a JSON-LD value, where it only points to another object, that object's: `{"@id": "#editor"}`."""
        found: list[str] = []
        for item in (value if isinstance(value, list) else [value])[:50]:
            if isinstance(item, dict) and item.get("@id") and not item.get("name"):
                known = (node for node in (*self.others, *self.articles) if node.get("@id") == item["@id"])
                item = next((node for node in known if node.get("name")), item)
            found += names(item)
        return found


def structured(tree: Any) -> Structured:
    """Read a page's meta elements and JSON-LD.

    A meta element counts under each of its attributes `property`, `name` and `itemprop`: The New York Times gives two
    of them at once. JSON-LD that is not JSON (line breaks in strings, comments, a comma too many: a tenth of pages)
    is mended where that takes no guessing, and passed over else.
    """
    metas: dict[str, list[str]] = defaultdict(list)
    for meta in tree.iter("meta"):
        content = one_line((meta.get("content") or meta.get("value") or "")[:20_000])
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").lower().split():
                metas[name.replace("article:published:time", "article:published_time")].append(content)
    articles: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _nodes(_loaded((script.text or "")[:_LONGEST_SCRIPT])):
            (articles if any(map(_ARTICLE.search, types(node))) else others).append(node)
    return Structured(dict(metas), articles, others)


def types(node: dict[str, Any]) -> list[str]:
    """The types of a JSON-LD object, without their vocabulary's address."""
    given = node.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (given if isinstance(given, list) else [given]) if kind]


def names(value: Any) -> list[str]:
    """The names in a JSON-LD value: a text, an object with a name, or a list of them."""
    if isinstance(value, str):
        return [one_line(value)] if value.strip() else []
    if isinstance(value, dict):
        return names(value.get("name"))
    if isinstance(value, list):
        return [name for item in value[:50] for name in names(item)]
    return []


def _loaded(text: str) -> Any:
    text = _STRAY.sub("", _STRAY.sub("", text)).strip().rstrip(";")
    for mended in (text, _TRAILING_COMMA.sub(r"\1", _CONTROLS.sub(" ", text))):
        try:
            return json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top: in lists, under `@graph`, and as a page's main entity; not what they merely mention."""
    waiting, steps = [value], 0
    while waiting and steps < _STEPS:
        item = waiting.pop(0)
        steps += 1
        if isinstance(item, list):
            waiting += item[:200]
        elif isinstance(item, dict):
            yield item
            waiting += [
                item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate_") if key in item
            ]
