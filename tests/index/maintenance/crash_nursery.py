"""Forks a process for each line it is given: hundreds can be killed without loading the model hundreds of times.

Reads JSON lines and answers each with the process id; `{"wait": true}` is answered with the exit code of the last
writer. Portions and batches are made small, so that a short sync publishes often.
"""

import json
import os
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant import Assistant
from index import Index, TalksError
from index.encoding.encoder import Encoder
from index.ingestion import sync
from index.maintenance import publishing
from index.storage.bm25_index import WordIndex
from index.storage.catalog import Catalog
from index.storage.derived import Derived
from index.storage.sqlite import Database
from index.storage.stores import Stores
from index.storage.token_index import TokenStore
from index.storage.vector_location import Place
from index.storage.vectors import local as vectors_on_disk
from index.storage.vectors.base import VectorIndex

#: Where a writer can be killed: a method, and whether that is before it does anything or after it has done it.
POINTS: dict[str, tuple[Any, str, str]] = {
    "before anything is noted": (Catalog, "set_pending", "before"),
    "before the seals are broken": (Derived, "break_seals", "before"),
    "after the seals are broken": (Derived, "break_seals", "after"),
    "after the word pieces are written": (TokenStore, "write", "after"),
    "before the vectors are written": (VectorIndex, "write", "before"),
    "after the vectors are written": (VectorIndex, "write", "after"),
    "after the words are written": (WordIndex, "write", "after"),
    "in the transaction that publishes": (Catalog, "publish", "after"),
    "after it is published": (vectors_on_disk.VectorsOnDisk, "written", "before"),
    "before what is stale is dropped": (Derived, "drop", "before"),
    "after what is stale is dropped": (Derived, "drop", "after"),
    "before the leftovers are forgotten": (Catalog, "clear_pending", "after"),
    "before the seals are put back": (Derived, "seal", "before"),
    "after the seals are put back": (Derived, "seal", "after"),
    "after new vectors are prepared": (Place, "prepare", "after"),
    "before new vectors are settled": (Place, "settle", "before"),
    "after new vectors are settled": (Place, "settle", "after"),
    "while old folders are deleted": (Place, "sweep", "after"),
    "after old folders are deleted": (Stores, "sweep_epochs", "after"),
    "before a backup takes the place": (Database, "take_from", "before"),
    "after a backup has taken the place": (Database, "take_from", "after"),
}


def kill_at(point: str, times: int) -> None:
    """End this process, as kill -9 does, when it comes to a point for the so-manyth time."""
    owner, name, when = POINTS[point]
    method = getattr(owner, name)
    left = times

    def reached() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def killed(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            reached()
        result = method(*args, **kwargs)
        if when == "after":
            reached()
        return result

    setattr(owner, name, killed)


def write(encoder: Encoder, home: str, verb: str, what: str) -> None:
    """Do what a writer does."""
    if verb == "restore":
        Index.restore(what, home, encoder=encoder)
        return
    with Index(home, encoder=encoder) as index:
        if verb == "sync":
            index.sync([what])
        elif verb == "add":
            index.add(what)
        elif verb == "remove":
            index.remove(what)
        else:
            index.rebuild()


def held(catalog: Path) -> tuple[int, set[tuple[str, str]]]:
    """The generation and what is published in it, read by SQLite alone."""
    with closing(sqlite3.connect(f"{catalog.as_uri()}?mode=ro", uri=True, timeout=30)) as db:
        db.execute("BEGIN")
        generation = int(db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])
        return generation, set(db.execute("SELECT id, text FROM articles").fetchall())


def read(encoder: Encoder, home: str, report: str) -> None:
    """Ask until told to stop; note each passage of an article that was not published when the question was asked."""
    catalog, asked, wrong, sure = Path(home) / "catalog.sqlite3", 0, [], 0
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    os.nice(5)
    with Assistant(home, encoder=encoder) as talks:
        while not stopped:
            time.sleep(0.02)  # the writers need the processor, too
            try:
                before, published = held(catalog)
                answer = talks.ask(f"What did envoy {('Halvorsen', 'Bellini', 'Okafor')[asked % 3]} say was open?")
                after, published_later = held(catalog)
                asked += 1
                sure += before == after
                for each in (*answer.passages, *answer.citations):
                    quote = each.text if hasattr(each, "text") else each.quote
                    known = (each.article.id, each.article.text)
                    if each.article.text[each.start : each.end] != quote or (
                        known not in published | published_later and after - before < 2
                    ):
                        wrong.append(f"{before} to {after}: {quote}")
                if not before <= answer.generation <= after:
                    wrong.append(f"answers from {answer.generation}, where {before} was published")
                wrong += [notice for notice in answer.notices if "damaged" in notice]
            except (TalksError, sqlite3.Error) as error:
                wrong.append(repr(error))
            except Exception as error:
                wrong.append(f"unexpected: {error!r}")
    Path(report).write_text(json.dumps({"asked": asked, "sure": sure, "wrong": wrong}))


def main() -> None:
    """Serve until there are no more lines."""
    sync.BATCH = 1_500
    publishing.PORTION = 4
    vectors_on_disk.GRAPH.update(sync_threshold=30, batch_size=10)  # or Chroma would write its files after a thousand
    encoder = Encoder()
    encoder.load()
    print("ready", flush=True)
    child = 0
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        child = os.fork()
        if child == 0:
            try:
                if order["verb"] == "read":
                    read(encoder, order["home"], order["what"])
                else:
                    if order.get("point"):
                        kill_at(order["point"], order.get("times", 1))
                    write(encoder, order["home"], order["verb"], order["what"])
                os._exit(0)
            except BaseException as error:
                print(f"{order}: {error!r}", file=sys.stderr, flush=True)
                os._exit(1)
        print(child, flush=True)


if __name__ == "__main__":
    main()
