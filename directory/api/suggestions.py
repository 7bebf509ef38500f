"""Completions while somebody types."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.parameters import PLAIN_TEXT, Parameter
from directory.api.viewsets import Call, PublicViewSet
from directory.models import CLAIMABLE_SCHEMES
from directory.search.engine import suggest
from directory.search.query import Suggestion

KINDS = ("organization", "term", "place")
Q = Parameter(
    "q",
    _("What has been typed so far."),
    {
        "type": "string",
        "minLength": 1,
        "maxLength": settings.QUERY_LENGTH_MAX,
        "pattern": PLAIN_TEXT,
    },
    example="cred",
    is_required=True,
)
KIND = Parameter(
    "kind",
    _("Only completions of this kind. Repeat it for several."),
    {"type": "string", "enum": list(KINDS)},
    example="place",
    is_repeatable=True,
)
LIMIT = Parameter(
    "limit",
    _("How many completions at most."),
    {"type": "integer", "minimum": 1, "maximum": 20, "default": 8},
    example=5,
)


class SuggestionPart(serializers.Serializer):
    """One completion, and where it leads."""

    kind = serializers.ChoiceField(KINDS)
    label = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    slug = serializers.CharField(allow_blank=True, help_text="Of a listing, or path of a place.")
    other_name = serializers.CharField(
        allow_blank=True, help_text="Of a place, where only another name of it begins so."
    )
    scheme = serializers.CharField(allow_blank=True)
    code = serializers.CharField(allow_blank=True)
    url = serializers.CharField()

    def to_representation(self, suggestion: Suggestion) -> dict[str, Any]:
        return {
            "kind": suggestion.kind,
            "label": suggestion.label,
            "hint": suggestion.hint,
            "slug": suggestion.slug,
            "other_name": suggestion.other_name,
            "scheme": suggestion.scheme,
            "code": suggestion.code,
            "url": self.context["here"](page_of(suggestion)),
        }


class SuggestionList(serializers.Serializer):
    """Completions, the likeliest first."""

    results = SuggestionPart(many=True)


class SuggestionViewSet(PublicViewSet):
    """Completions of listings, terms and places."""

    calls = {
        "list": Call(
            "suggest",
            _("Complete what is being typed"),
            _("Listings, terms and places that begin like the text, in any of their names."),
            answer=SuggestionList,
            parameters=(Q, KIND, LIMIT),
            example="q=cred",
        )
    }

    def list(self, request: Request) -> Response:
        asked = self.asked.values
        found = suggest(
            asked["q"],
            get_language(),
            limit=asked["limit"],
            kinds=tuple(dict.fromkeys(asked["kind"])) or KINDS,
        )
        parts = SuggestionPart(found, many=True, context={"here": request.build_absolute_uri})
        return Response({"results": parts.data})


def page_of(suggestion: Suggestion) -> str:
    """The page that the completion leads to."""
    match suggestion.kind:
        case "organization":
            return reverse("organization-detail", args=[suggestion.slug])
        case "place":
            return reverse("place-detail", args=[suggestion.slug])
    if suggestion.scheme in CLAIMABLE_SCHEMES:
        return reverse(f"{suggestion.scheme}-detail", args=[suggestion.code])
    return reverse("vocabulary-term", args=[suggestion.scheme, suggestion.code])
