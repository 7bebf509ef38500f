"""The bar of a long command."""

import io

import pytest

from directory.management.progress import Progress


def test_the_bar_is_full_where_the_work_ended_whatever_was_guessed_of_it():
    said = io.StringIO()

    with Progress("Rows", 5, said) as progress:
        progress(4)

    assert "100%" in said.getvalue()


def break_off(said: io.StringIO) -> None:
    with Progress("Rows", 5, said) as progress:
        progress(4)
        raise ValueError("Example")


def test_the_bar_stays_where_the_work_broke_off():
    said = io.StringIO()

    with pytest.raises(ValueError, match="Example"):
        break_off(said)

    assert " 80%" in said.getvalue()
