"""A language model in this process: a GGUF file, read by llama.cpp (the extra `local`).

It loads in a thread of its own from the start. llama.cpp would open a port on this machine for it: it gets a socket in
a folder that only this account can enter where the platform has such, else the port answers only with a random key.
A question that is stopped stops the model between two batches of word pieces.
"""

import asyncio
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import httpx
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from index.encoding import processors
from index.errors import SettingError, TalksError

#: Word pieces that a question with its material and its answer may have together.
CONTEXT: Final = 4_096
#: Word pieces read at once: between two such batches a question that was stopped ends.
BATCH: Final = 64
_ROLES: Final = {"human": "user", "ai": "assistant"}
_MAGIC: Final = b"GGUF"

#: Seconds that llama.cpp has to begin to listen, once it has loaded.
_PATIENCE: Final = 30.0

Event = dict[str, Any]


class LocalModelError(TalksError):
    """The model in this process failed; one sentence."""


def check_file(path: Path) -> None:
    """Raise SettingError where a file cannot be a model for llama.cpp."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingError(f"The model file {path} cannot be read ({reason}): correct TALKS_MODEL.") from error
    if begins != _MAGIC:
        raise SettingError(f"The model file {path} is no GGUF file: download it again, or name another in TALKS_MODEL.")


class LocalModel(BaseChatModel):
    """A chat model that runs in this process; safe among threads, which take turns.

    >>> model = LocalModel(path="/models/qwen2.5-1.5b-instruct-q4_k_m.gguf")  # doctest: +SKIP
    """

    path: str
    longest: int = 700
    """How many word pieces an answer may have."""

    _loading: threading.Thread = PrivateAttr()
    _server: Any = PrivateAttr(default=None)
    _failure: str = PrivateAttr(default="")
    _turn: Any = PrivateAttr(default_factory=threading.Lock)
    _closed: threading.Event = PrivateAttr(default_factory=threading.Event)
    _folder: Any = PrivateAttr(default=None)

    def model_post_init(self, context: Any) -> None:
        """Begin to load. Raises SettingError where the file is none of a model, ImportError without the package."""
        super().model_post_init(context)
        xllamacpp = import_module("xllamacpp")  # the extra `local`

        check_file(Path(self.path))
        if hasattr(socket, "AF_UNIX"):
            self._folder = tempfile.TemporaryDirectory(prefix="talks-model-", ignore_cleanup_errors=True)
        self._loading = threading.Thread(target=self._load, args=(xllamacpp,), name="talks-model", daemon=True)
        self._loading.start()

    @property
    def address(self) -> str:
        """Where llama.cpp listens, once it has loaded: a socket's path, or an address that asks for a key."""
        self._loading.join()
        return str(self._server.listening_address)

    def close(self) -> None:
        """Stop what is under way and free the memory."""
        self._closed.set()
        self._loading.join()
        with self._turn:
            self._server = None
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def _llm_type(self) -> str:
        return "llama.cpp"

    def _load(self, xllamacpp: Any) -> None:
        params = xllamacpp.CommonParams()
        params.model.path = self.path
        params.n_ctx, params.n_batch, params.n_ubatch, params.n_parallel = CONTEXT, BATCH, BATCH, 1
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = processors()
        params.api_keys = [secrets.token_urlsafe(32)]
        params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = params.ui = False
        params.verbosity = -1
        if self._folder is not None:
            params.hostnames = [str(Path(self._folder.name) / "model.sock")]
        try:
            server = xllamacpp.Server(params)
            _await_listening(str(server.listening_address))
            self._server = server
        except Exception as error:  # llama.cpp tells of any damage by an error of its own
            why = type(error).__name__
            self._failure = f"the model file {self.path} cannot be used, {why}: name another in TALKS_MODEL"

    def _streamed(self, messages: list[BaseMessage], put: Callable[[Event], bool]) -> None:
        """Have the model answer; `put` gets each event, and says whether to stop."""
        self._loading.join()
        if self._failure:
            raise LocalModelError(self._failure)
        request = {
            "messages": [{"role": _ROLES.get(each.type, each.type), "content": str(each.content)} for each in messages],
            "max_tokens": self.longest,
            "temperature": 0,
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,  # so that reading can be stopped, too
            "cache_prompt": True,
        }
        with self._turn:
            if self._server is None or put({}):
                return
            self._server.handle_chat_completions(request, lambda event: bool(put(event)) or self._closed.is_set())

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        loop, events, gone = asyncio.get_running_loop(), asyncio.Queue[Event | None](), threading.Event()
        failed: list[BaseException] = []

        def put(event: Event) -> bool:
            if not gone.is_set():
                loop.call_soon_threadsafe(events.put_nowait, event)
            return gone.is_set()

        def work() -> None:
            try:
                self._streamed(messages, put)
            except BaseException as error:
                failed.append(error)
            finally:
                if not gone.is_set():
                    loop.call_soon_threadsafe(events.put_nowait, None)

        threading.Thread(target=work, name="talks-model-answers", daemon=True).start()
        try:
            while (event := await events.get()) is not None:
                for chunk in _chunks(event):
                    yield chunk
            if failed:
                raise failed[0]
        finally:
            gone.set()

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        events: list[Event] = []

        def put(event: Event) -> bool:
            events.append(event)
            return False

        self._streamed(messages, put)
        text = "".join(str(chunk.message.content) for event in events for chunk in _chunks(event))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])


def _await_listening(address: str) -> None:
    """Wait until llama.cpp listens: what is let go of before that waits for itself for ever."""
    path = address.removeprefix("unix://")
    transport = httpx.HTTPTransport(uds=path) if path != address else None
    with httpx.Client(
        transport=transport, base_url="http://model" if transport else address, timeout=_PATIENCE
    ) as client:
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            try:
                client.get("/health")
                return
            except httpx.TransportError:
                time.sleep(0.01)


def _chunks(event: Event) -> Iterator[ChatGenerationChunk]:
    """What an event of llama.cpp holds of the answer. Raises LocalModelError where it tells of an error."""
    if "error" in event:
        told = event["error"].get("message") if isinstance(event["error"], dict) else event["error"]
        raise LocalModelError(f"llama.cpp says “{str(told)[:120]}”")
    usage = event.get("usage")
    if usage:
        read, written = int(usage["prompt_tokens"]), int(usage["completion_tokens"])
        counted = {"input_tokens": read, "output_tokens": written, "total_tokens": read + written}
        yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=counted))  # type: ignore[arg-type]
    for choice in event.get("choices") or []:
        text = choice.get("delta", {}).get("content")
        if text:
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))
