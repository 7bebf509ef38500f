"""What every address of the API has in common: language, parameters, headers, tags, limits."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from directory.api import parameters
from directory.api.caching import SHORT_SECONDS, conditional
from directory.api.cors import allow_any_origin, preflight
from directory.api.negotiation import Preference
from directory.api.openapi import CallSchema
from directory.api.parameters import LANG, Asked, Parameter
from directory.api.problems import BadParameters, problem_response
from directory.api.throttles import PublicThrottle


@dataclass(frozen=True)
class Call:
    """One thing that can be asked of the API; the code, OpenAPI and reference page share it."""

    id: str
    summary: str | Promise
    description: str | Promise
    answer: type[BaseSerializer] | dict[str, Any]
    parameters: tuple[Parameter, ...] = ()
    filters: tuple[Parameter, ...] = ()  # read by search.filters, declared here
    problems: tuple[int, ...] = ()  # beyond those every call has
    example: str = ""  # a query string that finds something
    tag: str = "organizations"
    path_parameters: tuple[Parameter, ...] = ()
    moves: type[BaseSerializer] | None = None  # the body of a 301, where it can answer one
    # What it answers by media type, where Accept may ask for another kind than that of `answer`.
    kinds: dict[str, type[BaseSerializer] | dict[str, Any]] = field(default_factory=dict)

    @property
    def own_parameters(self) -> tuple[Parameter, ...]:
        return (*self.parameters, LANG)

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        return (*self.filters, *self.own_parameters)


class PublicViewSet(GenericViewSet):
    """Reads only, for anybody. A subclass declares its `calls` by action."""

    calls: ClassVar[dict[str, Call]] = {}
    cache_seconds = SHORT_SECONDS
    http_method_names = ["get", "head", "options"]
    pagination_class = None
    filter_backends = []
    throttle_classes = [PublicThrottle]
    content_negotiation_class = Preference
    schema = CallSchema()

    asked: Asked
    limit_headers: dict[str, str] | None = None
    version: int | None = None  # set where the answer is one versioned thing
    link_headers: dict[str, str]

    @property
    def call(self) -> Call:
        return self.calls[self.action]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.link_headers = {}
        with translation.override(asked_language(request)):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response) and not response.is_rendered:
                response.render()
            return self._finish(response)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in self.calls:
            self.asked = self._read(request)
            if self.asked.errors:
                raise BadParameters(self.asked.errors)

    def _read(self, request: Request) -> Asked:
        """The call's own parameters; of the filter's, only that they are known."""
        asked = parameters.read(self.call.own_parameters, request.query_params)
        asked.errors |= parameters.unknown(self.call.all_parameters, request.query_params)
        return asked

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return preflight()

    def _finish(self, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 200:
            response["Content-Language"] = translation.get_language()
            response["Link"] = self._links()
            response = self._conditional(response)
            if response.status_code == 412:
                response = problem_response(self.request._request, 412)
        for name, value in (self.limit_headers or {}).items():
            response[name] = value
        return allow_any_origin(response)

    def _conditional(self, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with its tag, or that it is known or not the one meant."""
        return conditional(self.request, response, seconds=self.cache_seconds, version=self.version)

    def _links(self) -> str:
        here = self.request.build_absolute_uri
        standing = {
            "describedby": here(reverse("api:openapi")),
            "service-doc": here(reverse("api-reference")),
            "license": settings.SITE_LICENCE_URL,
        }
        links = self.link_headers | standing
        return ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links.items())


def asked_language(request: HttpRequest) -> str:
    """The language of `lang`, else the best of Accept-Language, else the site's."""
    asked = request.GET.get("lang", "")
    if asked in LANG.schema["enum"]:
        return asked
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        if code.split("-")[0] in LANG.schema["enum"]:
            return code.split("-")[0]
    return settings.LANGUAGE_CODE.split("-")[0]
