"""One partner's part of a book: what an evaluation of it can touch, and nothing else, because scenarios are many."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from partnerdesk.engine.facts import Facts


def own_world(facts: Facts, partner: str, kinds: Iterable[str], *, groups: bool = False) -> Facts:
    """The rows of a partner and of those below it, shared deals with all their credits, and what these name.

    With `groups` those of its whole group: of the one at the top, and all below it.
    """
    above = _above(facts, partner)
    tops = above if groups else set[str]()
    wanted, family = set(kinds), _family(facts, partner).union(*(_family(facts, top) for top in tops))
    credited = {c.deal for c in facts.of("credit") if c.partner in family}
    deals = {d.id for d in facts.of("deal") if d.partner in family} | credited
    runs = {d.id for d in facts.of("deployment") if d.partner in family or d.deal in deals}
    found: dict[str, tuple[Any, ...]] = {}
    for kind, rows in facts.rows.items():
        if kind in wanted and kind not in ("partner", "customer", "product"):
            found[kind] = tuple(r for r in rows if _is_near(kind, r, family, deals, runs))
    paid = {r.contract for r in found.get("transaction", ()) if r.contract}
    missing = paid - {c.id for c in found.get("contract", ())}
    found["contract"] = (*found.get("contract", ()), *(c for c in facts.of("contract") if c.id in missing))
    for kind in ("customer", "product"):
        named = {getattr(r, kind, None) for rows in found.values() for r in rows}
        found[kind] = tuple(r for r in facts.of(kind) if r.id in named)
    found["partner"] = tuple(p for p in facts.of("partner") if p.id in family | above)
    return Facts(found)


def _is_near(kind: str, row: Any, family: set[str], deals: set[str], runs: set[str]) -> bool:
    """Whether a row is the family's, hangs on its deals and deployments, or is nobody's, such as exchange rates."""
    if kind == "deal":
        return row.id in deals
    if getattr(row, "partner", None) in family:
        return True
    deal, run = getattr(row, "deal", None), getattr(row, "deployment", None)
    if deal is None and run is None:
        return getattr(row, "partner", None) is None
    return deal in deals or run in runs


def _family(facts: Facts, partner: str) -> set[str]:
    """The partner and all below it."""
    below: dict[str, list[str]] = defaultdict(list)
    for row in facts.of("partner"):
        if row.parent:
            below[row.parent].append(row.id)
    found, way = {partner}, [partner]
    while way:
        new = [child for child in below[way.pop()] if child not in found]
        found.update(new)
        way.extend(new)
    return found


def _above(facts: Facts, partner: str) -> set[str]:
    parents = {row.id: row.parent for row in facts.of("partner")}
    found: set[str] = set()
    while (parent := parents.get(partner)) and parent not in found:
        found.add(parent)
        partner = parent
    return found
