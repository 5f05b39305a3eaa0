"""Text and Markdown parsing: character encodings, and markup as a reader sees it."""

import codecs
import logging
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from index.errors import ArticleError
from index.ingestion.paragraphs import join_all

if TYPE_CHECKING:
    from markdown_it.token import Token

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What articles that are not Unicode are written in. Left free, the detector reads a short Polish or French
# text as something that nobody has used since the eighties.
_FEW = 3  # damaged bytes, or NULs, that do not make a text binary
_OLD_ENCODINGS = ["cp1252", "cp1251", "cp1250", "koi8_u", "koi8_r", "iso8859_2", "iso8859_5", "cp866", "mac_roman"]


def decoded(data: bytes, name: str) -> str:
    """The characters of a text file: by its byte order mark, else UTF-8, else the likeliest older encoding.

    Raises `ArticleError` naming `name` where the bytes are not text, or cannot be told with confidence.

    >>> decoded("café".encode("utf-16"), "talks.txt")
    'café'
    """
    text = _by_mark_or_utf8(data, name)
    if text is None:
        text = _by_detection(data, name)
    if 0 < text.count("\x00") <= _FEW:
        text = text.replace("\x00", "")
    unseen = sum(text.count(chr(code)) for code in (*range(9), *range(14, 27), *range(28, 32)))
    if "\x00" in text or unseen > len(text) // 50:
        raise ArticleError(f"{name} holds binary data, not text; save the article as UTF-8 text and add that.")
    return text


def mended_utf8(data: bytes) -> str | None:
    """`data` as UTF-8, or None where it is not: a few damaged bytes in what else is UTF-8 cost only themselves.

    Each of them becomes what it is in Windows-1252, which is what strays into pages and wire texts, or the sign for a
    character that cannot be told.

    >>> mended_utf8("Zürich – ".encode() + b"caf\\xe9")
    'Zürich – café'
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    whole = sum(not character.isascii() for character in lenient) - broken
    if broken > max(_FEW, whole // 20) or whole < 2 * broken:
        return None
    return data.decode("utf-8", errors="talks-stray-byte")


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("talks-stray-byte", _stray_byte)


def _by_mark_or_utf8(data: bytes, name: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise ArticleError(f"{name} starts as {encoding.upper()} but is damaged; save it again.") from error
    mended = mended_utf8(data)
    if mended is not None:
        return mended
    if data.count(b"\x00") > _FEW:
        return data.decode("latin-1")  # for the caller to refuse as binary
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    if sum(not character.isascii() for character in lenient) > 2 * broken:
        # Nearly all of it is UTF-8: taking it for an older encoding would spoil every quotation mark.
        raise ArticleError(f"{name} is damaged UTF-8 text; save it again as UTF-8.")
    return None


def _by_detection(data: bytes, name: str) -> str:
    import charset_normalizer

    logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())
    best = charset_normalizer.from_bytes(data, cp_isolation=_OLD_ENCODINGS).best()
    if best is None:
        raise ArticleError(f"{name} is not text in an encoding that can be told; save the article as UTF-8 text.")
    return str(best)


def markdown_text(markup: str) -> tuple[str, str | None]:
    """What a reader sees of `markup`, as paragraphs with blank lines between, and its first level-1 heading.

    >>> markdown_text("# Talks end\\n\\nThe *two* sides [met](https://news.example/).")
    ('Talks end\\n\\nThe two sides met.', 'Talks end')
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")
    title: str | None = None
    shown: list[str] = []
    row: list[str] | None = None
    marker, markers, tag = "", list[str](), ""
    for token in _of_the_article(parser.parse(markup)):
        match token.type:
            case "tr_open":
                row = []
            case "tr_close":
                shown.append(" | ".join(row or []))
                row = None
            case "bullet_list_open" | "ordered_list_open":
                markers.append(token.type)
            case "bullet_list_close" | "ordered_list_close":
                markers.pop()
            case "list_item_open":
                marker = "- " if markers[-1] == "bullet_list_open" else f"{token.info}. "
            case "heading_open":
                tag = token.tag
            case "html_block":
                shown.append(_without_tags(token.content))
            case "inline":
                pieces = _seen(token.children or [])
                if row is not None:
                    row.append(" ".join(pieces))
                else:
                    shown += [marker + pieces[0], *pieces[1:]]
                    marker = ""
                if tag == "h1" and title is None:
                    title = " ".join(pieces)
                tag = ""
    return "\n\n".join(shown), title


def _of_the_article(tokens: "Sequence[Token]") -> "Iterator[Token]":
    """The tokens without the heading "Excerpt" that MarkDownload sets over an article's first words."""
    for place, token in enumerate(tokens):
        if not (token.type == "inline" and token.content == "Excerpt" and tokens[place - 1].tag == "h2"):
            yield token


def _seen(tokens: "list[Token]") -> list[str]:
    """The text of one paragraph; more than one piece where its writer forced a line end."""
    pieces = [""]
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                pieces[-1] += token.content
            case "image":
                pieces[-1] += " ".join(_seen(token.children or []))
            case "softbreak":
                pieces[-1] += "\n"
            case "hardbreak":
                pieces.append("")
    return [join_all([line.strip() for line in piece.split("\n")]) for piece in pieces]


class _SeenText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)


def _without_tags(html: str) -> str:
    parser = _SeenText()
    parser.feed(html)
    parser.close()
    return "".join(parser.seen)
