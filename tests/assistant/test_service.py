"""One library behind many visitors: it loads by itself, follows what is added, and mends when a rebuild mends it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.request import Request
from assistant.service import Service
from assistant.settings import Settings
from index import ArticleError, FetchError, OtherEncoderError, QuestionError
from index.encoding.encoder import Encoder
from index.home import Home
from index.ingestion.fetching import FetchedPage
from index.storage.catalog import Catalog
from tests.assistant.answering.generation.servers import GOOD, serving

PAGE = b"""<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>
<p>The bridge of Norhaven was closed on Monday after the engineer Petra Valk found cracks in two of its pillars, the
town said. Lorries have to use the ferry until the autumn.</p></article></body></html>"""


def one_page(url: str) -> FetchedPage:
    if url != "https://news.example/bridge":
        raise FetchError(f"{url} answers with status 404; check it in a browser, or save the page.")
    return FetchedPage(url, PAGE, "text/html")


@pytest.fixture
def service(home_of_its_own: Path, encoder: Encoder) -> Iterator[Service]:
    with Service(Settings.read(), encoder=encoder, fetch=one_page) as found:
        yield found


def test_a_question_that_comes_while_it_loads_waits_and_is_answered(service: Service) -> None:
    answer = service.ask(Request.of("Who led Russia's delegation in Geneva?"))
    assert answer.answered
    assert service.ready
    assert service.failure is None


def test_it_is_not_ready_before_the_model_is(home_of_its_own: Path, encoder: Encoder) -> None:
    gate = threading.Event()

    class Slow(Encoder):
        def load(self) -> None:
            gate.wait(60)

    with Service(Settings.read(), encoder=Slow()) as service:
        assert not service.ready
        assert service.failure is None
        assert not service.wait(0.01)
        gate.set()
        service.wait(60)


def test_a_model_that_is_not_there_is_told_in_one_sentence(home_of_its_own: Path) -> None:
    with Service(Settings.read(embedding_model="/no/such/model")) as service:
        assert not service.wait(60)
        assert service.failure is not None
        assert "/no/such/model" in service.failure


def test_an_index_by_other_rules_is_told_and_a_rebuild_mends_it(home_of_its_own: Path, encoder: Encoder) -> None:
    with Service(Settings.read(), encoder=encoder) as service:
        assert service.wait(60)
    catalog = Catalog(Home.find(home_of_its_own).catalog)
    catalog.set_meta("fingerprint", "another-model|old rules")
    catalog.close()
    with Service(Settings.read(), encoder=encoder) as service:
        assert not service.wait(60)
        assert service.failure is not None
        assert "rebuild" in service.failure
        with pytest.raises(OtherEncoderError):
            service.ask(Request.of("Who led Russia's delegation?"))
        with service.index() as index:
            index.rebuild()
        assert service.ask(Request.of("Who led Russia's delegation?")).answered
        assert service.ready


def test_the_write_side_shares_home_and_encoder(service: Service) -> None:
    with service.index() as index:
        assert index.encoder is service.encoder
        assert index.home == service.home


def test_the_next_question_sees_an_article_added_by_address(service: Service) -> None:
    article = service.add_url(" https://news.example/bridge ")
    answer = service.ask(Request.of("Which engineer found cracks in the bridge of Norhaven?"))
    assert [citation.article.id for citation in answer.citations] == [article.id]
    assert article.id in [entry.article.id for entry in service.entries()]


def test_the_next_question_sees_pasted_text(service: Service) -> None:
    service.add_text("The mill of Oldwick was sold to the baker Jonas Reed for ninety crowns.", title="Mill sold")
    assert "Jonas Reed" in service.ask(Request.of("Who bought the mill of Oldwick?")).text


@pytest.mark.parametrize("address", ["/etc/hostname", "file:///etc/hostname", "~/articles", "", "ftp://news.example/a"])
def test_only_web_addresses_are_read(service: Service, address: str) -> None:
    with pytest.raises(ArticleError, match="is not a web address"):
        service.add_url(address)


def test_errors_of_questions_and_pages_stay_sentences(service: Service) -> None:
    with pytest.raises(QuestionError):
        service.ask(Request.of(""))
    with pytest.raises(FetchError, match="404"):
        service.add_url("https://news.example/gone")


@pytest.mark.providers
def test_the_settings_it_was_given_are_those_of_every_answer(
    home_of_its_own: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKS_MODEL", "openai:another")
    with serving("ollama", GOOD) as server:
        given = Settings.read(model="ollama:m", model_url=server.url, model_timeout=20)
        with Service(given, encoder=encoder) as service:
            answer = service.ask(Request.of("Who led Russia's delegation?"))
    assert answer.mode == "written"
    assert [each["model"] for each in server.asked] == ["m"]


def test_many_threads_ask_while_another_adds(service: Service) -> None:
    def ask(number: int) -> bool:
        return bool(service.retrieve(Request.of(f"Who led Russia's delegation? {number}"), 3))

    with ThreadPoolExecutor(9) as pool:
        added = [
            pool.submit(service.add_text, f"The town of Mere{n} has {n} wells.", title=f"Wells {n}") for n in range(4)
        ]
        found = list(pool.map(ask, range(24)))
        for each in added:
            each.result()
    assert all(found)
    assert len(service.entries()) == 5


@pytest.mark.parametrize("log_questions", [False, True])
def test_questions_stand_in_the_log_only_where_a_setting_says_so(
    home_of_its_own: Path, encoder: Encoder, caplog: pytest.LogCaptureFixture, log_questions: bool
) -> None:
    caplog.set_level("DEBUG", logger="talks")
    with Service(Settings.read(log_questions=log_questions), encoder=encoder) as service:
        service.ask(Request.of("Who led Russia's delegation?"))
    assert "answered: True" in caplog.text
    assert ("delegation" in caplog.text) is log_questions
