"""Memory of large arrays, kept by this process from one search to the next."""

import ctypes

# Of malloc.h of the GNU C library: up to which size arrays come from the heap, and how much of the
# end of it is kept when it is free. A map of a million listings takes some 40 MB for a moment.
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
KEPT_BYTES, ARRAY_BYTES_MAX = 64_000_000, 32_000_000


def keep_memory() -> None:
    """Let what large arrays had be used again, where the C library can be told so.

    Else each array is given back and its pages are cleared anew for the next: a third of the time
    that a search of a million takes.
    """
    try:
        library = ctypes.CDLL("libc.so.6")
    except OSError:
        return  # Another C library, with ways of its own.
    library.mallopt(MMAP_THRESHOLD, ARRAY_BYTES_MAX)
    library.mallopt(TRIM_THRESHOLD, KEPT_BYTES)
