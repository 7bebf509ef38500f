"""Which of the kinds that an address has `Accept` asks for (RFC 9110, 12.5.1)."""

from collections.abc import Sequence

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class Preference(DefaultContentNegotiation):
    """The kind liked best; of several that are liked alike, the one that the address names first.

    REST framework's own takes the most specific one and no notice of `q`.
    """

    def select_renderer(
        self,
        request: Request,
        renderers: Sequence[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The renderer and its media type; raises NotAcceptable where `Accept` takes none."""
        ranges = [_range_of(token) for token in self.get_accept_list(request) if token.strip()]
        ranges = ranges or [("*/*", 1.0)]
        best = max(renderers, key=lambda renderer: liking(renderer.media_type, ranges))
        if not liking(best.media_type, ranges):
            raise NotAcceptable(available_renderers=renderers)
        return best, best.media_type


def liking(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that holds the media type; 0 where none does."""
    plain = media_type.partition(";")[0]
    for wanted in (plain, f"{plain.partition('/')[0]}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == wanted]
        if weights:
            return max(weights)
    return 0.0


def _range_of(token: str) -> tuple[str, float]:
    """A media range and its weight; other parameters, such as charset, choose nothing here."""
    name, *parameters = (part.strip().lower() for part in token.split(";"))
    weight = next((text for key, _is, text in map(_halves, parameters) if key == "q"), "1")
    try:
        return name, min(max(float(weight), 0.0), 1.0)
    except ValueError:
        return name, 1.0


def _halves(parameter: str) -> tuple[str, str, str]:
    key, sign, text = parameter.partition("=")
    return key.strip(), sign, text.strip()
