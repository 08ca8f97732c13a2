"""Memory that is used again instead of given back: asking the system for fresh pages was a sixth of an evaluation."""

import ctypes
import os

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h
LARGE = 1 << 30


def keep_memory() -> None:
    """Of this process, which does nothing else. Before Polars is loaded: its allocator reads the variable once.

    Where the C library is another one, nothing changes.
    """
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, LARGE)
        mallopt(M_TRIM_THRESHOLD, LARGE)
