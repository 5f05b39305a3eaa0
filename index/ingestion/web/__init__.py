"""Web pages: from bytes to the article in them and what they say about it, one subject a module."""

from index.ingestion.web.page import WebPage, read_webpage

__all__ = ["WebPage", "read_webpage"]
