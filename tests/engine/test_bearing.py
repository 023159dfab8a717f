"""Changing any one leaf of a figure changes it, or the leaf is named as one that the figure does not rest on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Deal
from partnerdesk.engine.figures.arithmetic import FIGURES as AR
from partnerdesk.engine.figures.bearing import bearing, is_unused, unused
from partnerdesk.engine.figures.figure import Excess, Figure, Origin
from partnerdesk.engine.figures.replay import replay
from partnerdesk.ops.programs.cases import run_cases
from tests.engine.cases import views
from tests.programs.test_programs import FOLDERS, versions
from tests.second.maker.pair import pair

RULE = Origin("rule", "r")
LARGEST = 40  # leaves of a figure that is tried here
ROUND = [Decimal(n) for n in (0, 1, 2, 3, 5, 12, 60, 100, 450, 1000, 4999, 5001, 30_000, 10**7, -1, -100, -(10**7))]


def given(value: str, unit: str = "EUR") -> Figure:
    return AR.given(Decimal(value), unit, value, RULE)


def with_leaf(figure: Figure, leaf: Figure, value: Decimal) -> Decimal | None:
    try:
        return replay(figure, {id(leaf): value})
    except ArithmeticError:
        return None


def tried(figures: Iterable[Figure]) -> Counter[bool]:
    """How many leaves bear on their figures and how many do not, each shown by other values of it."""
    found: Counter[bool] = Counter()
    for figure in figures:
        leaves = bearing(figure)
        for leaf, other in leaves if len(leaves) <= LARGEST else ():
            where = f"{figure.label}: {leaf.label} {leaf.value}, {leaf.origin}"
            if other is not None:
                assert leaf is figure or with_leaf(figure, leaf, other) != figure.value, where
            else:
                turned = [n for n in (*ROUND, *(leaf.value + n for n in ROUND)) if n != leaf.value]
                wrong = [n for n in turned if with_leaf(figure, leaf, n) != figure.value]
                assert not wrong, f"{where} is said to be unused, but {wrong[0]} changes it"
            found[other is not None] += 1
    return found


def of_pair(number: int) -> Iterator[Figure]:
    one = pair(8, number)
    plain = evaluate(one.programs, one.facts, one.as_of).partners
    for name, outcome in explain(one.programs, one.facts, one.as_of).partners.items():
        yield from {id(figure): figure for _, _, figure in views(plain[name], outcome)}.values()


def test_each_leaf_of_random_programs_bears_on_its_figure_or_is_named() -> None:
    found: Counter[bool] = Counter()
    for number in range(3):
        found += tried(of_pair(number))
    assert found[True] > 5 * found[False] > 100, found


def test_each_leaf_of_the_published_programs_bears_on_its_figure_or_is_named() -> None:
    found: Counter[bool] = Counter()
    for folder in FOLDERS:
        answers = [answered for result in run_cases(versions(folder)) for answered in result.answers]
        found += tried(answered.figure for answered in answers if answered.figure is not None)
    assert found[True] > 5 * found[False] > 100, found


DEALS = [Deal(id=f"D{n}", partner="A") for n in range(3)]
BANDS = ((Decimal(0), Decimal("0.05")), (Decimal(100), Decimal("0.10")))
SAME = ((Decimal(0), Decimal("0.05")), (Decimal(100), Decimal("0.05")))
ANY = (None, None, None, None)
AT_LEAST_5 = (Decimal(5), None, None, None)


def sliced(bands: tuple[tuple[Decimal, Decimal], ...]) -> Figure:
    base, before = given("10"), given("20")
    return AR.slices(base, before, bands, AR.cut(base, before, bands), "EUR", "earned", RULE)


def held_back(figure: Figure) -> Figure:
    """The greatest of a figure and of 5, as far as they lie between 0 and 10."""
    return AR.kept("greatest", [given("5"), figure], (Decimal(0), None, Decimal(10), None), "EUR", "kept")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (AR.count(DEALS, "deals", "deals"), []),
        (AR.count([given("7"), given("8")], "payouts", "payouts"), ["7", "8"]),
        (AR.quotient(AR.count(DEALS[:1], "deals", "won"), AR.count(DEALS, "deals", "all"), "%", "share"), []),
        (AR.product([given("0"), given("7"), given("8")], "EUR", "amount"), ["7", "8"]),
        (AR.pick("median", [given("1"), given("1"), given("9")], "EUR", "median"), ["9"]),
        (AR.pick("median", [given("1"), given("2"), given("9")], "EUR", "median"), []),
        (AR.pick("latest", [given("1"), given("2")], "EUR", "latest"), ["1"]),
        (AR.least([given("1"), given("2")], "EUR", "least"), []),
        (AR.kept("count", [given("1"), given("2")], ANY, "1", "counted"), ["1", "2"]),
        (AR.kept("count", [given("1"), given("7")], AT_LEAST_5, "1", "counted"), []),
        (AR.kept("least", [given("5"), given("7")], AT_LEAST_5, "EUR", "least"), ["7"]),
        (sliced(BANDS), []),
        (sliced(SAME), ["20"]),
        (AR.excess(given("10"), given("70"), Excess(BANDS, Decimal(50), "from"), "EUR", "earned", RULE), ["70"]),
        (AR.step(given("10"), BANDS, "%", "rate", RULE), []),
        # What is held back by a least up to somewhere between the bounds.
        (held_back(AR.greatest([given("0"), given("1")], "EUR", "at least 1")), []),
        (AR.difference(taken := given("10"), taken, "EUR", "nothing left"), ["10"]),
    ],
)
def test_what_a_figure_does_not_rest_on(figure: Figure, expected: list[str]) -> None:
    assert [leaf.label for leaf in unused(figure)] == expected


def test_a_row_that_no_longer_counts_changes_a_count() -> None:
    figure = AR.count(DEALS, "deals", "deals")
    assert replay(figure) == figure.value == 3
    assert replay(figure, {id(figure.parts[1]): Decimal(0)}) == 2


def test_a_step_is_unused_where_neither_it_nor_its_leaves_bear_on_the_figure() -> None:
    zeros = AR.product([given("0"), given("0")], "EUR", "nothing twice")
    amount = AR.sum([given("7"), given("8")], "EUR", "amount")
    nothing = AR.product([amount, given("0")], "EUR", "nothing of it")
    figure = AR.sum([zeros, nothing, given("5")], "EUR", "all")
    assert is_unused(figure, amount)
    # Each zero alone changes nothing, but what they come to would.
    assert [leaf.value for leaf in unused(figure)] == [0, 0, 7, 8] and not is_unused(figure, zeros)
    assert not is_unused(figure, nothing)
