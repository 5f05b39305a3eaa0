"""Exports: what a reader takes along, as Markdown, HTML, Word or CSV."""

from collections.abc import Callable

from fastapi.responses import Response

from assistant.conversations.documents import html_page, word_document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def exported(kind: str, title: str, markdown: Callable[[], str], csv: Callable[[], str]) -> Response:
    """A file of the kind "html", "word" or "csv", Markdown where it is another; `title` is that of a page.

    >>> exported("csv", "Clippings", lambda: "", lambda: "quote,title").body
    b'quote,title'
    """
    if kind == "csv":
        return Response(csv(), media_type="text/csv; charset=utf-8")
    if kind == "html":
        return Response(html_page(title, markdown()), media_type="text/html; charset=utf-8")
    if kind == "word":
        return Response(word_document(markdown()), media_type=WORD)
    return Response(markdown(), media_type="text/markdown; charset=utf-8")
