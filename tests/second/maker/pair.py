"""One random pair: program texts, facts, and the day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.rules import Program
from partnerdesk.program.reader import read_program
from tests.second.maker.draw import UNITS, Draw
from tests.second.maker.facts import COUNTS, facts
from tests.second.maker.metrics import metrics
from tests.second.maker.toml import written

AS_OF = (date(2026, 3, 31), date(2026, 2, 14), date(2026, 5, 31), date(2025, 12, 31), date(2026, 1, 1))


@dataclass(frozen=True)
class Pair:
    """`texts` are what the versions were read from."""

    number: int
    texts: tuple[str, ...]
    programs: tuple[Program, ...]
    facts: Facts
    as_of: date


def pair(seed: int, number: int) -> Pair:
    """The pair of a number: the same every time. A program that the reader refuses is drawn again."""
    draw = Draw(seed * 1_000_003 + number)
    for _ in range(60):
        raw = _program(draw)
        text = written(raw)
        read = read_program(text, "random")
        if read.program is not None:
            kinds = _kinds(raw)
            return Pair(number, (text,), (read.program,), facts(draw, kinds, date(2026, 3, 31)), draw.one(AS_OF))
    raise AssertionError(f"pair {number} of seed {seed}: no sound program: {read.problems}")


def _program(draw: Draw) -> dict[str, Any]:
    raw: dict[str, Any] = {"program": "p", "version": "1", "effective_from": date(2025, 1, 1)}
    raw["statements"] = draw.one(UNITS)
    draw.maybe(raw, "fiscal_year_starts", 0.25, lambda: draw.one(("02-01", "04-01", "07-01")))
    draw.maybe(raw, "exchange", 0.4, lambda: exchange(draw))
    raw["metric"] = metrics(draw, draw.randint(1, 6))
    return raw


def exchange(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {}
    draw.maybe(made, "table", 0.5, lambda: draw.one(("program", "fixed")))
    draw.maybe(
        made, "day", 0.9, lambda: draw.one(("event", "month start", "quarter start", "year start", "month mean"))
    )
    return made


def _kinds(raw: dict[str, Any]) -> set[str]:
    """The kinds of facts that a program reads."""
    found = {rule["of"] for rule in raw["metric"].values() if "of" in rule}
    if any("retention" in rule for rule in raw["metric"].values()):
        found.add("contract")
    return (
        found
        | ({"credit"} if "deal" in found else set())
        | ({"check"} if "deployment" in found else set()) & set(COUNTS)
    )
