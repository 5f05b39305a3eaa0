"""What a user can rely on of the library: what is in, what is out, and what is said when something is wrong."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index import ArticleError, Index, OtherEncoderError, TalksError
from index.encoding.encoder import Encoded, Encoder
from index.storage.records import article_row
from tests.index.small_library import HARVEST, TALKS, titles


class TestAdd:
    def test_the_same_address_is_one_article_and_the_newest_words_stay(self, index: Index) -> None:
        first = index.add_text(TALKS, title="Talks", url="https://news.example/talks?utm_source=rss")
        second = index.add_text(HARVEST, title="Harvest", url="http://NEWS.example/talks/")
        assert first.id == second.id
        assert [article.text for article in index.articles()] == [HARVEST]
        assert index.check().ok

    def test_the_same_words_complete_what_was_not_known(self, index: Index) -> None:
        index.add_text(TALKS, title="Talks")
        index.add_text(TALKS, title="Other title", publisher="Lake Gazette", published=date(2026, 2, 18))
        article = index.articles()[0]
        assert (article.title, article.publisher, article.published) == ("Talks", "Lake Gazette", date(2026, 2, 18))

    def test_a_file_that_cannot_be_read_leaves_the_library_as_it_was(self, index: Index, tmp_path: Path) -> None:
        index.add_text(TALKS, title="Talks")
        generation = index.generation()
        with pytest.raises(ArticleError, match=r"missing\.txt"):
            index.add(tmp_path / "missing.txt")
        assert index.generation() == generation

    @pytest.mark.parametrize(("text", "title"), [("", "A title"), (" \n\t", "A title"), (TALKS, " ")])
    def test_pasted_text_needs_words_and_a_title(self, index: Index, text: str, title: str) -> None:
        with pytest.raises(ArticleError, match="The pasted article has no"):
            index.add_text(text, title=title)

    def test_an_address_inside_the_house_is_not_fetched(self, index: Index) -> None:
        with pytest.raises(ArticleError, match=r"127\.0\.0\.1"):
            index.add("http://127.0.0.1:9/secret.html")


class TestListing:
    def test_the_newest_that_match_are_shown_and_all_are_counted(self, index: Index) -> None:
        for day, publisher in ((1, "Lake Post"), (2, "Morning Post"), (3, "Lake Post"), (4, "Tribune")):
            index.add_text(
                f"The bridge number {day} reopened.",
                title=f"Bridge {day}",
                publisher=publisher,
                published=date(2026, 3, day),
            )
        listing = index.listing("LAKE post", most=1)
        assert [each.article.title for each in listing.entries] == ["Bridge 3"]
        assert (listing.found, listing.total, listing.entries[0].passages) == (2, 4, 1)
        assert index.publishers() == ["Lake Post", "Morning Post", "Tribune"]

    def test_what_is_not_shown_is_not_read(self, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        for day in range(1, 5):
            index.add_text(f"The bridge number {day} reopened.", title=f"Bridge {day}", published=date(2026, 3, day))
        read: list[str] = []
        monkeypatch.setattr("index.storage.catalog.article_row", lambda row: read.append(row[1]) or article_row(row))
        assert len(index.listing(most=2).entries) == 2
        assert sorted(read) == ["Bridge 3", "Bridge 4"]


class TestRemoveAndRebuild:
    def test_an_article_goes_by_the_start_of_its_id(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        gone = index.remove(index.articles()[0].id[:8])
        assert gone.id not in {article.id for article in index.articles()}
        assert index.check().ok

    @pytest.mark.parametrize("unknown", ["", "no-such-id"])
    def test_an_id_that_fits_nothing_or_everything_is_refused(self, index: Index, folder: Path, unknown: str) -> None:
        index.sync([folder])
        with pytest.raises(ArticleError, match=r"The library holds (no|several)"):
            index.remove(unknown)
        assert len(index.articles()) == 2

    def test_a_rebuild_tells_articles_as_done_once_they_are_embedded(
        self, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(6):
            index.add_text(f"{TALKS} It was round {number}.", title=f"Round {number}")
        encode, embedded, told = Encoder.encode, [0], []

        def counting(encoder: Encoder, texts: Sequence[str], **values: Any) -> list[Encoded]:
            progress = values.pop("progress", None)
            if progress is None:  # the text by which directions are chosen, which is no article's
                return encode(encoder, texts, **values)

            def count(done: int) -> None:
                embedded[0] += done
                progress(done)

            return encode(encoder, texts, progress=count, **values)

        monkeypatch.setattr(Encoder, "encode", counting)
        index.rebuild(progress=lambda step: told.append((step.done, embedded[0])))
        assert told == [(done, done) for done in range(7)]

    def test_a_rebuild_makes_the_index_anew_from_the_catalog_alone(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        for file in folder.iterdir():
            file.unlink()
        assert index.rebuild() == 2
        assert index.check().ok
        assert titles(index) == ["bridge", "talks"]
        assert [path.name for path in index.home.vectors.iterdir() if path.is_dir()] == ["2"]

    def test_an_index_of_another_encoder_is_refused_with_both_names_until_it_is_rebuilt(
        self, tmp_path: Path, folder: Path, encoder: Encoder
    ) -> None:
        import shutil

        assert encoder.folder is not None
        other_folder = tmp_path / "other-model"
        shutil.copytree(encoder.folder, other_folder)
        other = Encoder(str(other_folder))
        with Index(tmp_path / "home", encoder=encoder) as index:
            index.sync([folder])
        with Index(tmp_path / "home", encoder=other) as index:
            with pytest.raises(OtherEncoderError, match=r"made with all-MiniLM.* this is other-model.*index rebuild"):
                index.add_text(HARVEST, title="Harvest")
            index.rebuild()
            index.add_text(HARVEST, title="Harvest")
            assert index.check().ok


class TestCheck:
    def test_missing_passages_are_counted_and_the_command_that_mends_is_named(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        derived = index.stores.derived
        derived.words.write([], [min(derived.words.numbers())])
        derived.seal(index.stores.identity, index.generation())
        report = index.check()
        assert report.problems == ("1 of 2 passages are missing from words/: run `python -m index rebuild`.",)
        index.rebuild()
        assert index.check().ok

    def test_a_passage_that_does_not_lie_where_the_catalog_says_is_found(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        with index.stores.catalog.transaction() as db:
            db.execute("UPDATE articles SET text = 'Something else ' || text WHERE title = 'talks'")
        assert any("do not lie where the catalog says" in problem for problem in index.check().problems)


def test_every_error_is_a_talks_error_of_one_sentence(tmp_path: Path, encoder: Encoder) -> None:
    os.environ["TALKS_EMBEDDING_MODEL"] = " "
    try:
        with pytest.raises(TalksError) as caught:
            Index(tmp_path)
    finally:
        del os.environ["TALKS_EMBEDDING_MODEL"]
    assert str(caught.value).startswith("The setting TALKS_EMBEDDING_MODEL from the environment cannot be used")
    assert "\n" not in str(caught.value)
