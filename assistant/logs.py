"""Logging: set-up that keeps questions, prompts and what users sent out of the log."""

import logging
import sys
import traceback
from types import ModuleType
from typing import Any

#: Loggers of the clients of language models, which log all that they send at DEBUG, keys included.
CLIENTS = ("openai", "anthropic", "ollama", "langchain", "langchain_core", "httpx", "httpcore")

log = logging.getLogger("talks")


class _Traces:
    """A replacement for the module `traceback` in Gradio, whose printed errors repeat the values that were sent."""

    def print_exc(self, *arguments: Any, **options: Any) -> None:
        """Log the error that is being handled."""
        log.error("A request failed", exc_info=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)


class _Discreet(logging.Formatter):
    """A log formatter that gives the class and place of an error, but not its message, which may repeat a question."""

    def formatException(self, ei: Any) -> str:
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace)).rstrip()
        return f"{frames}\n{'' if kind is None else kind.__name__} (its message is not logged)"


def keep_values_out(*modules: ModuleType) -> None:
    """Make these modules of Gradio log errors instead of printing them."""
    for module in modules:
        if hasattr(module, "traceback"):
            vars(module)["traceback"] = _Traces()


def set_up_logging(level: str, *, questions: bool = False) -> None:
    """Log Talks and its server to standard error from `level` on; with `questions`, errors in full. Other libraries log
    only warnings at any level, as clients of language models log what they send.
    """
    form = "%(asctime)s %(name)s %(levelname)s: %(message)s"
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(form) if questions else _Discreet(form))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    log.setLevel(level.upper())


def keep_prompts_out() -> None:
    """Limit the clients of language models to warnings, also in a program that logs everything. A logger with a level
    of its own keeps it, as somebody set it on purpose.
    """
    for name in CLIENTS:
        client = logging.getLogger(name)
        if client.level == logging.NOTSET:
            client.setLevel(logging.WARNING)
