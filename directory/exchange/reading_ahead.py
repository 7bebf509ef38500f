"""Listings read by one process while another writes them: a file of all takes half as long.

The process that reads is a copy of the one that writes, so that what both have loaded is in memory
once. Listings come through a pipe, a portion while the one before is written.
"""

import marshal
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from operator import attrgetter

from django.db import connection, connections

from directory.exchange.listed import AT_ONCE, Listed, Listings

VALUES = attrgetter(*Listed.__slots__)


def read_ahead(listings: Listings, ids: Sequence[int] | None = None) -> Iterator[Listed]:
    """The listings of these row ids, in their order (None: all), read by a process of its own.

    For commands and jobs, not for processes with threads. Where there is one processor only, or a
    transaction that another process does not see into, this process reads them. Raises RuntimeError
    if the other process ends before it is done.
    """
    if connection.in_atomic_block or not _is_worthwhile():
        yield from listings.found(ids)
        return
    connections.close_all()  # Two processes would talk into one connection.
    receiver, sender = Pipe(duplex=False)
    reader = os.fork()
    if reader == 0:
        receiver.close()  # Else nobody would tell us that the other process has ended.
        _read_and_end(sender, listings, ids)
    sender.close()
    try:
        yield from _received(receiver, listings)
    finally:
        receiver.close()  # Who reads for nobody ends.
        os.waitpid(reader, 0)


def _is_worthwhile() -> bool:
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _received(receiver: Connection, listings: Listings) -> Iterator[Listed]:
    try:
        while portion := receiver.recv_bytes():
            listings.left_out, found = marshal.loads(portion)  # noqa: S302  # Of our own making.
            for values in found:
                yield Listed(*values)
    except EOFError:
        raise RuntimeError("The process that reads listings ended before it was done.") from None


def _read_and_end(sender: Connection, listings: Listings, ids: Sequence[int] | None) -> None:
    """In the other process: send them all, then an empty portion; nothing of the first one's is
    ended or written on the way out."""
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM):  # The first one answers them.
            signal.signal(number, signal.SIG_IGN)
        _send(sender, listings, ids)
        code = 0
    except BrokenPipeError:
        pass  # Nobody wants more.
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _send(sender: Connection, listings: Listings, ids: Sequence[int] | None) -> None:
    found = map(VALUES, listings.found(ids))
    while portion := [*islice(found, AT_ONCE)]:
        sender.send_bytes(marshal.dumps((listings.left_out, portion)))
    sender.send_bytes(marshal.dumps((listings.left_out, [])))
    sender.send_bytes(b"")
