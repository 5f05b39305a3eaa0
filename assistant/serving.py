"""The web server: the page and the endpoints on one loopback address, with the library loading behind them."""

import ipaddress
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from assistant.service import Fetch, Service
from assistant.settings import Settings
from index.errors import SettingError
from index.fetching import fetch

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

#: Questions that are worked on at a time, and that may wait; more are told that the page is busy.
AT_A_TIME = 8
MOST_WAITING = 200
#: Bytes that an upload may have, as for a page fetched from the web.
MOST_UPLOADED = 20_000_000
#: Seconds that answers under way may still take when the server stops.
LEAVING = 3

#: What Gradio and the Hugging Face libraries must find before they are imported: nothing leaves this machine.
QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    # After every event Gradio would add up all events since the start, in ever more time; nobody looks at the sums.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SSR_MODE": "False",
    "GRADIO_MCP_SERVER": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def create_app(service: Service, page: "gr.Blocks", **mount: Any) -> "FastAPI":
    """The app that serves `page`, the endpoints in it, and `/health`; `mount` are theme, css, js and head.

    `/health` answers 200 once model and library are ready, and 503 before and where they failed to load.
    """
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.middleware.cors import CORSMiddleware
    from fastapi.middleware.gzip import GZipMiddleware
    from fastapi.responses import JSONResponse

    from assistant.guarding import Guard

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(title="Talks", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    # With this Gradio adds no CORS headers of its own, which would reflect any origin.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Guard, hosts=allowed_hosts(service.settings.host))
    app.add_middleware(GZipMiddleware, minimum_size=1_000)  # the page itself, which Gradio sends unpacked

    @app.get("/health")
    def health() -> JSONResponse:
        told: dict[str, object] = {"ready": service.ready}
        if service.failure is not None:
            told["failure"] = service.failure
        return JSONResponse(told, status_code=200 if service.ready else 503, headers={"Cache-Control": "no-store"})

    page.queue(default_concurrency_limit=AT_A_TIME, max_size=MOST_WAITING)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=service.settings.host,
        server_port=service.settings.port,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=MOST_UPLOADED,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        **mount,
    )
    return app


def serve(settings: Settings, *, fetch: Fetch = fetch) -> None:
    """Serve the page until Ctrl-C. Raises SettingError where the address cannot be used, LibraryError as `Service`."""
    listening = listen(settings)
    try:
        keep_quiet(settings)
        logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s: %(message)s")
        logging.getLogger("talks").setLevel(settings.log_level.upper())
        service = Service(settings, fetch=fetch)
        import uvicorn

        from assistant.ui.page import MOUNT, build

        app = create_app(service, build(service), **MOUNT)
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        print(f"Talks is at http://{shown}:{port} (Ctrl-C stops it).", flush=True)
        config = uvicorn.Config(
            app,
            log_level=settings.log_level,
            access_log=False,  # addresses of pages hold nothing that the log needs
            server_header=False,
            timeout_graceful_shutdown=LEAVING,
        )
        server = uvicorn.Server(config)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            logging.getLogger("talks").info("Stopped")
    finally:
        listening.close()


def keep_quiet(settings: Settings) -> None:
    """Set the environment, before Gradio is imported, so that nothing leaves this machine."""
    from index.embedding import Encoder

    os.environ.update(QUIET)
    if Encoder(settings.embedding_model).folder is not None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")


def listen(settings: Settings) -> socket.socket:
    """A socket on the page's address.

    Raises SettingError: one sentence, where it lies open to others without authentication, or is in use.
    """
    if settings.share:
        raise SettingError(
            "The page cannot be shared over the internet, as it has no authentication: leave out --share "
            "(TALKS_SHARE), and open it on this machine."
        )
    if not is_loopback(settings.host):
        raise SettingError(
            f"The page cannot be served on {settings.host}, where others could reach it, as it has no authentication: "
            "use --host 127.0.0.1 (TALKS_HOST)."
        )
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere this would let two servers share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((settings.host, settings.port))
        found.listen(2048)
    except OSError as error:
        found.close()
        raise SettingError(
            f"The page cannot be served on port {settings.port} of {settings.host} ({error.strerror}): "
            "stop what uses it, or name another with --port (TALKS_PORT)."
        ) from error
    return found


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def allowed_hosts(host: str) -> frozenset[str]:
    """The names under which this machine's own browser asks for the page.

    Any other name in a request is a foreign page's, led here by its name server.
    """
    return frozenset({"localhost", "127.0.0.1", "::1", host.lower()})
