"""What was merged into a listing, and into what was merged into it, to the end."""

from collections.abc import Iterable

from directory.models import Organization


def absorbed_by(keys: Iterable[int]) -> dict[int, int]:
    """By row id of each listing that was merged away, which of the given ones stands for it now.

    A query for each step of merges, and one more; listings are merged only into those that are
    not, so there is no circle.
    """
    found: dict[int, int] = {}
    step = {key: key for key in keys}
    while step:
        rows = Organization.objects.filter(merged_into__in=[*step]).order_by("pk")
        step = {
            pk: step[into] for pk, into in rows.values_list("pk", "merged_into") if pk not in found
        }
        found |= step
    return found


def family_of(organization: Organization) -> list[int]:
    """Row ids of the listing and of all that was merged into it, in their order."""
    return sorted({organization.pk, *absorbed_by([organization.pk])})
