from urllib.parse import quote

import pytest

from directory.search.query import Reason
from tests.factories import make_organization


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.facebook.com/{}/", "facebook.com/amap.example"),
        ("https://linktr.ee/{}", "linktr.ee/amap.example"),
    ],
)
def test_of_those_on_a_shared_host_an_address_finds_the_one_it_is_of(found, address, key):
    own = make_organization("Plain Name", website=address.format("amap.example"))
    make_organization("Other Name", website=address.format("another.example"))
    make_organization("Third Name", website="https://linktr.ee/")

    for pasted in ("amap.example", "Amap.Example/about", "amap.example?ref=share"):
        hits = found(f"q={quote(address.format(pasted))}").hits
        assert [hit.organization_id for hit in hits] == [own.pk]
        assert hits[0].why[0] == Reason("identifier", (key,), "website")


@pytest.mark.parametrize(
    ("website", "pasted"),
    [
        ("https://www.facebook.com/profile.php?id=61550", "m.facebook.com/profile.php?id=61550"),
        ("https://www.linkedin.com/company/61550", "https://uk.linkedin.com/company/61550/posts"),
        ("https://example.wordpress.com/about", "example.wordpress.com"),
    ],
)
def test_a_page_on_a_shared_host_is_known_by_what_tells_it_from_others(names, website, pasted):
    make_organization("Plain Name", website=website)
    make_organization("Other Name", website=website.replace("61550", "71").replace("ex", "x"))

    assert names(f"q={quote(pasted)}") == ["Plain Name"]
