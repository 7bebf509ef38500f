"""The OpenAPI 3.1 document, from the calls that the viewsets declare."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from directory.api.parameters import Parameter
from directory.api.problems import MEDIA_TYPE, STATUSES
from directory.search.parameters import VALUES_MAX

EXAMPLES = Path(__file__).with_name("examples.json")
USUAL_PROBLEMS = (400, 406, 429, 500)


class Fault(serializers.Serializer):
    """One thing that is wrong with a request."""

    parameter = serializers.CharField()
    pointer = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField()
    instance = serializers.CharField()
    request_id = serializers.CharField()
    errors = Fault(many=True, required=False)


class CallSchema(AutoSchema):
    """Reads a viewset's Call instead of guessing from its code."""

    def get_operation(self, path, path_regex, path_prefix, method, registry) -> dict[str, Any]:
        self.registry, self.path, self.path_regex = registry, path, path_regex
        self.path_prefix, self.method = path_prefix, method.upper()
        call = self.view.call
        return {
            "operationId": call.id,
            "summary": str(call.summary),
            "description": str(call.description),
            "tags": [call.tag],
            "parameters": [
                *(described(p, "path") for p in call.path_parameters),
                *(described(p, "query") for p in call.all_parameters),
            ],
            "responses": self._responses(call),
            "security": [],
        }

    def _responses(self, call) -> dict[str, Any]:
        problems = sorted({*USUAL_PROBLEMS, *call.problems})
        responses = {"200": self._answer(call)}
        if call.moves:
            responses["301"] = self._moved(call)
        responses["304"] = {"description": _("What you have is still right (If-None-Match).")}
        return responses | {str(status): self._problem(status) for status in problems}

    def _answer(self, call) -> dict[str, Any]:
        usual = {"schema": self._schema_of(call.answer)}
        if call.id in examples():
            usual["example"] = examples()[call.id]
        kinds = {name: {"schema": self._schema_of(kind)} for name, kind in call.kinds.items()}
        return {
            "description": str(call.summary),
            "headers": answer_headers(),
            "content": dict.fromkeys(self.map_renderers("media_type"), usual) | kinds,
        }

    def _moved(self, call) -> dict[str, Any]:
        return {
            "description": _("The listing was merged into another; Location says where it is."),
            "headers": {"Location": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": self._schema_of(call.moves)}},
        }

    def _problem(self, status: int) -> dict[str, Any]:
        response = {
            "description": str(STATUSES[status][0]),
            "content": {MEDIA_TYPE: {"schema": self._schema_of(Problem)}},
        }
        if status == 429:
            response["headers"] = {
                "Retry-After": {"description": _("Seconds to wait."), "schema": {"type": "integer"}}
            }
        return response

    def _schema_of(self, answer: Any) -> dict[str, Any]:
        if isinstance(answer, dict):
            return answer
        return self.resolve_serializer(answer, "response").ref


def described(parameter: Parameter, location: str) -> dict[str, Any]:
    """The OpenAPI parameter object of a declared parameter."""
    schema = parameter.schema
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": location,
        "description": str(parameter.description),
        "required": parameter.is_required or location == "path",
        "schema": schema,
    }
    if parameter.is_repeatable:
        several = {"type": "array", "items": schema, "maxItems": VALUES_MAX}
        found |= {"schema": several, "style": "form", "explode": True}
    if parameter.may_be_empty:
        found["allowEmptyValue"] = True
    if parameter.example is not None:
        found["example"] = [parameter.example] if parameter.is_repeatable else parameter.example
    return found


def answer_headers() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "ETag": {"description": _("Send it as If-None-Match to learn of changes."), "schema": text},
        "Link": {
            "description": _(
                "RFC 8288: next, prev, first, last, describedby, license, service-doc."
            ),
            "schema": text,
        },
        "Cache-Control": {"description": _("How long the answer may be kept."), "schema": text},
        "Content-Language": {"description": _("The language of labels."), "schema": text},
        "RateLimit": {"description": _("Calls left, and seconds until more."), "schema": text},
        "RateLimit-Policy": {
            "description": _("Calls allowed, in how many seconds."),
            "schema": text,
        },
    }


@lru_cache(maxsize=1)
def examples() -> dict[str, Any]:
    """One answer by call, about an invented listing; a test holds them against their schemas."""
    return json.loads(EXAMPLES.read_text(encoding="utf-8"))


@lru_cache(maxsize=len(settings.LANGUAGES))
def document(language: str) -> dict[str, Any]:
    """The whole OpenAPI document with its sentences in a language."""
    with translation.override(language):
        found = SchemaGenerator().get_schema(request=None, public=True)
        # As JSON has it: no lazy texts, no tuples.
        return json.loads(json.dumps(found, default=str))


def finish(result: dict[str, Any], **_generator: Any) -> dict[str, Any]:
    """What the generator does not know: server, licence, tags (a POSTPROCESSING_HOOK)."""
    result["info"] |= {
        "summary": _("Find co-ops, land trusts, credit unions and mutual aid, without a key."),
        "description": _(
            "Reads everything the pages show. Any results page is the same question: put /api/v1 "
            "in front of its address. Every fault is a problem document (RFC 9457) that names the "
            "parameter; nothing is guessed. Locations come only as exactly as they may be shown."
        ),
        "license": {"name": settings.SITE_LICENCE, "url": settings.SITE_LICENCE_URL},
    }
    result["servers"] = [{"url": "/"}]
    result["tags"] = [
        {"name": "organizations", "description": _("Listings: find them, read one.")},
        {"name": "files", "description": _("Everything a search finds, as one file.")},
        {"name": "map", "description": _("The same for maps, as GeoJSON.")},
        {"name": "vocabulary", "description": _("Terms and places that listings are tagged with.")},
        {"name": "proposals", "description": _("What became of what visitors proposed.")},
        {"name": "about", "description": _("The API itself.")},
    ]
    return without_enum_ids(result)


def without_enum_ids(value: Any) -> Any:
    """The same without the generator's own marks."""
    if isinstance(value, dict):
        return {k: without_enum_ids(v) for k, v in value.items() if k != "x-spec-enum-id"}
    if isinstance(value, list):
        return [without_enum_ids(v) for v in value]
    return value
