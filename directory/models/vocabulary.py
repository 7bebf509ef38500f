"""The vocabulary as a tree in memory: some 350 terms that nearly every page and search reads."""

from dataclasses import dataclass, field

from django.db.models import Count, Max

from directory.models.term import Term


@dataclass
class Vocabulary:
    """All terms, by key (scheme, code) and as a tree. Terms are shared: treat them as read-only."""

    terms: dict[tuple[str, str], Term]
    parents: dict[tuple[str, str], tuple[str, str] | None] = field(default_factory=dict)
    children: dict[tuple[str, str] | str, list[Term]] = field(default_factory=dict)

    def get(self, scheme: str, code: str) -> Term | None:
        return self.terms.get((scheme, code))

    def roots(self, scheme: str) -> list[Term]:
        """The terms of a scheme without a broader one, in order."""
        return self.children.get(scheme, [])

    def narrower(self, term: Term) -> list[Term]:
        return self.children.get((term.scheme, term.code), [])

    def ancestors(self, scheme: str, code: str) -> list[Term]:
        """The broader terms, nearest first, without the term itself."""
        found = []
        key = self.parents.get((scheme, code))
        while key is not None:
            found.append(self.terms[key])
            key = self.parents.get(key)
        return found

    def family(self, scheme: str, code: str) -> Term:
        """The broadest term above this one; itself if it is one."""
        return (self.ancestors(scheme, code) or [self.terms[scheme, code]])[-1]

    def descendants(self, term: Term) -> list[Term]:
        """All narrower terms at any depth, in order."""
        return [
            found for child in self.narrower(term) for found in [child, *self.descendants(child)]
        ]

    def in_scheme(self, scheme: str) -> list[Term]:
        """The terms of a scheme in tree order, parents first."""
        return [found for root in self.roots(scheme) for found in [root, *self.descendants(root)]]


_loaded: tuple[tuple, Vocabulary] | None = None


def vocabulary() -> Vocabulary:
    """The vocabulary as it is now. One small query; the tree is built again only after a change."""
    global _loaded
    stamp = tuple(Term.objects.aggregate(Max("updated_at"), Count("pk"), Max("pk")).values())
    if _loaded is None or _loaded[0] != stamp:
        _loaded = (stamp, _build())
    return _loaded[1]


def _build() -> Vocabulary:
    rows = {term.pk: term for term in Term.objects.active().in_order()}
    built = Vocabulary({(term.scheme, term.code): term for term in rows.values()})
    for term in rows.values():
        parent = rows.get(term.parent_id)
        key = (parent.scheme, parent.code) if parent else None
        built.parents[term.scheme, term.code] = key
        built.children.setdefault(key or term.scheme, []).append(term)
    return built
