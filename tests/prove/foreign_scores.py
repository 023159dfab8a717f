"""Forecasts of books unlike the planted ones, each kind by itself: what its bands cover, and its bias."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from partnerdesk.forecast.scoring import Judged, score
from partnerdesk.program.reader import read_program
from tests.forecast import foreign
from tests.forecast.books import PROGRAM
from tests.prove.planted_scores import tested

# The future of a kind is as its past was, so that a band of 80 % is to hold four of five. After a shock it is not: its
# figures are printed, and count for nothing.
FAIR = frozenset(foreign.LIVES) - {"after a shock"}
KINDS = tuple(foreign.LIVES)
LEAST, MOST = Decimal("0.72"), Decimal("0.88")  # of a single kind, which has a few hundred forecasts
Rows = tuple[Judged, ...]


def rows_of(kind: str, scenarios: int, seed: int) -> Rows:
    """The forecasts of one book of a kind that are over."""
    found = read_program(PROGRAM.replace("2023-01-01", "2021-01-01"), "foreign.toml")
    assert found.program is not None, found.problems
    return tested(foreign.book(foreign.LIVES[kind], seed), found.program, scenarios, seed).rows


def case(number: int) -> tuple[str, Rows]:
    """One book: kinds follow one another, so that as many cases in a row as there are kinds have one of each."""
    kind = KINDS[number % len(KINDS)]
    return kind, rows_of(kind, 80, number // len(KINDS))


def hold_foreign(found: Iterable[tuple[str, Rows]], *, strict: bool) -> None:
    """Prints what is covered, kind by kind. Raises AssertionError where a fair kind is not, of enough books."""
    rows: dict[str, list[Judged]] = defaultdict(list)
    for kind, own in found:
        rows[kind] += own
    for kind in (kind for kind in KINDS if kind in rows):
        _say(kind, rows[kind])
        if strict and kind in FAIR:
            _hold(kind, rows[kind], LEAST, MOST)
    everything = [row for kind in FAIR for row in rows.get(kind, ())]
    _say("all that are fair", everything)
    if strict:
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
