"""Front matter: the metadata in YAML or TOML at the top of an article file."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from index.errors import ArticleError
from index.ingestion.normalising import one_line

_LONGEST = 64_000  # characters: no article has more to say about itself
_MOST_DEEP = 3  # lists in lists that a value may be
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}

#: What clipping tools and site generators call what an article says of itself, the plainest name first.
_NAMES = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site", "site_name", "sitename", "website", "publication", "outlet", "source"),
    "author": ("author", "authors", "byline", "creator"),
    "published": ("published", "date", "date_published", "datePublished", "published_at", "publish_date", "pubdate",
                  "publishDate", "pubDate"),
    "url": ("url", "source", "source_url", "link", "canonical", "canonical_url", "canonicalURL", "original_url"),
    "language": ("language", "lang"),
}  # fmt: skip
_CHANGED = ("modified", "updated", "lastmod", "last_modified", "dateModified")
_WITHIN = ("params", "extra")  # tables of a site generator in which it keeps such values
_WIKI_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_PLAIN_LINE = re.compile(r"(?P<key>[\w-]+):[ \t]+(?P<value>[^\s\"'\[\]{}|>&*!%@`#,?].*?)[ \t]*")
_UNQUOTED = re.compile(r":\s|:$|\s#(?=\S)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is said about an article; None where nothing is."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    language: str | None = None
    modified: date | datetime | None = None


def split_front_matter(text: str, name: str) -> tuple[FrontMatter, str]:
    """What `text` says about itself between lines of `---` (YAML) or `+++` (TOML), and the rest of it.

    Read are also the keys that Obsidian, MarkDownload, Hugo and Zola write: `source`, `date`, `site`. Unknown keys are
    ignored. Raises `ArticleError` naming `name`, and the key where one is wrong.

    >>> about, rest = split_front_matter("---\\ntitle: Talks: no deal\\ndate: March 2, 2026\\n---\\nEnd.", "a.md")
    >>> about.title, about.published, rest
    ('Talks: no deal', datetime.date(2026, 3, 2), 'End.')
    """
    lines = text.split("\n", 1)
    fence = lines[0].rstrip()
    if fence not in _FENCES or len(lines) == 1:
        return FrontMatter(), text
    body = lines[1]
    start = 0
    while start < min(len(body), _LONGEST):
        end = body.find("\n", start)
        end = len(body) if end == -1 else end
        if body[start:end].rstrip() in _FENCES[fence]:
            values = _mapping(body[:start], name) if fence == "---" else _toml(body[:start], name)
            return _front_matter(values, name), body[end + 1 :]
        start = end + 1
    return FrontMatter(), text  # a line of dashes at the top, and nothing that closes it


def _front_matter(values: dict[Hashable, object], name: str) -> FrontMatter:
    for within in _WITHIN:
        more = values.get(within)
        if isinstance(more, dict):
            values = more | values
    url = _word(values, "url", name)
    if url is not None and not is_web_address(url):
        raise ArticleError(f"The front matter of {name} gives {url!r} as url; write an http or https address there.")
    other_urls = [_other(values, each) for each in _NAMES["url"][1:]]
    publishers = [_word(values, "publisher", name), *(_other(values, each) for each in _NAMES["publisher"][1:])]
    return FrontMatter(
        title=_first(values, "title", name),
        publisher=next((each for each in publishers if each and not is_web_address(each)), None),
        author=_first(values, "author", name),
        published=_published(values, name),
        url=url or next((each for each in other_urls if each and is_web_address(each)), None),
        language=_first(values, "language", name),
        modified=next(filter(None, (_date(said) for each in _CHANGED if (said := _other(values, each)))), None),
    )


def _first(values: dict[Hashable, object], meant: str, name: str) -> str | None:
    """What is said under the plainest of the names that are there; a wrong value is an error under that alone."""
    said = _word(values, meant, name)
    return said or next(filter(None, (_other(values, each) for each in _NAMES[meant][1:])), None)


def _other(values: dict[Hashable, object], key: str) -> str | None:
    value = _flat(values.get(key))
    return value if isinstance(value, str) and value else None


def is_web_address(url: str) -> bool:
    """Whether `url` is an address that a page may safely link to.

    >>> is_web_address("javascript:alert(1)")
    False
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, url))


def _mapping(block: str, name: str) -> dict[Hashable, object]:
    import yaml

    class PlainLoader(yaml.BaseLoader):
        """Every value as its writer typed it ("no" is Norwegian, not False), and no aliases: they can grow huge."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not allowed")
            return super().compose_node(parent, index)

    try:
        values = yaml.load("\n".join(map(_quoted, block.split("\n"))), PlainLoader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        marks = [getattr(error, each, None) for each in ("context_mark", "problem_mark")]
        where = f" (line {min(mark.line for mark in marks if mark) + 2})" if any(marks) else ""
        raise ArticleError(
            f"The front matter of {name} is not valid YAML{where}; write lines such as “title: Talks end” between the "
            "dashes."
        ) from error
    if values is None or values == "":
        return {}
    if not isinstance(values, dict):
        raise ArticleError(f"The front matter of {name} is not a list of keys; write lines such as “title: Talks end”.")
    return values


def _quoted(line: str) -> str:
    """A line of YAML with its value in quotation marks where that has a colon or a # in it, as writers forget them.

    Obsidian's and Hugo's users write `title: Fire in Valmora: ten dead`.
    """
    found = _PLAIN_LINE.fullmatch(line.rstrip("\r"))
    if found is None or not _UNQUOTED.search(found["value"]):
        return line
    value = found["value"].replace("'", "''")
    return f"{found['key']}: '{value}'"


def _toml(block: str, name: str) -> dict[Hashable, object]:
    import tomllib

    try:
        values: dict[Hashable, object] = {}
        values.update(tomllib.loads(block))
        return values
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ArticleError(
            f"The front matter of {name} is not valid TOML ({one_line(str(error))}); write lines such as "
            '“title = "Talks end"” between the plus signs.'
        ) from error


def _word(values: dict[Hashable, object], key: str, name: str) -> str | None:
    value = _flat(values.get(key))
    if value is not None and not isinstance(value, str):
        raise ArticleError(
            f"The front matter of {name} gives more than one line of text as {key}; write only text there."
        )
    return value or None


def _flat(value: object, depth: int = 0) -> object:
    """A value as text: lists with commas between, links as the words that they show; None where it is none."""
    if isinstance(value, list) and depth < _MOST_DEEP:
        parts: list[Any] = [_flat(each, depth + 1) for each in value]
        value = ", ".join(filter(None, parts)) if all(each is None or isinstance(each, str) for each in parts) else {}
    if isinstance(value, date):  # as TOML gives them
        value = value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return None if value is None else str(value)
    if not isinstance(value, str):
        return value
    text = one_line(_LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", value)))
    return None if text in ("", "~", "null") else text


def _published(values: dict[Hashable, object], name: str) -> date | datetime | None:
    value = _word(values, "published", name)
    if value is None:
        dates = (_date(said) for each in _NAMES["published"][1:] if (said := _other(values, each)))
        return next(filter(None, dates), None)
    published = _date(value)
    if published is None:
        raise ArticleError(
            f"The front matter of {name} gives {value!r} as published, which is no date; write it as 2026-02-18."
        )
    return published


def _date(value: str) -> date | datetime | None:
    """A date as clippers write them: "March 12, 2026", "2026-03-12T09:00:00 (UTC +01:00)"."""
    if (published := parsed_date(value)) is not None or not any(map(str.isalpha, value)):
        return published
    from index.ingestion.timestamps import parsed_moment

    return parsed_moment(value)


def parsed_date(value: str) -> date | datetime | None:
    """An ISO date, or date and time, with its offset from UTC where it has one; None for anything else.

    >>> parsed_date("2026-02-18T10:30:00Z")
    datetime.datetime(2026, 2, 18, 10, 30, tzinfo=datetime.timezone.utc)
    >>> parsed_date("2026-02-30")
    """
    value = value.strip()
    for sign in (" +", " -"):  # YAML allows a space before the offset
        value = value.replace(sign, sign[1])
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
