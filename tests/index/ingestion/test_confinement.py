"""The process that reads files reaches no network, starts no program, writes no file, and loads little."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.ingestion.hostile_files import QUICK, one_page, word_body


def run_confined(code: str) -> list[str]:
    """What a program prints that has confined itself as the reading process does."""
    program = (
        f"import json, os, sys\nfrom index.ingestion.sandbox_process import _confine\n_confine(1_000_000_000)\n{code}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.remove(sys.argv[0])",
        "import os; os.rename('/tmp/a', '/tmp/b')",
        "open('/tmp/talks-confined', 'w')",
        "open('/tmp/talks-confined', 'ab')",
        "import pathlib; pathlib.Path('/tmp/talks-confined').write_text('It')",
        "import sqlite3; sqlite3.connect('/tmp/talks-confined')",
    ],
)
def test_reading_can_reach_no_network_start_no_program_and_write_no_file(act: str) -> None:
    code = f"try:\n    {act}\nexcept PermissionError as error:\n    print('refused' if 'takes no' in str(error) else 0)"
    assert run_confined(code) == ["refused"]
    assert not Path("/tmp/talks-confined").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_the_system_holds_its_limits_where_python_is_gone_around() -> None:
    code = (
        "import resource as r\n"
        "limits = r.RLIMIT_CORE, r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_NOFILE, r.RLIMIT_AS, r.RLIMIT_DATA\n"
        "print(*[r.getrlimit(each)[1] for each in limits])\n"
        "try: bytearray(2_000_000_000)\n"
        "except MemoryError: print('no memory')"
    )
    assert run_confined(code) == ["0", "0", "0", "64", *["1000000000"] * 2, "no", "memory"]


def test_it_loads_what_reading_needs_and_nothing_else(tmp_path: Path) -> None:
    files = {
        "a.pdf": one_page(b"BT /F1 12 Tf 72 700 Td (It ended in fog.) Tj ET"),
        "a.docx": word_body(""),
        "a.md": b"# It\n\nended.",
        "a.html": QUICK["nested.html"](),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    program = (
        "import sys, json; import index.ingestion.sandbox_process; from pathlib import Path\n"
        "from index.ingestion.parsing import read_article\n"
        "for each in Path(sys.argv[1]).iterdir():\n"
        "    try: read_article(each)\n"
        "    except Exception as error: assert type(error).__name__ == 'ArticleError', error\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert {"pypdfium2", "lxml", "markdown_it", "trafilatura"} <= loaded
    assert not loaded & {"torch", "transformers", "chromadb", "gradio", "langchain", "pydantic", "tantivy", "assistant"}
