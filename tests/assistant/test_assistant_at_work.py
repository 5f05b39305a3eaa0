"""An assistant over a library that is empty, changes, is rebuilt, or is asked by many at once."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Passage
from index import Index, LibraryError, OtherEncoderError
from index.encoding.encoder import Encoder
from tests.assistant.two_articles import LAKE, PORT, exact


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


def test_questions_go_on_while_the_index_is_rebuilt_again_and_again(
    make_library: Callable[[dict[str, str]], Path], encoder: Encoder
) -> None:
    home = make_library({"lake.md": LAKE, "port.md": PORT})
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
