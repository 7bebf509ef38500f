"""Listings read by one process while another writes them: a file of all takes half as long.

The process that reads is a copy of the one that writes, so that what both have loaded is in memory
once. Listings come through a pipe, a portion while the one before is written.
"""

import marshal
import os
import signal
import sys
import threading
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

    For commands and jobs. Where there is one processor only, a second thread, or a transaction that
    another process does not see into, this process reads them. Raises RuntimeError if the other
    process ends before it is done.
    """
    if connection.in_atomic_block or not _is_worthwhile():
        yield from listings.found(ids)
        return
    connections.close_all()  # Two processes would talk into one connection.
    receiver, sender = Pipe(duplex=False)
    reader = os.fork()
    if reader == 0:
        _let_go_of_all_but(sender)
        _read_and_end(sender, listings, ids)
    sender.close()
    try:
        yield from _received(receiver, listings)
    finally:
        receiver.close()  # Who reads for nobody ends.
        os.waitpid(reader, 0)


def _is_worthwhile() -> bool:
    if threading.active_count() > 1:
        return False  # What another thread has locked would stay locked in the copy.
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _let_go_of_all_but(sender: Connection) -> None:
    """In the other process: hold nothing open that the first one opened.

    Its locks end with it even when it is killed, and so does the pipe, which nobody reads then.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number not in (nothing, sender.fileno()):
            # Not closed: what still knows the number would close a later file of this number.
            os.dup2(nothing, number, inheritable=False)


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
        traceback.print_exc(file=sys.__stderr__)
        sys.__stderr__.flush()
    finally:
        os._exit(code)


def _send(sender: Connection, listings: Listings, ids: Sequence[int] | None) -> None:
    found = map(VALUES, listings.found(ids))
    while portion := [*islice(found, AT_ONCE)]:
        sender.send_bytes(marshal.dumps((listings.left_out, portion)))
    sender.send_bytes(marshal.dumps((listings.left_out, [])))
    sender.send_bytes(b"")
