"""Forecasts of books unlike the planted ones: growth, seasons, rare large deals, a shock, newcomers, few deals, deals
told once they are won, a bare export, luck that a whole book shares.

Coverage is printed for each kind; each has to hold within wider bounds, all together within 75 to 85 %. `SEEDS=a-b`
takes some books; the results of all runs are kept and added up.
"""

from tests.prove.foreign_scores import KINDS, case, hold_foreign, rows_of
from tests.prove.kept_cases import gathered

BOOKS, ENOUGH = 20, 10  # of each kind; from how many on they have to hold
FEW = ("newcomers", "few deals", "bare export")  # the kinds of a quick run


def main(*, full: bool, seed: int) -> None:
    """Twenty books of each kind; the quick one takes one of three kinds and claims nothing."""
    if not full:
        hold_foreign([(kind, rows_of(kind, 20, seed)) for kind in FEW], strict=False)
        return
    found = gathered("forecast_foreign", seed, BOOKS * len(KINDS), case)
    hold_foreign(found, strict=len(found) >= ENOUGH * len(KINDS))
