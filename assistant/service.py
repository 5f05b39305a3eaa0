"""The service: one library shared by the page and the programs, with background loading and rebuild."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date, datetime

from assistant.answer import Answer, Citation, Passage, PersonEntry
from assistant.engine import Engine
from assistant.request import Request
from assistant.settings import Settings
from assistant.validation import checked_count, checked_question
from index import Article, ArticleError, Entry, Index, Listing, Progress, TalksError
from index.closing import Closing
from index.encoding import Encoder
from index.filters import Filter
from index.home import Home
from index.ingestion import FetchedPage, fetch
from index.storage import Holdings
from index.storage.listing import Order

#: Seconds after which a rebuild that failed is tried again when a question comes.
RETRIED = 60.0
log = logging.getLogger("talks")


class _RebuildStopped(Exception):
    """Raised in the rebuild when it is no longer needed."""


class Rebuilding:
    """One rebuild at a time, in a thread of its own."""

    def __init__(self, index: Callable[[], AbstractContextManager[Index]]) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._told = ""
        self._failed = ""
        self._ended = 0.0
        self._stop = threading.Event()

    def begin(self) -> str:
        """Begin a rebuild unless one is under way; returns its state in a few words."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                if self._failed and time.monotonic() - self._ended < RETRIED:
                    return f"that has failed, and will be tried again ({self._failed})"
                self._told = ""
                self._thread = threading.Thread(target=self._work, name="talks-mending", daemon=True)
                self._thread.start()
            return f"that is under way{self._told}"

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until no rebuild is under way."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def close(self) -> None:
        """Stop the rebuild at the next article; the old index stays."""
        self._stop.set()
        self.wait(30)

    def _work(self) -> None:
        try:
            with self._index() as index:
                index.rebuild(progress=self._watch)
            self._failed = ""
        except _RebuildStopped:
            pass
        except TalksError as error:
            self._failed = str(error).rstrip(".")
            log.warning("The damaged index could not be made anew: %s", error)
        except Exception:
            self._failed = "see the log"
            log.exception("The damaged index could not be made anew")
        finally:
            self._ended = time.monotonic()

    def _watch(self, progress: Progress) -> None:
        if self._stop.is_set():
            raise _RebuildStopped
        self._told = f", {progress.done:,} of {progress.total:,} articles done"


Fetch = Callable[[str], FetchedPage]
#: Seconds that closing waits for loading to end.
_LOADING_PATIENCE = 5.0
log = logging.getLogger("talks")


class Service(Closing):
    """The engine of one library, its write side, and the state of both; safe to share among threads.

    >>> service = Service(Settings.read())  # doctest: +SKIP
    >>> service.wait(60), service.failure
    (True, None)
    >>> service.ask(Request.of("Who led Russia's delegation?")).answered
    True

    Model and library load in the background from the start; a question that comes before waits for them.
    """

    def __init__(self, settings: Settings, *, encoder: Encoder | None = None, fetch: Fetch = fetch) -> None:
        """`encoder` is shared by questions and new articles; `fetch` gets the page at a URL.

        Raises LibraryError where the home cannot be used.
        """
        self.settings = settings
        self._fetch = fetch
        encoder = encoder or Encoder(settings.embedding_model)
        self._engine = Engine(settings.home, encoder=encoder, settings=settings, mend=self._mend)
        self._failure: str | None = None
        self._tried = threading.Event()
        self._mending = threading.Lock()
        self._opening = threading.Lock()
        self.rebuilding = Rebuilding(self.index)
        threading.Thread(target=self._load, name="talks-loading", daemon=True).start()

    @property
    def home(self) -> Home:
        """The home of the library."""
        return self._engine.home

    @property
    def encoder(self) -> Encoder:
        """The one encoder of this process."""
        return self._engine.encoder

    @property
    def ready(self) -> bool:
        """Whether model and library are there, so that a question is answered at once."""
        return self._tried.is_set() and self._failure is None

    @property
    def failure(self) -> str | None:
        """The sentence that says why loading failed; None while it goes on and once all is ready."""
        return self._failure

    def wait(self, timeout: float | None = None) -> bool:
        """Wait up to `timeout` seconds until loading has ended, well or not; `ready` comes back."""
        self._tried.wait(timeout)
        return self.ready

    def ask(self, request: Request) -> Answer:
        """Answer a question, see `Assistant.ask`. Raises TalksError where the library cannot be used."""
        *_, answer = self.stream(request)
        return answer

    def stream(self, request: Request, stop: threading.Event | None = None) -> Generator[Answer, None, None]:
        """The answer as it grows, see `Assistant.stream`. Raises TalksError as `ask` does."""
        engine = self._usable()
        began = time.perf_counter()
        with closing(engine.stream(request, stop)) as answers:
            for answer in answers:
                yield answer
        what = f"{request.question!r}: {answer.text!r}" if self.settings.log_questions else "a question"
        log.info("Asked %s (answered: %s, %.3f s)", what, answer.answered, time.perf_counter() - began)

    def retrieve(self, request: Request, k: int = 5) -> list[Passage]:
        """The passages that a question is about, see `Assistant.retrieve`. Raises TalksError as `ask` does."""
        return self._usable().retrieve(request, checked_count(k))

    def people(self, where: Filter = Filter()) -> tuple[PersonEntry, ...]:
        """Everybody whom the articles let speak, see `Assistant.people`. Raises TalksError as `ask` does."""
        return self._usable().people(where)

    def statements(self, person: str, about: str | None = None, where: Filter = Filter()) -> tuple[Citation, ...]:
        """All that a person says, see `Assistant.statements`. Raises TalksError as `ask` does."""
        return self._usable().statements(checked_question(person), about, where)

    @contextmanager
    def index(self) -> Iterator[Index]:
        """The library's write side, with the encoder that questions use; the next question sees what it did."""
        self._engine.present()
        with self._opening:  # several at a time would disturb each other when they test whether the home can be written
            index = Index(self.home.folder, encoder=self.encoder, fetch=self._fetch, settings=self.settings)
        with index:
            yield index

    def entries(self) -> list[Entry]:
        """Every article with when it came in and its number of passages, newest first."""
        with self.index() as index:
            return index.entries()

    def article(self, article_id: str) -> Article:
        """The article of that id. Raises ArticleError where the library holds none."""
        with self.index() as index:
            return index.article(article_id)

    def listing(
        self, words: str = "", most: int = 200, *, first: int = 0, order: Order = "newest", where: Filter = Filter()
    ) -> Listing:
        """Up to `most` articles with these words in title or publisher, see `Index.listing`."""
        with self.index() as index:
            return index.listing(words, most, first=first, order=order, where=where)

    def publishers(self) -> list[str]:
        """The names of all publishers, in order."""
        with self.index() as index:
            return index.publishers()

    def publisher_counts(self) -> dict[str, int]:
        """How many articles each publisher has, by its name."""
        with self.index() as index:
            return index.publisher_counts()

    def holdings(self) -> Holdings:
        """A summary of the library: how many articles, of which publishers, from when to when."""
        with self.index() as index:
            return index.holdings()

    def add_url(self, url: str) -> Article:
        """Put in the article at a web address. Raises ArticleError where it is no address or cannot be read."""
        address = url.strip()
        if not address.lower().startswith(("http://", "https://")):  # a path would be read from this machine
            raise ArticleError(f"“{address[:200]}” is not a web address: write it as https://… .")
        self._usable()
        with self.index() as index:
            return index.add(address)

    def add_text(
        self,
        text: str,
        *,
        title: str,
        publisher: str | None = None,
        author: str | None = None,
        published: date | datetime | None = None,
        url: str | None = None,
    ) -> Article:
        """Put in a pasted article. Raises ArticleError where its text or title is empty."""
        self._usable()
        with self.index() as index:
            return index.add_text(text, title=title, publisher=publisher, author=author, published=published, url=url)

    def close(self) -> None:
        """Close all files; a process that ends while it still loads does not wait for long."""
        self.rebuilding.close()
        if self._tried.wait(_LOADING_PATIENCE):
            self._engine.close()

    def _mend(self) -> str:
        """Rebuild a damaged index in the background; returns how far that is."""
        return self.rebuilding.begin()

    def _usable(self) -> Engine:
        """The engine, once loaded; where loading failed it is tried again, as a rebuild may have mended it."""
        self._tried.wait()
        if self._failure is not None:
            with self._mending:
                if self._failure is not None:
                    self._engine.load()
                    self._failure = None
        return self._engine

    def _load(self) -> None:
        try:
            self._engine.load()
        except TalksError as error:
            self._failure = str(error)
        except Exception as error:  # for any error of a damaged installation the page must say why it does not load
            log.exception("Loading failed")
            self._failure = f"The model or the library cannot be loaded ({type(error).__name__}): see the log."
        finally:
            self._tried.set()
