"""What this machine's processor can do, as Linux tells; elsewhere nothing is known, and nothing taken for granted."""

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
    """Only where the processor does so itself is it quicker than float32."""
    return bool({"avx512_bf16", "amx_bf16"} & _flags())


def multiplies_bytes() -> bool:
    """Sums of products of bytes, exactly: older instructions cut off what is past 16 bits."""
    return bool({"avx512_vnni", "avx_vnni"} & _flags())
