"""Random facts of any kind, field by field from their declarations; rows as in a facts file."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import KINDS, Attribute, Facts, attributes
from tests.second.maker.draw import FIRST, LAST, Draw
from tests.second.maker.fund_entries import BENEFITS, ENTRIES
from tests.second.maker.openings import openings
from tests.second.maker.ties import NEGATIVE, tied

TEXTS: dict[str, tuple[str, ...]] = {
    "partner.type": ("reseller", "referral"),
    "partner.status": ("active", "suspended"),
    "deal.kind": ("new", "new", "cross-sell", "upsell"),
    "deal.role": ("sourced", "assisted", "managed"),
    "deal.status": ("won", "won", "won", "won", "open", "lost"),
    "credit.role": ("sourced", "assisted"),
    "transaction.kind": ("invoice", "payment", "payment", "invoice", "credit-note", "refund", "write-off", "usage"),
    "survey.kind": ("csat", "nps"),
    "check.group": ("standards", "adoption"),
    "activity.kind": ("training", "demo", "benefit"),
    "activity.title": (*BENEFITS, "Benefit mdf"),
    "dispute.outcome": ("open", "approved", "denied"),
    "dispute.line": ("deal1", "e0:deal1", "e0:transaction1"),
    "fund_entry.kind": ENTRIES,
    "contract.cadence": ("month", "year"),
    "contract.outcome": ("open", "renewed", "expanded", "contracted", "contracted", "churned", "churned"),
    "stage_change.stage": ("qualified", "proposed"),
    "exchange_rate.table": ("program", "program", "fixed"),
    "tier_decision.tier": ("Base", "Silver", "Gold"),
    "target.metric": ("revenue",),
    "enrolment.program": ("p", "p", "p", "q"),
    "enrolment.module": ("x0", "x0, x1", "Other terms", ""),
    "enrolment.track": ("track0", "track0", "track1"),
    "adjustment.line": ("", "", "deal1", "transaction1", "e0:deal1", "e0:transaction1"),
}
REGIONS = ("north", "south")
COUNTRIES = ("DE", "AT")
EARLY = (("USD", "0.8"), ("GBP", "1.25"))
CURRENCIES = ("EUR", "EUR", "EUR", "USD", "GBP")
# At most so many rows of a kind that the program reads.
COUNTS: dict[str, int] = {
    "deal": 7,
    "contract": 6,
    "transaction": 10,
    "deployment": 4,
    "survey": 4,
    "certification": 4,
    "activity": 4,
    "observation": 3,
    "adjustment": 2,
    "payment": 1,
    "case": 3,
    "credit": 2,
    "check": 3,
    "fund_entry": 12,
    "dispute": 2,
    "deal_line": 2,
    "stage_change": 1,
    "target": 1,
    "enrolment": 6,
    "tier_decision": 1,
    "hold": 3,
}


def facts(draw: Draw, wanted: set[str]) -> Facts:
    """Facts of one to three partners; plenty of the kinds that the program reads, few of others."""
    ids: dict[str, list[str]] = {
        "partner": ["A", "B", "C"][: draw.randint(1, 3)],
        "customer": ["X", "Y", "Z"],
        "product": ["P", "Q"],
        "person": ["Ada"],
        "territory": ["T"],
    }
    rows: dict[str, list[Any]] = {kind: [_row(draw, kind, id, ids) for id in ids[kind]] for kind in ids}
    rows["exchange_rate"] = _rates(draw)
    for kind, most in COUNTS.items():
        count = draw.randint(most // 2, most) if kind in wanted else draw.randint(0, 1) if draw.has(0.15) else 0
        ids[kind] = [f"{kind}{n}" for n in range(count)]
        rows[kind] = []
        for id in ids[kind]:
            rows[kind].append(tied(draw, kind, _row(draw, kind, id, ids), rows))
    if "opening" in wanted:
        rows["opening"] = openings(draw, ids)
    return Facts({kind: tuple(draw.sample(found, len(found))) for kind, found in rows.items() if found})


def one_more(draw: Draw, facts: Facts) -> Facts:
    """The facts with one won deal and one payment of a customer more, called ZZ."""
    ids = {"partner": ["A"], "customer": ["X"], "product": ["P"], "person": ["Ada"], "deal": ["ZZ"]}
    rows = dict(facts.rows)
    for kind in ("deal", "transaction"):
        rows[kind] = (*facts.of(kind), _row(draw, kind, "ZZ", ids))
    return Facts(rows)


def _rates(draw: Draw) -> list[Any]:
    """Rates of some days; mostly there is one of each currency from before the program on."""
    make: Any = KINDS["exchange_rate"]
    found = []
    if draw.has(0.7):
        early = {"table": "program", "quote": "EUR", "day": date(2024, 12, 1)}
        found = [make(id=f"R{base}", base=base, rate=Decimal(rate), **early) for base, rate in EARLY]
    for n in range(draw.randint(1, 8)):
        base = draw.one(("USD", "USD", "GBP"))
        rate = Decimal(draw.one(("0.5", "0.8", "0.9", "1.25")))
        table, day = draw.one(TEXTS["exchange_rate.table"]), draw.day(date(2024, 12, 1), LAST)
        found.append(make(id=f"R{n}", table=table, base=base, quote="EUR", day=day, rate=rate))
    return found


def _row(draw: Draw, kind: str, id: str, ids: dict[str, list[str]]) -> Any:
    values: dict[str, Any] = {}
    for field in attributes(kind):
        if field.name in ("id", "known_on", "attributes"):
            continue
        if field.required or draw.has(_chance(kind, field)):
            values[field.name] = _value(draw, kind, field, ids)
    if draw.has(0.3):
        values["attributes"] = {"channel": draw.one(("web", "fair")), "size": draw.one(("1", "2", "10"))}
    _mend(draw, kind, id, values)
    if kind == "hold":
        about = draw.one(("", "deal", "customer", "customer"))
        values |= {name: None for name in ("deal", "customer") if name != about}
    return KINDS[kind](id=id, **values)


def _chance(kind: str, field: Attribute) -> float:
    """How often a field is known."""
    if field.name in (
        "partner",
        "amount",
        "status",
        "kind",
        "closed",
        "start",
        "day",
        "awarded",
        "opened",
        "live",
        "rate",
    ):
        return 0.97
    if field.name == "currency":
        return 0.9
    if field.name == "parent":
        return 0.6
    if field.name in ("left", "renewal_of"):
        return 0.25
    return 0.75


def _value(draw: Draw, kind: str, field: Attribute, ids: dict[str, list[str]]) -> Any:
    if f"{kind}.{field.name}" in TEXTS:
        return draw.one(TEXTS[f"{kind}.{field.name}"])
    if field.name == "currency":
        return draw.one(CURRENCIES)
    if field.name == "country":
        return draw.one(COUNTRIES)
    if field.kind == "ref":
        return draw.one(ids[field.to]) if ids.get(field.to) else None
    return {
        "text": lambda: draw.one(REGIONS),
        "day": draw.day,
        "money": lambda: abs(draw.amount()) if field.name == "cost" and kind == "fund_entry" else draw.amount(),
        "rate": lambda: Decimal(draw.one(("0.3", "0.5", "1", "5", "7", "9", "10"))),
        "whole": lambda: draw.one((1, 5, 30)),
        "flag": lambda: draw.has(0.5),
    }[field.kind]()


def _mend(draw: Draw, kind: str, id: str, values: dict[str, Any]) -> None:
    """What no real row says: partners that are their own parents, terms that end before they begin."""
    if kind == "partner":
        values["parent"] = {"B": "A", "C": draw.one("AB")}.get(id) if values.get("parent") else None
        values["joined"] = draw.day(date(2024, 10, 1), date(2025, 12, 31)) if draw.has(0.85) else None
        values["currency"] = "EUR" if draw.has(0.85) else "USD"
        if values.get("left"):
            values["left"] = draw.day(date(2026, 1, 1))
    if kind == "contract" and values.get("start") and values.get("end"):
        values["end"] = values["start"] + timedelta(days=draw.one((89, 180, 364)))
    if kind == "contract" and values.get("renewal_of") == id:
        values["renewal_of"] = None
    if kind == "survey":
        values["scale_min"], values["scale_max"] = Decimal(0), Decimal(10)
    if kind == "transaction" and values.get("kind") in NEGATIVE and values.get("amount"):
        values["amount"] = -abs(values["amount"])
    if kind == "credit":
        values["share"] = draw.share() if draw.has(0.5) else Decimal("0.5")
    if kind == "deal" and values.get("amount"):
        values["amount"] = values["amount"] if draw.has(0.15) else abs(values["amount"])
    if kind == "transaction" and values.get("kind") in ("invoice", "payment") and values.get("amount"):
        values["amount"] = values["amount"] if draw.has(0.15) else abs(values["amount"])


__all__ = ["FIRST", "facts"]
