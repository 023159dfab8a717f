"""All entries of a partner's ledger: what its opening left, then what its lines become in order of time."""

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.lots import Timed
from partnerdesk.engine.settling.opening import take_over
from partnerdesk.engine.settling.postings import Postings
from partnerdesk.engine.settling.sum_holds import all_sums, hold_sums, paid_sums
from partnerdesk.engine.settling.timing import Timing


def timed(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> Timed[N]:
    """All entries that follow from the lines up to the as-of day, and the holds behind them."""
    if reckoning.terms.only_pays and reckoning.opening is None:
        return _paid(reckoning, lines)
    timing = Timing(reckoning)
    if reckoning.opening is not None:
        take_over(timing)
    for line in lines:
        timing.accrue(line)
    return timing.run(all_sums(reckoning, lines))


def _paid(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> Timed[N]:
    """The same where no rule does more with a line than pay it, so that there is nothing to plan."""
    book = Postings(reckoning)
    book.accrue_all(lines, reckoning.terms.earnings)
    return Timed(book.entries, hold_sums(reckoning, book, paid_sums(reckoning, lines)), {})
