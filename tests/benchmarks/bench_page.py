"""How long a reader waits in the page: from Enter to the first quote on the screen, at the first and thirtieth turn.

`python tests/benchmarks/bench_page.py [--articles FOLDER] [--questions FILE] [--json FILE]` makes a library of 150
articles, those of the folder or made-up ones (`made.py`), serves it by `app.py`, and asks in Chromium: twenty questions
each in a conversation of its own, then twenty as the turns from the thirtieth on of one conversation. A wait begins
with the key and ends with the frame that shows the first quote, or the refusal. Beside it stands what the same
questions take by plain HTTP, where nothing is shown or kept. The file of questions has one a line.
"""

import argparse
import itertools
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import httpx
import made
from playwright.sync_api import Page, sync_playwright
from timing import spread, timed

from index import Index
from index.encoding.encoder import Encoder
from index.ingestion.folders.walk import article_files
from tests.screenshots import ARGUMENTS, served

ARTICLES, ASKED, LATE = 150, 20, 30
#: A wait that the page aims at, in milliseconds.
AIM = 300

#: Notes when Enter was pressed in the question box, and when the frame after the first quote began.
_WATCH = """() => {
  window.waits = { pressed: 0, shown: 0 };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') window.waits = { pressed: event.timeStamp, shown: 0 };
  }, { capture: true });
  new MutationObserver(() => {
    const { pressed, shown } = window.waits;
    if (!pressed || shown || !document.querySelector('#log .turn.last :is(.card, .refusal)')) return;
    window.waits.shown = -1;
    requestAnimationFrame(() => setTimeout(() => { window.waits.shown = performance.now(); }));
  }).observe(document.querySelector('#log'), { subtree: true, childList: true, attributes: true });
}"""

#: The whole wait, and the browser's part of it.
_SHARES = """() => {
  const { pressed, shown } = window.waits;
  const sent = performance.getEntriesByType('resource').filter((each) => each.name.includes('/queue/'));
  const [join, data] = ['/join', '/data'].map((name) => sent.findLast((each) => each.name.includes(`/queue${name}`)));
  return [shown - pressed, join && data ? join.startTime - pressed + shown - data.responseEnd : 0];
}"""


@contextmanager
def library(articles: Path | None) -> Iterator[Path]:
    """The home of a library of so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        if articles is None:
            passages = ARTICLES * made.PASSAGES
            made.make(Path(folder), [passages], [], Encoder())
            yield Path(folder) / str(passages)
            return
        taken = Path(folder) / "articles"
        taken.mkdir()
        for file in itertools.islice(article_files(articles), ARTICLES):
            shutil.copy(file, taken)
        with Index(Path(folder) / "home") as index:
            index.sync([taken])
        yield Path(folder) / "home"


def questions(file: Path | None, url: str) -> list[str]:
    """Questions for all turns: those of the file, or some that fit the library."""
    if file is not None:
        found = [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
    else:
        listed = httpx.post(f"{url}/list_articles", json={"limit": ARTICLES}).json()
        titles = [each["article"]["title"] for each in listed]
        found = [f"What did {who} say about {what}?" for who, what in zip(made.WHO, made.WHAT, strict=False)]
        found += [f"What is known about this: {title}?" for title in titles]
    return list(itertools.islice(itertools.cycle(found), 2 * ASKED + LATE))


def wait(page: Page, question: str) -> tuple[float, float]:
    """Milliseconds from Enter to the first quote, and how many of them the browser took: before the question was sent,
    and after its answer had arrived."""
    page.evaluate("performance.clearResourceTimings()")
    page.locator("#box").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_function("window.waits.shown > 0", timeout=60_000)
    page.locator("#ask-button").wait_for()
    page.locator("#log .turn.last .acts").wait_for()
    whole, browser = page.evaluate(_SHARES)
    return float(whole), float(browser)


def waits(page: Page, asked: Sequence[str]) -> dict[str, list[float]]:
    """The waits at the first turn, and from the thirtieth on."""
    wait(page, asked[-1])  # the first question of all also loads what later ones find loaded
    first = []
    for question in asked[:ASKED]:
        page.locator("#begin").click()
        page.locator("#welcome").wait_for()
        first.append(wait(page, question))
    for question in asked[ASKED : ASKED + LATE - 2]:  # the last question asked was this conversation's first turn
        wait(page, question)
    late = [wait(page, each) for each in asked[-ASKED:]]
    found: dict[str, list[float]] = {}
    for name, measured in (("first turn", first), (f"from turn {LATE} on", late)):
        found[name] = [whole for whole, _ in measured]
        found[f"{name}: of this, in the browser"] = [browser for _, browser in measured]
    return found


def by_http(url: str, asked: Sequence[str]) -> list[float]:
    """What the questions take by plain HTTP."""
    with httpx.Client(timeout=60) as client:
        return [timed(lambda each=each: client.post(f"{url}/ask", json={"question": each})) for each in asked]


def measure(articles: Path | None, file: Path | None) -> dict[str, Any]:
    """All waits, in milliseconds."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with library(articles) as home, served(home) as url, sync_playwright() as playwright:
        asked = questions(file, url)
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        page.locator("#chat .welcome").wait_for()
        page.evaluate(_WATCH)
        return {**waits(page, asked), "by plain HTTP": by_http(url, asked[:ASKED])}


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, help="a folder of articles; without it they are made up")
    parser.add_argument("--questions", type=Path, help="a file of questions, one a line")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    given = parser.parse_args()
    found = measure(given.articles, given.questions)
    print(f"| Enter to the first quote, {ARTICLES} articles, ms (aim {AIM}) | p50 | p95 |\n| --- | ---: | ---: |")
    for name, values in found.items():
        print("| {} | {p50:.0f} | {p95:.0f} |".format(name, **spread(values)))
    if given.json:
        given.json.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
