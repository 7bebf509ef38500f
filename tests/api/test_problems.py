"""Every fault is a problem document that says what is wrong."""

import pytest
from django.urls import reverse

from directory.api import openapi
from tests.factories import make_organization, make_place, make_term

UID = "01JCZ4M3V8Q7T2N5K9XW6R0BHE"
ADDRESSES = {
    "index": [],
    "organization-list": [],
    "organization-detail": [UID],
    "organization-revisions": [UID],
    "organization-geojson": [],
    "organization-csv": [],
    "organization-ndjson": [],
    "organization-xlsx": [],
    "clusters": [],
    "suggest": [],
    "term-list": [],
    "term-detail": ["type", "credit-union"],
    "place-list": [],
    "place-detail": ["us"],
    "proposal-detail": ["7K2M-9PXR"],
    "openapi": [],
    "document-schema": [],
}


def is_problem(response, status: int) -> dict:
    """The problem document, if it is a whole one."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert {"type", "title", "detail", "instance", "request_id"} <= set(problem)
    assert "Traceback" not in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"
    return problem


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_unknown_parameter_is_refused_everywhere_and_named(client, db, name):
    response = client.get(reverse(f"api:{name}", args=ADDRESSES[name]), {"colour": "red"})

    problem = is_problem(response, 400)
    assert "colour" in [error["parameter"] for error in problem["errors"]]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_other_methods_are_not_allowed(client, db, name, method):
    response = getattr(client, method)(reverse(f"api:{name}", args=ADDRESSES[name]))

    is_problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_format_that_is_not_there_is_not_acceptable(client, db, name):
    url = reverse(f"api:{name}", args=ADDRESSES[name])

    is_problem(client.get(url, headers={"accept": "text/turtle"}), 406)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing/",
        "/api/v1/organizations/x/y/z/",
        "/api/v2/",
        "/api/v1/terms/type/",
        "/api/v1/organizations/%F0%9F%8D%9E/",
    ],
)
def test_an_address_that_is_not_there_is_a_problem_too(client, db, path):
    is_problem(client.get(path), 404)


def test_a_fault_of_ours_is_a_problem_without_a_trace(client, db, monkeypatch):
    def broken(query):
        raise RuntimeError("a secret of the machine room")

    monkeypatch.setattr("directory.api.organizations.search", broken)
    client.raise_request_exception = False

    response = client.get(reverse("api:organization-list"))

    is_problem(response, 500)
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("type", "nothing"),
        ("value", "nothing"),
        ("sector", "-nothing"),
        ("place", "xx/nowhere"),
        ("near", "Nowhereville"),
        ("near", "91,0"),
        ("radius", "ten"),
        ("radius", "nan"),
        ("radius", "-1"),
        ("radius", "501"),
        ("radius", "1e400"),
        ("bbox", "1,2,3"),
        ("serves", "Nowhereville"),
        ("verified_only", "maybe"),
        ("confirmed_after", "0000-00-00"),
        ("lifecycle", "sleeping"),
        ("language", "xxxx"),
        ("verification", "sure"),
        ("source", "nothing"),
        ("open_now", "soon"),
        ("sort", "__class__"),
        ("q", "x" * 201),
        ("q", "\u202ebread"),
        ("facets", "maybe"),
        ("lang", "xx"),
        ("fields", "__class__"),
        ("format", ".exe"),
        ("password__startswith", "a"),
    ],
)
def test_a_value_that_cannot_be_taken_is_named_and_nothing_is_found(client, db, parameter, value):
    make_organization()

    response = client.get(reverse("api:organization-list"), {parameter: value})

    problem = is_problem(response, 400)
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["errors"][0]["detail"]
    assert "results" not in problem


@pytest.mark.parametrize(
    ("path", "value", "right"),
    [
        ("organizations/?facets=", "maybe", "true or false"),
        ("terms/?scheme=", "colour", "type, value"),
        ("terms/?page=", "0", "from 1 to"),
        ("places/?q=", "x" * 201, "at most 200"),
        ("places/?parent=", "US", "in the form of us"),
    ],
)
def test_a_fault_names_the_value_and_what_would_be_right(client, db, path, value, right):
    [fault] = is_problem(client.get(f"/api/v1/{path}{value}"), 400)["errors"]

    assert fault["detail"].startswith(f"“{value[:60]}")
    assert right in fault["detail"]


def test_a_single_parameter_given_twice_is_refused(client, db):
    response = client.get(reverse("api:organization-list") + "?lang=en&lang=es")

    assert [e["parameter"] for e in is_problem(response, 400)["errors"]] == ["lang"]


def test_all_faults_are_told_at_once(client, db):
    response = client.get(
        reverse("api:organization-list"), {"radius": "ten", "fields": "x", "colour": "red"}
    )

    names = {error["parameter"] for error in is_problem(response, 400)["errors"]}
    assert names == {"radius", "fields", "colour"}


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "lang=%00"])
def test_a_nul_is_a_problem(client, db, query):
    is_problem(client.get(f"{reverse('api:organization-list')}?{query}"), 400)


@pytest.mark.parametrize("query", ["q=%FF", "q=%C0%AF", "q=%ED%A0%80", "%FF=1", "q=%27%22%3B--"])
def test_bytes_that_are_no_text_break_nothing(client, db, query):
    response = client.get(f"{reverse('api:organization-list')}?{query}")

    assert response.status_code in {200, 400}


def test_problems_speak_the_language_asked_for(client, db):
    response = client.get(
        reverse("api:organization-list"), {"radius": "ten"}, headers={"accept-language": "fr"}
    )

    assert response["Content-Language"] == "fr"


def test_too_many_calls_are_told_when_to_come_back(client, db, settings):
    settings.API_RATE = "2/min"
    url = reverse("api:index")
    first = client.get(url)
    client.get(url)

    response = client.get(url)

    is_problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= 60
    assert first["RateLimit"].startswith('"default";r=1;t=')
    assert first["RateLimit-Policy"] == '"default";q=2;w=60'


def test_without_a_rate_nobody_is_held_up(client, db, settings):
    settings.API_RATE = ""

    response = client.get(reverse("api:index"))

    assert "RateLimit" not in response
    assert response.status_code == 200


@pytest.mark.parametrize(("proxies", "status"), [(1, 200), (0, 429)])
def test_behind_a_proxy_each_visitor_counts_alone_only_if_the_setting_says_so(
    client, db, settings, proxies, status
):
    settings.API_RATE = "1/min"
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    url = reverse("api:index")
    proxy = {"REMOTE_ADDR": f"192.0.2.{proxies}"}
    client.get(url, headers={"x-forwarded-for": f"198.51.100.{proxies}"}, **proxy)

    response = client.get(url, headers={"x-forwarded-for": f"203.0.113.{proxies}"}, **proxy)

    assert response.status_code == status


def test_the_tests_above_know_every_address(db):
    make_place("us")
    make_term("credit-union")

    assert len(openapi.document("en")["paths"]) == len(ADDRESSES)


@pytest.mark.parametrize("status", ["400", "406", "429", "500"])
def test_every_call_documents_its_problems(status):
    for path, methods in openapi.document("en")["paths"].items():
        response = methods["get"]["responses"][status]

        assert list(response["content"]) == ["application/problem+json"], path
