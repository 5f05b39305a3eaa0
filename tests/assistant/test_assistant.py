"""Asking a library: what comes back, what it rests on, and what is said when a question cannot be answered."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant, Turn
from index import Index, QuestionError
from index.encoding.encoder import Encoder
from tests.assistant.two_articles import LAKE, PORT, exact


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
