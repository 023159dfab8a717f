"""Forecasts of books unlike the planted ones, each kind by itself: what its bands cover, and its bias."""

import os
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import partial

from partnerdesk.forecast.scoring import Judged, score
from partnerdesk.program.reader import read_program
from tests.forecast import foreign
from tests.forecast.books import PROGRAM
from tests.prove.planted_scores import tested

# The future of a kind is as its past was, so that a band of 80 % is to hold four of five. After a shock it is not: its
# figures are printed, and count for nothing.
FAIR = frozenset(foreign.LIVES) - {"after a shock"}
FEW = ("newcomers", "few deals", "bare export")  # the kinds of a quick run
LEAST, MOST = Decimal("0.72"), Decimal("0.88")  # of a single kind, which has a few hundred forecasts


def rows_of(kind: str, scenarios: int, seed: int) -> list[Judged]:
    """The forecasts of one book of a kind that are over."""
    found = read_program(PROGRAM.replace("2023-01-01", "2021-01-01"), "foreign.toml")
    assert found.program is not None, found.problems
    return [*tested(foreign.book(foreign.LIVES[kind], seed), found.program, scenarios, seed).rows]


def hold_foreign(seed: int, books: int, scenarios: int) -> None:
    """Prints what is covered, kind by kind. Raises AssertionError where a fair kind is not, of enough books."""
    everything: list[Judged] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for kind in foreign.LIVES if books > 1 else FEW:
            work = partial(rows_of, kind, scenarios)
            rows = [row for found in pool.map(work, range(seed, seed + books)) for row in found]
            _say(kind, rows)
            everything += rows if kind in FAIR else []
            if books >= 10 and kind in FAIR:
                _hold(kind, rows, LEAST, MOST)
    _say("all that are fair", everything)
    if books >= 10:
        _hold("all that are fair", everything, Decimal("0.75"), Decimal("0.85"))


def _say(kind: str, rows: list[Judged]) -> None:
    found = score(rows)
    if found is not None:
        last = f", last year {found.last_year:.3f}" if found.last_year is not None else ""
        mean = f", trailing mean {found.trailing:.3f}" if found.trailing is not None else ""
        print(
            f"  {kind}: {found.count} forecasts, 80 % bands cover {found.within_80:.1%}, pinball {found.pinball:.3f}"
            f"{last}{mean}, bias {found.bias:+.1%}",
            flush=True,
        )


def _hold(kind: str, rows: list[Judged], least: Decimal, most: Decimal) -> None:
    found = score(rows)
    assert found is not None, f"{kind}: nothing was forecast"
    assert least <= found.within_80 <= most, f"{kind}: bands cover {found.within_80:.1%}"
