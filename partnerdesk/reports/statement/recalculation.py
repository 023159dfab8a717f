"""The formula by which a reader's own spreadsheet computes a line again, from the cells beside it.

The line's figure is base × rate × factor × share, rounded once; a banded base is its slices; fixed amounts, increments,
the least and the most of a line stand in the formula; caps and floors change the result by the effect. Each way is
tried here in exact decimals first, and one that gives the amount to the cent is written. A line that no way reproduces
is refused, so no formula is ever bent to its result.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext

from partnerdesk.engine.money import ONE, ZERO, decimals
from partnerdesk.engine.outcome import EarningLine, Workings
from partnerdesk.errors import Refused
from partnerdesk.reports.sheet import MOST_DIGITS, digits
from partnerdesk.reports.statement.canonical import decimal_text

PRODUCT, SLICES, SUM = "product", "slices", "sum"
_HALF = (ROUND_HALF_UP, ROUND_HALF_EVEN)
_ROUNDINGS = {
    ROUND_HALF_UP: "ROUND({x},{n})",
    ROUND_HALF_EVEN: (
        "SIGN({x})*IF(ROUND(ABS(MOD(ABS({x})*10^{n},2)-0.5),6)=0,ROUNDDOWN(ABS({x}),{n}),ROUND(ABS({x}),{n}))"
    ),
    ROUND_DOWN: "ROUNDDOWN({x},{n})",
    ROUND_UP: "ROUNDUP({x},{n})",
}


@dataclass(frozen=True, slots=True)
class Cells:
    """Letters of the columns that a formula reads."""

    base: str
    rate: str
    factor: str
    share: str
    computed: str
    effect: str
    amount: str


@dataclass(frozen=True, slots=True)
class Recalculation:
    """A formula that is zero where the line adds up, and whether it multiplies, adds slices or only sums."""

    formula: str
    kind: str


def recalculation(line: EarningLine[Decimal], cells: Cells, row: int) -> Recalculation:
    """What the line's cells in Excel's row `row` give, less the amount.

    Raises Refused when the line's parts do not give its amount.
    """
    places = decimals(line.currency)
    effect = f"+{cells.effect}{row}"
    wanted = line.amount - line.effect
    for kind, value, text in _ways(line, cells, row):
        rounded = _rounded(value, text, wanted, places)
        if rounded:
            return Recalculation(f"=ROUND({rounded}{effect}-{cells.amount}{row},{places})", kind)
    if line.computed == wanted:
        return Recalculation(f"=ROUND({cells.computed}{row}{effect}-{cells.amount}{row},{places})", SUM)
    raise Refused(
        f"Line {line.id} does not add up: {line.computed} computed and {line.effect} by limits are not {line.amount}.",
        "Evaluate the period again; if it stays, look at the line's Why.",
    )


def held_digits(value: Decimal) -> Decimal:
    """A rate, factor or base as a cell holds it: at most 15 digits. Amounts are never cut, they are refused."""
    if len(str(value)) <= MOST_DIGITS or digits(value) <= MOST_DIGITS:
        return value
    with localcontext() as context:
        context.prec = MOST_DIGITS
        return +value


def _ways(line: EarningLine[Decimal], cells: Cells, row: int) -> Iterator[tuple[str, Decimal, str]]:
    """Kind, exact value and formula of each way to compute the line before rounding."""
    kind = SLICES if line.steps else PRODUCT
    value, text = _gross(line, cells, row)
    value *= _neutral(line.factor) * _neutral(line.share)
    text = f"{text}*{cells.factor}{row}*{cells.share}{row}"
    workings = line.workings
    if workings is None:
        yield kind, value, text
        return
    if workings.paid is not None:
        value, text = value - workings.paid, f"{text}-{_literal(workings.paid)}"
    yield kind, *_bounded(workings, (value if workings.paid is not None else line.base) < 0, value, text)


def _gross(line: EarningLine[Decimal], cells: Cells, row: int) -> tuple[Decimal, str]:
    """The line before its multipliers: base x rate or slices, and fixed amounts beside them."""
    workings, base, cell = line.workings or Workings(), held_digits(line.base), f"{cells.base}{row}"
    if workings.before is not None:
        base, cell = base + workings.before, f"({cell}+{_literal(workings.before)})"
    if line.steps and workings.on_metric:
        share = sum((part * rate for part, rate in line.steps), ZERO)
        words = "+".join(f"{_literal(part)}*{_literal(rate)}" for part, rate in line.steps)
        value, text = base * share, f"{cell}*({words})"
    elif line.steps:
        value, text = _slices(line, base, cell)
        text = f"({text})"
    elif line.rate is not None:
        value, text = base * held_digits(line.rate), f"{cell}*{cells.rate}{row}"
    elif workings.fixed is not None:
        return workings.fixed, _literal(workings.fixed)
    else:
        value, text = base, cell
    if workings.fixed is None:
        return value, text
    return value + workings.fixed, f"({text}+{_literal(workings.fixed)})"


def _bounded(workings: Workings[Decimal], is_below: bool, value: Decimal, text: str) -> tuple[Decimal, str]:
    """At least and at most what the rule allows; mirrored below zero."""
    for bound, raises in ((workings.least, True), (workings.most, False)):
        if bound is None:
            continue
        limit, keep = (-bound, not raises) if is_below else (bound, raises)
        value = max(value, limit) if keep else min(value, limit)
        text = f"{'MAX' if keep else 'MIN'}({text},{_literal(limit)})"
    return value, text


def _neutral(part: Decimal | None) -> Decimal:
    """A factor as its cell holds it: one where the line has none."""
    return ONE if part is None else held_digits(part)


def _slices(line: EarningLine[Decimal], base: Decimal, cell: str) -> tuple[Decimal, str]:
    """The sum of the slices, the last one being what is left of the base cell after the others."""
    value = sum((part * rate for part, rate in line.steps), ZERO)
    *before, (last, rate) = line.steps
    words = [f"{_literal(part)}*{_literal(r)}" for part, r in before]
    rest = _literal(last)
    if last + sum((part for part, _ in before), ZERO) == base:
        less = "".join(f"-{_literal(part)}" for part, _ in before)
        rest = f"({cell}{less})" if less else cell
    return value, "+".join([*words, f"{rest}*{_literal(rate)}"])


def _literal(value: Decimal) -> str:
    text = decimal_text(held_digits(value))
    return f"({text})" if value < 0 else text


def _rounded(value: Decimal, text: str, wanted: Decimal, places: int) -> str:
    """The formula with the rounding that gives the wanted amount: the currency's places before fewer; "" if none."""
    for n in range(places, -1, -1):
        unit = ONE.scaleb(-n)
        for mode, form in _ROUNDINGS.items():
            if value.quantize(unit, mode) == wanted:
                tie = mode in _HALF and abs(value.scaleb(n)) % 1 == Decimal("0.5")
                # A half that is exact here may be a hair less in binary: it is made exact again before it counts.
                return form.format(x=f"ROUND({text},{n + 6})" if tie else text, n=n)
    return ""
