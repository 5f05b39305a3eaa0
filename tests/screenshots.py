"""Takes pictures of the page on the shipped brief: the one of the README, or all screens for looking at.

python tests/screenshots.py                # tests/screenshot.png
python tests/screenshots.py looks          # 1280 and 390 px, light and dark, into the folder `looks`
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
QUESTION = "What did Rustem Umerov say?"
REFUSED = "Which hotel hosted the delegations?"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@contextmanager
def served(home: Path | None = None, **settings: str) -> Iterator[str]:
    """The page, by its own command, on that home or one that holds nothing yet; `settings` are such as TALKS_MODEL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as empty:
        command = [sys.executable, str(ROOT / "app.py"), "--port", str(port), "--home", str(home or empty)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=os.environ | settings)
        try:
            wait_for(f"{url}/health")
            yield url
        finally:
            server.terminate()
            server.wait(20)


def wait_for(url: str, seconds: float = 120) -> None:
    """Wait until `url` answers with 200."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit(f"{url} was not ready after {seconds:g} seconds.")


def arrive(browser: Browser, url: str, width: int, scheme: str) -> Page:
    """A browser window of that width in which the page is ready."""
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 700 else 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
    )
    page = context.new_page()
    page.goto(url)
    page.locator("#chat .idea").first.wait_for()
    return page


def ask(page: Page, question: str, told: str) -> None:
    """Ask and wait for the whole answer."""
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")
    page.get_by_role("status").get_by_text(told).wait_for()
    page.wait_for_timeout(300)


def for_the_readme(browser: Browser, url: str) -> None:
    """An answer with its source beside it."""
    page = arrive(browser, url, 1280, "light")
    ask(page, QUESTION, "Answer ready.")
    page.locator("#chat a.cite").first.click()
    page.locator("#hit").wait_for()
    page.screenshot(path=ROOT / "tests" / "screenshot.png")


def all_screens(browser: Browser, url: str, folder: Path) -> None:
    """Each screen at two widths, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            page = arrive(browser, url, width, scheme)

            def shoot(name: str, page: Page = page, kind: str = f"{width}-{scheme}") -> None:
                page.screenshot(path=folder / f"{kind}-{name}.png", full_page=name == "articles")

            shoot("welcome")
            ask(page, QUESTION, "Answer ready.")
            shoot("answer")
            page.locator("#chat a.cite").first.click()
            page.locator("#hit").wait_for()
            shoot("source")
            page.keyboard.press("Escape")
            page.locator("#log [data-act=save]").first.click()
            ask(page, REFUSED, "the articles do not say")
            shoot("refusal")
            if (toggle := page.get_by_role("button", name="Conversations and filters")).is_visible():
                toggle.click()
            page.locator("#papers button").last.click()
            shoot("filters")
            page.get_by_role("tab", name="Articles").click()
            page.locator("#library table").wait_for()
            shoot("articles")
            page.get_by_role("button", name="Add articles").click()
            page.get_by_role("button", name="Add the text").wait_for()
            shoot("adding")
            page.locator("#library .title").first.click()
            page.get_by_role("button", name="Correct title, paper or date").click()
            page.get_by_label("Author").wait_for()
            shoot("correcting")
            page.get_by_role("button", name="Close the source").click()
            page.get_by_role("tab", name="People").click()
            page.locator("#people button").first.click()
            page.locator("#statements .card").first.wait_for()
            shoot("people")
            page.get_by_role("tab", name="Clippings").click()
            page.locator(".clipping").first.wait_for()
            shoot("clippings")


def written(browser: Browser, folder: Path) -> None:
    """An answer by a scripted model: while it is written, whole, and with what it rests on."""
    from tests.assistant.answering.generation.servers import Accident, citing, serving

    before = citing("Vladimir Medinsky led Russia’s delegation as chief negotiator. {addressed reporters} He")
    after = citing(
        " called the exchanges “difficult but businesslike.” {difficult but} "
        "Medinsky promised 500 tanks. {Further rounds} "
        "Umerov led for Kyiv, and said that “there is progress.” {Rustem Umerov}"
    )
    follow_up = citing("Medinsky said that further rounds would follow soon. {Further rounds}")
    rewritten = "What did Vladimir Medinsky say about further rounds?"

    def writes(prompt: str) -> str | Accident:
        if "Last question" in prompt:
            return rewritten
        if rewritten in prompt:
            return follow_up(prompt)
        return "" if "once more" in prompt else Accident("pause", before(prompt), after(prompt))

    with serving("openai", writes) as model, served(TALKS_MODEL="openai:m", TALKS_MODEL_URL=model.url) as url:
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                page, kind = arrive(browser, url, width, scheme), f"{width}-{scheme}"
                model.released.clear()
                page.get_by_label("Your question").fill("Who led the delegations?")
                page.get_by_label("Your question").press("Enter")
                page.locator("#chat a.cite").first.wait_for()
                page.screenshot(path=folder / f"{kind}-writing.png")
                model.released.set()
                page.get_by_role("status").get_by_text("Answer ready.").wait_for()
                page.wait_for_timeout(300)
                page.screenshot(path=folder / f"{kind}-written.png")
                for summary in page.locator("#chat details summary").all():
                    summary.click()
                page.screenshot(path=folder / f"{kind}-unfolded.png")
                ask(page, "And what did he say about further rounds?", "Answer ready.")
                page.locator("#chat summary").get_by_text("How the question was read").click()
                page.screenshot(path=folder / f"{kind}-follow-up.png")


def main() -> None:
    """Serve the page, and take the pictures."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    os.environ["HF_HUB_OFFLINE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        with served() as url:
            if len(sys.argv) > 1:
                all_screens(browser, url, Path(sys.argv[1]))
            else:
                for_the_readme(browser, url)
        if len(sys.argv) > 1:
            written(browser, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
