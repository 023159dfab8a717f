"""Partners below one, or in its group, that its program looks at: what may happen there moves its figures as well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from partnerdesk.engine.evaluate import counts_groups, in_order, kinds_used
from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms.modules import Roster
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.tree import ALL_BELOW, GROUP
from partnerdesk.forecast.items import Item
from partnerdesk.forecast.open_items import OpenItems
from partnerdesk.forecast.own_world import own_world


@dataclass(frozen=True, slots=True)
class Below:
    """The partners whose facts move one's figures, those directly below first; `counts` where its metrics, and with
    them its tiers, see them as well as its earnings."""

    partners: tuple[Partner, ...] = ()
    counts: bool = False


NOBODY = Below()


def below(programs: Sequence[Program], facts: Facts, partner: str, horizon: date) -> Below:
    """Who is looked at by a partner's terms up to the horizon; nobody where it stands above nobody and in no group.

    `programs` are in the order of their days.
    """
    index = Index(facts)
    found = index.belonging("partner", "parent", partner)
    row = next((p for p in facts.of("partner") if p.id == partner), None)
    if row is None or not (found or row.parent):
        return NOBODY
    world = Roster(programs, horizon, index).world(row)
    terms = world.terms
    if GROUP in terms.counts_of:
        return Below(tuple(one.partner for one in world.tree.worlds(GROUP) if one.partner.id != partner), counts=True)
    if not (found and looks_below(terms)):
        return NOBODY
    deep = (
        terms.earns_on_lines_below
        or terms.deepest > 1
        or terms.asks_tiers_below
        or not terms.counts_of.isdisjoint(ALL_BELOW)
    )
    return Below(tuple(_levels(index, partner, found, deep)), terms.is_fed_back or bool(terms.counts_of))


def above(programs: Sequence[Program], facts: Facts, partner: str, horizon: date) -> Iterator[str]:
    """Who stands above a partner and looks at it, the nearest first."""
    parents = {p.id: p.parent for p in facts.of("partner")}
    seen, who = {partner}, parents.get(partner)
    while who and who not in seen:
        own = own_world(facts, who, kinds_used(programs), groups=counts_groups(programs))
        if any(p.id == partner for p in below(in_order(programs), own, who, horizon).partners):
            yield who
        seen.add(who)
        who = parents.get(who)


def looks_below(terms: Terms) -> bool:
    """Whether a partner with these terms earns on those below it, or its metrics count their facts, so that its
    figures cannot be worked out alone."""
    return terms.has_overrides or bool(terms.counts_of)


def _levels(index: Index, partner: str, first: Sequence[Partner], deep: bool) -> Iterator[Partner]:
    """The partners below one, level by level; one that stands below itself once."""
    seen, level = {partner}, [*first]
    while level:
        fresh = sorted((p for p in level if p.id not in seen), key=lambda p: p.id)
        seen |= {p.id for p in fresh}
        yield from fresh
        level = [child for p in fresh for child in index.belonging("partner", "parent", p.id)] if deep else []


def open_at(items: OpenItems, partner: str, looked_at: Below) -> tuple[Item, ...]:
    """What is open at a partner, then at those below it that are looked at; a deal that they share is its own."""
    found = {item.key: item for item in items.of(partner)}
    for one in looked_at.partners:
        for item in items.of(one.id):
            name = one.name or one.id
            found.setdefault(item.key, replace(item, below=one.id, says=f"{name}: {item.says}"))
    return tuple(found.values())
