"""Random earnings: an event, which ones, what must hold, how much, when it is paid and taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from partnerdesk.engine.world.where import known_path
from tests.second.maker.draw import OVER, UNITS, Draw
from tests.second.maker.filters import where
from tests.second.maker.needs import need
from tests.second.maker.rates import Asked, factor, rate
from tests.second.maker.timing import clawbacks, vests

# Named triggers with the kind of their fact and the bases that it has.
EVENTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("deal registered", "deal", ("amount", "recurring")),
    *[("deal won", "deal", ("amount", "amount", "recurring", "margin"))] * 5,
    *[("contract started", "contract", ("recurring", "seats"))] * 2,
    ("contract renewed", "contract", ("recurring", "outcome_amount")),
    *[("invoice issued", "transaction", ("amount", "list_amount", "margin"))] * 5,
    *[("payment received", "transaction", ("amount", "amount"))] * 3,
    ("usage reported", "transaction", ("amount",)),
    ("customer live", "deployment", ("review_score", "standards", "deal.amount")),
    ("first value", "deployment", ("review_score", "deal.recurring")),
    ("quality reviewed", "deployment", ("review_score",)),
    ("survey answered", "survey", ("score",)),
    ("certification awarded", "certification", ()),
    ("activity verified", "activity", ()),
)
OTHERS = (("fund_entry", "day", ("amount",)), ("case", "closed", ()), ("deal", "created", ("amount",)))
OF_FACTS = ("stream start", "stream renewal", "registration")
# A number that a base may be multiplied by: never an amount by an amount.
TIMES = {"amount": "customer_months", "margin": "customer_months", "seats": "recurring", "review_score": "standards"}
# Numbers of an event that floors may be multiplied by.
NUMBERS = {
    "deal": ("customer_months", "recurring"),
    "contract": ("seats", "customer_months"),
    "transaction": ("customer_months", "contract.seats", "contract.recurring"),
    "deployment": ("standards",),
    "earning": ("contract.seats", "contract.recurring", "deal.amount"),
}
# The days of a fact on which versions may pay one after the other.
DAYS_OF_ONE: dict[str, tuple[Any, ...]] = {
    "deal": ("deal registered", "deal won", {"fact": "deal", "day": "created"}),
    "contract": ("contract started", "contract renewed"),
    "deployment": ("customer live", "first value", "quality reviewed"),
}
STREAMS = ("contract", "deal", "customer", "customer and product")
FURTHER_DOWN = "two levels below"  # drawn beside those directly below


def earnings(draw: Draw, count: int, metrics: Sequence[str], tiers: Sequence[str], has_score: bool) -> dict[str, Any]:
    """So many earnings by name."""
    found: dict[str, Any] = {}
    for n in range(count):
        found[f"e{n}"] = _earning(draw, list(found), metrics, tiers, has_score) | {"says": f"Earning {n}"}
    for made in found.values():
        for bands in _all_bands(made.get("rate")):
            numbers = NUMBERS.get("earning" if made["on"] == "earning" else kind_of(made["on"]), ())
            if numbers and "by" not in bands:
                draw.maybe(bands, "floors_times", 0.15, lambda numbers=numbers: draw.one(numbers))
    for name, made in found.items():
        others = [other for other in found if other != name]
        for bands in _filled(made.get("rate")) if others else ():
            draw.maybe(bands, "paid_with", 0.7, lambda others=others: draw.some(others, 2))
    return found


def among(draw: Draw, rules: Mapping[str, Any], metrics: Mapping[str, Any]) -> None:
    """Now and then only events of what counts, or does not, in a metric with groups that the events may be in."""
    for made in rules.values():
        kind = kind_of(made["on"])
        fitting = [
            name
            for name, metric in metrics.items()
            if kind and "groups" in metric and known_path(kind, metric["groups"]["by"])
        ]
        for key in ("among", "without") if fitting else ():
            draw.maybe(made, key, 0.3, lambda fitting=fitting: draw.one(fitting))


def _all_bands(rate: Any) -> list[dict[str, Any]]:
    """The bands of a rate, and those of its entries."""
    if not isinstance(rate, dict):
        return []
    inner = [entry["bands"] for entry in rate.get("entries", ()) if "bands" in entry]
    return [bands for bands in (rate, *inner) if "bands" in bands]


def _filled(rate: Any) -> list[dict[str, Any]]:
    """The bands of a rate that fill up with what is paid."""
    return [bands for bands in _all_bands(rate) if bands.get("floors_of") == "paid"]


def kind_of(on: Any) -> str:
    """The kind of fact that a trigger is about; empty for those of no fact."""
    return str(on["fact"]) if isinstance(on, dict) else next((kind for named, kind, _ in EVENTS if named == on), "")


def on_another_day(draw: Draw, rule: dict[str, Any], metrics: Sequence[str]) -> dict[str, Any] | None:
    """An earning that pays on the same facts as another version's, but on another day of theirs; None where it has
    no other.
    """
    kind = kind_of(rule["on"])
    days = [on for on in DAYS_OF_ONE.get(kind, ()) if on != rule["on"]]
    if not days:
        return None
    made = {"says": "Of another day", "type": rule["type"], "on": draw.one(days), "amount": draw.one((100, 300))}
    draw.maybe(made, "vests", 0.5, lambda: vests(draw, metrics, (), False))
    draw.maybe(made, "clawback", 0.7, lambda: clawbacks(draw, kind))
    return made


def _earning(
    draw: Draw, before: list[str], metrics: Sequence[str], tiers: Sequence[str], has_score: bool
) -> dict[str, Any]:
    made: dict[str, Any] = {"type": draw.one(("UPFRONT", "RECURRING", "BONUS"))}
    way = draw.one(("fact",) * 7 + ("other", "period", "period", "tier", "lines"))
    kind, bases = "", ()
    if way == "fact":
        made["on"], kind, bases = draw.one(EVENTS)
    elif way == "other":
        kind, day, bases = draw.one(OTHERS)
        made["on"] = {"fact": kind, "day": day}
    elif way == "tier" and tiers:
        made["on"] = "tier reached"
    elif way == "lines" and before:
        made |= {"on": "earning", "earning": draw.one(before)}
        kind = "earning"
    else:
        made["on"] = "period end"
        draw.maybe(made, "every", 0.7, lambda: draw.one(UNITS))
    _money(draw, made, kind, bases, Asked(metrics, tiers, has_score))
    _conditions(draw, made, kind, metrics, tiers, has_score)
    draw.maybe(made, "vests", 0.55, lambda: vests(draw, metrics, tiers, has_score))
    if kind in ("deal", "contract", "transaction", "deployment", "earning"):
        draw.maybe(made, "clawback", 0.65, lambda: clawbacks(draw, kind))
    draw.maybe(made, "reference", 0.03, lambda: "4.1")
    draw.maybe(made, "note", 0.03, lambda: "a note")
    return made


def _money(draw: Draw, made: dict[str, Any], kind: str, bases: Sequence[str], asked: Asked) -> None:
    is_fact, (metrics, tiers, _) = bool(kind), asked
    if made["on"] == "tier reached" or (is_fact and not bases and kind != "earning") or draw.has(0.15):
        made["amount"] = draw.one((100, 250))
    else:
        if draw.has(0.15) and made["on"] != "earning":
            made["increment_over"] = draw.one((*OVER, "ever"))
            draw.maybe(made, "increment_of", 0.5, lambda: draw.one(("sum", "latest", "latest")))
        if kind != "earning":
            made["base"] = _base(draw, kind, bases, metrics)
        made["rate"] = rate(draw, kind, asked, is_fact, "increment_over" in made)
        if is_fact and bases and bases[0] in ("amount", "recurring"):
            draw.maybe(made, "exchange", 0.2, lambda: {"day": draw.one(("event", "month start", "month mean"))})
    count = draw.randint(1, 2)
    draw.maybe(made, "factor", 0.3, lambda: [factor(draw, kind, asked, is_fact) for _ in range(count)])
    draw.maybe(made, "least", 0.12, lambda: draw.one((0, 50)))
    draw.maybe(made, "most", 0.12, lambda: draw.one((50, 500)))
    draw.maybe(made, "nothing_below", 0.1, lambda: draw.one((20, 100)))
    for name in ("least", "most"):
        draw.maybe(made, name, 0.08, lambda: _formula(draw, kind, bases, asked))
    if kind == "deal":
        draw.maybe(made, "credit", 0.3, lambda: draw.one(("share", "full")))
    if tiers:
        choices = ("event", "period start", "period end") + (OF_FACTS if is_fact else ())
        draw.maybe(made, "tier_as_of", 0.4, lambda: draw.one(choices))


def _formula(draw: Draw, kind: str, bases: Sequence[str], asked: Asked) -> dict[str, Any]:
    """Another base at another rate, never below zero; its bands go on through no period."""
    found: dict[str, Any] = {"rate": rate(draw, kind, asked, bool(kind), True)}
    while "-" in str(found["rate"]):
        found["rate"] = rate(draw, kind, asked, bool(kind), True)
    if kind != "earning":
        found["base"] = _base(draw, kind, bases, asked.metrics)
    return found


def _base(draw: Draw, kind: str, bases: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    if kind not in ("", "earning") and draw.has(0.1):
        return _by_currency(draw, kind)
    made: dict[str, Any] = (
        {"metric": draw.one(metrics)} if not bases or draw.has(0.1) else {"attribute": draw.one(bases)}
    )
    if made.get("attribute") == "amount" and "recurring" not in bases and draw.has(0.15):
        made["less"] = "cost" if "margin" in bases else "amount"
    times = (
        "seats" if "seats" in bases and made.get("attribute") == "recurring" else TIMES.get(made.get("attribute", ""))
    )
    if times and bases != ("amount",):
        draw.maybe(made, "times", 0.15, lambda: times)
    draw.maybe(made, "not_below", 0.12, lambda: draw.one((0, 500)))
    draw.maybe(made, "per", 0.12, lambda: draw.one((12, 100)))
    draw.maybe(made, "whole", 0.1, lambda: True)
    return made


def _by_currency(draw: Draw, kind: str) -> dict[str, Any]:
    made: dict[str, Any] = {"by_currency": {"EUR": 500, "USD": 600, "GBP": 400}}
    if draw.has(0.2):
        del made["by_currency"]["GBP"]
    if draw.has(0.3) or not known_path(kind, "currency"):
        made["currency"] = "partner.currency"
    draw.maybe(made, "per", 0.2, lambda: 100)
    return made


def _conditions(
    draw: Draw, made: dict[str, Any], kind: str, metrics: Sequence[str], tiers: Sequence[str], has_score: bool
) -> None:
    draw.maybe(made, "when", 0.14, lambda: need(draw, metrics, tiers, has_score, 1))
    if kind:
        draw.maybe(made, "where", 0.14, lambda: where(draw, kind, 1))
        draw.maybe(made, "of", 0.1, lambda: draw.one(("own", "sub-partners", FURTHER_DOWN)))
        if made.get("of") == FURTHER_DOWN:
            made |= {"of": "sub-partners", "level": 2}
        draw.maybe(made, "measured", 0.1, lambda: draw.one(("period", "event", "event")))
        draw.maybe(made, "rules_as_of", 0.2, lambda: draw.one(("event", *OF_FACTS)))
    if kind in ("deal", "contract", "transaction", "deployment"):
        draw.maybe(made, "stream", 0.4, lambda: draw.one(STREAMS))
        draw.maybe(made, "for_months", 0.15, lambda: draw.one((3, 12)))
        draw.maybe(made, "while_active", 0.12, lambda: True)
        draw.maybe(made, "once_per", 0.12, lambda: draw.one(("customer", "deal")))
        draw.maybe(
            made, "count", 0.2, lambda: _count(draw, ("partner", "customer", "deal", "contract", "product", "stream"))
        )
    elif made["on"] == "tier reached":
        draw.maybe(made, "count", 0.6, lambda: _count(draw, ("partner", "tier", "tier")))


def _count(draw: Draw, pers: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"per": draw.one(pers)}
    first = draw.one((1, 1, 2))
    draw.maybe(made, "from", 0.6, lambda: first)
    draw.maybe(made, "to", 0.7, lambda: first + draw.one((0, 1)))
    draw.maybe(made, "over", 0.6, lambda: draw.one(OVER))
    return made
