"""The shape of a term's texts and mappings, which JSON columns do not keep by themselves."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAPPING_KEYS = {"scheme", "code", "relation"}


def validate_labels(value: Any) -> None:
    """Language codes to texts, none empty, English among them."""
    validate_texts(value)
    if "en" not in value:
        raise ValidationError(_("Give an English text, under the key en."))


def validate_texts(value: Any) -> None:
    """Language codes to texts, none empty."""
    if not isinstance(value, dict) or not all(map(_is_text, [*value, *value.values()])):
        raise ValidationError(_('Write it like {"en": "Timebank", "es": "Banco de tiempo"}.'))


def validate_synonyms(value: Any) -> None:
    """Language codes to lists of texts, none empty."""
    if not isinstance(value, dict) or not all(
        _is_text(language) and isinstance(words, list) and all(map(_is_text, words))
        for language, words in value.items()
    ):
        raise ValidationError(_('Write it like {"en": ["time bank", "hour exchange"]}.'))


def validate_mappings(value: Any) -> None:
    """A list of objects with scheme, code and relation."""
    if not isinstance(value, list) or not all(
        isinstance(mapping, dict)
        and set(mapping) == MAPPING_KEYS
        and all(map(_is_text, mapping.values()))
        for mapping in value
    ):
        raise ValidationError(
            _('Write it like [{"scheme": "isic4", "code": "10", "relation": "close"}].')
        )


def validate_details(value: Any) -> None:
    """An object; texts by language in it are shaped like labels."""
    if not isinstance(value, dict):
        raise ValidationError(_("Write an object, like {}."))
    for name in ("evidence_question", "inverse_labels"):
        if name in value:
            validate_texts(value[name])


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
