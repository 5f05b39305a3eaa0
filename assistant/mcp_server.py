"""Talks as an MCP server over stdio, for desktop assistants: ask, retrieve, list_articles."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from assistant.service import Service
from assistant.settings import Settings
from assistant.values import AnswerInfo, EntryInfo, PassageInfo, answer_info, entry_info, passage_info
from index import TalksError

INSTRUCTIONS = (
    "Answers questions about the Ukraine peace talks from a library of news articles. Every citation is a quote that "
    "stands word for word in its article; where `answered` is false, the articles do not say."
)


def build_server(service: Service) -> MCPServer:
    """The server with its three tools, on a library that may still be loading."""
    server: MCPServer = MCPServer("talks", title="Talks", instructions=INSTRUCTIONS, log_level="WARNING")

    def ask(
        question: str,
        history: list[str] | None = None,
        publisher: str | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> AnswerInfo:
        """Answer a question about the Ukraine peace talks in the articles' own sentences, or say that they do not say.

        `history` holds the earlier questions, oldest first; `publisher`, `after` and `before` (days like 2026-02-18)
        leave out all other articles.
        """
        with _sentences():
            return answer_info(service.ask(question, history or (), publisher, after, before))

    def retrieve(
        question: str,
        k: int = 5,
        history: list[str] | None = None,
        publisher: str | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> list[PassageInfo]:
        """Find the `k` passages (1 to 1,000) of the articles that a question is about, best first."""
        with _sentences():
            found = service.retrieve(question, k, history or (), publisher, after, before)
            return [passage_info(each) for each in found]

    def list_articles() -> list[EntryInfo]:
        """List the articles of the library, newest first, with when they came in and their number of passages."""
        with _sentences():
            return [entry_info(each) for each in service.entries()]

    for tool in (ask, retrieve, list_articles):
        server.tool(annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))(tool)
    return server


def run_mcp(settings: Settings) -> None:
    """Serve one client over stdin and stdout until it goes; nothing but the protocol is written to stdout."""
    logging.basicConfig(stream=sys.stderr, level=settings.log_level.upper())
    with Service(settings) as service:
        build_server(service).run("stdio")


@contextmanager
def _sentences() -> Iterator[None]:
    """Errors reach the client as their sentence."""
    try:
        yield
    except TalksError as error:
        raise ToolError(str(error)) from error
