"""The commands serve and mcp: the web page, and the MCP server."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import ModelOption, ModelTimeoutOption, ModelUrlOption
from assistant.settings import Settings
from index.cli import complain
from index.cli.console import ERROR, HomeOption
from index.errors import TalksError


def register(app: typer.Typer) -> None:
    """Add the commands `serve` and `mcp`."""

    @app.command()
    def serve(
        host: Annotated[str | None, typer.Option(help="The address to serve on; 127.0.0.1 unless given.")] = None,
        port: Annotated[int | None, typer.Option(help="The port to serve on; 7860 unless given.")] = None,
        home: HomeOption = None,
        model: ModelOption = None,
        model_url: ModelUrlOption = None,
        model_timeout: ModelTimeoutOption = None,
        title: Annotated[str | None, typer.Option(help="What the page calls itself; Talks unless given.")] = None,
        hosts: Annotated[str | None, typer.Option(help="The names under which others open the page.")] = None,
        tls_cert: Annotated[Path | None, typer.Option(help="The certificate's file, to serve by https.")] = None,
        tls_key: Annotated[Path | None, typer.Option(help="The file of the certificate's key.")] = None,
        behind_proxy: Annotated[str | None, typer.Option(help="The address of the proxy that speaks https.")] = None,
        share: Annotated[bool, typer.Option("--share", help="Open the page to the internet.")] = False,
    ) -> None:
        """Open the chat page."""
        from assistant.web import serve as serve_page

        try:
            named = {"model": model, "model_url": model_url, "model_timeout": model_timeout}
            open_to = {"hosts": hosts, "tls_cert": tls_cert, "tls_key": tls_key, "behind_proxy": behind_proxy}
            serve_page(
                Settings.read(host=host, port=port, home=home, title=title, share=share or None, **named, **open_to)
            )
        except TalksError as error:
            _end(error)

    @app.command()
    def mcp(
        home: HomeOption = None,
        model: ModelOption = None,
        model_url: ModelUrlOption = None,
        model_timeout: ModelTimeoutOption = None,
    ) -> None:
        """Serve a desktop assistant over stdin and stdout (MCP)."""
        from assistant.web.api import run_mcp

        try:
            run_mcp(Settings.read(home=home, model=model, model_url=model_url, model_timeout=model_timeout))
        except TalksError as error:
            _end(error)


def _end(error: TalksError) -> None:
    complain(str(error))
    raise typer.Exit(ERROR) from error
