"""The interfaces for programs: HTTP, Gradio endpoints and MCP tools."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.web.api.gradio_api import add_endpoints
    from assistant.web.api.http_api import web_api
    from assistant.web.api.mcp_server import run_mcp

__all__ = ["add_endpoints", "run_mcp", "web_api"]

__getattr__ = exports(__name__, {"add_endpoints": "gradio_api", "run_mcp": "mcp_server", "web_api": "http_api"})
