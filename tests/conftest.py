"""What all tests share: one encoder, a library of their own, and nothing of the machine they run on."""

import os
import shutil

# Before anything imports torch or the hub's client: they read these once. One thread, as on a busy machine several
# get in each other's way, and nothing may be asked of the network.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import Index
from index.encoding.encoder import Encoder

#: Tests that start servers, browsers or further processes, end them, or take long: not among the quick ones.
BESIDE = (
    "tests/assistant/answering/generation/test_client.py",
    "tests/assistant/answering/generation/test_judge.py",
    "tests/assistant/answering/generation/test_local.py",
    "tests/assistant/evaluation/test_models.py",
    "tests/assistant/answering/generation/test_injection.py",
    "tests/assistant/answering/generation/test_log.py",
    "tests/assistant/test_assistant.py::test_questions_go_on_while",
    "tests/assistant/test_service.py",
    "tests/assistant/web/access/test_exposure.py",
    "tests/assistant/web/access/test_log.py",
    "tests/assistant/web/access/test_login.py",
    "tests/assistant/web/access/test_owners.py",
    "tests/assistant/web/access/test_programs.py",
    "tests/assistant/web/access/test_rate_limits.py",
    "tests/assistant/web/access/test_streams.py",
    "tests/assistant/web/access/test_walk.py",
    "tests/assistant/web/api/",
    "tests/assistant/web/test_",
    "tests/assistant/web/ui/",
    "tests/cli/",
    "tests/index/encoding/test_encoder.py",
    "tests/index/ingestion/test_fetching.py",
    "tests/index/ingestion/test_normalising.py::test_hostile",
    "tests/index/ingestion/test_public_network.py",
    "tests/index/ingestion/test_sandbox",
    "tests/index/maintenance/",
    "tests/index/storage/test_disk_errors.py",
    "tests/index/storage/test_integrity.py",
    "tests/index/storage/test_migrations.py",
    "tests/index/storage/vectors/",
    "tests/index/test_library.py",
    "tests/project/test_packaging.py",
    "tests/project/test_readme.py",
    "tests/project/test_supply.py",
)
#: Tests that may be skipped all the same where skips count as failures: how the test's id starts -> why.
MAY_BE_SKIPPED = {
    "tests/index/ingestion/test_parsing.py::test_a_file_that_may_not_be_read_is_named": (
        "the administrator may read every file"
    ),
}

MakeLibrary = Callable[..., Path]


@pytest.fixture(autouse=True)
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has an empty home, and no setting of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("TALKS_")]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("TALKS_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real encoder, loaded once."""
    return Encoder()


@pytest.fixture
def make_library(tmp_path: Path, encoder: Encoder) -> Iterator[MakeLibrary]:
    """Make a library of articles, given as `{file name: text}`; its home comes back."""
    made = 0

    def make(articles: dict[str, str]) -> Path:
        nonlocal made
        made += 1
        folder, home = tmp_path / f"articles-{made}", tmp_path / f"home-{made}"
        folder.mkdir()
        for name, text in articles.items():
            (folder / name).write_text(text, encoding="utf-8")
        with Index(home, encoder=encoder) as index:
            index.sync([folder])
        return home

    yield make


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the page need a browser; where there is none, the others still tell something."""
    for item in items:
        is_beside = item.nodeid.startswith(BESIDE)
        if not is_beside and not any(map(item.get_closest_marker, ("browser", "slow", "benchmark", "providers"))):
            item.add_marker("quick")
    # Playwright's event loop runs until the session ends, and beside it no test can run one of its own: they come last,
    # with `-n` too, where each process takes whole files in this order.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and not browser_is_there():
        for item in in_browser:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium: install it, or run `playwright install`"))


def browser_is_there() -> bool:
    """Is there a Chromium, the machine's own or the one that Playwright installs?"""
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return True
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).is_file()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where CI is set, a test that was skipped has failed: what is missing there must not pass for tested."""
    report = yield
    excused = any(item.nodeid.startswith(each) for each in MAY_BE_SKIPPED)
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true" and not excused:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped ({reason}), and with CI=true nothing may be."
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """The same for a whole module that says it cannot be tested here."""
    report = yield
    if report.outcome == "skipped" and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and with CI=true nothing may be."
    return report
