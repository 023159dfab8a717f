"""Numbers that were hardly meant as they stand: percentages without their point, tiers in the wrong order.

Asked only of a program in which every name leads somewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from partnerdesk.engine.money import HUNDRED
from partnerdesk.engine.rules import Bands, Factor, Fund, Need, Program, ScorePart
from partnerdesk.engine.terms.metrics import unit_of
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.lint.found import Found

_SHARE = Decimal(4)  # 400 %: few shares are asked to be that much
_FACTOR = Decimal(20)
_NOTHING = Decimal(0)
_BOUNDS = ("at_least", "above", "at_most", "below")


def units(program: Program) -> Iterator[Found]:
    yield from _shares(program)
    yield from _stricter_below(program)


def _shares(program: Program) -> Iterator[Found]:
    """Shares that are compared with 85 for 85 %, and multipliers of 110."""
    for path, part in _parts(program, ""):
        if isinstance(part, Factor):
            largest = max([*part.by_tier.values(), *(e.factor for e in part.entries)], default=_NOTHING)
            if largest > _FACTOR:
                message = f"a factor of {plain(largest)} multiplies by {plain(largest)}."
                yield path, message, f"Write {plain(largest / HUNDRED)} for {plain(largest)} %, if that is meant.", True
        if (
            isinstance(part, Fund)
            and _is_money(program, part)
            and (most := max([part.rate or _NOTHING, *part.rate_by_tier.values(), *_banded(part)])) > 1
        ):
            message = f"a rate of {plain(most)} puts in {plain(most * HUNDRED)} %."
            yield path, message, f"Write {plain(most / HUNDRED)} for {plain(most)} %, if that is meant.", True
        name, numbers = _compared(part)
        if name in program.metric and unit_of(program, name, program.currency) == "%":
            most = max((n for n in numbers if n is not None), default=_NOTHING)
            if most >= _SHARE:
                message = f"{name} is a share, and {plain(most)} of it is {plain(most * HUNDRED)} %."
                remedy = (
                    f"Write {plain(most / HUNDRED)} for {plain(most)} %, if that is meant. Else say what it is of: "
                )
                yield path, message, f'{remedy}unit = "{program.currency}", for instance.', True


def _banded(fund: Fund) -> list[Decimal]:
    return [step.rate for step in fund.bands.steps] if fund.bands is not None else []


def _is_money(program: Program, fund: Fund) -> bool:
    """Whether what a fund accrues on is an amount, of which its rate is a share; not points, or units."""
    return fund.accrues_on not in program.metric or unit_of(program, fund.accrues_on, program.currency) in (
        program.currency,
        "%",
    )


def _compared(part: Any) -> tuple[str, list[Decimal | None]]:
    """A metric and the numbers that it is compared with."""
    match part:
        case Need():
            return part.metric, [getattr(part, bound) for bound in _BOUNDS]
        case ScorePart() | Factor():
            return part.metric, [point.at for point in part.scale]
        case Bands():
            return part.by, [step.floor for step in part.steps]
    return "", []


def _parts(part: Any, path: str) -> Iterator[tuple[str, Any]]:
    """A part of a program and all that stands in it, each with its key."""
    if isinstance(part, tuple):
        for i, item in enumerate(part):
            yield from _parts(item, f"{path}.{i}")
    elif isinstance(part, Mapping):
        for name, item in part.items():
            yield from _parts(item, f"{path}.{name}")
    elif is_dataclass(part):
        if path:
            yield path, part
        for f in fields(part):
            if f.name not in ("example", "module"):
                yield from _parts(getattr(part, f.name), f"{path}.{f.name}" if path else f.name)


def _stricter_below(program: Program) -> Iterator[Found]:
    """Tiers that ask for more of a metric than one above them."""
    for i, tier in enumerate(program.tier):
        for higher in program.tier[i + 1 :]:
            more, less = _asks(tier.requires), _asks(higher.requires)
            for name in more.keys() & less.keys():
                if more[name] > less[name]:
                    message = (
                        f"{tier.name} needs {plain(more[name])} of {name}, {higher.name} above it {plain(less[name])}."
                    )
                    yield f"tier.{i}.requires", message, "Order tiers from low to high, or correct the bounds.", True


def _asks(need: Need | None) -> dict[str, Decimal]:
    """What a tier cannot do without, by metric."""
    if need is None:
        return {}
    found = {need.metric: need.at_least} if need.metric and need.at_least is not None else {}
    for part in need.all:
        found |= _asks(part)
    return found
