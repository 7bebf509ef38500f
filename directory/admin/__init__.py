"""The editors' door: lists, forms and buttons over the actions. Nothing here writes by itself."""

from directory.admin import log, organizations, people, places, sources, terms

__all__ = ["log", "organizations", "people", "places", "sources", "terms"]
