"""What a browser sends for the forms without an account."""

import itertools
import time

import pytest
from django.core import signing
from django.core.cache import cache
from django.urls import reverse

from directory.models import Organization
from directory.web.stamps import SALT
from tests.factories import make_place, make_term

NEW = "/organizations/new/"
serial = itertools.count(1)


def stamp(age: int = 60) -> str:
    """The stamp of a form that was opened so many seconds ago."""
    return signing.dumps([f"form-{next(serial)}", int(time.time()) - age], salt=SALT)


def filled_in(**fields) -> dict:
    """A new listing with all that is needed; its type and town are made where missing."""
    make_term("bakery")
    make_place("us/maryland/takoma-park")
    return {
        "name": "Example Bakery",
        "summary": "Bread, made together.",
        "types": ["bakery"],
        "shown": "exact",
        "at-town": "Takoma Park",
        "at-street": "1 Example Street",
        "relation": "user",
        "stamp": stamp(),
    } | fields


def form_of(client, listing: Organization) -> tuple[str, dict]:
    """The address of the listing's form, and what a browser would send back untouched."""
    url = reverse("organization-suggest", args=[listing.slug])
    return url, sent_from(client.get(url).context)


def sent_from(context) -> dict:
    """What a browser sends of a listing's form as it is shown."""
    sent: dict = {"version": context["version"], "stamp": stamp()}
    for form in [context["form"], *context["form"].place_forms]:
        for field in form:
            value = field.value()
            if field.name != "stamp" and value not in (None, False, ""):
                sent[field.html_name] = "on" if value is True else field.field.prepare_value(value)
    return sent


@pytest.fixture(autouse=True)
def no_counts():
    """Counts of one test are none of the next one's."""
    cache.clear()
