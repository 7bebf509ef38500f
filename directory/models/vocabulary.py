"""The vocabulary as a tree in memory: some 350 terms that nearly every page and search reads."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

from directory.models.term import Term


@dataclass
class Vocabulary:
    """All terms, by key (scheme, code), and those in use as a tree. Shared: never change one."""

    terms: dict[tuple[str, str], Term]
    parents: dict[tuple[str, str], tuple[str, str] | None] = field(default_factory=dict)
    children: dict[tuple[str, str] | str, list[Term]] = field(default_factory=dict)
    by_id: dict[int, Term] = field(default_factory=dict)
    stamp: tuple = ()  # Another one after every change of a term.
    _in_scheme: dict[str, list[Term]] = field(default_factory=dict)

    @property
    def changed_at(self) -> datetime.datetime | None:
        """When any term was last changed; None where there is none."""
        return max((term.updated_at for term in self.terms.values()), default=None)

    def get(self, scheme: str, code: str) -> Term | None:
        """The term, in use or not: codes answer for ever."""
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
        if scheme not in self._in_scheme:
            roots = self.roots(scheme)
            found = [term for root in roots for term in [root, *self.descendants(root)]]
            self._in_scheme[scheme] = found
        return self._in_scheme[scheme]


@dataclass
class Holder:
    """The vocabulary that one request goes on using; None until it is first asked for."""

    vocabulary: Vocabulary | None = None


_loaded: Vocabulary | None = None
_held: ContextVar[Holder | None] = ContextVar("held vocabulary", default=None)


@contextmanager
def held_vocabulary(holder: Holder | None = None) -> Iterator[None]:
    """Inside, `vocabulary()` looks for changes once, not each time it is asked.

    With a holder of its own, somebody goes on with the same vocabulary from time to time.
    """
    token = _held.set(holder or Holder())
    try:
        yield
    finally:
        _held.reset(token)


def let_go_of_vocabulary() -> None:
    """Look for changes at the next use; whoever writes a term says so."""
    if holder := _held.get():
        holder.vocabulary = None


def vocabulary() -> Vocabulary:
    """The vocabulary as it is now: one small query; the tree is built again after a change."""
    holder = _held.get()
    if holder is None:
        return _current()
    if holder.vocabulary is None:
        holder.vocabulary = _current()
    return holder.vocabulary


def _current() -> Vocabulary:
    global _loaded
    stamp = _stamp()
    if _loaded is None or _loaded.stamp != stamp:
        _loaded = _build(stamp)
    return _loaded


def _stamp() -> tuple:
    """Changes whenever a term does. Rows written past the actions (tests) show by their dates."""
    # Written out, since every request asks: composed from models it takes ten times as long.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MAX(updated_at), COUNT(*), MAX(id),"
            " (SELECT vocabulary FROM directory_logcounter WHERE id = 1) FROM directory_term"
        )
        return cursor.fetchone()


def _build(stamp: tuple) -> Vocabulary:
    rows = {t.pk: t for t in Term.objects.select_related("replaced_by").in_order()}
    terms = {(term.scheme, term.code): term for term in rows.values()}
    built = Vocabulary(terms, by_id=rows, stamp=stamp)
    for term in rows.values():
        parent = None if _is_in_circle(term, rows) else rows.get(term.parent_id)
        key = (parent.scheme, parent.code) if parent else None
        built.parents[term.scheme, term.code] = key
        if term.is_active:
            built.children.setdefault(key or term.scheme, []).append(term)
    return built


def _is_in_circle(term: Term, rows: dict[int, Term]) -> bool:
    """Whether its broader terms lead back to it: a circle is cut, not followed for ever."""
    seen = set()
    above = rows.get(term.parent_id)
    while above is not None and above.pk not in seen:
        if above.pk == term.pk:
            return True
        seen.add(above.pk)
        above = rows.get(above.parent_id)
    return False
