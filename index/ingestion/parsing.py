"""Parsing: a file, or fetched bytes, becomes an `Article`. New file kinds are added here."""

import os
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.article import Article
from index.errors import ArticleError
from index.ingestion.documents import MOST_CHARACTERS, Document, head_of
from index.ingestion.frontmatter import FrontMatter, split_front_matter
from index.ingestion.kinds import unwrapped
from index.ingestion.normalising import normalise, one_line
from index.ingestion.plaintext import decoded, markdown_text
from index.ingestion.web import read_webpage

_KINDS = {
    ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".xht": "html", ".shtml": "html", ".shtm": "html",
    ".php": "page", ".asp": "page", ".aspx": "page", ".jsp": "page",
    ".pdf": "pdf",
    ".docx": "docx",
    ".rtf": "rtf",
    ".eml": "mail", ".mht": "archive", ".mhtml": "archive",
    ".srt": "subtitles", ".vtt": "subtitles",
    ".rss": "feed", ".atom": "feed", ".xml": "xml",
}  # fmt: skip
ARTICLE_SUFFIXES = tuple(_KINDS)
"""The file endings, in lower case, that hold articles."""
SLOW_SUFFIXES = (".pdf", ".docx")
"""Those of files that may take seconds to read."""

_CONTENT_TYPES = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "text/vtt": "subtitles",
    "message/rfc822": "mail",
    "multipart/related": "archive",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
#: A page that a program on a server made, saved under the program's name.
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)*<(?:!doctype html|html|head|body)",
    re.DOTALL,
)
#: A feed: most servers and feed readers save theirs as .xml, which programs use for their own data, too.
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.{0,500}?\?>\s*|<!--.{0,1000}?-->\s*|<!doctype[^>\[]{0,300}>\s*)*<(?:rss|(?:\w+:)?feed|rdf:rdf)\b",
    re.DOTALL,
)
_MOST_BYTES = 50_000_000
_LONGEST_NAME = 300  # characters, in an error or a title


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article not yet read: `data` is its file, `kind` how that is read, such as "text", "html" or "pdf".

    `name` is what errors call it, `stem` its title where it says none, `source` the path or URL it came from.
    """

    name: str
    stem: str
    kind: str
    data: bytes
    source: str = ""
    url: str | None = None
    content_type: str | None = None


def raw_article(source: Path | str, data: bytes | None = None, *, content_type: str | None = None) -> RawArticle:
    """What is in a file, or the `data` that was fetched from the URL `source`, with nothing looked at but its size.

    `content_type` is what the server said of `data`; without it the ending of `source` tells what it is. Raises
    `ArticleError`: one sentence that names the file and says what to do.
    """
    url = source if data is not None and isinstance(source, str) and "://" in source else None
    if url is not None:
        path, place = Path(unquote(urlsplit(url).path) or "/"), url
    else:
        path = Path(source)
        place = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
    name = one_line(url or path.name or str(source))[:_LONGEST_NAME]
    if place.encode("utf-8", "ignore").decode() != place:
        raise ArticleError(f"{name} has a name that is not Unicode; rename the file.")
    if data is None:
        data = _contents(path, name)
    kind = _kind(path, name, content_type, is_url=url is not None)
    _check_size(data, name)
    return RawArticle(name, one_line(path.stem)[:_LONGEST_NAME] or name, kind, data, place, url, content_type)


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article that was read, when its words were last changed, and sentences on what of its file was not read.

    `modified` is what the file says, not the time of the file itself; None where it says nothing.
    """

    article: Article
    modified: date | datetime | None = None
    notes: tuple[str, ...] = ()


def read(raw: RawArticle) -> ParsedArticle:
    """The article in `raw`, with its text normalised and no `id` yet. Raises `ArticleError`."""
    reading = _read(raw.kind, raw.data, raw.name, raw.content_type, raw.url)
    article = reading.article
    text = normalise(_short_enough(article.text, raw.name))
    if not text:
        raise ArticleError(f"{raw.name} holds no text; put the text of the article in it, or leave it out.")
    title, url = article.title or raw.stem, article.url or raw.url
    return replace(reading, article=replace(article, title=title, text=text, source=raw.source, url=url))


def parsed(raw: RawArticle) -> Article:
    """The article in `raw`, as `read` gives it. Raises `ArticleError`."""
    return read(raw).article


def pasted_article(
    text: str,
    title: str,
    publisher: str | None = None,
    author: str | None = None,
    published: date | datetime | None = None,
    url: str | None = None,
) -> Article:
    """The article whose text was pasted. Raises `ArticleError` where text or title is empty, or the text too long."""
    if len(text) > MOST_CHARACTERS:
        raise ArticleError("The pasted article has more than 5,000,000 characters: split it into its articles.")
    body, heading = normalise(text), one_line(title)
    if not body:
        raise ArticleError("The pasted article has no text: paste its words, then add it again.")
    if not heading:
        raise ArticleError("The pasted article has no title: give it one, then add it again.")
    by, author = one_line(publisher or "") or None, one_line(author or "") or None
    return Article("", heading, body, "pasted", by, author, published, url or None)


def read_article(source: Path | str, data: bytes | None = None, *, content_type: str | None = None) -> Article:
    """The article in a file, or in `data` that was fetched from the URL `source`, read in this process.

    The library reads in another, see `index.ingestion.sandbox`. Raises `ArticleError`.

    >>> read_article("talks.txt", b"Talks ended.").title
    'talks'
    """
    return parsed(raw_article(source, data, content_type=content_type))


def _kind(path: Path, name: str, content_type: str | None, *, is_url: bool) -> str:
    by_ending = _KINDS.get(path.suffix.lower())
    if content_type:
        by_type = _CONTENT_TYPES.get(content_type.split(";")[0].strip().lower())
        if by_type == "text" and by_ending == "markdown":
            return by_ending  # servers send Markdown as plain text
        if by_type:
            return by_type
    if by_ending:
        return by_ending
    if is_url:
        return "html"
    raise ArticleError(f"{name} has an ending that holds no article; use one of {', '.join(ARTICLE_SUFFIXES)}.")


def _contents(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise ArticleError(f"{name} is a folder, not an article; name a file in it, or sync the folder.")
        if path.exists() and not path.is_file():
            raise ArticleError(f"{name} is not an ordinary file; copy the article into one.")
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > _MOST_BYTES:
                raise _too_big(name)  # and not a byte of it is read
            return file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise ArticleError(f"{name} is not there; check the path {path}.") from error
    except PermissionError as error:
        raise ArticleError(f"{name} may not be read; give yourself permission to read it.") from error
    except (OSError, ValueError) as error:
        raise ArticleError(f"{name} cannot be read ({error}); check the path and the disk.") from error


def _check_size(data: bytes, name: str) -> None:
    if len(data) > _MOST_BYTES:
        raise _too_big(name)
    if not data.strip():
        raise ArticleError(f"{name} is empty; put the text of the article in it, or leave it out.")


def _too_big(name: str) -> ArticleError:
    return ArticleError(f"{name} is over the limit of 50 MB; save only the article in it.")


def _short_enough(text: str, name: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise ArticleError(f"{name} has more than 5,000,000 characters of text; split it into its articles.")
    return text


def _read(kind: str, data: bytes, name: str, content_type: str | None, url: str | None) -> ParsedArticle:
    """The article as its file gives it: the text not normalised, the title "" where there is none."""
    match kind:
        case "pdf" | "docx":
            document = _document(kind, data, name)
            said = (document.publisher, document.author, document.published)
            return ParsedArticle(Article("", document.title or "", document.text, "", *said), notes=document.notes)
        case "html" | "page":
            if kind == "page" and not _PAGE.match(data[:2_000].lower()):
                raise ArticleError(f"{name} is a program, not a page; save the page as HTML.")
            page = read_webpage(data, name, content_type, url)
            said_by_page = (page.publisher, page.author, page.published, page.url, page.language)
            return ParsedArticle(Article("", page.title or "", page.text, "", *said_by_page), page.modified)
        case "text" | "markdown":
            text = _short_enough(decoded(data, name), name)
            about, text = split_front_matter(text.replace("\r\n", "\n"), name)
            if kind == "text":
                author, published = head_of(text)
                about = replace(about, author=about.author or author, published=about.published or published)
            text, heading = markdown_text(text) if kind == "markdown" else (text, None)
            return ParsedArticle(_article(about, text, one_line(heading or "")), about.modified)
    return _unwrapped(kind, data, name, url)


def _article(about: FrontMatter, text: str, title: str) -> Article:
    said = (about.publisher, about.author, about.published, about.url, about.language)
    return Article("", about.title or title, text, "", *said)


def _document(kind: str, data: bytes, name: str) -> Document:
    if kind == "pdf":
        from index.ingestion.pdf import read_pdf

        return read_pdf(data, name)
    from index.ingestion.word import read_docx

    return read_docx(data, name)


def _unwrapped(kind: str, data: bytes, name: str, url: str | None) -> ParsedArticle:
    """The article in a file of a rarer kind: what is in it is read as what it is."""
    if kind == "xml":
        if _PAGE.match(data[:2_000].lower()):
            return _read("html", data, name, None, url)
        if not _FEED.match(data[:4_000].lower()):
            raise ArticleError(f"{name} is neither a feed nor a page; save the article as a page or as text.")
        kind = "feed"
    wrapped = unwrapped(kind, data, name)
    if wrapped.kind == "text":
        return ParsedArticle(_article(wrapped.about, wrapped.data.decode("utf-8"), ""), notes=wrapped.notes)
    reading = _read(wrapped.kind, wrapped.data, name, wrapped.content_type, wrapped.about.url)
    article, about = reading.article, wrapped.about
    article = replace(article, title=article.title or about.title or "", url=article.url or about.url)
    return replace(reading, article=article, notes=reading.notes + wrapped.notes)
