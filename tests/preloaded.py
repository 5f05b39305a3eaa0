"""Libraries in C that are loaded before all others, so that they see or change what every part of a program does."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def preloaded(source: str, folder: Path) -> str:
    """The library of this source, for LD_PRELOAD; the test is skipped where there can be none."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("needs Linux and a C compiler: install gcc")
    written, made = folder / "preloaded.c", folder / "preloaded.so"
    written.write_text(source, encoding="utf-8")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, written, "-ldl"], check=True)
    return str(made)
