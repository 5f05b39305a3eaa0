"""Runs a server beside the tests, in a thread of its own."""

import socket
import threading
from collections.abc import Callable

import uvicorn


def run_beside(config: uvicorn.Config, listening: socket.socket) -> Callable[[], None]:
    """Start the server on a socket that listens already; what comes back ends it."""
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()

    def end() -> None:
        server.should_exit = True
        thread.join(30)
        listening.close()

    return end
