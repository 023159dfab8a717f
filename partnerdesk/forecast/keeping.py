"""A forecast as the text that is kept of it, and back: what is needed to score it, amounts and ids alone.

That of a whole book is kept under no partner, one text for each currency, with the partners that it was of.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.outcome.record import plain
from partnerdesk.engine.period import Period
from partnerdesk.forecast.ranges import Forecast, Odds, Range, Stretch
from partnerdesk.forecast.together import BookForecast, Whole

FORM = 1  # of the text; raised when its keys change


@dataclass(frozen=True, slots=True)
class Said:
    """What a forecast said, as far as it can be scored: its months and quarters, and the chances it gave.

    `partners` are those of a forecast of many, whose `partner` is empty; `scenarios` is how many futures were drawn.
    """

    partner: str
    as_of: date
    horizon: date
    months: tuple[Stretch, ...]
    quarters: tuple[Stretch, ...]
    odds: tuple[Odds, ...]
    partners: tuple[str, ...] = ()
    scenarios: int = 0

    @property
    def whose(self) -> tuple[str, ...]:
        """The partners that the amounts are of."""
        return self.partners or (self.partner,)


def said(found: Forecast) -> Said:
    """What is to be scored of a forecast."""
    return Said(
        found.partner, found.as_of, found.horizon, found.months, found.quarters, found.odds, (), found.scenarios
    )


def said_of_all(found: BookForecast, whole: Whole) -> Said:
    """What is to be scored of a book's forecast in one currency; single chances are scored partner by partner."""
    return Said("", found.as_of, found.horizon, whole.months, whole.quarters, (), whole.partners, found.scenarios)


def written(found: Forecast) -> str:
    """The text of a forecast; the same forecast gives the same text."""
    how = {"seed": found.seed, "scenarios": found.scenarios, "version": found.version, "currency": found.currency}
    return _text(how, found.tiers, said(found))


def written_of_all(found: BookForecast, whole: Whole) -> str:
    """The text of a book's forecast in one currency."""
    how = {"seed": found.seed, "scenarios": found.scenarios, "version": found.version, "currency": whole.currency}
    return _text(how, whole.tiers, said_of_all(found, whole))


@dataclass(frozen=True, slots=True)
class How:
    """How a forecast was drawn."""

    seed: int
    scenarios: int
    version: str
    currency: str


def written_as(how: How, told: Said) -> str:
    """The text of what a document says, of which nothing but its periods and chances is known."""
    return _text(plain(how), (), told)


def _text(how: Mapping[str, Any], tiers: Sequence[tuple[str, Decimal]], told: Said) -> str:
    stretches = {name: list(map(_plain, getattr(told, name))) for name in ("months", "quarters")}
    content = {
        "form": FORM,
        **how,
        "tiers": [[tier, str(chance)] for tier, chance in tiers],
        "said": {name: value for name, value in plain(told).items() if name != "scenarios"} | stretches,
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_back(text: str) -> Said:
    """What a kept text says. Raises ValueError for a form that is not known."""
    content = json.loads(text)
    if content.get("form") != FORM:
        raise ValueError(f"a kept forecast of form {content.get('form')}")
    found = content["said"]
    return Said(
        found["partner"],
        date.fromisoformat(found["as_of"]),
        date.fromisoformat(found["horizon"]),
        tuple(map(_stretch, found["months"])),
        tuple(map(_stretch, found["quarters"])),
        tuple(Odds(o["kind"], o["id"], Decimal(o["chance"])) for o in found["odds"]),
        tuple(found.get("partners", ())),
        int(content["scenarios"]),
    )


def _plain(stretch: Stretch) -> dict[str, Any]:
    """A stretch with the days of its period, which a label alone does not give back in every fiscal year."""
    period = stretch.period
    days = {"start": period.start.isoformat(), "end": period.end.isoformat()}
    found: dict[str, Any] = plain(stretch)
    return found | {"period": days | {"unit": period.unit, "label": period.label}}


def _stretch(found: Mapping[str, Any]) -> Stretch:
    period = found["period"]
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    held = Period(start, end, period["unit"], period["label"])
    amounts = (Decimal(found.get(name, 0)) for name in ("pipeline", "committed", "possible"))  # the last two came later
    return Stretch(held, _range(found["earned"]), _range(found["payable"]), *amounts)


def _range(found: Mapping[str, str]) -> Range:
    return Range(**{name: Decimal(amount) for name, amount in found.items()})
