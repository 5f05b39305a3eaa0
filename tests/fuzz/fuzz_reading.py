"""Fuzz the reading of articles with atheris, and keep what breaks it.

    pip install '.[fuzz]'
    python tests/fuzz/fuzz_reading.py --minutes 60 --folder /tmp/fuzz

Each target gets its share of the time, in a process of its own that is started again when a file takes it down. What
breaks a promise is written to FOLDER/findings, one file a kind of failure, with the error beside it; the corpora that
grew stay in FOLDER for the next run. Exit code 1 where anything was found. What was found becomes a test in
tests/index/ingestion/test_hostile_text.py.
"""

import argparse
import hashlib
import io
import re
import subprocess
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

READERS = ["trafilatura", "htmldate", "pypdfium2", "markdown_it", "yaml"]
with atheris.instrument_imports(include=["index", *READERS]):
    for reader in READERS:  # now, as they are otherwise first imported where nothing instruments them
        import_module(reader)

    from index.encoding.chunking import cut, sentences
    from index.errors import ArticleError
    from index.ingestion.normalising import clean, normalise
    from index.ingestion.parsing import read_article
    from tests.fuzz import pdf_seeds

PAGE = b"""<html lang="en"><head><meta charset="utf-8"><title>Ferries collide | News</title>
<meta property="og:site_name" content="News"><link rel="canonical" href="https://news.example/f">
<meta property="article:published_time" content="2026-02-18T10:30:00+01:00"><script type="application/ld+json">
{"@type": "NewsArticle", "datePublished": "2026-02-18", "author": {"name": "Ada"}}</script></head><body><article>
<h1>Ferries collide</h1><p>Two ferries collided in thick fog on Monday, and nobody was hurt.</p><ul><li>one</li></ul>
<table><tr><td>Ada</td><td>31</td></tr></table><blockquote>It ended.</blockquote><time datetime="2026-02-18">18</time>
</article></body></html>"""
MARKDOWN = b"""---\ntitle: Ferries\npublisher: [News, Post]\npublished: 2026-02-18\nurl: https://news.example/f\n---
# Ferries *collide*\n\nTwo [ferries](https://a.example "x") hit **each** `fog`.\\\nOn.\n\n- a\n\n1. b\n\n> c
| a | b |\n|---|--:|\n| 1 | 2 |\n\n<div>Seen <b>too</b><script>x</script></div>\n\n![p](p.png) ~~gone~~ &amp; <br>"""
TEXT = (
    "“It’s over,” Mr. Smith said at 3.\n\nThe U.S. was ultra-\nconserva\u00adtive. (He left.)\f\t1. item\r\n".encode()
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f"""<w:document xmlns:w="{_W}"><w:body><w:p>
<w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>It</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>""".encode()
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\ud800-\udfff]")


def checked(name: str, data: bytes) -> None:
    """One file, and all that is promised of it: an article that is whole, or one sentence that names the file."""
    try:
        article = read_article(name, data)
    except ArticleError as error:
        sentence = str(error)
        assert name in sentence and sentence.endswith(".") and "\n" not in sentence, f"no sentence: {sentence!r}"
        return
    assert article.text and article.title and UNSEEN.search(article.text + article.title) is None, "unseen characters"
    assert normalise(article.text) == article.text, "not normalised"
    fits(article.text)


def fits(text: str) -> None:
    """The passages and sentences of a text are exact spans that leave nothing out."""
    text.encode("utf-8")
    words = [found.span() for found in re.finditer(r"\S{1,8}", text)]
    covered = bytearray(len(text))
    for passage in cut(text, lambda _: words, 256):
        assert 0 <= passage.start < passage.end <= len(text), "a span outside the text"
        assert passage.sentences, "a passage without sentences"
        covered[passage.start : passage.end] = b"\x01" * (passage.end - passage.start)
    assert not any(not seen and not character.isspace() for seen, character in zip(covered, text, strict=True)), "lost"
    for start, end in sentences(text):
        assert text[start:end].strip() == text[start:end] != "", "a sentence with space around it"


def html(data: bytes) -> None:
    checked("a.html", data)


def pdf(data: bytes) -> None:
    checked("a.pdf", data)


def word(data: bytes) -> None:
    """The parts of a Word file, fuzzed inside a parcel that is whole: a broken parcel ends the reading at once."""
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as parcel:
        for part, content in parts_of_a_document().items():
            parcel.writestr(part, data if part == "word/document.xml" else content)
    checked("a.docx", changed.getvalue())


@cache
def parts_of_a_document() -> dict[str, bytes]:
    import_module("docx").Document().save(parcel := io.BytesIO())
    with zipfile.ZipFile(parcel) as made:
        return {entry.filename: made.read(entry) for entry in made.infolist()}


def text(data: bytes) -> None:
    checked("a.txt", data)


def markdown(data: bytes) -> None:
    checked("a.md", data)


def front_matter(data: bytes) -> None:
    checked("a.md", b"---\n" + data + b"\n---\nIt ended.")


def passages(data: bytes) -> None:
    raw = data.decode("utf-8", errors="surrogatepass" if data[:1] > b"\x7f" else "replace")
    once = normalise(raw)
    assert normalise(once) == once, "normalising twice changes something"
    assert clean(once) == once, "not clean"
    fits(once)


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]]]] = {
    "html": (html, lambda: [PAGE]),
    "pdf": (pdf, pdf_seeds.seeds),
    "word": (word, lambda: [DOCUMENT]),
    "text": (text, lambda: [TEXT]),
    "markdown": (markdown, lambda: [MARKDOWN]),
    "front_matter": (front_matter, lambda: [MARKDOWN.split(b"---\n")[1]]),
    "passages": (passages, lambda: [TEXT]),
}


def dictionary(target: str, folder: Path) -> list[str]:
    """The words that a file of this kind is made of, as libFuzzer is told them."""
    if target != "pdf":
        return []
    words = sorted({word for seed in pdf_seeds.seeds() for word in re.findall(rb"/?[A-Za-z0-9*']{2,24}", seed)})
    place = folder / "pdf.words"
    place.write_text("".join(f'"{word.decode()}"\n' for word in words), encoding="ascii")
    return [f"-dict={place}"]


def kept(target: str, folder: Path) -> Callable[[bytes], None]:
    """The target, which goes on after a failure: it is written down, once for each place in the code."""
    run = TARGETS[target][0]

    def one(data: bytes) -> None:
        try:
            run(data)
        except UnicodeDecodeError:
            if target != "passages":
                raise
        except (Exception, RecursionError) as error:
            frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
            key = hashlib.sha256(f"{type(error).__name__} {frames}".encode()).hexdigest()[:12]
            place = folder / "findings" / f"{target}-{key}"
            if not place.exists():
                place.write_bytes(data)
                place.with_suffix(".error").write_text(traceback.format_exc(), encoding="utf-8", errors="replace")

    return one


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=60, help="for all targets together")
    options.add_argument("--folder", type=Path, required=True, help="where corpora and findings are kept")
    options.add_argument("--target", choices=TARGETS, help="fuzz this one, in this process")
    chosen = options.parse_args()
    findings = chosen.folder / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    if chosen.target:
        corpus = chosen.folder / chosen.target
        corpus.mkdir(exist_ok=True)
        for number, seed in enumerate(TARGETS[chosen.target][1]()):
            (corpus / f"seed-{number}").write_bytes(seed)
        limits = [f"-max_total_time={int(chosen.minutes * 60)}", "-timeout=10", "-rss_limit_mb=3000", "-max_len=20000"]
        atheris.Setup(
            [
                sys.argv[0],
                *limits,
                f"-artifact_prefix={findings}/{chosen.target}-",
                "-print_final_stats=1",
                *dictionary(chosen.target, chosen.folder),
                str(corpus),
            ],
            kept(chosen.target, chosen.folder),
        )
        atheris.Fuzz()
    share = chosen.minutes * 60 / len(TARGETS)
    for target in TARGETS:
        ends = time.monotonic() + share
        runs = 0
        while (left := ends - time.monotonic()) > 5:
            command = [sys.executable, __file__, "--target", target, "--folder", str(chosen.folder)]
            done = subprocess.run(
                [*command, "--minutes", str(left / 60)], capture_output=True, text=True, errors="replace"
            )
            counted = re.search(r"number_of_executed_units: (\d+)", done.stderr) or re.search(
                r"#(\d+)\s(?!.*#\d)", done.stderr
            )
            runs += int(counted[1]) if counted else 0
            (chosen.folder / f"{target}.log").write_text(done.stderr[-20_000:], encoding="utf-8")
            if not counted:
                break
        print(f"{target}: {runs} executions in {share:.0f} s", flush=True)
    found = sorted(path.name for path in findings.iterdir() if path.suffix != ".error")
    print("\n".join([f"{len(found)} findings in {findings}", *found]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
