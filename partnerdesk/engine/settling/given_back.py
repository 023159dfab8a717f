"""What clawbacks take of lines, for limits of a period in which that makes room again."""

from datetime import date

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.clawback import takings


def given_back(reckoning: Reckoning[N], line: EarningLine[N]) -> list[tuple[date, N]]:
    """The days on which something of a line is taken back, paid or not, with how much: together at most the line."""
    terms = reckoning.terms.earnings[line.rule.effective_from].get(line.rule.key)
    if terms is None or not terms.rule.clawback:
        return []
    ar, left, found = reckoning.arithmetic, line.amount, list[tuple[date, N]]()
    for taking in takings(reckoning, terms, line):
        if not taking.only_held:
            amount = ar.least([taking.amount, left], line.currency, f"clawed back: {taking.note}")
            left = ar.difference(left, amount, line.currency, "left of the line")
            found.append((taking.day, amount))
    return found
