"""Rich text (.rtf): its words, by striprtf."""

import re
from collections.abc import Callable

from index.errors import ArticleError
from index.ingestion.documents import sensible_author, sensible_title
from index.ingestion.frontmatter import FrontMatter
from index.ingestion.kinds.wrapped import Wrapped

_INFO = re.compile(r"\{\\info.{0,20000}", re.DOTALL)


def unwrapped_rich_text(data: bytes, name: str) -> Wrapped:
    """The text of a rich text file, and the title and author that its writer gave. Raises `ArticleError`."""
    from striprtf.striprtf import rtf_to_text

    markup = data.decode("latin-1").lstrip("\ufeff \r\n\t")
    if not markup.startswith("{\\rtf"):
        raise ArticleError(f"{name} is not rich text that can be read; save the article as text.")
    try:
        as_text: Callable[..., str] = rtf_to_text
        text = as_text(markup, errors="replace")
        info = _INFO.search(markup)
        about = FrontMatter(
            title=sensible_title(_said(info[0], "title", as_text)) if info else None,
            author=sensible_author(_said(info[0], "author", as_text)) if info else None,
        )
    except (ValueError, LookupError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise ArticleError(f"{name} is not rich text that can be read; save the article as text.") from error
    paragraphs = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return Wrapped("text", "\n\n".join(line for line in paragraphs if line).encode("utf-8", "replace"), None, about)


def _said(info: str, what: str, as_text: Callable[..., str]) -> str | None:
    found = re.search(rf"\{{\\{what} ([^{{}}]{{1,500}})\}}", info)
    return as_text("{\\rtf1 " + found[1] + "}").strip() if found else None
