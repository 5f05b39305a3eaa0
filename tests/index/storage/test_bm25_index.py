"""The word index takes up its work after a writer was killed amid a commit."""

import json
import shutil
from pathlib import Path

from index.article import Article
from index.storage.bm25_index import PassageWords, WordIndex


def passages(*numbers: int) -> list[PassageWords]:
    article = Article("a1", "Talks at Norhaven", "The bridge closed.", "", None, None, None)
    return [PassageWords(number, article, f"The bridge closed {number} times.") for number in numbers]


def deletions(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("*.del")}


def test_what_a_killed_writer_left_does_not_stop_the_next_one(tmp_path: Path) -> None:
    WordIndex(tmp_path / "words").write(passages(1, 2, 3))
    shutil.copytree(tmp_path / "words", tmp_path / "copy")
    WordIndex(tmp_path / "copy").write([], stale=[2])
    [left] = deletions(tmp_path / "copy")  # the next writer gives its file this name, too

    # A writer notes a file as its own, writes it, and is killed before it commits.
    managed = tmp_path / "words" / ".managed.json"
    managed.write_text(json.dumps([*json.loads(managed.read_text()), left]))
    (tmp_path / "words" / left).write_bytes(b"half a fi")

    words = WordIndex(tmp_path / "words")
    words.write([], stale=[2])

    assert words.numbers() == {1, 3}
