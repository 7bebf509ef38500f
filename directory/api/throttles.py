"""How often one address may call."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView


class PublicThrottle(AnonRateThrottle):
    """So many calls in a while from one address (API_RATE, such as 600/min; empty = no limit)."""

    scope = "api"

    def get_rate(self) -> str | None:
        return settings.API_RATE or None

    def allow_request(self, request: Request, view: APIView) -> bool:
        if getattr(request._request, "is_own_example", False):
            return True
        is_allowed = super().allow_request(request, view)
        if self.rate is not None:
            view.limit_headers = self._headers()
        return is_allowed

    def _headers(self) -> dict[str, Any]:
        """What is left, as the IETF's RateLimit draft writes it."""
        left = max(0, self.num_requests - len(self.history))
        seconds = self.duration
        if self.history:
            seconds = max(1, round(self.duration - (self.now - self.history[-1])))
        return {
            "RateLimit-Policy": f'"default";q={self.num_requests};w={self.duration}',
            "RateLimit": f'"default";r={left};t={seconds}',
        }


class DownloadThrottle(PublicThrottle):
    """So many files in a while from one address: each costs as much as a thousand calls."""

    scope = "download"

    def get_rate(self) -> str | None:
        return settings.DOWNLOAD_RATE if settings.API_RATE else None
