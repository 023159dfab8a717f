"""Whose facts a metric counts: the partner's own, or those of partners that stand below it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.second.judge.book import Case, mine


def cases_of(case: Case, whose: str) -> list[Case]:
    """One case for each partner whose facts count: its own first, then in order of ids."""
    if whose == "group":
        return _group(case)
    below = _children(case, case)
    if whose in ("all below", "branch"):
        for child in below:
            known = {case.partner.id, *(other.partner.id for other in below)}
            below += [new for new in _children(case, child) if new.partner.id not in known]
    own = [case] if whose in ("own", "own and sub-partners", "branch") else []
    return own + ([] if whose == "own" else sorted(below, key=lambda child: str(child.partner.id)))


def _group(case: Case) -> list[Case]:
    """All that have the same partner at the top, that one first."""
    top = _top(case, case.partner)
    rows = sorted(case.facts.of("partner"), key=lambda row: (row.id != top, str(row.id)))
    return [replace(case, partner=row) for row in rows if _top(case, row) == top]


def _top(case: Case, partner: Any) -> str:
    above = next((row for row in case.facts.of("partner") if row.id == partner.parent), None)
    return str(partner.id) if above is None else _top(case, above)


def is_in_branch(case: Case, whose: str | None) -> bool:
    """Whether a partner is that of the case or stands somewhere below it."""
    rows = {row.id: row for row in case.facts.of("partner")}
    seen = list[str]()
    while whose and whose not in seen and whose != case.partner.id:
        seen.append(whose)
        whose = rows[whose].parent if whose in rows else None
    return whose == case.partner.id


def theirs(case: Case, whose: str, kind: str) -> Iterator[tuple[Any, list[Case]]]:
    """Their facts of a kind, each once, with the cases of those whose it is."""
    found: dict[str, tuple[Any, list[Case]]] = {}
    for one in cases_of(case, whose):
        for row in mine(one, kind):
            found.setdefault(row.id, (row, []))[1].append(one)
    yield from found.values()


def _children(case: Case, of: Case) -> list[Case]:
    """The partners directly below one, judged by the rules of the one that asks; never that one itself."""
    rows = [row for row in case.facts.of("partner") if row.parent == of.partner.id and row.id != case.partner.id]
    return [replace(case, partner=row) for row in rows]
