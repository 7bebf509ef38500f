"""A hundred edits of two editors who always have the same listing open: none is lost.

Eight are made in the forms, in turn; the others in two threads, at the same time.
"""

import itertools
import threading

import pytest
from django.db import connection

from directory.actions import organizations
from directory.documents import difference, document_of
from directory.models import Door, Organization
from tests.admin.forms import change_form, errors_of, sent_again
from tests.factories import make_organization

ROUNDS = 4  # Two edits each, in the forms.
AT_ONCE = 46  # Edits of each of two threads.


@pytest.mark.django_db
def test_edits_that_cross_in_the_forms_lose_no_update(editor, other):
    listing = make_organization(name="Example 0", summary="Nothing yet.", founded="1900")
    made = []
    for number in range(1, ROUNDS + 1):
        # Every other time both write into the same field.
        mine = {"summary": f"Mine {number}."}
        theirs = {"summary": f"Theirs {number}."} if number % 2 else {"name": f"Example {number}"}
        made += [cross(listing, (editor, mine), (other, theirs))]

    told = [step for pair in made for step in pair]
    assert edits_in_history(listing) == told
    assert len(told) == 2 * ROUNDS
    now = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    assert (now["name"], now["summary"], now["founded"]) == (
        f"Example {ROUNDS}",
        f"Mine {ROUNDS}.",
        "1900",
    )


def cross(listing, mine, theirs) -> list[dict]:
    """Both open the form, both save; the second compares and saves again. What each changed."""
    (editor, typed), (other, typed_first) = mine, theirs
    url, sent = change_form(editor, listing)
    _url, sent_first = change_form(other, listing)

    assert other.post(url, sent_first | typed_first).status_code == 302
    refused = editor.post(url, sent | typed)

    told = errors_of(refused)
    [(field, words)] = typed_first.items()
    assert f"was “{sent[field]}”, is now “{words}”." in told
    is_same = field in typed
    assert ("Yours, below: “" + typed.get(field, "") in told) is is_same
    assert ("Taken over below." in told) is not is_same
    again = sent_again(refused)
    assert typed.items() <= again.items()
    assert editor.post(url, again).status_code == 302
    return [typed_first, typed]


def edits_in_history(listing) -> list[dict]:
    """What each edit changed, the oldest first."""
    documents = [revision.document for revision in listing.revisions.order_by("version")]
    pairs = itertools.pairwise(documents)
    changes = [{c.field: c.after for c in difference(before, after)} for before, after in pairs]
    return [change for change in changes if change]


@pytest.mark.django_db(transaction=True)
def test_edits_that_cross_in_the_database_lose_no_update():
    listing = make_organization(summary="Nothing yet.")
    # Ana counts her edits in the summary; Ben in the description, and now and then in the summary.
    hands = [Hand(listing.pk, "Ana", ["summary"]), Hand(listing.pk, "Ben", ["description"] * 3)]
    hands[1].fields.append("summary")

    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert [hand.fault for hand in hands] == [None, None]
    told = edits_in_history(listing)
    assert len(told) == 2 * AT_ONCE
    for hand in hands:
        written = [edit for edit in told if next(iter(edit.values())).startswith(hand.name)]
        assert written == hand.made
    assert Organization.objects.get(pk=listing.pk).version == 2 + 2 * AT_ONCE


class Hand(threading.Thread):
    """Somebody who opens the listing, changes a field, saves; if refused, opens it anew."""

    def __init__(self, listing: int, name: str, fields: list[str]) -> None:
        super().__init__(name=name)
        self.listing, self.fields, self.made = listing, fields, []
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            while len(self.made) < AT_ONCE:
                self._edit()
        except Exception as error:
            self.fault = error
        finally:
            connection.close()

    def _edit(self) -> None:
        row = Organization.objects.with_parts().get(pk=self.listing)
        number = len(self.made)
        change = {self.fields[number % len(self.fields)]: f"{self.name} {number}"}
        how = {"by": None, "door": Door.ADMIN, "expected_version": row.version}
        try:
            organizations.edit(row, document_of(row) | change, **how)
        except organizations.EditConflict:
            return
        self.made.append(change)
