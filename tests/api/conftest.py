"""What the tests of the API share."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from jsonschema import Draft202012Validator

from directory.api import openapi


@pytest.fixture(autouse=True)
def fresh_limits():
    """Calls of other tests count towards no limit here, and no example is kept."""
    cache.clear()


@pytest.fixture
def read(client, db):
    """GET a named address of the API and return its JSON."""

    def get(name: str, *args: str, **parameters):
        response = client.get(reverse(f"api:{name}", args=args), parameters)
        assert response.status_code == 200, response.content
        return response.json()

    return get


@pytest.fixture
def fits():
    """Hold an answer against the schema that the OpenAPI document gives for it."""

    def check(answer, call: str, status: str = "200") -> None:
        document = openapi.document("en")
        operation = next(
            methods["get"]
            for methods in document["paths"].values()
            if methods["get"]["operationId"] == call
        )
        content = next(iter(operation["responses"][status]["content"].values()))
        schema = content["schema"] | {"components": document["components"]}
        faults = [
            f"{list(e.absolute_path)}: {e.message}"
            for e in Draft202012Validator(schema).iter_errors(answer)
        ]
        assert faults == []

    return check
