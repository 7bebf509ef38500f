"""What the processes of `test_log_under_load` do: write, follow the log, follow it by searching."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402

from directory.actions import organizations  # noqa: E402
from directory.documents import document_of  # noqa: E402
from directory.models import Door, Organization, Revision  # noqa: E402
from directory.search.engine import search  # noqa: E402
from directory.search.query import Query  # noqa: E402
from tests.search.following import found_by_words  # noqa: E402

BY = {"by": None, "door": Door.COMMAND}


class Undone(Exception):
    """The step is taken back."""


def write(name: str, rounds: str, shared: str) -> None:
    """Add, publish and edit a listing, edit the shared one, and take a step back: each round."""
    document = document_of(Organization.objects.with_parts().get(pk=shared))
    for number in range(int(rounds)):
        own = document | {"name": f"Draft {name} {number}", "slug": ""}
        own["sources"] = [own["sources"][0] | {"external_id": f"{name} {number}"}]
        organization = organizations.add(own, **BY)
        organizations.publish(organization, **BY)
        take_back(own)
        organizations.edit(organization, own | {"name": f"Final {name} {number}"}, **BY)
        edit_shared(shared, f"By {name} {number}.")


def take_back(document: dict) -> None:
    """A listing added, published and rolled back: its numbers in the log are given again."""
    try:
        with transaction.atomic():
            undone = organizations.add(document | {"name": "Undone"}, **BY)
            organizations.publish(undone, **BY)
            raise Undone
    except Undone:
        return


def edit_shared(pk: str, summary: str) -> None:
    """Change the listing that both change."""
    shared = Organization.objects.get(pk=pk)
    loaded = Organization.objects.with_parts().get(pk=pk)
    organizations.edit(shared, document_of(loaded) | {"summary": summary}, **BY)


def follow_log(end: str) -> None:
    """Read on from the last number seen until the end is said; tell all that was seen."""
    seen: list[tuple[int, int]] = []
    is_last = False
    while not is_last:
        is_last = Path(end).exists()
        after = Revision.objects.after(seen[-1][0] if seen else 0)
        seen += after.values_list("sequence", "pk")[:7]
        is_last = is_last and not Revision.objects.after(seen[-1][0] if seen else 0).exists()
    print(json.dumps(seen))


def follow_search(end: str) -> None:
    """Search again and again until the end is said; tell how far, and what is found at last."""
    sequences: list[int] = []
    is_last = False
    while not is_last:
        is_last = Path(end).exists()
        sequence = search(Query(words="final")).sequence
        if sequence not in sequences[-1:]:
            sequences.append(sequence)
    print(json.dumps({"sequences": sequences, "names": found_by_words()}))


if __name__ == "__main__":
    {"write": write, "follow_log": follow_log, "follow_search": follow_search}[sys.argv[1]](
        *sys.argv[2:]
    )
