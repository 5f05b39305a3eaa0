"""Logging: set-up that keeps questions, prompts and what users sent out of the log."""

import logging
import sys
import traceback
from types import ModuleType
from typing import Any

#: What reaches language models, and may tell at DEBUG all that it sends and gets, keys among it.
CLIENTS = ("openai", "anthropic", "ollama", "langchain", "langchain_core", "httpx", "httpcore")

log = logging.getLogger("talks")


class _Traces:
    """Stands in for the module `traceback` where Gradio prints errors: their messages repeat the values sent."""

    def print_exc(self, *arguments: Any, **options: Any) -> None:
        """Log the error that is being handled."""
        log.error("A request failed", exc_info=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)


class _Discreet(logging.Formatter):
    """Tells of an error its kind and where it arose, but not its message, which may repeat what somebody asked."""

    def formatException(self, ei: Any) -> str:
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace)).rstrip()
        return f"{frames}\n{'' if kind is None else kind.__name__} (its message is not logged)"


def keep_values_out(*modules: ModuleType) -> None:
    """Have these modules of Gradio, which print the traces of all errors, log them instead."""
    for module in modules:
        if hasattr(module, "traceback"):
            vars(module)["traceback"] = _Traces()


def set_up_logging(level: str, *, questions: bool = False) -> None:
    """What Talks and its server say goes to standard error, from `level` on; with `questions`, errors in full.

    Other libraries say warnings only, at any level: those that reach language models log what they send.
    """
    form = "%(asctime)s %(name)s %(levelname)s: %(message)s"
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(form) if questions else _Discreet(form))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    log.setLevel(level.upper())


def keep_prompts_out() -> None:
    """Have the clients of language models say warnings only, even where all else of a program says everything.

    One that was given a level of its own keeps it: somebody wants to hear it.
    """
    for name in CLIENTS:
        client = logging.getLogger(name)
        if client.level == logging.NOTSET:
            client.setLevel(logging.WARNING)
