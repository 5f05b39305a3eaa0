"""The web server: page and interfaces on one address, behind access control."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from assistant.logs import keep_values_out, set_up_logging
from assistant.service import Fetch, Service
from assistant.settings import Settings
from assistant.web.access import Accounts
from assistant.web.access.exposure import allowed_hosts, check_address, is_exposed
from assistant.web.access.rate_limits import RateLimits
from assistant.web.access.visits import VISIT
from index.errors import SettingError
from index.ingestion import fetch

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

#: Questions that are worked on at a time, and that may wait; more are told that the page is busy.
AT_A_TIME = 8
MOST_WAITING = 200
#: Open pages, and programs that call, whose components Gradio keeps in memory, some 26 KB each; those used last. Every
#: call of a program that names no session is one of its own, and Gradio would keep 10,000.
SESSIONS = 1_000
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
    # At the first event Gradio asks matplotlib, where that is installed, what it would draw with; unless that is said
    # here, it looks through all fonts, which takes a second, and keeps a list of them.
    "MPLBACKEND": "agg",
}


def create_app(service: Service, page: "gr.Blocks", **mount: Any) -> "FastAPI":
    """The app that serves `page`, the endpoints in it, and `/health`; `mount` are theme, css, js and head.

    `/health` answers 200 once model and library are ready, and 503 before and where they failed to load.
    """
    import gradio as gr
    import gradio.queueing
    import gradio.routes
    from fastapi import FastAPI, Request
    from fastapi.middleware.cors import CORSMiddleware
    from fastapi.middleware.gzip import GZipMiddleware
    from fastapi.responses import JSONResponse

    from assistant.web.access import login
    from assistant.web.access.middleware import Door
    from assistant.web.api import web_api
    from assistant.web.security_headers import Guard
    from assistant.web.ui import theme
    from assistant.web.ui.rooms import add_page_routes

    keep_values_out(gradio.routes, gradio.queueing)
    settings = service.settings
    accounts, limits = Accounts(service.home.folder), RateLimits(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()
        accounts.close()

    app = FastAPI(
        title="Talks",
        description="Answers questions from news articles, with the exact words of the articles behind each sentence. "
        "Where the page has accounts, send a token of `talks user token` as `Authorization: Bearer TOKEN`.",
        docs_url=None,  # these pages would fetch their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    # With this Gradio adds no CORS headers of its own, which would reflect any origin.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    leaving = app.state.leaving = asyncio.Event()
    app.add_middleware(Door, accounts=accounts, limits=limits, exposed=is_exposed(settings), leaving=leaving)
    app.add_middleware(Guard, hosts=allowed_hosts(settings))
    app.add_middleware(GZipMiddleware, minimum_size=1_000)  # the page itself, which Gradio sends unpacked

    @app.get("/health", summary="Whether model and library are ready", responses={503: {"description": "Not yet."}})
    def health(request: Request) -> JSONResponse:
        told: dict[str, object] = {"ready": service.ready}
        if service.failure is not None and VISIT in request.scope:  # strangers need not know the paths of files
            told["failure"] = service.failure
        return JSONResponse(told, status_code=200 if service.ready else 503, headers={"Cache-Control": "no-store"})

    app.include_router(web_api(service))
    add_page_routes(app, service)
    entering = login.Login(accounts, limits, theme.variables() + login.STYLE, settings.title)
    app.add_route("/login", entering.show, methods=["GET"])
    app.add_route("/login", entering.enter, methods=["POST"])
    app.add_route("/login.css", entering.style, methods=["GET"])
    app.add_route("/logout", entering.leave, methods=["POST"])

    page.queue(default_concurrency_limit=AT_A_TIME, max_size=MOST_WAITING)
    page.state_session_capacity = SESSIONS
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
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
        set_up_logging(settings.log_level, questions=settings.log_questions)
        service = Service(settings, fetch=fetch)
        spare_processors()
        import uvicorn

        from assistant.web.ui import MOUNT, build

        app = create_app(service, build(service), **MOUNT)
        print(f"Talks is at {_told(settings, listening)} (Ctrl-C stops it).", flush=True)

        class Server(uvicorn.Server):
            """A server that ends open streams when it stops; otherwise it would wait for them and then cut them."""

            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                app.state.leaving.set()
                await super().shutdown(sockets)

        server = Server(configure(app, settings))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            logging.getLogger("talks").info("Stopped")
    finally:
        listening.close()


def configure(app: "FastAPI", settings: Settings) -> "uvicorn.Config":
    """The uvicorn configuration: TLS where there is a certificate, and a trusted proxy only where one is named."""
    import uvicorn

    return uvicorn.Config(
        app,
        log_config=None,  # uvicorn logs to the same place as everything else
        log_level=settings.log_level,
        access_log=False,  # addresses of pages hold nothing that the log needs
        server_header=False,
        timeout_graceful_shutdown=LEAVING,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        proxy_headers=bool(settings.behind_proxy),
        forwarded_allow_ips=settings.behind_proxy,
    )


def _told(settings: Settings, listening: socket.socket) -> str:
    """The address that is printed for opening the page."""
    host, port = listening.getsockname()[:2]
    if settings.hosts and settings.behind_proxy:
        return f"https://{settings.hosts.split(',')[0]}, by its proxy from {host}:{port}"
    if settings.hosts:
        host = settings.hosts.split(",")[0]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if settings.tls_cert else 'http'}://{shown}:{port}"


def keep_quiet(settings: Settings) -> None:
    """Set the environment, before Gradio is imported, so that nothing leaves this machine."""
    from index.encoding import Encoder

    os.environ.update(QUIET)
    if Encoder(settings.embedding_model).folder is not None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")


def spare_processors() -> None:
    """Limit numpy to one processor a question: its products are small, and other questions run meanwhile.

    With a thread for each processor, which wait for their next product in a loop, a question costs twice the processor
    time, and no less of the asker's.
    """
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # carries no type hints

    ThreadpoolController().select(internal_api="openblas").limit(limits=1)


def listen(settings: Settings) -> socket.socket:
    """A socket on the page's address.

    Raises SettingError: one sentence, where it would lie open to others, see `check_address`, or is in use.
    """
    check_address(settings)
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
