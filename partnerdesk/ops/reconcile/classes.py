"""What can come of a line and what was paid for it, each with its definition, and how a pair is judged.

The definitions are said here once: the screen, the sheet and the command print them. The order is that of judging.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO, decimals
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.intake.official.row import OfficialRow

MATCH, ROUNDING, RATE, MISSING, UNEXPECTED, TIMING, AMOUNT, ABSENT = (
    *("match", "rounding", "rate", "missing", "unexpected", "timing", "amount", "not in this file"),
)
DEFINITIONS: Mapping[str, str] = {
    MATCH: "paid as the statement says, to the smallest unit or within the tolerance that was set",
    ROUNDING: "one smallest unit of the currency apart: rounded in another way or at another place",
    RATE: "the same base at another rate",
    AMOUNT: "paid for this line, but neither rounding nor another rate explains the difference",
    TIMING: "paid for a line of another period, or a line whose money is still held",
    MISSING: "a line of the statement for which nothing was paid",
    ABSENT: "a line of a partner whom the file does not name at all",
    UNEXPECTED: "paid for something that stands on no statement",
}
_STEP = Decimal("0.001")  # a tenth of a percent: rates that programs publish


def judged(line: EarningLine[Decimal], row: OfficialRow, tolerance: Decimal) -> tuple[str, str]:
    """The class of a line and the row that pays it, and why in words; held money is looked at before."""
    difference = row.amount - line.amount
    if abs(difference) <= tolerance:
        return MATCH, "" if not difference else f"within {amount_words(tolerance, line.currency)}"
    if abs(difference) <= _unit(line.currency):
        return ROUNDING, f"{amount_words(difference, line.currency)} apart"
    if (paid := _paid_rate(line, row)) is not None and line.rate is not None:
        return RATE, f"paid at {_percent(paid)}, {_percent(line.rate)} on the statement"
    if row.base is not None and line.base is not None and row.base != line.base and not line.base_unit:
        base = amount_words(row.base, line.currency), amount_words(line.base, line.currency)
        return AMOUNT, f"paid on a base of {base[0]}, {base[1]} on the statement"
    return AMOUNT, f"paid {amount_words(row.amount, line.currency)}"


def judged_together(owed: Decimal, paid: Decimal, currency: str, tolerance: Decimal) -> str:
    """The class of one payment for several lines; what it pays for each is not told."""
    difference = abs(paid - owed)
    if difference <= tolerance:
        return MATCH
    return ROUNDING if difference <= _unit(currency) else AMOUNT


def _paid_rate(line: EarningLine[Decimal], row: OfficialRow) -> Decimal | None:
    """The other rate at which the same base was paid: the file's own, or one of tenths of a percent that gives it."""
    if line.rate is None or not line.base or (row.base is not None and row.base != line.base):
        return None
    if row.rate is not None:
        return row.rate if row.rate != line.rate else None
    factor = line.amount / (line.base * line.rate) if line.rate else ZERO
    if not factor:
        return None
    implied = row.amount / (line.base * factor)
    if row.base is None:
        implied = implied.quantize(_STEP, ROUND_HALF_UP)
        if not implied or abs(implied * line.base * factor - row.amount) > _unit(line.currency) / 2:
            return None
    return implied if implied != line.rate else None


def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-decimals(currency))


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).quantize(Decimal('0.01')).normalize():f} %"
