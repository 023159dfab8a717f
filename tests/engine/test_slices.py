"""The bands of a figure one by one are those that its value is made of, on either side of zero."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from partnerdesk.engine.figures.arithmetic import FIGURES, sliced
from partnerdesk.engine.figures.figure import Excess, Figure, Origin, cut_into_bands
from partnerdesk.engine.figures.slices import Slice, slices_of
from partnerdesk.engine.rules import Bands, Step
from partnerdesk.engine.terms.tables import BandTerms

STEPS = ((Decimal(0), Decimal("0.04")), (Decimal(100), Decimal("0.05")), (Decimal(300), Decimal("0.1")))
RULE = Origin("rule", "r")


def amount(value: int) -> Figure:
    return FIGURES.given(Decimal(value), "EUR", "amount", RULE)


@pytest.mark.parametrize("before", [None, 0, 60, 250, -150, -400])
@pytest.mark.parametrize("base", [0, 40, 200, 900, -40, -200, -900])
def test_the_bands_are_those_that_were_cut(base: int, before: int | None) -> None:
    below = amount(before) if before is not None else None
    cut = cut_into_bands(Decimal(base), Decimal(before or 0), STEPS)
    figure = FIGURES.slices(amount(base), below, STEPS, cut, "EUR", "slices", RULE)
    found = slices_of(figure)
    assert sum(band.earns for band in found) == figure.value
    assert sum(band.part for band in found) == base
    by_rate = {rate: sum(of for of, at in cut if at == rate) for part, rate in cut if part}
    assert {band.rate: band.part for band in found} == by_rate


def test_a_band_is_named_by_its_bounds() -> None:
    base, before = amount(200), amount(250)
    cut = cut_into_bands(Decimal(200), Decimal(250), STEPS)
    found = slices_of(FIGURES.slices(base, before, STEPS, cut, "EUR", "slices", RULE))
    assert found == (
        Slice(Decimal(100), Decimal(300), Decimal(50), Decimal("0.05")),
        Slice(Decimal(300), None, Decimal(150), Decimal("0.1")),
    )


@pytest.mark.parametrize("base", [0, 40, 200, 900, -200])
def test_what_lies_above_a_bound(base: int) -> None:
    bands = Excess(STEPS, Decimal(50), "from")
    figure = FIGURES.excess(amount(base), amount(abs(base)), bands, "EUR", "slices", RULE)
    found = slices_of(figure)
    assert sum((band.earns for band in found), Decimal(0)) == figure.value
    assert sum(band.part for band in found) == base


@pytest.mark.parametrize("floors", [(0, 100, 300), (0,), (50, 100), (-20, 0, 100)])
def test_whole_bands_are_cut_once_for_all_amounts(floors: tuple[int, ...]) -> None:
    steps = tuple(Step(floor=Decimal(floor), rate=Decimal(n + 3) / 100) for n, floor in enumerate(floors))
    bands = BandTerms(SimpleNamespace(key="earning.e", version=None), 0, Bands(how="marginal", steps=steps))  # type: ignore[arg-type]
    for base in map(Decimal, ("0.01", "49.99", "50", "50.01", "100", "100.50", "300", "1234.56")):
        cut = cut_into_bands(base, Decimal(0), bands.steps)
        assert bands.cut(base) == (cut, sliced(cut))


def test_other_figures_have_no_bands() -> None:
    assert slices_of(FIGURES.sum([amount(1), amount(2)], "EUR", "sum")) == ()
