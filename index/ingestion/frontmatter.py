"""YAML front matter: the metadata between `---` and `---` at the top of an article file."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from index.errors import ArticleError
from index.ingestion.normalising import one_line

_LONGEST = 64_000  # characters: no article has more to say about itself


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is said about an article; None where nothing is."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | datetime | None = None
    url: str | None = None
    language: str | None = None


def split_front_matter(text: str, name: str) -> tuple[FrontMatter, str]:
    """What `text` says about itself, and the rest of it.

    Unknown keys are ignored. Raises `ArticleError` naming `name`, and the key where one is wrong.

    >>> about, rest = split_front_matter("---\\npublished: 2026-02-18\\n---\\nTalks ended.", "talks.md")
    >>> about.published, rest
    (datetime.date(2026, 2, 18), 'Talks ended.')
    """
    lines = text.split("\n", 1)
    if lines[0].rstrip() != "---" or len(lines) == 1:
        return FrontMatter(), text
    body = lines[1]
    start = 0
    while start < min(len(body), _LONGEST):
        end = body.find("\n", start)
        end = len(body) if end == -1 else end
        if body[start:end].rstrip() in ("---", "..."):
            return _front_matter(body[:start], name), body[end + 1 :]
        start = end + 1
    return FrontMatter(), text  # a line of dashes at the top, and nothing that closes it


def _front_matter(block: str, name: str) -> FrontMatter:
    values = _mapping(block, name)
    url = _word(values, "url", name)
    if url is not None and not is_web_address(url):
        raise ArticleError(f"The front matter of {name} gives {url!r} as url; write an http or https address there.")
    return FrontMatter(
        title=_word(values, "title", name),
        publisher=_word(values, "publisher", name),
        author=_word(values, "author", name),
        published=_published(_word(values, "published", name), name),
        url=url,
        language=_word(values, "language", name),
    )


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
        values = yaml.load(block, PlainLoader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise ArticleError(
            f"The front matter of {name} is not valid YAML; write lines such as “title: Talks end” between the dashes."
        ) from error
    if values is None or values == "":
        return {}
    if not isinstance(values, dict):
        raise ArticleError(f"The front matter of {name} is not a list of keys; write lines such as “title: Talks end”.")
    return values


def _word(values: dict[Hashable, object], key: str, name: str) -> str | None:
    value = values.get(key)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    if value is not None and not isinstance(value, str):
        raise ArticleError(
            f"The front matter of {name} gives more than one line of text as {key}; write only text there."
        )
    text = one_line(value or "")
    return None if text in ("", "~", "null") else text


def _published(value: str | None, name: str) -> date | datetime | None:
    if value is None:
        return None
    published = parsed_date(value)
    if published is None:
        raise ArticleError(
            f"The front matter of {name} gives {value!r} as published, which is no date; write it as 2026-02-18."
        )
    return published


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
