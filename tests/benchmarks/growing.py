"""How long a library takes: to be built, to take one article more, to find what has changed, to be looked through."""

import random
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from peers import BareEncoder
from timing import timed

from assistant import Assistant
from index import ArticleError, Index
from index.encoding.encoder import Encoder
from index.home import Home
from index.ingestion.parsing import read_article

ROOT = Path(__file__).parents[2]

#: Puts an article in, and says its id, how long that took and how long of it embedding, in seconds.
WRITER = """
import sys, time
from index import Index
from index.encoding.encoder import Encoder

def put(home, text, encoder):
    took, encode = [], encoder.encode
    def watched(*args, **kwargs):
        began = time.perf_counter()
        found = encode(*args, **kwargs)
        took.append(time.perf_counter() - began)
        return found
    encoder.encode = watched
    began = time.perf_counter()
    with Index(home, encoder=encoder) as index:
        article = index.add_text(text, title="Vantorp")
    del encoder.encode
    return article.id, time.perf_counter() - began, sum(took)

if __name__ == "__main__":
    encoder = Encoder()
    encoder.encode(["warm"])
    import chromadb
    print(*put(sys.argv[1], sys.argv[2], encoder))
"""


def one_added(home: Home, encoder: Encoder) -> dict[str, dict[str, int]]:
    """An article put in by this process, as the page does, and by another one, and the next question; all in ms."""
    found = {}
    here: dict[str, Any] = {"__name__": "writer"}
    exec(WRITER, here)
    for who in ("this process", "another process"):
        name = f"Quillfeather-{random.randrange(10**9)}"
        text = f"The envoy Xandra {name} opened talks on the lighthouse of Vantorp. " * 12
        with Assistant(home.folder, encoder=encoder) as talks:
            question = f"Who is Xandra {name} of Vantorp?"
            talks.ask(question)
            if who == "this process":
                article, added, encoding = here["put"](home.folder, text, encoder)
            else:
                command = [sys.executable, "-c", WRITER, str(home.folder), text]
                said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
                article, added, encoding = said.split()
            answers: list[Any] = []
            asked = timed(lambda: answers.append(talks.ask(question)))  # noqa: B023 (called at once)
            assert article in {each.article.id for each in answers[0].citations}, "The new article was not found."
            usual = timed(lambda: talks.ask(question))  # noqa: B023 (called at once)
        with Index(home.folder, encoder=encoder) as index:
            index.remove(article)
        added, encoding = 1000 * float(added), 1000 * float(encoding)
        steps = {
            "added": added,
            "encoding": encoding,
            "next question": asked,
            "beyond": added - encoding + asked - usual,
        }
        found[who] = {name: round(took) for name, took in steps.items()}
    return found


def building(folder: Path, source: Home, bare: BareEncoder, passages: int, rounds: int) -> dict[str, Any]:
    """Passages a second of a sync, of a rebuild, and of a bare encode of the same passages.

    The encoder is a new one each time: what it makes ready for many passages is part of a sync.
    """
    files = sorted((source.folder / "files").rglob("*.md"))[: passages // 5]
    ours, anew, theirs = [], [], []
    for each in range(rounds):
        home = folder / f"built-{time.time_ns()}"
        with Index(home, encoder=Encoder()) as index:
            took = timed(lambda index=index: index.sync(files))
            rebuilt = timed(lambda index=index: index.rebuild())
            texts = {article.id: article.text for article in index.articles()}
            cut = [texts[row.article][row.start : row.end] for row in index.stores.catalog.passages()]
        passages = len(cut)
        ours.append(1000 * passages / took)
        anew.append(1000 * passages / rebuilt)
        theirs.append(1000 * passages / timed(lambda cut=cut: bare.model.encode(cut)))
        shutil.rmtree(home)
        print(f"  built {ours[each]:.0f}/s, bare {theirs[each]:.0f}/s", file=sys.stderr, flush=True)
    return {
        "passages": passages,
        "sync": round(statistics.median(ours), 1),
        "rebuild": round(statistics.median(anew), 1),
        "encode": round(statistics.median(theirs), 1),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 2),
    }


def changed(home: Home, encoder: Encoder) -> dict[str, Any]:
    """A sync of a folder in which one article in a hundred has a sentence more; it is taken out again afterwards."""
    folder = home.folder / "files"
    files = sorted(folder.rglob("*.md"))
    before: dict[Path, str] = {}
    for path in random.Random(7).sample(files, max(1, len(files) // 100)):
        try:
            read_article(path)
        except ArticleError:
            continue
        before[path] = path.read_text(encoding="utf-8")
    with Index(home.folder, encoder=encoder) as index:
        index.sync([folder])
        for path, text in before.items():
            path.write_text(f"{text} The talks of Vantorp went on.", encoding="utf-8")
        reports: list[Any] = []
        try:
            took = timed(lambda: reports.append(index.sync([folder])))
        finally:
            for path, text in before.items():
                path.write_text(text, encoding="utf-8")
            index.sync([folder])
    assert len(reports[0].changed) == len(before), "Another number had changed."
    return {"articles": len(files), "changed": len(before), "ms": round(took)}


def checked(home: Home, encoder: Encoder) -> int:
    """How many milliseconds it takes to look whether a library is whole."""
    with Index(home.folder, encoder=encoder) as index:
        return round(timed(index.check))


def unchanged(home: Home, encoder: Encoder, rounds: int) -> dict[str, Any]:
    """A sync of a folder in which nothing has changed."""
    folder = home.folder / "files"
    with Index(home.folder, encoder=encoder) as index:
        reports: list[Any] = []
        took = [timed(lambda: reports.append(index.sync([folder]))) for _ in range(rounds)]
        assert not reports[-1].added and not reports[-1].changed, "Something had changed."
    return {"articles": reports[-1].unchanged, "ms": round(statistics.median(took))}
