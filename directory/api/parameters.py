"""Query parameters: one declaration reads them, refuses them and documents them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.search.parameters import VALUES_MAX
from directory.search.texts import first_forbidden, shown

# Neither controls (NUL among them) nor invisible format characters: SAFETY.md T5, T8, T11.
PLAIN_TEXT = (
    r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb]*$"
)
TRUTHS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One query parameter, described by the JSON Schema of one value of it.

    The keywords that are read are type (string, integer, boolean), enum, pattern, minLength,
    maxLength, minimum, maximum and default.
    """

    name: str
    description: str | Promise
    schema: dict[str, Any]
    example: Any = None
    is_required: bool = False
    is_repeatable: bool = False
    may_be_empty: bool = False  # as forms send what was not filled in

    def read(self, texts: list[str]) -> Any:
        """The value, or a list of values where it is repeatable; ValueError says what is wrong."""
        if self.is_repeatable:
            if len(texts) > VALUES_MAX:
                raise ValueError(_("Give at most %(most)s values.") % {"most": VALUES_MAX})
            return [self.read_one(text) for text in texts]
        if not texts:
            if self.is_required:
                raise ValueError(_("This parameter is needed."))
            return self.schema.get("default")
        if len(texts) > 1:
            raise ValueError(_("Give this parameter only once."))
        return self.read_one(texts[0])

    def read_one(self, text: str) -> Any:
        try:
            match self.schema["type"]:
                case "boolean":
                    return _read_boolean(text)
                case "integer":
                    return _read_integer(text, self.schema)
            return _read_string(text, self.schema, self.example)
        except ValueError as fault:
            raise ValueError(f"“{shown(text)}”: {fault}" if text else str(fault)) from fault


def _read_boolean(text: str) -> bool:
    if text not in TRUTHS:
        raise ValueError(_("Write true or false."))
    return TRUTHS[text]


def _read_integer(text: str, schema: Mapping[str, Any]) -> int:
    least, most = schema["minimum"], schema["maximum"]
    # Nine digits hold every bound used here; longer ones would only cost time.
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or not least <= int(text) <= most:
        raise ValueError(
            _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        )
    return int(text)


def _read_string(text: str, schema: Mapping[str, Any], example: Any) -> str:
    codes = schema.get("enum")
    if codes is not None and text not in codes:
        raise ValueError(_("Write one of: %(codes)s.") % {"codes": ", ".join(codes)})
    most = schema.get("maxLength", settings.QUERY_LENGTH_MAX)
    if len(text) > most:
        raise ValueError(_("Write at most %(most)s characters.") % {"most": most})
    if len(text) < schema.get("minLength", 0):
        raise ValueError(_("This cannot be empty."))
    if first_forbidden(text):
        raise ValueError(_("This holds a character that cannot be searched for."))
    if "pattern" in schema and not re.search(schema["pattern"].removesuffix("$") + r"\Z", text):
        raise ValueError(_("Write it in the form of %(example)s.") % {"example": example})
    return text


@dataclass
class Asked:
    """What a call was given: values by parameter, and sentences about those it cannot take."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)


def read(parameters: tuple[Parameter, ...], given: QueryDict) -> Asked:
    """Read the declared parameters; what is wrong stands in `errors`, nothing is guessed."""
    asked = Asked()
    for parameter in parameters:
        try:
            asked.values[parameter.name] = parameter.read(given.getlist(parameter.name))
        except ValueError as error:
            asked.errors[parameter.name] = [str(error)]
    return asked


def unknown(parameters: tuple[Parameter, ...], given: QueryDict) -> dict[str, list[str]]:
    """An error for each parameter given that is not declared, naming those that are."""
    known = [parameter.name for parameter in parameters]
    sentence = _("There is no such parameter here. Known are: %(names)s.") % {
        "names": ", ".join(known)
    }
    return {name: [sentence] for name in given if name not in known}


LANG = Parameter(
    "lang",
    gettext_lazy("The language of labels and sentences. Else Accept-Language decides."),
    {"type": "string", "enum": [code for code, _name in settings.LANGUAGES]},
    example="es",
)
PAGE = Parameter(
    "page",
    gettext_lazy("Which page of the answer."),
    {"type": "integer", "minimum": 1, "maximum": settings.RESULT_WINDOW, "default": 1},
    example=1,
)
PAGE_SIZE = Parameter(
    "page_size",
    gettext_lazy("How many results stand on a page."),
    {
        "type": "integer",
        "minimum": 1,
        "maximum": settings.API_PAGE_SIZE_MAX,
        "default": settings.PAGE_SIZE,
    },
    example=20,
)
FACETS = Parameter(
    "facets",
    gettext_lazy("With true, the answer counts how many results each further choice would give."),
    {"type": "boolean", "default": False},
    example=True,
)
