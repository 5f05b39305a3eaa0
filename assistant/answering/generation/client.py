"""The chat model client: opens the model that the settings name, with retries and errors of one sentence.

Keys are read by the provider's own library from the provider's own environment variables. They never pass through
here, except to be cut out of what an error says.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from assistant.answering.generation.streaming import Stopped, arriving, awaited
from assistant.logs import keep_prompts_out
from index.errors import SettingError, TalksError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

#: The pip extra that brings each provider's package; LangChain knows others, which are installed by their own name.
EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama", "gguf": "local"}
#: Names a file of weights, which is read in this process.
LOCAL = "gguf"

#: Stands in for a key where a server of one's own asks for none: the client refuses to start without any.
NO_KEY = "none"

#: A question that a model did not begin to answer is put to it this often, with these waits between, in seconds.
TRIES = 3
WAITS = (0.5, 1.5)

#: Longer answers than this are cut off: a model that repeats itself must come to an end. In word pieces.
LONGEST = 700

_KEY_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSWORD", re.IGNORECASE)
_KEY = re.compile(r"\b(?:sk|pk|key|xai|gsk)-[\w*.-]{4,}|(?<=Bearer )\S+|(?<=://)[^/@\s]+@", re.IGNORECASE)
#: Statuses that may be gone a moment later.
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


class ModelSettings(Protocol):
    """What of the settings concerns the model."""

    @property
    def model(self) -> str | None:
        """The model as "provider:name"; None for answers in quotes."""

    @property
    def model_url(self) -> str | None:
        """The address of its server, where it is not the provider's own."""

    @property
    def model_timeout(self) -> float:
        """Seconds that an answer may take."""

    @property
    def log_questions(self) -> bool:
        """Whether what is asked may be logged."""


class ModelError(TalksError):
    """The model did not answer; the sentence says why, without a key in it."""


def open_model(settings: ModelSettings) -> "BaseChatModel":
    """The chat model that `settings.model` names, ready to be asked; nothing is sent yet.

    Raises SettingError where no model is named, its provider is unknown or its package is missing.

    >>> open_model(Settings.read(model="ollama:llama3.2", model_url="http://127.0.0.1:11434"))  # doctest: +SKIP
    ChatOllama(model='llama3.2', ...)
    """
    if not settings.model:
        raise SettingError("No model is set: name one in TALKS_MODEL, such as ollama:llama3.2.")
    if not settings.log_questions:
        keep_prompts_out()
    provider, _, name = settings.model.partition(":")
    try:
        if provider == LOCAL:
            from assistant.answering.generation.local import LocalModel

            return LocalModel(path=str(Path(name).expanduser()), longest=LONGEST)
        from langchain.chat_models import init_chat_model

        if provider in EXTRAS:
            import_module(f"langchain_{provider}")  # without it LangChain may turn to an older package
        model: BaseChatModel = init_chat_model(name, model_provider=provider, **_arguments(settings, provider))
        return model
    except SettingError:
        raise
    except ImportError as error:
        extra = EXTRAS.get(provider)
        package = f"'talks-assistant[{extra}]'" if extra else f"langchain-{provider.replace('_', '-')}"
        raise SettingError(
            f"The model “{settings.model}” needs a package that is not installed: run `pip install {package}`."
        ) from error
    except Exception as error:
        raise SettingError(
            f"The model “{settings.model}” cannot be opened ({scrubbed(error)}): check TALKS_MODEL, and the key that "
            "its provider reads from the environment."
        ) from None  # the chain would carry the text that was scrubbed


def close_model(model: "BaseChatModel") -> None:
    """Let go of a model's connections, as far as they are its own."""
    if type(model).__module__.endswith("generation.local"):
        model.close()  # type: ignore[attr-defined]  # a LocalModel, imported by those alone who have its package
        return
    holders = [getattr(model, "http_async_client", None)]
    if type(model).__module__.startswith("langchain_ollama"):
        holders += [getattr(getattr(model, name, None), "_client", None) for name in ("_client", "_async_client")]
    for holder in holders:
        if isinstance(holder, httpx.AsyncClient):
            awaited(holder.aclose)
        elif isinstance(holder, httpx.Client):
            holder.close()


def _arguments(settings: ModelSettings, provider: str) -> dict[str, Any]:
    arguments: dict[str, Any] = {"temperature": 0}
    if settings.model_url:
        arguments["base_url"] = settings.model_url
    if provider == "ollama":
        return {**arguments, "client_kwargs": {"timeout": settings.model_timeout}, "num_predict": LONGEST}
    arguments |= {"timeout": settings.model_timeout, "max_retries": 0, "max_tokens": LONGEST}
    if provider == "openai":
        # Repeats are made here, alike for all providers; usage is asked for so that an evaluation can count it.
        arguments["stream_usage"] = True
        # A client of its own can be closed; the one that LangChain keeps is shared by all models of the process.
        arguments["http_async_client"] = httpx.AsyncClient(timeout=settings.model_timeout)
        if settings.model_url and not os.environ.get("OPENAI_API_KEY"):
            arguments["api_key"] = NO_KEY
    return arguments


def streamed(
    model: "BaseChatModel",
    messages: Sequence[tuple[str, str]],
    patience: float,
    *,
    usage: Callable[[int, int], object] = lambda read, written: None,
    wait: Callable[[float], object] = time.sleep,
    stop: threading.Event | None = None,
) -> Iterator[str]:
    """The model's answer to (role, text) messages, piece by piece, as plain text.

    A call that fails before anything came is repeated. `patience` is in seconds, for the whole; `usage` is told how
    many word pieces were read and written, as the server counts them. Raises ModelError, and Stopped once `stop` is
    set. Closing the iterator closes the request under way.
    """
    ends = time.monotonic() + patience
    for attempt in range(TRIES):
        came = False
        try:
            with closing(arriving(lambda: model.astream(list(messages)), ends, stop)) as chunks:
                for chunk in chunks:
                    counted = getattr(chunk, "usage_metadata", None)
                    if counted:
                        usage(int(counted.get("input_tokens", 0)), int(counted.get("output_tokens", 0)))
                    text = str(chunk.text)
                    if text:
                        came = True
                        yield text
            return
        except Stopped:
            raise
        except TimeoutError:
            raise ModelError(f"The model was not done in time ({patience:g} seconds)") from None
        except Exception as error:  # each provider's library has errors of its own
            if "No generation chunks" in str(error):
                return  # LangChain's words for an empty answer
            left = ends - time.monotonic()
            if came or attempt + 1 == TRIES or not _passing(error) or left < WAITS[attempt]:
                raise ModelError(f"The model cannot be used ({_said(error)})") from None
        wait(WAITS[attempt])


def _passing(error: Exception) -> bool:
    """May the same call succeed a moment later?"""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return status in _PASSING or status <= 0  # Ollama's client says -1 where no answer came
    return "timeout" not in type(error).__name__.lower()


def _said(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    said = {429: "it is asked too often", 401: "it does not accept the key", 403: "it does not accept the key"}
    if isinstance(status, int) and status > 0:
        return said.get(status, f"its server answers with status {status}")
    if "timeout" in type(error).__name__.lower():
        return "its server did not answer in time"
    if any(word in type(error).__name__.lower() for word in ("connect", "protocol", "read")):
        return "its server cannot be reached, or broke off"
    return scrubbed(error)


def scrubbed(error: BaseException) -> str:
    """The first line of what an error says, without any key: those of the environment, and all that looks like one.

    >>> scrubbed(ValueError("Incorrect key sk-abcdef123456."))
    'Incorrect key ***'
    """
    text = (str(error).strip().splitlines() or [type(error).__name__])[0]
    for name, value in os.environ.items():
        if _KEY_NAME.search(name) and len(value) >= 6:
            text = text.replace(value, "***")
    return _KEY.sub("***", text).rstrip(".")[:200]
