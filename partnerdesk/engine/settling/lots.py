"""What becomes of a line's money: what is held of it, what is lost, and the entries all of that makes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import EarningLine, Entry
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.terms.earnings import EarningTerms


@dataclass(slots=True)
class Lot(Generic[N]):
    """One line's money: what is held of it, alone or in a period's sum, and what is lost for good."""

    line: EarningLine[N]
    terms: EarningTerms
    holds: list[Hold[N]] = field(default_factory=list)
    sums: list[tuple[Hold[N], N]] = field(default_factory=list)  # with the share that is held
    lost: list[N] = field(default_factory=list)
    clawed: dict[str, int] = field(default_factory=dict)  # entries of clawbacks, with how much of `lost` was known then
    eligible: date = date.min  # nothing of it is payable before this day


class Timed(NamedTuple, Generic[N]):
    """The entries, the holds behind them, and the money of every line that does more than being paid, by its id."""

    entries: list[Entry[N]]
    holds: list[Hold[N]]
    lots: dict[str, Lot[N]]
