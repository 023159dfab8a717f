"""Rates, bands and multipliers: entries that can win, floors that rise, keys that mean something together."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from partnerdesk.engine.money import HUNDRED, ONE, ZERO
from partnerdesk.engine.rules import Bands, Factor, FactorEntry, Program, Rate, RateEntry, Step
from partnerdesk.engine.terms.tables import EVENTS, conditions_of
from partnerdesk.engine.terms.triggers import LINES
from partnerdesk.engine.world.where import is_number, known_path
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.lint.bases import number_problems
from partnerdesk.program.lint.covering import covers
from partnerdesk.program.lint.found import Found, filter_problems, scale_problems, tier_names, unknown
from partnerdesk.program.lint.tiers import need_problems
from partnerdesk.program.lint.years import years_apart


def rate_problems(program: Program, path: str, rate: Rate, kind: str) -> Iterator[Found]:
    if rate.bands is not None:
        yield from band_problems(program, f"{path}.bands", rate.bands, kind)
    elif not rate.entries:
        yield path, "the table has no entry.", "Add one.", False
    if rate.kind == "by_tier":
        names = [e.tier[0] for e in rate.entries]
        known = [t.name for t in program.tier]
        if rate.otherwise is None or set(names) - set(known):
            yield from tier_names(program, f"{path}.by_tier", names)
    elif rate.kind == "by_age":
        yield from _ages(f"{path}.by_age", rate)
    else:
        yield from _entries(program, path, rate, kind)
    if any(entry.from_months < 0 for entry in rate.entries):
        yield path, "an age is zero or more.", "Correct from_months.", False
    if rate.age_of != "customer" and not any(entry.from_months for entry in rate.entries):
        yield f"{path}.age_of", "no entry asks for an age.", "Drop it, or add from_months.", True


def _ages(path: str, rate: Rate) -> Iterator[Found]:
    ages = [e.from_months for e in rate.entries]
    if any(e.where or e.tier or e.when for e in rate.entries):
        yield path, "a table by age asks for the age alone.", "Write entries = [...] for other conditions.", False
    elif ages != sorted(set(ages)) or not ages or (ages[0] != 0 and rate.otherwise is None):
        yield path, "ages must rise from 0, each one once.", "Sort them and begin with 0.", False


def _entries(program: Program, path: str, rate: Rate, kind: str) -> Iterator[Found]:
    seen: list[RateEntry] = []
    for number, entry in enumerate(rate.entries):
        at = f"{path}.entries.{number}"
        yield from _conditions(program, path, entry, kind)
        if entry.bands is not None:
            yield from band_problems(program, f"{at}.bands", entry.bands, kind)
        if rate.resolve == "first" and any(covers(earlier, entry) for earlier in seen):
            yield at, "an entry before it fits whenever it does: it never counts.", "Move it up, or drop it.", True
        if rate.resolve == "most specific" and any(_alike(earlier, entry) for earlier in seen):
            yield at, "an entry before it has the same conditions: it never counts.", "Drop one of them.", False
        elif rate.resolve == "most specific":
            yield from _covered(at, entry, seen)
        seen.append(entry)


def _covered(at: str, entry: RateEntry | FactorEntry, seen: Sequence[RateEntry | FactorEntry]) -> Iterator[Found]:
    """An entry that never wins: one before it with as many conditions fits whenever it does."""
    rank = conditions_of(entry), getattr(entry, "from_months", 0)
    alike = [one for one in seen if (conditions_of(one), getattr(one, "from_months", 0)) == rank]
    if any(covers(one, entry) for one in alike):
        message = "an entry before it has as many conditions and fits whenever this one does: it never counts."
        yield at, message, "Move it up: the stricter one first.", True


def _alike(a: RateEntry, b: RateEntry) -> bool:
    return (
        set(a.where) == set(b.where)
        and set(a.tier) == set(b.tier)
        and a.when == b.when
        and a.from_months == b.from_months
    )


def _conditions(program: Program, path: str, entry: RateEntry | FactorEntry, kind: str) -> Iterator[Found]:
    if kind:
        yield from filter_problems(path, kind, entry.where)
    elif entry.where:
        message = "no fact triggers this earning that could be filtered."
        yield path, message, "Write when = { ... }, of a metric or the partner, or filter the metric.", False
    if entry.when is not None:
        yield from need_problems(program, entry.when, f"{path}.when")
    names = [t.name for t in program.tier]
    for tier in entry.tier:
        if tier not in names:
            yield unknown(path, "tier", tier, names)


def band_problems(program: Program, path: str, bands: Bands, kind: str) -> Iterator[Found]:
    floors = [s.floor for s in bands.steps]
    if not floors or floors != sorted(set(floors)):
        yield path, "floors must rise, each one once.", "Sort the steps.", False
        return
    if bands.by and bands.by not in program.metric:
        yield unknown(path, "metric", bands.by, list(program.metric))
    if bands.how == "marginal" and floors[0] < ZERO:
        yield path, "marginal bands begin at zero or above; below zero they are mirrored.", "Correct the floor.", False
    if bands.over and (bands.how != "marginal" or bands.by):
        message = "only marginal bands of the base itself go on through a period."
        yield path, message, 'Drop over, or write bands = "marginal" without by.', False
    yield from years_apart(path, bands.over, "each", bands.each)
    if bands.each != "partner" and not bands.over:
        yield path, "only sums that go on are kept apart.", "Drop each, or add over.", False
    if bands.floors_of == "paid":
        yield from _filling(path, bands)
    elif bands.floors_of != "bases":
        yield from _counting(path, bands, kind)
    yield from _beside(program, path, bands)
    yield from _measured(path, bands, kind)
    if bands.how == "step on excess" and bands.excess_over < ZERO:
        yield path, "excess_over is below zero.", "Write 0 or more.", False
    if bands.how != "step on excess" and bands.excess_over:
        yield (
            path,
            "only a step on excess has an excess.",
            'Drop excess_over, or write bands = "step on excess".',
            False,
        )
    yield from _cliffs(program, path, bands)


def _filling(path: str, bands: Bands) -> Iterator[Found]:
    """Bands that fill up with what is paid: each but the last has to pay, or nothing ever leaves it."""
    if not bands.over:
        message = "what was paid adds up through a period, and none is named."
        yield f"{path}.floors_of", message, 'Add over = "year", or another one.', False
    if bands.steps[0].floor != ZERO:
        yield path, "nothing is paid below the first floor, so that nobody would reach it.", "Begin with 0.", False
    *filled, last = [step.rate for step in bands.steps]
    is_fee = min(filled, default=last) < ZERO
    if is_fee and max([*filled, last]) > ZERO:
        message = "a band fills up with what it pays or takes off, and these do both."
        yield path, message, "Write all rates above zero, or all below.", False
    elif not all(filled) or (not is_fee and last < ZERO):
        message = "a band fills up with what it pays: one that pays nothing is never left."
        yield path, message, "Give each band but the last a rate other than 0.", False
    if any(step.amount for step in bands.steps):
        message = "an amount for reaching a band would itself be paid, and count."
        yield path, message, "Drop amount, or pay it by an earning of its own.", False


def _measured(path: str, bands: Bands, kind: str) -> Iterator[Found]:
    """A number of the event by which floors are multiplied."""
    name, at = bands.floors_times, f"{path}.floors_times"
    if not name:
        return
    if not kind or (kind == LINES and "." not in name):
        yield at, "it looks at a number of a fact, and no fact is paid on here.", "Write the floors themselves.", False
    elif kind == LINES and name.count(".") > 1 and ".attributes." not in name:
        message = "a line knows its contract, deal, customer and product, and nothing behind them."
        yield at, message, "Name a number of one of these.", False
    else:
        yield from number_problems(at, kind, (name,))
    if bands.by:
        yield at, "the floors are those of a metric.", "Drop by, or floors_times.", False


def _counting(path: str, bands: Bands, kind: str) -> Iterator[Found]:
    """Bands whose floors count events, or a number of each."""
    at = f"{path}.floors_of"
    if bands.how != "marginal" or bands.by:
        message = "only marginal bands without `by` count events or a number of them."
        yield at, message, 'Write bands = "marginal", or pick the band by a metric alone.', False
    if any(step.amount for step in bands.steps):
        message = "it splits what a rate pays; an amount for reaching a band is none."
        yield at, message, "Pay it by an earning of its own, with `count` or by a metric.", False
    if bands.floors_of == EVENTS:
        if not bands.over:
            yield at, "every event is the first one by itself.", 'Add over = "year", or another period.', False
    elif not kind or not known_path(kind, bands.floors_of):
        known = f"“{bands.floors_of}” is not what floors can count here."
        of = f", or a number of the {kind}: attributes.copies" if kind else ""
        yield at, known, f"Write bases, paid, events{of}.", False
    elif not is_number(kind, bands.floors_of):
        yield at, f"{kind}'s {bands.floors_of} is no number.", "Name a number, or write events.", False


def _beside(program: Program, path: str, bands: Bands) -> Iterator[Found]:
    """The other earnings whose lines fill the bands, too."""
    if bands.paid_with and bands.floors_of != "paid":
        message = "other earnings fill bands whose floors count what was paid."
        yield f"{path}.paid_with", message, 'Add floors_of = "paid", or drop it.', False
    for name in bands.paid_with:
        if name not in program.earning:
            yield unknown(f"{path}.paid_with", "earning", name, list(program.earning))
        elif path.startswith(f"earning.{name}."):
            yield f"{path}.paid_with", "its own lines count anyway.", f"Take {name} out.", False


def _cliffs(program: Program, path: str, bands: Bands) -> Iterator[Found]:
    """Floors at which the pay falls by one more unit, or jumps where no worked case shows that this is meant."""
    if bands.how != "whole amount" or bands.by:
        return
    for lower, step in pairwise(bands.steps):
        if _at(step, step) < _at(step, lower):
            message = (
                f"at {step.floor:,f} one more unit pays less: {plain(_at(step, step))} after {plain(_at(step, lower))}."
            )
            yield path, message, "Raise the rate or the amount of that step.", True
            return
    if any(path.startswith(f"{key}.") for example in program.example for key in example.covers):
        return
    for lower, step in pairwise(bands.steps):
        if step.rate != lower.rate:
            message = f"at {step.floor:,f} the whole amount changes its rate: one more unit moves the pay by a step."
            yield path, message, "Use marginal bands if that is not meant, or add a case that covers it.", True
            return


def _at(edge: Step, step: Step) -> Decimal:
    """What a step pays on its own, or the next one's, floor."""
    return edge.floor * step.rate + step.amount


def factor_problems(program: Program, path: str, factor: Factor, kind: str) -> Iterator[Found]:
    ways = (bool(factor.by_tier), bool(factor.metric), bool(factor.entries), bool(factor.days))
    if sum(ways) != 1:
        yield path, "a multiplier is made in exactly one way.", "Give one of by_tier, metric, entries and days.", False
        return
    if factor.days_of != "version" and not factor.days:
        yield f"{path}.days_of", "it says which days count, of none.", "Add days, or drop it.", False
    yield from tier_names(program, path, list(factor.by_tier))
    if factor.metric and factor.metric not in program.metric:
        yield unknown(path, "metric", factor.metric, list(program.metric))
    if factor.scale and not factor.metric:
        yield f"{path}.scale", "a scale turns a metric into a multiplier.", "Name the metric.", False
    if factor.scale:
        yield from scale_problems(f"{path}.scale", factor.scale, 2)
    for number, entry in enumerate(factor.entries):
        yield from _conditions(program, path, entry, kind)
        yield from _covered(f"{path}.entries.{number}", entry, factor.entries[:number])


def large_rates(path: str, rate: Rate) -> Iterator[Found]:
    """Rates of money above 1: mostly a percentage that was written as such."""
    numbers = [entry.rate for entry in rate.entries if entry.rate is not None]
    numbers += [rate.otherwise] if rate.otherwise is not None else []
    for bands in (rate.bands, *(entry.bands for entry in rate.entries)):
        numbers += [step.rate for step in bands.steps] if bands is not None else []
    if numbers and (most := max(numbers)) > ONE:
        remedy = f"Write {plain(most / HUNDRED)} for {plain(most)} %, if that is meant."
        yield path, f"a rate of {plain(most)} is {plain(most * HUNDRED)} % of the base.", remedy, True
