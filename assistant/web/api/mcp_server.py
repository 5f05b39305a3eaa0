"""The MCP server over standard input and output, with the tools that `build_server` lists."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from assistant.logs import set_up_logging
from assistant.service import Service
from assistant.settings import Settings
from assistant.version import talks_version
from assistant.web.api import readable
from assistant.web.api.functions import Programs, one_sentence

INSTRUCTIONS = (
    "Answers questions from a library of news articles. Every citation is a quote that stands word for word in its "
    "article; where `answered` is false, the articles do not say."
)


def build_server(service: Service) -> MCPServer:
    """The server with its tools, on a library that may still be loading."""
    server: MCPServer = MCPServer(
        "talks", title=service.settings.title, instructions=INSTRUCTIONS, version=talks_version(), log_level="WARNING"
    )
    programs = Programs(service)
    # A model that writes may run elsewhere; all that the tools read is this library.
    shown = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    tools: tuple[tuple[Callable[..., Any], Callable[[Any], str]], ...] = (
        (programs.ask, readable.answer),
        (programs.retrieve, readable.passages),
        (programs.people, readable.people),
        (programs.statements, readable.statements),
        (programs.list_articles, readable.entries),
        (programs.read_article, readable.article),
    )
    for tool, text in tools:
        server.tool(name=tool.__name__, annotations=shown)(_result(one_sentence(tool, ToolError), text))
    return server


def _result(tool: Callable[..., Any], text: Callable[[Any], str]) -> Callable[..., Any]:
    """The tool, with its result once as text to be read and once as data; by itself the library would send the data
    once more as JSON in the text."""

    @wraps(tool)
    def called(**values: Any) -> CallToolResult:
        found = tool(**values)
        data = {"result": found} if isinstance(found, list) else dict(found)
        return CallToolResult(content=[TextContent(type="text", text=text(found))], structured_content=data)

    return called


def run_mcp(settings: Settings) -> None:
    """Serve one client over stdin and stdout until it goes; nothing but the protocol is written to stdout."""
    set_up_logging(settings.log_level, questions=settings.log_questions)
    with Service(settings) as service:
        build_server(service).run("stdio")
