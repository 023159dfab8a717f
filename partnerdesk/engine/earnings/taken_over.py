"""What the rows of an opening are worth: the balances of a partner that somebody else's ledger ended with."""

from collections.abc import Sequence
from typing import Any

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import OPENING
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.world.world import MissingRate

RECEIVABLE = "receivable"


def opened(reckoning: Reckoning[N]) -> Sequence[Any]:
    """The rows of a partner's opening up to the as-of day. Notes its day: rows of other days are refused."""
    rows = reckoning.world.series(OPENING, "day").between(None, reckoning.as_of)
    if rows:
        reckoning.opening = rows[-1].day
    return rows


def balance(reckoning: Reckoning[N], row: Any) -> N | None:
    """What a row is worth in the program's currency; None, and a problem, where it cannot be taken."""
    wrong = _wrong(reckoning, row)
    if not wrong:
        version = reckoning.terms.at(row.day)
        try:
            found = reckoning.money(version.program.exchange, row, row.amount, "amount", row.kind, row.day)
        except MissingRate as missing:
            wrong = f"{missing}."
        else:
            if row.currency != reckoning.currency:
                rounding = version.program.rounding
                found = reckoning.arithmetic.round(found, rounding.decimals, rounding.mode)
            return found
    reckoning.problems.append(Problem(f"opening {row.id}", wrong, "Correct the opening statement."))
    return None


def _wrong(reckoning: Reckoning[N], row: Any) -> str:
    if row.amount is None or row.amount <= ZERO:
        return "An opening balance is above zero; its kind says which way it goes."
    if reckoning.opening is not None and row.day != reckoning.opening:
        return f"A partner is taken over on one day, and another row says {day_words(reckoning.opening)}."
    names = {key for version in reckoning.terms.versions for key in version.earnings}
    if row.earning and f"earning.{row.earning}" not in names:
        return f"The program has no earning “{row.earning}”."
    return ""
