"""A sync takes a folder in whole, follows its changes, and says what it left out."""

import os
from pathlib import Path

from index import Index, Progress
from tests.index.small_library import BRIDGE, HARVEST, TALKS, titles


class TestSync:
    def test_a_folder_comes_in_whole_and_a_second_sync_reads_nothing(self, index: Index, folder: Path) -> None:
        first, second = index.sync([folder]), index.sync([folder])
        assert len(first.added) == 2
        assert (second.added, second.changed, second.removed, second.unchanged) == ((), (), (), 2)
        assert index.check().ok

    def test_a_file_of_the_same_size_and_time_is_not_read_again(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        file = min(folder.iterdir())
        was = file.stat()
        file.write_bytes(bytes(was.st_size))  # which would be refused if it were read
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
        report = index.sync([folder])
        assert (report.unchanged, report.changed, report.failed) == (2, (), ())

    def test_a_file_that_changed_keeps_the_id_of_its_article(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        before = {article.source: article.id for article in index.articles()}
        (folder / "bridge.txt").write_text(BRIDGE + " Traffic was heavy at once.")
        report = index.sync([folder])
        assert [article.title for article in report.changed] == ["bridge"]
        assert {article.source: article.id for article in index.articles()} == before
        assert "Traffic was heavy" in report.changed[0].text
        assert index.check().ok

    def test_a_file_that_is_gone_takes_its_article_with_it(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        (folder / "talks.txt").unlink()
        assert [article.title for article in index.sync([folder]).removed] == ["talks"]
        assert titles(index) == ["bridge"]
        assert index.check().ok

    def test_a_folder_that_is_gone_takes_nothing_with_it(self, index: Index, folder: Path, tmp_path: Path) -> None:
        index.sync([folder])
        folder.rename(tmp_path / "elsewhere")
        report = index.sync([folder])
        assert "is not there" in report.failed[0].reason
        assert titles(index) == ["bridge", "talks"]

    def test_other_folders_and_single_articles_are_left_alone(self, index: Index, folder: Path, tmp_path: Path) -> None:
        index.add_text(HARVEST, title="Harvest")
        other = tmp_path / "other"
        other.mkdir()
        (other / "third.md").write_text("# Third\n\nA third article stands here.")
        index.sync([folder])
        index.sync([other])
        assert titles(index) == ["Harvest", "Third", "bridge", "talks"]

    def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_on(self, index: Index, folder: Path) -> None:
        (folder / "a-broken.pdf").write_bytes(b"%PDF-1.7 and no more")
        (folder / "b-empty.txt").write_text("")
        report = index.sync([folder])
        assert len(report.added) == 2
        assert [Path(failure.source).name for failure in report.failed] == ["a-broken.pdf", "b-empty.txt"]
        assert all("\n" not in failure.reason for failure in report.failed)

    def test_what_a_file_gave_before_it_broke_is_kept(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        (folder / "talks.txt").write_bytes(b"\x00\x01\x02" * 100)
        assert len(index.sync([folder]).failed) == 1
        assert titles(index) == ["bridge", "talks"]

    def test_the_same_words_in_two_files_are_one_article_until_both_are_gone(self, index: Index, folder: Path) -> None:
        (folder / "copy.txt").write_text(TALKS)
        report = index.sync([folder])
        assert len(report.added) == 2
        assert len(report.same) == 1
        (folder / "copy.txt").unlink()
        index.sync([folder])
        assert len(index.articles()) == 2
        (folder / "talks.txt").unlink()
        index.sync([folder])
        assert titles(index) == ["bridge"]

    def test_a_file_that_was_moved_is_the_same_article(self, index: Index, folder: Path) -> None:
        index.sync([folder])
        before = {article.id for article in index.articles()}
        (folder / "later").mkdir()
        (folder / "talks.txt").rename(folder / "later" / "talks.txt")
        index.sync([folder])
        assert {article.id for article in index.articles()} == before
        assert str(folder / "later" / "talks.txt") in {article.source for article in index.articles()}
        assert index.check().ok

    def test_progress_is_told_in_articles_done_of_all(self, index: Index, folder: Path) -> None:
        told: list[Progress] = []
        index.sync([folder], progress=told.append)
        assert [(each.done, each.total) for each in told] == [(0, 2), (1, 2), (2, 2)]

    def test_pages_that_all_name_the_front_page_stay_articles_of_their_own(self, index: Index, folder: Path) -> None:
        for name, words in (("harvest", HARVEST), ("ferry", "The ferry to Velden sank. Nobody was on board, it said.")):
            head = f'<title>{name} news</title><link rel="canonical" href="https://paper.example/">'
            (folder / f"{name}.html").write_text(f"<html><head>{head}</head><body><p>{words}</p></body></html>")
        assert len(index.sync([folder]).added) == 4
        page = folder.parent / "bridge.html"
        page.write_text(
            '<html><head><title>Bridge</title><link rel="canonical" href="https://paper.example/"></head>'
            "<body><p>Another bridge was closed. It is a hundred years old, its engineers said.</p></body></html>"
        )
        index.add(page)
        assert len(index.articles()) == 5
