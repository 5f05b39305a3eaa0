"""Files are read in a process of their own: no file takes more than its share, and none takes Talks down."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import ArticleError
from index.ingestion.parsing import RawArticle, parsed, raw_article
from index.ingestion.sandbox import ConfinedReader, Limits
from tests.index.ingestion.hostile_files import ENDLESS, QUICK, one_page, word_body

FINE = RawArticle("fine.txt", "fine", "text", b"Talks ended.", "/news/fine.txt")
DRAWN = b"BT /F1 12 Tf 72 700 Td (It ended in fog.) Tj ET"
#: The reading process, with a limit of its own set otherwise.
WITH = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "import index.ingestion.sandbox_process as c; c.{}; c.serve()"
)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")


@pytest.fixture
def reader() -> Iterator[ConfinedReader]:
    reader = ConfinedReader()
    yield reader
    reader.close()


def pid_of(reader: ConfinedReader) -> int:
    reader.start()
    assert reader.pid is not None
    return reader.pid


def outcome(reader: ConfinedReader, raw: RawArticle) -> str:
    """The text of the article, or the one sentence that says why there is none."""
    try:
        text = reader.parse(raw).text
    except ArticleError as error:
        sentence = str(error)
        assert raw.name in sentence and sentence.endswith(".") and "\n" not in sentence
        return sentence
    assert text and not any(character in text for character in "\x00\x01\x02\u202e\u2066\u200b\ud800")
    return text


def of_program(reader: ConfinedReader, program: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What comes of an article where the process that reads it does this instead."""
    monkeypatch.setattr("index.ingestion.sandbox.PROGRAM", program)
    return outcome(reader, FINE)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "Ferries, “collided”.\r\n\r\nПором.".encode()),
        ("a.md", b"---\ntitle: Ferries\npublisher: News\nauthor: Ada\npublished: 2026-02-18\n---\n# It\n\nended."),
        ("b.md", b"---\npublished: 2026-02-18T10:30:00+01:00\nurl: https://a.example/\nlanguage: en\n---\nIt ended."),
        ("a.html", b"<html lang=en><article><h1>Ferries</h1><p>Two ferries collided in thick fog on Monday.</p>"),
        ("a.pdf", one_page(DRAWN)),
        ("a.docx", word_body("")),
    ],
)
def test_an_article_is_the_same_as_where_it_is_read_here(reader: ConfinedReader, name: str, data: bytes) -> None:
    for raw in (raw_article(name, data), raw_article(f"https://paper.example/{name}", data)):
        assert reader.parse(raw) == parsed(raw)


def test_an_error_is_the_same_as_where_it_is_read_here(reader: ConfinedReader) -> None:
    with pytest.raises(ArticleError) as here:
        parsed(raw_article("a.pdf", b"not a PDF"))
    with pytest.raises(ArticleError) as there:
        reader.parse(raw_article("a.pdf", b"not a PDF"))
    assert str(there.value) == str(here.value)


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_is_read_or_refused_and_the_next_one_is_read(reader: ConfinedReader, name: str) -> None:
    said = outcome(reader, raw_article(name, QUICK[name]()))
    assert "seconds" not in said
    assert reader.parse(FINE).text == "Talks ended."


@pytest.mark.parametrize("name", ["many-pages.pdf", "declarations.md"])
def test_a_file_that_takes_too_long_is_left_and_the_next_one_is_read(name: str) -> None:
    reader = ConfinedReader(Limits(seconds=1))
    said = outcome(reader, raw_article(name, ENDLESS[name]()))
    assert said == f"{name} takes more than 1 seconds to read; save the article as plain text and add that."
    assert reader.parse(FINE).text == "Talks ended."
    reader.close()


def test_a_process_that_only_sleeps_is_left_too(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = ConfinedReader(Limits(seconds=0.5))
    told = '{"files": [{"title": "It", "text": "It ended."}], "last": false}'  # what comes if it is waited for
    program = (
        f"import sys, time; time.sleep(10); sys.stdout.buffer.write(len({told!r}).to_bytes(8) + {told!r}.encode())"
    )
    said = of_program(reader, program, monkeypatch)
    assert said == "fine.txt takes more than 0.5 seconds to read; save the article as plain text and add that."
    reader.close()


@linux_only
def test_reading_ends_by_itself_where_nobody_looks_at_the_clock() -> None:
    program = "import time; from index.ingestion.sandbox_process import _allow_seconds\n_allow_seconds(0)\n"
    done = subprocess.run([sys.executable, "-c", program + "while time.process_time() < 15: pass"], timeout=100)
    assert done.returncode == -signal.SIGXCPU


@linux_only
def test_each_file_gets_its_seconds_of_the_processor_anew(reader: ConfinedReader) -> None:
    import resource

    assert reader.parse(FINE).text == "Talks ended."
    soft, _ = resource.prlimit(pid_of(reader), resource.RLIMIT_CPU)
    assert reader.limits.seconds < soft < reader.limits.seconds + 30


@linux_only
def test_a_file_that_takes_too_much_memory_is_left_and_the_next_one_is_read() -> None:
    reader = ConfinedReader(Limits(memory=150_000_000))
    said = outcome(reader, RawArticle("big.txt", "big", "text", b"a\n" * 2_400_000))
    assert said == "big.txt takes more than 150 MB of memory to read; save the article as plain text and add that."
    assert reader.parse(FINE).text == "Talks ended."
    reader.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS)
def test_within_the_real_limits_a_hostile_file_gets_its_sentence(reader: ConfinedReader, name: str) -> None:
    outcome(reader, raw_article(name, ENDLESS[name]()))
    assert reader.parse(FINE).text == "Talks ended."


def test_of_files_read_together_one_that_breaks_the_process_leaves_the_others_alone() -> None:
    reader = ConfinedReader(Limits(seconds=1))
    bad = raw_article("declarations.md", ENDLESS["declarations.md"]())
    found = reader.read_all([FINE, bad, FINE])
    assert [type(each).__name__ for each in found] == ["ParsedArticle", "ArticleError", "ParsedArticle"]
    assert "declarations.md takes more than 1 seconds" in str(found[1])
    reader.close()


def test_a_process_that_is_killed_gets_its_sentence_and_a_successor(reader: ConfinedReader) -> None:
    first = pid_of(reader)
    os.kill(first, signal.SIGKILL)
    assert outcome(reader, FINE) == "fine.txt breaks what reads it; save the article as plain text and add that."
    assert reader.parse(FINE).text == "Talks ended."
    assert pid_of(reader) != first


@pytest.mark.parametrize(
    ("answer", "good"),
    [
        (b'{"files": [{"title": "It", "text": "It ended."}], "last": false}', True),
        (b"", False),
        (b"nonsense", False),
        (b"{}", False),
        (b'{"files": [], "last": false}', False),
        (b'{"files": [{"title": "It", "text": "It \\u0000 ended."}], "last": false}', False),
        (b'{"files": [{"title": "It", "text": "It \\ud800 ended."}], "last": false}', False),
        (b'{"files": [{"title": "It", "text": ""}], "last": false}', False),
        (b'{"files": [{"title": "It", "text": "It ended.", "url": "javascript:alert(1)"}], "last": false}', False),
        (b'{"files": [{"title": "It", "text": "It ended.", "source": "/etc/passwd"}], "last": false}', False),
        (b'{"files": [{"title": ["It"], "text": "It ended."}], "last": false}', False),
        (b"[" * 100_000, False),
    ],
    ids=range(12),
)
def test_what_the_process_says_is_not_believed_unseen(
    reader: ConfinedReader, answer: bytes, good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "answer"
    said.write_bytes(len(answer).to_bytes(8) + answer)
    program = (
        f"import sys; sys.stdout.buffer.write(open({str(said)!r}, 'rb').read()); sys.stdout.flush(); sys.stdin.read()"
    )
    monkeypatch.setattr("index.ingestion.sandbox.PROGRAM", program)
    if good:
        assert reader.parse(FINE).text == "It ended."
    else:
        with pytest.raises(ArticleError, match=r"fine\.txt breaks what reads it"):
            reader.parse(FINE)


def test_an_answer_without_end_is_not_waited_for(reader: ConfinedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys; sys.stdout.buffer.write(b'\\xff' * 8); sys.stdout.buffer.flush(); sys.stdin.read()"
    assert "fine.txt breaks what reads it" in of_program(reader, program, monkeypatch)


def test_the_process_is_replaced_before_it_is_worn(reader: ConfinedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ingestion.sandbox.PROGRAM", WITH.format("_TIRED = 2"))
    filled = bytearray(b"x") * 400_000_000  # as where the encoder is loaded: it is not the reading process's to count
    pids = []
    for _ in range(4):
        pids.append(pid_of(reader))
        assert reader.parse(FINE).text == "Talks ended."
    assert filled and pids[0] == pids[1] != pids[2] == pids[3]


@linux_only
def test_the_process_is_replaced_before_what_files_leave_behind_fills_it(
    reader: ConfinedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingestion.sandbox.PROGRAM", WITH.format("_FULL = 1_000_000"))  # less than a Python takes
    first = pid_of(reader)
    assert reader.parse(FINE).text == "Talks ended."
    assert pid_of(reader) != first


def test_it_ends_with_the_one_who_started_it() -> None:
    program = (
        "from index.ingestion.sandbox import *; r = ConfinedReader(); r.start(); "
        "print(r.pid, flush=True); "
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    pid = int(done.stdout)
    for _ in range(600):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("the reading process goes on alone")


def test_it_knows_no_keys_and_no_settings(reader: ConfinedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hunter2")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    program = (
        "import json, os, sys; told = json.dumps({'files': [{'title': 'It', 'text': ' '.join(sorted(os.environ))}], "
        "'last': False}).encode(); sys.stdout.buffer.write(len(told).to_bytes(8) + told); sys.stdout.buffer.flush(); "
        "sys.stdin.read()"
    )
    names = of_program(reader, program, monkeypatch).split()
    assert "PATH" in names
    assert not [name for name in names if "KEY" in name or "PROXY" in name or "TALKS" in name]
