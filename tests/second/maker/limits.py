"""Random caps, safety nets and holdbacks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tests.second.maker.draw import OWN_YEARS, UNITS, Draw
from tests.second.maker.needs import need

OWNERS = ("partner", "customer", "contract", "deal", "product")
NUMBERS = {"deal": ("amount", "recurring", "attributes.volume"), "contract": ("recurring", "seats")}
CHANGES = date(2025, 7, 1)


def limits(
    draw: Draw, earnings: Sequence[str], metrics: Sequence[str], tiers: Sequence[str], has_score: bool
) -> dict[str, Any]:
    """The sections of limits that a program has."""

    def when() -> dict[str, Any]:
        return need(draw, metrics, tiers, has_score, 1)

    made: dict[str, Any] = {}
    draw.maybe(made, "cap", 0.4, lambda: {f"c{n}": _cap(draw, earnings, metrics) for n in range(draw.randint(1, 2))})
    draw.maybe(made, "safety_net", 0.25, lambda: {"n0": _net(draw, earnings, metrics)})
    draw.maybe(made, "holdback", 0.3, lambda: {"h0": _holdback(draw, earnings)})
    for section in made.values():
        for rule in section.values():
            draw.maybe(rule, "when", 0.25, when)
            draw.maybe(rule, "says", 0.3, lambda: "A limit")
            draw.maybe(rule, "reference", 0.05, lambda: "6.1")
            draw.maybe(rule, "note", 0.05, lambda: "a note")
    return made


def _cap(draw: Draw, earnings: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    of = draw.some(earnings, 3)
    made: dict[str, Any] = {
        "of": of,
        "every": draw.one((*UNITS, *OWN_YEARS, "ever")),
        "at_most": _amounts(draw, metrics, True),
    }
    draw.maybe(made, "per", 0.5, lambda: draw.one(OWNERS))
    if made.get("per") in NUMBERS and draw.has(0.4):
        made["at_most"][0] = {"attribute": draw.one(NUMBERS[made["per"]])}
        draw.maybe(made["at_most"][0], "times", 0.7, lambda: Decimal(draw.one(("0.05", "0.333", "1.5"))))
    draw.maybe(made, "cut", 0.3, lambda: draw.some(of, 2))
    return made


def _net(draw: Draw, earnings: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    made = {"of": draw.some(earnings, 3), "every": draw.one(UNITS), "at_least": _amounts(draw, metrics, False)}
    draw.maybe(made, "per", 0.7, lambda: draw.one((*OWNERS, "contract")))
    return made


def _amounts(draw: Draw, metrics: Sequence[str], is_cap: bool) -> list[Any]:
    first: dict[str, Any] = {"amount": draw.one((50, 100, 500, 1000))}
    if draw.has(0.25):
        first = {"metric": draw.one(metrics)}
        draw.maybe(first, "times", 0.6, lambda: Decimal(draw.one(("0.5", "2", "100"))))
    elif is_cap:
        draw.maybe(first, "by_currency", 0.3, lambda: {"USD": 60, "GBP": 40})
    if draw.has(0.3):
        return [first, {"from": CHANGES, "amount": draw.one((200, "none"))}]
    return [first]


def _holdback(draw: Draw, earnings: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "of": draw.some(earnings, 3),
        "share": Decimal(draw.one(("0.1", "0.25", "0.333"))),
        "release_after": draw.one((0, 1, 2)),
    }
    draw.maybe(made, "every", 0.4, lambda: draw.one(UNITS))
    draw.maybe(made, "release_unit", 0.7, lambda: draw.one(UNITS))
    draw.maybe(made, "otherwise", 0.4, lambda: draw.one(("forfeit", "release")))
    return made
