"""A forecast as the text that is kept of it, and back: what is needed to score it, amounts and ids alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.period import Period
from partnerdesk.engine.record import plain
from partnerdesk.forecast.ranges import Forecast, Odds, Range, Stretch

FORM = 1  # of the text; raised when its keys change


@dataclass(frozen=True, slots=True)
class Said:
    """What a forecast said, as far as it can be scored: its months and quarters, and the chances it gave."""

    partner: str
    as_of: date
    horizon: date
    months: tuple[Stretch, ...]
    quarters: tuple[Stretch, ...]
    odds: tuple[Odds, ...]


def said(found: Forecast) -> Said:
    """What is to be scored of a forecast."""
    return Said(found.partner, found.as_of, found.horizon, found.months, found.quarters, found.odds)


def written(found: Forecast) -> str:
    """The text of a forecast; the same forecast gives the same text."""
    how = {"seed": found.seed, "scenarios": found.scenarios, "version": found.version, "currency": found.currency}
    tiers = [[tier, str(chance)] for tier, chance in found.tiers]
    stretches = {name: list(map(_plain, getattr(found, name))) for name in ("months", "quarters")}
    content = {"form": FORM, **how, "tiers": tiers, "said": plain(said(found)) | stretches}
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
    return Stretch(held, _range(found["earned"]), _range(found["payable"]), Decimal(found["pipeline"]))


def _range(found: Mapping[str, str]) -> Range:
    return Range(**{name: Decimal(amount) for name, amount in found.items()})
