"""Mails and newsletters (.eml), and pages that a browser saved with all their parts as one mail (.mht)."""

import email
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import ArticleError
from index.ingestion.documents import sensible_author
from index.ingestion.frontmatter import FrontMatter, is_web_address
from index.ingestion.kinds.markup import text_of_html
from index.ingestion.kinds.wrapped import Wrapped
from index.ingestion.normalising import one_line
from index.ingestion.plaintext import decoded

_MOST_PARTS = 1_000
_SHARE = 0.25  # of the words of the page: a plain part with fewer only says that there is a page
_OF_A_PAPER = re.compile(
    r"(?:news|newsletters?|info|press|editors?|redaktion|redaction|no-?reply|do-?not-?reply|mail|hello|contact|updates?"
    r"|alerts?|briefing|daily|weekly|team|service|support)\b.*", re.IGNORECASE,
)  # fmt: skip
_ANSWER = re.compile(r"(?:(?:re|aw|fwd?|wg|tr|sv)\s*:\s*)+", re.IGNORECASE)


def unwrapped_mail(data: bytes, name: str) -> Wrapped:
    """The words of a mail: its plain part where that says it all, else its HTML. Raises `ArticleError`.

    The subject is the title. A newsletter's sender is its publisher, a person who writes a mail is its author.
    """
    message = _message(data, name)
    plain, page, notes = "", "", []
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_filename() or part.get_content_disposition() == "attachment":
            shown = one_line(str(part.get_filename() or kind))[:100]
            if not kind.startswith("image/"):
                notes.append(f"what is attached to it ({shown}) is not read; save it as a file of its own")
        elif kind == "text/plain":
            plain += "\n\n" + _text(part, name)
        elif kind == "text/html":
            page += _text(part, name)
    if page and len(plain.split()) < _SHARE * len(text_of_html(page).split()):
        plain = text_of_html(page)
    if not plain.strip():
        raise ArticleError(f"{name} is a mail without text; save what is attached to it as a file of its own.")
    sender, address = parseaddr(str(message.get("From", "")))
    sender = one_line(sender)
    listed = any(message.get(each) for each in ("List-Id", "List-Unsubscribe", "List-Post"))
    of_a_paper = listed or _OF_A_PAPER.match(address.partition("@")[0]) is not None
    about = FrontMatter(
        title=_ANSWER.sub("", one_line(str(message.get("Subject", "")))) or None,
        publisher=sender or None if of_a_paper else None,
        author=None if of_a_paper else sensible_author(sender),
        published=_date(message),
    )
    return Wrapped("text", plain.strip().encode("utf-8", "replace"), None, about, notes=tuple(dict.fromkeys(notes)))


def unwrapped_archive(data: bytes, name: str) -> Wrapped:
    """The page in a web archive, with its address. Raises `ArticleError` where there is none."""
    message = _message(data, name)
    address = one_line(str(message.get("Snapshot-Content-Location", "")))
    pages = [part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    own = [part for part in pages if one_line(str(part.get("Content-Location", ""))) == address]
    if not pages:
        raise ArticleError(f"{name} holds no web page; save the page again, as HTML.")
    page = (own or pages)[0]
    address = address or one_line(str(page.get("Content-Location", "")))
    about = FrontMatter(
        title=one_line(str(message.get("Subject", ""))) or None, url=address if is_web_address(address) else None
    )
    content = page.get_payload(decode=True)
    charset = page.get_content_charset()
    told = f"text/html; charset={charset}" if charset else "text/html"
    return Wrapped("html", content if isinstance(content, bytes) else b"", told, about)


def _message(data: bytes, name: str) -> EmailMessage:
    try:
        message = email.message_from_bytes(data.lstrip(b"\r\n \xef\xbb\xbf"), policy=default)
        if not isinstance(message, EmailMessage) or not message.keys() or b"\x00" in data[:1_000]:
            raise ValueError("no mail")
    except (ValueError, LookupError, RecursionError, IndexError, AttributeError, TypeError) as error:
        raise ArticleError(f"{name} is not a mail that can be read; save its text and add that.") from error
    return message


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _text(part: EmailMessage, name: str) -> str:
    """The characters of a part; where it names no encoding, or a wrong one, as any other text is told."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = decoded(content, name) if content.strip() else ""
    if part.get_param("format") == "flowed":
        text = re.sub(r" \r?\n(?!\r?\n|-- )", " ", text)
    return text.replace("\r\n", "\n")


def _date(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", "")))
    except (ValueError, TypeError, IndexError):
        return None
