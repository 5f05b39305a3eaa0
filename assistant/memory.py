"""Memory: what loading left behind goes back to the system."""

import ctypes
import sys


def give_back() -> bool:
    """Give freed memory back to the system, where the C library is glibc; was there any?

    Loading the models frees pieces of a hundred megabytes all over the heap, which glibc keeps otherwise.

    >>> give_back() in (True, False)
    True
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    return bool(trim and trim(0))
