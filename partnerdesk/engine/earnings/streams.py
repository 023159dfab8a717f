"""Streams and ages: since when a customer, a contract, a deal or a product earns, as a rule counts it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.facts import KIND_OF
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.period import months_between
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules.earnings import REGISTRATION
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.world.days import day_reader

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World

_DAY = timedelta(days=1)
_RENEWED = ("renewed", "expanded", "contracted")


def began(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> date:
    """The day on which the event's stream began: its first event, won deal or contract. Kept with the event.

    The rule of another version may name another stream, and another kind of fact.
    """
    if event.began is None or event.began[0] is not terms:
        world = event.world or reckoning.world
        named = stream_of(terms.rule.stream, _kind(event), event.fact, world)
        event.began = terms, min(event.day, _first_days(reckoning, terms, world).get(named, event.day))
    return event.began[1]


def _kind(event: Event) -> str:
    """The kind of an event's fact; nothing for a line of an earning."""
    return KIND_OF.get(type(event.fact), "")


def termed(reckoning: Reckoning[N], terms: EarningTerms, event: Event, as_of: str) -> date:
    """The day whose terms an event has: its stream's start or latest renewal by its day, its deal's registration."""
    if as_of == REGISTRATION:
        return _registered(event, event.world or reckoning.world)
    start = began(reckoning, terms, event)
    if as_of != "stream renewal":
        return start
    world = event.world or reckoning.world
    named = stream_of(terms.rule.stream, _kind(event), event.fact, world)
    days = _renewals(reckoning, terms.rule.stream, world).get(named, ())
    return max((day for day in days if start < day <= event.day), default=start)


def _registered(event: Event, world: "World") -> date:
    """The day on which an event's deal was registered; its own where that is not known, or lies behind it."""
    named = stream_of("deal", _kind(event), event.fact, world)
    deal = world.row("deal", named) if isinstance(named, str) else None
    return event.day if deal is None or deal.registered is None else min(event.day, deal.registered)


def _renewals(reckoning: Reckoning[N], stream: str, world: "World") -> dict[object, list[date]]:
    """The days on which each stream was renewed. Made once per partner."""
    key = stream, world.partner.id
    found = reckoning.renewals.get(key)
    if found is None:
        found = reckoning.renewals[key] = {}
        contracts = world.rows("contract")
        followed = {row.renewal_of for row in contracts if row.renewal_of}
        for row in contracts:
            day = row.start if row.renewal_of else None
            goes_on = row.outcome in _RENEWED and row.end is not None and row.id not in followed
            for renewed in (day, row.end + _DAY if goes_on else None):
                if renewed is not None:
                    found.setdefault(stream_of(stream, "contract", row, world), []).append(renewed)
    return found


def stream_of(stream: str, kind: str, fact: Any, world: "World") -> object:
    """What names the stream of a fact; the fact itself where it has no such customer, contract or deal."""
    if fact is None:
        return None
    customer, itself = world.customer_of(fact), (kind, fact.id)
    match stream:
        case "customer":
            return customer or itself
        case "customer and product":
            return (customer, fact.product) if customer and getattr(fact, "product", None) else itself
        case "contract":
            deal = _named(fact, kind, "deal")
            return _named(fact, kind, "contract") or (("deal", deal) if deal else itself)
    deal = _named(fact, kind, "deal") or getattr(world.row("contract", _named(fact, kind, "contract")), "deal", None)
    return deal or itself


def _named(fact: Any, kind: str, wanted: str) -> str | None:
    found: str | None = fact.id if kind == wanted else getattr(fact, wanted, None)
    return found


def _first_days(reckoning: Reckoning[N], terms: EarningTerms, world: "World") -> dict[object, date]:
    """The first day of every stream of a rule: of its events, of won deals and contracts. Made once per partner."""
    key = terms.key, terms.version.number, world.partner.id
    found = reckoning.streams.get(key)
    if found is None:
        found = reckoning.streams[key] = {}
        stream, trigger = terms.rule.stream, terms.trigger
        begins = [("contract", c, c.start) for c in world.rows("contract")]
        begins += [("deal", d, d.closed) for d in world.rows("deal") if d.status == "won"]
        if trigger is not None:
            rows = [row for row in world.rows(trigger.kind) if terms.counts(row, world)]
            read_day = day_reader(trigger.kind, trigger.day)
            begins += [(trigger.kind, row, read_day(row)) for row in rows]
        for kind, row, day in begins:
            named = stream_of(stream, kind, row, world)
            if day is not None and (named not in found or day < found[named]):
                found[named] = day
    return found


def age(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> int:
    """The age in whole months that a rate asks for; 0 for what is new, and where nothing has an age."""
    if event.fact is None:
        return 0
    world, fact = event.world or reckoning.world, event.fact
    match terms.age_of:
        case "customer":
            return world.customer_age(world.customer_of(fact), event.day)
        case "stream":
            first: date | None = began(reckoning, terms, event)
        case "product":
            customer, product = world.customer_of(fact), getattr(fact, "product", None)
            first = _product_days(reckoning, world).get((customer, product))
        case "contract":
            first = getattr(world.row("contract", _named(fact, terms.kind, "contract")), "start", None)
        case _:
            deal = world.row("deal", _named(fact, terms.kind, "deal"))
            first = None if deal is None else deal.closed or deal.registered or deal.created
    return max(0, months_between(first, event.day)) if first else 0


def _product_days(reckoning: Reckoning[N], world: "World") -> dict[object, date]:
    """The first contract or won deal of each customer and product. Made once per partner."""
    found = reckoning.streams.get(("product", world.partner.id))
    if found is None:
        found = reckoning.streams["product", world.partner.id] = {}
        starts = [(c.customer, c.product, c.start) for c in world.rows("contract")]
        wins = [(d.customer, d.product, d.closed) for d in world.rows("deal") if d.status == "won"]
        for customer, product, day in starts + wins:
            key = customer, product
            if customer and product and day and (key not in found or day < found[key]):
                found[key] = day
    return found


def is_active(world: "World", customer: str | None, day: date) -> bool:
    """Whether a customer has a contract in force on a day: begun, not ended, not given up before."""
    contracts = world.index.belonging("contract", "customer", customer) if customer else []
    return any(
        c.partner == world.partner.id
        and c.start is not None
        and c.start <= day
        and (c.end is None or c.end >= day)
        and not (c.outcome == "churned" and c.outcome_on is not None and c.outcome_on < day)
        for c in contracts
    )
