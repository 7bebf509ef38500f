"""The vocabulary: types, values, sectors, kinds of relationship, categories of offer."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.caching import LONG_SECONDS
from directory.api.found import Envelope
from directory.api.pagination import Page, envelope
from directory.api.parameters import PAGE, PAGE_SIZE, Parameter
from directory.api.parts import CodeAndLabel
from directory.api.problems import NotFound
from directory.api.viewsets import Call, PublicViewSet
from directory.models import Scheme, Term, Vocabulary, vocabulary

SCHEME = Parameter(
    "scheme",
    gettext_lazy("Only terms of this scheme."),
    {"type": "string", "enum": Scheme.values},
    example="type",
)
CODE = Parameter(
    "code",
    gettext_lazy("The code of a term. It never changes its meaning."),
    {"type": "string", "pattern": r"^[a-z0-9]+([.-][a-z0-9]+)*$", "maxLength": 80},
    example="credit-union",
)


class TermCard(serializers.Serializer):
    """A term and its place in the tree."""

    scheme = serializers.ChoiceField(Scheme.values)
    code = serializers.CharField()
    label = serializers.CharField(help_text="In the language asked for.")
    definition = serializers.CharField(allow_blank=True, help_text="In the language asked for.")
    labels = serializers.DictField(child=serializers.CharField())
    parent = serializers.CharField(allow_null=True)
    depth = serializers.IntegerField(min_value=0)
    narrower = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField()
    api_url = serializers.CharField()

    def to_representation(self, term: Term) -> dict[str, Any]:
        """The context has `tree` (a Vocabulary) and `here`, which makes addresses absolute."""
        tree: Vocabulary = self.context["tree"]
        here = self.context["here"]
        broader = tree.ancestors(term.scheme, term.code)
        return {
            "scheme": term.scheme,
            "code": term.code,
            "label": term.label,
            "definition": term.definition,
            "labels": term.labels,
            "parent": broader[0].code if broader else None,
            "depth": len(broader),
            "narrower": [child.code for child in tree.narrower(term)],
            "url": here(term.get_absolute_url()),
            "api_url": here(reverse("api:term-detail", args=[term.scheme, term.code])),
        }


class TermDetail(TermCard):
    """A term with all that is said of it, in every language."""

    broader = CodeAndLabel(many=True, help_text="Nearest first.")
    definitions = serializers.DictField(child=serializers.CharField())
    notes = serializers.DictField(child=serializers.CharField())
    synonyms = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    mappings = serializers.ListField(
        child=serializers.DictField(), help_text="The same or a near idea elsewhere."
    )

    def to_representation(self, term: Term) -> dict[str, Any]:
        broader = self.context["tree"].ancestors(term.scheme, term.code)
        return super().to_representation(term) | {
            "broader": CodeAndLabel(broader, many=True).data,
            "definitions": term.definitions,
            "notes": term.notes,
            "synonyms": term.synonyms,
            "mappings": term.mappings,
        }


class TermList(Envelope):
    """A page of terms, parents before their children."""

    results = TermCard(many=True)


class TermViewSet(PublicViewSet):
    """Terms in use."""

    cache_seconds = LONG_SECONDS
    calls = {
        "list": Call(
            "listTerms",
            gettext_lazy("Terms of the vocabulary"),
            gettext_lazy(
                "Types, values, sectors, kinds of relationship and categories of offer, as trees: "
                "each term names its parent and its narrower terms."
            ),
            answer=TermList,
            parameters=(SCHEME, PAGE, PAGE_SIZE),
            problems=(404,),
            example="scheme=type&page_size=2",
            tag="vocabulary",
        ),
        "retrieve": Call(
            "readTerm",
            gettext_lazy("One term"),
            gettext_lazy("Labels, definitions and synonyms in every language, and mappings."),
            answer=TermDetail,
            problems=(404,),
            path_parameters=(SCHEME, CODE),
            tag="vocabulary",
        ),
    }

    def list(self, request: Request) -> Response:
        tree = vocabulary()
        asked = self.asked.values
        schemes = [asked["scheme"]] if asked["scheme"] else Scheme.values
        terms = [term for scheme in schemes for term in tree.in_scheme(scheme)]
        page = Page(asked["page"], asked["page_size"], len(terms))
        page.check()
        self.link_headers = page.links(request)
        cards = TermCard(terms[page.start : page.end], many=True, context=self._context(tree))
        return Response(envelope(page, self.link_headers, cards.data))

    def retrieve(self, request: Request, scheme: str, code: str) -> Response:
        tree = vocabulary()
        term = tree.get(scheme, code)
        if term is None:
            raise NotFound(_("There is no term with this code in this scheme."))
        return Response(TermDetail(term, context=self._context(tree)).data)

    def _context(self, tree: Vocabulary) -> dict[str, Any]:
        return {"tree": tree, "here": self.request.build_absolute_uri}
