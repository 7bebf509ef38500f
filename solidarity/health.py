"""Whether this process lives (healthz) and can serve (readyz); details stay inside."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.models import Job

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and all migrations are applied, else 503.

    It also says how late background work is. That keeps no page from being served, so it is no
    reason to take this process out of service.
    """
    jobs = {}
    try:
        executor = MigrationExecutor(connection)
        is_ready = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if is_ready:
            jobs = Job.objects.lag(timezone.now())
    except DatabaseError:
        logger.exception("readyz: the database does not answer")
        is_ready = False
    status = "ready" if is_ready else "not ready"
    return JsonResponse({"status": status, **jobs}, status=200 if is_ready else 503)
