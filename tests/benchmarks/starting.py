"""What a process of its own comes to: from nothing to the answer, its memory, and what the disk's cache is worth."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from asking import questions
from timing import timed

from index.encoding.encoder import Encoder
from index.home import Home

ROOT = Path(__file__).parents[2]


def start_up(home: Home, encoder: Encoder, rounds: int) -> dict[str, Any]:
    """`python -m assistant ask` from nothing to the answer, against loading sentence-transformers and the model."""
    bare = (
        "from sentence_transformers import SentenceTransformer; import sys;"
        "SentenceTransformer(sys.argv[1], device='cpu')"
    )
    question = questions(home, 1)[0]
    ours, theirs = [], []
    for _ in range(rounds):
        for found, command in (
            (theirs, [sys.executable, "-c", bare, str(encoder.folder)]),
            (ours, [sys.executable, "-m", "assistant", "ask", question, "--home", str(home.folder)]),
        ):
            found.append(
                timed(lambda command=command: subprocess.run(command, cwd=ROOT, capture_output=True, check=False))
            )
    return {
        "ask": round(statistics.median(ours)),
        "import and load": round(statistics.median(theirs)),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 2),
    }


def memory(home: Home) -> int:
    """The most memory, in MB, of a process that has the page, and answers a hundred questions from this library.

    Read from /proc, as what getrusage tells begins with the most that the parent of the process had.
    """
    program = (
        "import json, re, sys, gradio; from pathlib import Path\n"
        "from assistant.service import Service; from assistant.settings import Settings\n"
        "from assistant.request import Request\n"
        "service = Service(Settings.read(home=sys.argv[1], port=0)); assert service.wait(300), service.failure\n"
        "[service.ask(Request.of(each)) for each in json.loads(sys.argv[2])]\n"
        "print(int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)\n"
    )
    command = [sys.executable, "-c", program, str(home.folder), json.dumps(questions(home, 100))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def by_cache(home: Home) -> dict[str, dict[str, float]]:
    """What a process waits that opens this library and asks it, in ms: nothing of it in the disk's cache, and all."""
    program = (
        "import json, statistics, sys, time; from assistant import Assistant\n"
        "from index.encoding.encoder import Encoder\n"
        "encoder = Encoder(); encoder.encode(['warm'], question=True)\n"
        "def timed(work, *given):\n"
        "    began = time.perf_counter(); work(*given); return round(1000 * (time.perf_counter() - began), 1)\n"
        "asked = json.loads(sys.argv[2]); talks = Assistant(sys.argv[1], encoder=encoder)\n"
        "opened, first, *rest = timed(talks.load), *(timed(talks.retrieve, each, 10) for each in asked)\n"
        "print(json.dumps({'open': opened, 'first': first, 'p50': statistics.median(rest), 'most': max(rest)}))\n"
    )
    command = [sys.executable, "-c", program, str(home.folder), json.dumps(questions(home, 21))]
    found = {}
    for cache in ("cold", "warm"):
        if cache == "cold":
            _forget(home.folder)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found[cache] = json.loads(done.stdout.splitlines()[-1])
    return found


def _forget(folder: Path) -> None:
    """Let the system drop from memory what it has read of these files."""
    os.sync()  # what is not yet written cannot be dropped
    for path in folder.rglob("*"):
        if path.is_file() and "files" not in path.relative_to(folder).parts:
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
