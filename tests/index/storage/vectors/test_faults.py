"""What fails on the way to a Chroma server is said in one sentence, ends in time, and harms nothing."""

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from index import Index, SettingError, VectorServerError
from index.encoding.encoder import Encoder
from index.settings import LibrarySettings
from index.storage.vectors import client as chroma_server
from index.storage.vectors.client import ChromaAddress, ChromaServer
from tests.index.storage.vectors.servers import TOKEN, ChromaRun, Proxy

BRIDGE = "The bridge at Kamenka reopened on Friday. Engineers had worked on it for nine weeks."
HARVEST = "Farmers near Odesa expect a poor harvest. Rain came too late, their union said."


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of seconds, made shorter."""
    monkeypatch.setattr(chroma_server, "READ_LIMIT", 1.0)
    monkeypatch.setattr(chroma_server, "WRITE_LIMIT", 1.5)
    monkeypatch.setattr(chroma_server, "REST", 0.0)


@pytest.fixture
def server(proxy: Proxy) -> Iterator[ChromaServer]:
    settings = LibrarySettings.read()
    assert settings.chroma is not None
    made = ChromaServer(settings.chroma)
    yield made
    made.close()


def sentence(act: Callable[[], object]) -> str:
    with pytest.raises(VectorServerError) as caught:
        act()
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert "TALKS_CHROMA_" in said
    assert TOKEN not in said
    return said


class TestTheToken:
    def test_it_is_sent_in_both_ways_and_never_logged_or_shown(
        self, proxy: Proxy, server: ChromaServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            assert server.find("nothing") is None
            proxy.trouble = lambda number: 500
            sentence(lambda: server.find("nothing"))
        assert proxy.headers[-1]["Authorization"] == f"Bearer {TOKEN}"
        assert proxy.headers[-1]["X-Chroma-Token"] == TOKEN
        assert caplog.records
        assert TOKEN not in caplog.text
        assert TOKEN not in repr([Settings.read(), LibrarySettings.read(), server.address, vars(server)])

    def test_a_wrong_one_and_a_missing_one_are_told_apart(
        self, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoder: Encoder
    ) -> None:
        monkeypatch.setenv("TALKS_CHROMA_TOKEN", "guessed")
        with Index(tmp_path / "home", encoder=encoder) as index:
            said = sentence(lambda: index.add_text(BRIDGE, title="Bridge"))
            assert "refuses the token (401): set TALKS_CHROMA_TOKEN to one that it takes." in said
            assert "guessed" not in said
            assert index.articles() == []
        monkeypatch.delenv("TALKS_CHROMA_TOKEN")
        with Index(tmp_path / "home", encoder=encoder) as index:
            assert "asks for a token (401)" in sentence(lambda: index.add_text(BRIDGE, title="Bridge"))

    def test_a_redirect_takes_it_nowhere(self, proxy: Proxy, server: ChromaServer) -> None:
        proxy.trouble = lambda number: 302
        assert "no Chroma server that Talks knows (it answered 302)" in sentence(lambda: server.find("x"))
        assert len(proxy.asked) == 1


class TestTheSettings:
    @pytest.mark.parametrize(
        ("url", "reason"),
        [
            ("chroma:8000", "neither http:// nor https://"),
            ("http://", "write it as"),
            ("http://me:secret@chroma", "belongs in TALKS_CHROMA_TOKEN"),
            ("http://chroma:99999", "port"),
            ("http://chroma/?a=b", "write it as"),
        ],
    )
    def test_an_address_that_cannot_be_one_is_refused(
        self, url: str, reason: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TALKS_CHROMA_URL", url)
        for read in (Settings.read, LibrarySettings.read):
            with pytest.raises(SettingError, match="TALKS_CHROMA_URL from the environment cannot be used") as caught:
                read()
            assert reason.lower() in str(caught.value).lower()
            assert "secret" not in str(caught.value)

    def test_a_token_that_no_header_can_carry_is_refused_and_not_repeated(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TALKS_CHROMA_TOKEN", "hush hush\n")
        with pytest.raises(SettingError, match="TALKS_CHROMA_TOKEN from the environment cannot be used") as caught:
            Settings.read()
        assert "hush" not in f"{caught.value} {caught.value.__cause__}"

    def test_both_sides_read_them_from_the_settings_file(self, home_of_its_own: Path) -> None:
        (home_of_its_own / "talks.toml").write_text("chroma_url = 'http://chroma:8000/'\nchroma_token = 'abc'\n")
        for read in (Settings.read, LibrarySettings.read):
            chroma = read().chroma
            assert chroma is not None
            assert chroma.token is not None
            assert (chroma.url, chroma.token.get_secret_value()) == ("http://chroma:8000", "abc")


class TestWhatAnswers:
    def test_nobody(self, free_port: int) -> None:
        nobody = ChromaServer(ChromaAddress(f"http://127.0.0.1:{free_port}"))
        said = sentence(lambda: nobody.find("x"))
        assert f"The Chroma server at http://127.0.0.1:{free_port} (TALKS_CHROMA_URL) cannot be used" in said
        assert "(Connection refused): start it again or correct the address" in said

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (404, "it answered 404"),
            ("<html>Welcome to nginx!</html>", "JSONDecodeError"),
            ('"0.6.3"', "its version is 0.6.3"),
            ('{"version": 3}', "its version is"),
        ],
    )
    def test_something_else(self, answer: int | str, reason: str, proxy: Proxy, server: ChromaServer) -> None:
        proxy.trouble = lambda number: answer
        said = sentence(lambda: server.find("x"))
        assert f"What answers at {proxy.url} (TALKS_CHROMA_URL) is no Chroma server that Talks knows" in said
        assert reason in said

    def test_a_chroma_that_answers_nonsense(self, proxy: Proxy, index: Index, encoder: Encoder) -> None:
        index.add_text(BRIDGE, title="Bridge")
        vectors, vector = index.stores.derived.vectors, encoder.encode([BRIDGE])[0].vector
        (number,) = vectors.search(vector, 3)
        for answer in ("[]", "{}", '{"ids": [["zz"]], "distances": [[0.1]]}', '{"ids": 7}', "null"):
            proxy.trouble = lambda number, answer=answer: answer
            assert "in its answer" in sentence(lambda: vectors.search(vector, 3))
            assert "in its answer" in sentence(lambda: vectors.vectors([number]))


class TestTrouble:
    @pytest.mark.parametrize("trouble", [503, 429, "cut", "lost"])
    def test_what_passes_is_tried_again(self, trouble: int | str, proxy: Proxy, server: ChromaServer) -> None:
        proxy.trouble = lambda number: trouble if number in (2, 3) else None
        server.create("talks-tried")
        assert server.find("talks-tried") is not None
        server.delete("talks-tried")

    @pytest.mark.parametrize(
        ("trouble", "reason"),
        [(503, "it answered 503"), ("cut", "peer closed"), ("stall", "no answer within 1 s"), ("drip", "no answer")],
    )
    def test_what_lasts_ends_within_the_limit(
        self, trouble: int | str, reason: str, proxy: Proxy, server: ChromaServer
    ) -> None:
        assert server.find("x") is None
        proxy.trouble = lambda number: trouble
        began = time.monotonic()
        assert reason in sentence(lambda: server.find("x"))
        assert time.monotonic() - began < 3 * chroma_server.READ_LIMIT
        assert len(proxy.asked) <= 2 + 3

    def test_after_a_failure_questions_do_not_wait_anew_for_a_while(
        self, proxy: Proxy, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(chroma_server, "REST", 60.0)
        assert server.find("x") is None
        proxy.trouble = lambda number: "stall"
        first = sentence(lambda: server.find("x"))
        asked = len(proxy.asked)
        assert sentence(lambda: server.find("x")) == first
        assert len(proxy.asked) == asked
        proxy.heal()
        server.create("talks-rests")  # a writer tries all the same, and what works works for everybody
        server.delete("talks-rests")
        assert server.find("x") is None

    def test_a_server_that_never_answered_is_not_waited_for_by_each_question_either(
        self, proxy: Proxy, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(chroma_server, "REST", 60.0)
        proxy.trouble = lambda number: "stall"
        first = sentence(lambda: server.find("x"))
        assert "no answer within 1 s" in first
        asked = len(proxy.asked)
        assert sentence(lambda: server.find("x")) == first
        assert len(proxy.asked) == asked

    def test_a_write_that_breaks_off_at_any_request_leaves_the_library_whole(
        self, proxy: Proxy, index: Index, encoder: Encoder
    ) -> None:
        def write(day: int) -> None:
            index.add_text(f"{BRIDGE} It took {day} days.", title="Bridge", url="https://news.example/bridge")

        def texts() -> list[str]:
            return [article.text for article in index.articles()]

        write(1)
        proxy.asked.clear()
        write(2)
        needed = len(proxy.asked)
        outcomes = []
        for broken in range(1, needed + 1):
            before = texts()
            proxy.heal()
            proxy.trouble = lambda number, broken=broken: 500 if number >= broken else None
            try:
                write(10 + broken)
                outcomes.append("published")
                assert texts() == [f"{BRIDGE} It took {10 + broken} days."]
            except VectorServerError:
                outcomes.append("refused")
                assert texts() == before
            proxy.heal()
            write(100 + broken)
            assert index.check().problems == ()
        assert outcomes == ["refused"] * (needed - 1) + ["published"]  # the last one drops what is stale


def test_a_server_that_is_killed_and_started_again_has_lost_nothing(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chroma").mkdir()
    server = ChromaRun(tmp_path / "chroma")
    try:
        monkeypatch.setenv("TALKS_CHROMA_URL", server.url)
        with Index(tmp_path / "home", encoder=encoder) as index, Assistant(tmp_path / "home", encoder=encoder) as talks:
            index.add_text(BRIDGE, title="Bridge")
            assert talks.ask("When did the bridge at Kamenka reopen?").answered
            server.kill()
            assert "cannot be used" in sentence(lambda: index.add_text(HARVEST, title="Harvest"))
            assert [article.title for article in index.articles()] == ["Bridge"]
            answer = talks.ask("When did the bridge at Kamenka reopen?")
            assert answer.answered, "the words are enough"
            assert answer.citations[0].quote == "The bridge at Kamenka reopened on Friday."
            (notice,) = answer.notices
            assert notice.startswith(f"The Chroma server at {server.url} (TALKS_CHROMA_URL) cannot be used")
            assert notice.endswith("Until then, questions are answered from the articles' words alone.")
            server.start()
            answer = talks.ask("When did the bridge at Kamenka reopen?")
            assert answer.answered
            assert answer.notices == ()
            index.add_text(HARVEST, title="Harvest")
            assert index.check().ok
    finally:
        server.kill()
