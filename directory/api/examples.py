"""Calls that find something on this site, with the answers they give, for the reference page."""

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import resolve, reverse

from directory.api import openapi
from directory.models import Organization, Place, Scheme, vocabulary

LINES_MAX = 60  # Of an answer; the rest is cut, and says so.
WIDTH_MAX = 400  # Of a line of a file.
# What a caller's own request brought that must not shape an example.
CONDITIONS = ("HTTP_ACCEPT", "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE")


@dataclass(frozen=True)
class Example:
    """A command to copy, and its answer as text."""

    command: str
    answer: str
    is_cut: bool


def examples_of(request: HttpRequest) -> dict[str, Example]:
    """An example by call id, and "fault": a call with a wrong parameter."""
    return {call: answered(request, tries) for call, tries in addresses().items()}


def addresses() -> dict[str, list[str]]:
    """By call id the addresses to try: the first that finds something here is shown."""
    found = Organization.objects.published().newest_first().first()
    types = vocabulary().in_scheme(Scheme.TYPE)
    country = Place.objects.countries().largest_first().first()
    uid = found.uid if found else "01JCZ4M3V8Q7T2N5K9XW6R0BHE"
    term = reverse("api:term-detail", args=["type", types[0].code if types else "credit-union"])
    place = reverse("api:place-detail", args=[country.path if country else "us"])
    listing = reverse("api:organization-detail", args=[uid])
    organizations, clusters = reverse("api:organization-list"), reverse("api:clusters")
    places = reverse("api:place-list")
    return {
        "listOrganizations": [
            f"{organizations}?q=credit+union&near=Washington,DC&radius=25&page_size=1",
            f"{organizations}?page_size=1",
        ],
        "readOrganization": [listing],
        "listRevisions": [reverse("api:organization-revisions", args=[uid])],
        "listFeatures": [f"{reverse('api:organization-geojson')}?page_size=1"],
        **{
            call: [f"{reverse(f'api:organization-{form}')}?q=credit+union&near=Washington,DC"]
            for call, form in (
                ("downloadCSV", "csv"),
                ("downloadDocuments", "ndjson"),
                ("downloadWorkbook", "xlsx"),
            )
        },
        "listClusters": [
            f"{clusters}?bbox=-78,38,-76,40&zoom=5",
            f"{clusters}?bbox=-180,-90,180,90&zoom=1",
        ],
        "suggest": [f"{reverse('api:suggest')}?q=cred&limit=3"],
        "listTerms": [f"{reverse('api:term-list')}?scheme=value&page_size=1"],
        "readTerm": [term],
        "listPlaces": [f"{places}?q=Washington,DC", f"{places}?page_size=1"],
        "readPlace": [place],
        # Nobody's number is told: the prepared example is shown.
        "readProposal": [reverse("api:proposal-detail", args=["7KQ2-MF4X-93TC"])],
        "readIndex": [reverse("api:index")],
        "readOpenAPI": [reverse("api:openapi")],
        "readDocumentSchema": [reverse("api:document-schema")],
        "fault": [f"{organizations}?radius=ten"],
    }


def answered(request: HttpRequest, tries: list[str]) -> Example:
    """The first answer of this site that finds something; on an empty site OpenAPI's example."""
    for address in tries:
        path, _mark, query = address.partition("?")
        if path == reverse("api:organization-xlsx"):  # No text, and slow to make.
            return Example(f'curl -OJ "{request.build_absolute_uri(address)}"', "", is_cut=False)
        match = resolve(path)
        response = match.func(inner_request(request, path, query), *match.args, **match.kwargs)
        if response.streaming:
            return beginning_of(f'curl -OJ "{request.build_absolute_uri(address)}"', response)
        answer = json.loads(response.content)
        if finds_something(answer):
            break
    else:
        answer = prepared(match.func, answer)
    return shortened(f'curl "{request.build_absolute_uri(address)}"', answer)


def beginning_of(command: str, response: StreamingHttpResponse) -> Example:
    """The first lines of a file, each cut."""
    lines = next(iter(response.streaming_content), b"").decode().splitlines()
    shown = [f"{line[:WIDTH_MAX]} …" if len(line) > WIDTH_MAX else line for line in lines[:3]]
    return Example(command, "\n".join(shown), is_cut=True)


def finds_something(answer: dict[str, Any]) -> bool:
    """Whether an answer has something to show: not an empty list, not a listing or term missing."""
    rows = answer.get("results", answer.get("features"))
    is_missing = "request_id" in answer and "errors" not in answer
    return not is_missing and rows != [] and rows != {}


def prepared(view: Any, answer: Any) -> Any:
    """The example that the OpenAPI document has for a view, else the answer as it is."""
    action = next(iter(view.actions.values()))
    return openapi.examples().get(view.cls.calls[action].id, answer)


def inner_request(request: HttpRequest, path: str, query: str) -> HttpRequest:
    """A GET of an address of our own, as if the same visitor had sent it."""
    environ = {name: value for name, value in request.META.items() if name not in CONDITIONS}
    environ |= {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.input": BytesIO(),
        "CONTENT_LENGTH": "",
    }
    inner = WSGIRequest(environ)
    inner.is_own_example = True
    return inner


def shortened(command: str, answer: Any) -> Example:
    """The answer as indented JSON, cut after LINES_MAX lines."""
    lines = json.dumps(answer, indent=2, ensure_ascii=False).splitlines()
    return Example(command, "\n".join(lines[:LINES_MAX]), len(lines) > LINES_MAX)
