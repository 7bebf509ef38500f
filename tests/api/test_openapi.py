"""The OpenAPI document: complete, valid, up to date, and true."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from directory.api import openapi
from directory.api.filter_parameters import FILTERS
from directory.management.commands.build_openapi import FILE, text
from directory.search.filters import OrganizationFilter


def operations():
    for path, methods in openapi.document("en")["paths"].items():
        yield path, methods["get"]


def test_the_committed_document_is_what_the_code_says():
    assert FILE.read_text(encoding="utf-8") == text(), "run manage.py build_openapi"


def test_the_command_says_so_too():
    call_command("build_openapi", check=True, verbosity=0)


def test_the_document_is_valid_and_was_made_without_warnings():
    openapi.document.cache_clear()
    document = openapi.document("en")

    validate_schema(document)
    assert not GENERATOR_STATS


def test_the_site_serves_the_document(client, db):
    assert client.get(reverse("api:openapi")).json() == json.loads(text())


def test_the_parameters_of_a_search_are_those_of_the_filter():
    assert {parameter.name for parameter in FILTERS} == set(OrganizationFilter.base_filters)


def test_every_call_and_parameter_is_described():
    for path, operation in operations():
        assert operation["summary"], path
        assert operation["description"], path
        for parameter in operation["parameters"]:
            assert parameter["description"], (path, parameter["name"])


def test_examples_of_parameters_fit_their_schemas():
    for path, operation in operations():
        for parameter in operation["parameters"]:
            if "example" in parameter:
                validator = Draft202012Validator(parameter["schema"])
                assert validator.is_valid(parameter["example"]), (path, parameter["name"])


def test_every_call_with_listings_has_an_example_answer_that_fits(fits):
    found = set(openapi.examples())

    assert {"listOrganizations", "readOrganization", "listRevisions"} <= found
    for call, answer in openapi.examples().items():
        fits(answer, call)


@pytest.mark.parametrize("language", ["es", "pt", "fr"])
def test_the_document_has_the_same_shape_in_every_language(language):
    assert shape(openapi.document(language)) == shape(openapi.document("en"))


def shape(value):
    """The document without its sentences."""
    if isinstance(value, dict):
        return {k: shape(v) for k, v in value.items() if k not in {"description", "summary"}}
    if isinstance(value, list):
        return [shape(v) for v in value]
    return value
