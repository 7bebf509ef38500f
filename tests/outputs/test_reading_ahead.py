"""Listings read by a process of its own: it holds nothing of the one that writes."""

import fcntl
import os
import threading

import pytest

from directory.exchange import listed, reading_ahead
from directory.exchange.licences import Licences
from directory.exchange.listed import Listings
from tests.factories import make_organization

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_reads_ahead_holds_no_lock_of_the_one_that_writes(tmp_path, monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    for module, name in ((listed, "IDS_AT_ONCE"), (reading_ahead, "AT_ONCE")):
        monkeypatch.setattr(module, name, 1)
    listing = make_organization()
    so_many = [listing.pk] * 5_000  # More than there is room for in the pipe: it goes on reading.

    with (tmp_path / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ahead = reading_ahead.read_ahead(Listings(Licences()), so_many)
        assert next(ahead).pk == listing.pk

    with (tmp_path / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert next(ahead).pk == listing.pk
    ahead.close()


def test_a_process_with_threads_reads_for_itself(monkeypatch):
    monkeypatch.setattr(os, "fork", None)
    listing, is_over = make_organization(), threading.Event()
    thread = threading.Thread(target=is_over.wait)
    thread.start()
    try:
        (found,) = reading_ahead.read_ahead(Listings(Licences()))
    finally:
        is_over.set()
        thread.join()

    assert found.pk == listing.pk
