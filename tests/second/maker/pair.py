"""One random pair: program texts, facts, and the day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from zlib import crc32

from partnerdesk.engine.facts import KINDS, Facts
from partnerdesk.engine.rules import Program
from partnerdesk.program.reader import read_program
from tests.second.maker import funds, terms
from tests.second.maker.below import tiers_below
from tests.second.maker.best import best_ones, several_a_week, several_live
from tests.second.maker.disputed import disputed
from tests.second.maker.draw import UNITS, Draw
from tests.second.maker.earnings import among, earnings, kind_of, on_another_day
from tests.second.maker.facts import facts
from tests.second.maker.limits import limits
from tests.second.maker.metrics import metrics, of_earnings, paid_before
from tests.second.maker.rates import Asked
from tests.second.maker.room import room_again, with_refunds
from tests.second.maker.scores import score
from tests.second.maker.spoken import spoken
from tests.second.maker.tiers import policy, tiers
from tests.second.maker.timing import clawback
from tests.second.maker.toml import written
from tests.second.maker.waiving import waiving, with_deals_that_go
from tests.second.maker.years import years_of_others

AS_OF = (date(2026, 3, 31), date(2026, 2, 14), date(2026, 5, 31), date(2025, 12, 31), date(2026, 1, 1))
FIRST_DAY = date(2025, 1, 1)
LATER_DAYS = (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 15))
VERSIONS = (1,) * 16 + (2, 2, 3, 4)  # how many there are
TRIES = 80


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
    draw, of_pair = Draw(seed * 1_000_003 + number), number
    raw, text, program = _sound(draw, lambda: _program(draw))
    raws, texts, programs = [raw], [text], [program]
    for number, day in enumerate(LATER_DAYS[: draw.one(VERSIONS) - 1], 2):
        raw, text, program = _sound(draw, partial(_later, draw, raws[0], number, day))
        raws, texts, programs = [*raws, raw], [*texts, text], [*programs, program]
    kinds = {kind for raw in raws for kind in _kinds(raw)}
    kinds |= {metric.of for program in programs for metric in program.metric.values()}
    kinds |= {kind for kind, chance in (("hold", 0.3), ("opening", 0.2)) if draw.has(chance)}
    found, as_of = facts(draw, kinds), draw.one(AS_OF)
    aside = Draw((seed * 1_000_003 + of_pair) * 3 + 1)
    if len(raws) == 1 and "earning" in raws[0] and "dispute" not in kinds and aside.has(0.15):
        _, text, program = _sound(aside, lambda: waiving(aside, raws[0]))
        texts, programs, found = [text], [program], with_deals_that_go(aside, found)
    if any("room" in program.earning for program in programs):
        found = with_refunds(Draw(crc32(repr(texts).encode())), found)
    if "dispute" in kinds:
        found = disputed(draw, programs, found, as_of)
    return Pair(number, tuple(texts), tuple(programs), found, as_of)


def _sound(draw: Draw, make: Any) -> tuple[dict[str, Any], str, Program]:
    problems: Any = ()
    for _ in range(TRIES):
        raw = make()
        text = written(raw)
        read = read_program(text, "random")
        if read.program is not None:
            return raw, text, read.program
        problems = read.problems
    raise AssertionError(f"no sound program: {problems}")


def _program(draw: Draw) -> dict[str, Any]:
    raw: dict[str, Any] = {"program": "p", "version": "1", "effective_from": FIRST_DAY, "statements": draw.one(UNITS)}
    draw.maybe(raw, "fiscal_year_starts", 0.3, lambda: draw.one(("02-01", "04-01", "07-01", "04-06", "12-29", "03-01")))
    draw.maybe(raw, "fiscal_year_named", 0.1, lambda: draw.one(("end", "begin")))
    draw.maybe(raw, "fiscal_weeks", 0.2, lambda: terms.weeks(draw))
    draw.maybe(raw, "currency", 0.1, lambda: "USD")
    draw.maybe(raw, "exchange", 0.4, lambda: exchange(draw))
    draw.maybe(raw, "rounding", 0.3, lambda: terms.rounding(draw))
    raw["metric"] = metrics(draw, draw.randint(1, 6))
    if draw.has(0.12):
        # What was paid before, on which everything may rest; a score of months inside a longer statement's period would
        # rest on lines of that very period, each of which asks for it.
        raw["metric"]["before"], raw["statements"] = paid_before(draw), "month"
    names = list(raw["metric"])
    draw.maybe(raw, "score", 0.4, lambda: score(draw, names))
    draw.maybe(raw, "tier", 0.5, lambda: tiers(draw, names, "score" in raw))
    tier_names = [tier["name"] for tier in raw.get("tier", ())]
    if tier_names:
        draw.maybe(raw, "tiers", 0.8, lambda: policy(draw, tier_names))
    _paid(draw, raw, names, tier_names)
    spoken(draw, raw)
    for more in (tiers_below, years_of_others, best_ones, several_live, several_a_week, room_again):
        more(Draw(crc32(f"{more.__name__}{raw}".encode())), raw)
    return raw


def _paid(draw: Draw, raw: dict[str, Any], names: list[str], tier_names: list[str]) -> None:
    """What is earned and paid, and who takes part."""
    asked = (names, tier_names, "score" in raw)
    if draw.has(0.7) or "before" in raw["metric"]:
        raw["earning"] = earnings(draw, draw.randint(1, 3), *asked)
        draw.maybe(raw["metric"], "paid", 0.15, lambda: of_earnings(draw, list(raw["earning"])))
        among(draw, raw["earning"], raw["metric"])
        raw |= limits(draw, list(raw["earning"]), *asked)
        draw.maybe(raw, "settlement", 0.5, lambda: terms.settlement(draw, Asked(*asked)))
        if draw.has(0.12):
            _lapsing(draw, raw)
    if draw.has(0.25):
        raw["disputes"] = terms.disputes(draw)
        draw.maybe(raw, "settlement", 0.6, lambda: raw.get("settlement", {}) | terms.of_debts(draw))
    draw.maybe(raw, "fund", 0.2, lambda: _funds(draw, Asked(*asked)))
    if any("benefits" in tier for tier in raw.get("tier", ())):
        draw.maybe(raw, "benefit", 0.7, lambda: funds.benefits(draw, raw.get("fund", {})))
    draw.maybe(raw, "eligibility", 0.25, lambda: terms.eligibility(draw, *asked))
    draw.maybe(raw, "stage", 0.15, lambda: terms.stages(draw, *asked))
    draw.maybe(raw, "module", 0.25, lambda: {f"x{n}": terms.module(draw, raw) for n in range(draw.randint(1, 2))})


def _lapsing(draw: Draw, raw: dict[str, Any]) -> None:
    """What is too little lapses soon, and is clawed back after that as well."""
    raw["settlement"] = {"every": draw.one(("week", "half-month", "month")), "lapses_after_months": 1}
    raw["settlement"]["minimum"] = draw.one((500, 5000))
    raw["earning"]["e0"] = {"says": "E0", "type": "UPFRONT", "on": "deal won", "amount": draw.one((100, 300))}
    raw["earning"]["e0"]["clawback"] = [clawback(draw, cause) for cause in draw.some(("churned", "refunded"), 2)]


def _funds(draw: Draw, asked: Asked) -> dict[str, Any]:
    return {f"f{n}": funds.fund(draw, asked) for n in range(draw.one((1, 1, 2)))}


def _later(draw: Draw, first: Mapping[str, Any], number: int, day: date) -> dict[str, Any]:
    """A version that follows, with a transition of its own; its years and statements are those of the first."""
    raw = _program(draw) | {"version": str(number), "effective_from": day}
    while "before" in raw["metric"] and first["statements"] != "month":
        raw = _program(draw) | {"version": str(number), "effective_from": day}
    for key in ("fiscal_year_starts", "fiscal_year_named", "fiscal_weeks", "statements", "currency"):
        raw.pop(key, None)
        raw |= {key: first[key]} if key in first else {}
    for name, rule in first.get("earning", {}).items() if "earning" in raw else ():
        if draw.has(0.5) and (found := on_another_day(draw, rule, list(raw["metric"]))):
            raw["earning"][name] = found
    return raw | {"transition": terms.transition(draw, day)}


def exchange(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {}
    draw.maybe(made, "table", 0.5, lambda: draw.one(("program", "fixed")))
    days = ("event", "month start", "quarter start", "year start", "month mean")
    draw.maybe(made, "day", 0.9, lambda: draw.one(days))
    return made


# What goes with a section of a program.
BESIDE = {
    "tier": ("tier_decision",),
    "earning": ("adjustment", "payment"),
    "disputes": ("dispute",),
    "fund": ("fund_entry", "activity"),
    "benefit": ("activity", "contract"),
}


def _kinds(raw: Mapping[str, Any]) -> Iterator[str]:
    """The kinds of facts that a program reads, and those that go with them."""
    for rule in raw["metric"].values():
        if rule.get("of") in KINDS:
            yield rule["of"]
        if "retention" in rule:
            yield "contract"
        if "adjustments" in rule:
            yield "adjustment"
    asks = [*raw.get("module", {}).values(), *raw.get("score", {}).get("track", ())]
    if any("enrolled" in part for part in asks):
        yield "enrolment"
    for rule in raw.get("earning", {}).values():
        if kind := kind_of(rule["on"]):
            yield kind
            yield from {"deal": ("contract", "transaction", "deployment", "credit")}.get(kind, ("contract",))
    for section, others in BESIDE.items():
        if section in raw:
            yield from others
    yield from ("credit", "check")
