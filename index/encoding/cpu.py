"""CPU features and count, as far as the system tells them."""

import os
from functools import cache
from pathlib import Path


@cache
def _flags() -> frozenset[str]:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="ignore")
    except OSError:
        return frozenset()
    return frozenset(word for line in told.splitlines() if line.startswith("flags") for word in line.split())


def calculates_in_bfloat16() -> bool:
    """Whether the processor has bfloat16 instructions; without them bfloat16 is slower than float32."""
    return bool({"avx512_bf16", "amx_bf16"} & _flags())


def multiplies_bytes() -> bool:
    """Whether the processor sums products of bytes exactly; older instructions saturate at 16 bits."""
    return bool({"avx512_vnni", "avx_vnni"} & _flags())


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1
