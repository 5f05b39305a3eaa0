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
QUESTION = "What did Rustem Umerov say?"
REFUSED = "Which hotel hosted the delegations?"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@contextmanager
def served() -> Iterator[str]:
    """The page, by its own command, on a home that holds nothing yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, str(ROOT / "app.py"), "--port", str(port), "--home", home]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
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
            ask(page, REFUSED, "the articles do not say")
            shoot("refusal")
            page.get_by_role("tab", name="Articles").click()
            page.locator("#library table").wait_for()
            shoot("articles")


def main() -> None:
    """Serve the page, and take the pictures."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    os.environ["HF_HUB_OFFLINE"] = "1"
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        if len(sys.argv) > 1:
            all_screens(browser, url, Path(sys.argv[1]))
        else:
            for_the_readme(browser, url)


if __name__ == "__main__":
    main()
