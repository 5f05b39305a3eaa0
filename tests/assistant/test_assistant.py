"""Asking a library: what comes back, what it rests on, and what is said when a question cannot be answered."""

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Passage, Turn
from index import Index, LibraryError, OtherEncoderError, QuestionError
from index.encoding.encoder import Encoder

LAKE = """\
---
title: Dam talks end without a treaty
publisher: The Lake Gazette
author: Anna Brandt
published: 2026-02-17
url: https://lake.example/dam
---
Officials of Norland and Sudland met in Vesterby on Tuesday to talk about the river dam that divides them. The two \
delegations sat together for three hours and parted without a treaty.

Prime Minister Ingrid Halvorsen of Norland said the talks were “frank and useful.” She added that her country would \
not give up the dam.

The Sudland delegation was led by Marco Bellini, a retired admiral. He called the dam “a wall of water.” Nearly forty \
engineers came with him.
"""

PORT = """\
---
title: Night train returns
publisher: Porto Daily
published: 2026-03-01T08:30:00+01:00
---
The night train between Vesterby and Porto Sereno will run again from June, the railway said on Friday.

The mayor of Porto Sereno, Lucia Ferrante, welcomed the news. “Our hotels have waited for this,” she said. She has no \
opinion on the river dam, she told reporters.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "lake.md").write_text(LAKE)
    (folder / "port.md").write_text(PORT)
    made = tmp_path_factory.mktemp("library")
    with Index(made, encoder=encoder) as index:
        index.sync([folder])
    return made


@pytest.fixture(scope="module")
def talks(home: Path, encoder: Encoder) -> Iterator[Assistant]:
    with Assistant(home, encoder=encoder) as opened:
        yield opened


def exact(answer: Answer) -> bool:
    cited = all(each.article.text[each.start : each.end] == each.quote for each in answer.citations)
    found = all(each.article.text[each.start : each.end] == each.text for each in answer.passages)
    return cited and found


class TestAnswers:
    def test_an_answer_is_made_of_sentences_that_stand_in_the_article(self, talks: Assistant) -> None:
        answer = talks.ask("Who led the Sudland delegation?")
        assert answer.answered
        assert "Marco Bellini" in answer.text
        assert answer.mode == "quotes"
        assert exact(answer)
        assert all(f"{citation.quote} [{citation.number}]" in answer.text for citation in answer.citations)

    def test_a_follow_up_leans_on_the_turn_before(self, talks: Assistant) -> None:
        first = talks.ask("Who led the Sudland delegation?")
        for history in ([Turn("Who led the Sudland delegation?", first)], ["Who led the Sudland delegation?"]):
            answer = talks.ask("What did he call the dam?", history=history)
            assert "a wall of water" in answer.text
            assert exact(answer)

    def test_where_the_articles_do_not_say_the_answer_says_so_and_offers_passages_to_read(
        self, talks: Assistant
    ) -> None:
        answer = talks.ask("Who painted the Mona Lisa?")
        assert not answer.answered
        assert answer.citations == ()
        assert answer.text.startswith("The articles do not say: nothing in the 2 articles searched")
        assert "Porto Daily and The Lake Gazette" in answer.text
        assert len(answer.passages) == 2
        assert answer.text.count(". ") == 0

    def test_an_answer_tells_which_generation_of_the_library_it_is_of(self, talks: Assistant, home: Path) -> None:
        with Index(home, encoder=talks.encoder) as index:
            assert talks.ask("Who led the Sudland delegation?").generation == index.generation()


class TestPassages:
    def test_passages_are_spans_of_their_article_best_first(self, talks: Assistant) -> None:
        passages = talks.retrieve("When will the night train run again?", k=5)
        assert passages[0].article.title == "Night train returns"
        assert [each.score for each in passages] == sorted((each.score for each in passages), reverse=True)
        assert all(0 <= each.score <= 1 for each in passages)
        assert all(each.article.text[each.start : each.end] == each.text for each in passages)

    def test_as_many_come_as_asked_for(self, talks: Assistant) -> None:
        assert len(talks.retrieve("dam", k=1)) == 1

    @pytest.mark.parametrize("name", ["Porto Daily", "porto daily", " PORTO DAILY "])
    def test_a_publisher_in_any_case_leaves_out_all_others(self, talks: Assistant, name: str) -> None:
        found = talks.retrieve("What about the river dam?", publisher=name)
        assert {passage.article.publisher for passage in found} == {"Porto Daily"}

    def test_days_are_included_on_both_ends_and_may_be_text(self, talks: Assistant) -> None:
        def found(after: date | str | None, before: date | str | None) -> set[str]:
            return {each.article.title for each in talks.retrieve("dam", after=after, before=before)}

        assert found(date(2026, 2, 17), date(2026, 2, 17)) == {"Dam talks end without a treaty"}
        assert found("2026-02-18", None) == {"Night train returns"}
        assert found(None, "2026-03-01") == {"Dam talks end without a treaty", "Night train returns"}

    def test_filters_that_leave_nothing_say_so(self, talks: Assistant) -> None:
        assert talks.retrieve("dam", publisher="Nobody's Post") == []
        answer = talks.ask("What about the dam?", publisher="Nobody's Post", after="2030-01-01")
        assert not answer.answered
        assert answer.text == (
            "The library holds no article by “Nobody's Post” from 1 January 2030 on, so nothing was searched: "
            "loosen the filters."
        )


class TestBadInput:
    @pytest.mark.parametrize("question", ["", "   ", "\n\t", "\0"])
    def test_an_empty_question(self, talks: Assistant, question: str) -> None:
        with pytest.raises(QuestionError, match="The question is empty"):
            talks.ask(question)
        with pytest.raises(QuestionError, match="The question is empty"):
            talks.retrieve(question)

    def test_a_question_of_a_hundred_thousand_characters(self, talks: Assistant) -> None:
        with pytest.raises(QuestionError, match="has 100,000 characters and may have 4,000"):
            talks.ask("a" * 100_000)

    @pytest.mark.parametrize("k", [0, -1, 1_001, True, 2.5])
    def test_a_number_of_passages_that_makes_no_sense(self, talks: Assistant, k: int) -> None:
        with pytest.raises(QuestionError, match=r"number of passages \(k\) is .* must lie between 1 and 1,000"):
            talks.retrieve("dam", k=k)

    def test_a_date_that_is_none(self, talks: Assistant) -> None:
        with pytest.raises(QuestionError, match=r"“2026-02-30” \(after\) cannot be read: write it like 2026-02-18"):
            talks.ask("dam", after="2026-02-30")

    def test_dates_the_wrong_way_round(self, talks: Assistant) -> None:
        with pytest.raises(QuestionError, match="exchange the two dates"):
            talks.retrieve("dam", after="2026-03-01", before="2026-02-01")

    @pytest.mark.parametrize("question", ["\ud800 dam \udfff", "dam\0", "((((", "🙂", "?", "of the", "x" * 3_999])
    def test_odd_questions_get_an_answer_or_a_refusal(self, talks: Assistant, question: str) -> None:
        assert exact(talks.ask(question))


class TestLibraries:
    def test_a_library_that_never_held_anything_gets_the_brief_and_says_so(
        self, tmp_path: Path, encoder: Encoder
    ) -> None:
        with Assistant(tmp_path, encoder=encoder) as talks:
            first = talks.ask("Who led Russia's delegation in Geneva?")
            second = talks.ask("Who led Russia's delegation in Geneva?")
        assert "Medinsky" in first.text
        assert exact(first)
        assert first.notices == (
            "The library was empty, so the brief that ships with Talks was put in: "
            "“Geneva round on Ukraine ends without a deal”.",
        )
        assert second.notices == ()

    def test_a_library_that_its_user_emptied_stays_empty(self, tmp_path: Path, encoder: Encoder) -> None:
        with Index(tmp_path, encoder=encoder) as index:
            index.remove(index.add_text("The talks ended.", title="Talks").id)
        with Assistant(tmp_path, encoder=encoder) as talks:
            answer = talks.ask("Who led Russia's delegation?")
            assert talks.retrieve("Russia") == []
        assert not answer.answered
        assert answer.text.startswith("The library holds no articles")

    def test_an_article_is_found_by_the_next_question_and_not_after_it_is_gone(
        self, tmp_path: Path, encoder: Encoder
    ) -> None:
        with Index(tmp_path, encoder=encoder) as index, Assistant(tmp_path, encoder=encoder) as talks:
            index.add_text("The mayor of Kamenka, Pavel Ostrov, opened the bridge on Friday.", title="Bridge")
            assert "Pavel Ostrov" in talks.ask("Who opened the bridge in Kamenka?").text
            added = index.add_text("Engineer Olga Lysenko built the dam at Brod in nine weeks.", title="Dam")
            assert "Olga Lysenko" in talks.ask("Who built the dam at Brod?").text
            index.remove(added.id)
            answer = talks.ask("Who built the dam at Brod?")
        assert not answer.answered
        assert all(passage.article.id != added.id for passage in answer.passages)

    def test_the_index_of_another_encoder_is_refused(self, tmp_path: Path, encoder: Encoder) -> None:
        with Index(tmp_path, encoder=encoder) as index:
            index.add_text("The talks ended.", title="Talks")
            with index.stores.catalog.transaction():
                index.stores.catalog.set_meta("fingerprint", "some-other-model@123456|" + "rules")
        with (
            Assistant(tmp_path, encoder=encoder) as talks,
            pytest.raises(OtherEncoderError, match=r"made with some-other-model@123456, and this is all-MiniLM"),
        ):
            talks.ask("Did the talks end?")

    def test_a_home_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(LibraryError, match="cannot be written"):
            Assistant(tmp_path / "file" / "home")


def test_many_threads_may_share_one_assistant_from_the_first_question_on(tmp_path: Path, encoder: Encoder) -> None:
    answers: list[Answer] = []
    passages: list[list[Passage]] = []
    with Assistant(tmp_path, encoder=encoder) as talks:

        def ask() -> None:
            answers.append(talks.ask("Who led Russia's delegation in Geneva?"))
            passages.append(talks.retrieve("What did Umerov say?", k=3))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({answer.text for answer in answers}) == 1
    assert len(answers) == len(passages) == 8
    assert sum(bool(answer.notices) for answer in answers) == 1


def test_it_drops_into_a_langchain_chain(talks: Assistant) -> None:
    from langchain_core.runnables import RunnableLambda

    chain = talks.as_retriever(k=2) | RunnableLambda(lambda documents: [each.metadata["title"] for each in documents])
    assert chain.invoke("When will the night train run again?")[0] == "Night train returns"
    several = talks.as_retriever(k=1, publisher=["the lake gazette", "Nobody's Post"])
    document = several.invoke("Who led the Sudland delegation?")[0]
    about = document.metadata
    article = talks.retrieve("Who led the Sudland delegation?", k=1)[0].article
    assert article.text[about["start"] : about["end"]] == document.page_content
    assert (about["publisher"], about["published"], about["author"]) == (
        "The Lake Gazette",
        "2026-02-17",
        "Anna Brandt",
    )
    assert (about["url"], about["article_id"]) == ("https://lake.example/dam", article.id)


def test_ask_and_retrieve_answer_from_the_default_home_with_no_set_up(
    home_of_its_own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import assistant

    assistant.default_assistant.cache_clear()
    assert assistant.ask("Who led Russia's delegation in Geneva?").answered
    assert len(assistant.retrieve("Russia's delegation", k=2)) == 2
    assert (home_of_its_own / "catalog.sqlite3").is_file()
    assistant.default_assistant().close()
    assistant.default_assistant.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="open files are read from /proc")
def test_nothing_stays_open_of_an_index_that_a_rebuild_has_replaced(
    make_library: Callable[[dict[str, str]], Path], encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_library({"lake.md": LAKE})

    def gone_and_open() -> list[str]:
        opened = "".join(str(each.readlink()) + "\n" for each in Path("/proc/self/fd").iterdir() if each.is_symlink())
        held = opened + Path("/proc/self/maps").read_text()
        return [line for line in held.splitlines() if str(home) in line and line.endswith("(deleted)")]

    with Assistant(home, encoder=encoder) as talks:
        talks.ask("Who led the Sudland delegation?")
        with Index(home, encoder=encoder) as index:
            index.rebuild()
        talks.ask("Who led the Sudland delegation?")
        assert gone_and_open()  # for somebody may still be reading it
        monkeypatch.setattr("index.storage.stores.RETIRING", 0.0)  # nobody does by then
        assert "Marco Bellini" in talks.ask("Who led the Sudland delegation?").text
        assert gone_and_open() == []


def test_questions_go_on_while_the_index_is_rebuilt_again_and_again(home: Path, encoder: Encoder) -> None:
    wrong: list[str] = []
    done = threading.Event()
    with Assistant(home, encoder=encoder) as talks, Index(home, encoder=encoder) as index:

        def ask() -> None:
            while not done.is_set():
                answer = talks.ask("Who led the Sudland delegation?")
                if "Marco Bellini" not in answer.text or not exact(answer):
                    wrong.append(answer.text)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(4):
            index.rebuild()
        done.set()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert index.check().ok
