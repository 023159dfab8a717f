"""Lines of every shape that a program can give are computed again from the cells beside them."""

from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.outcome import EarningLine
from partnerdesk.reports.statement.canonical import canonical
from partnerdesk.reports.statement.earnings import CELLS
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.reports.statement.recalculation import PRODUCT, SLICES, recalculation
from tests.engine.cases import worked
from tests.engine.test_earning_bands import AMOUNTS, ATTAINED, GOAL, STEPS, invoice
from tests.engine.test_earning_triggers import deal, rule
from tests.reports.statement_samples import northwind, with_lines

AS_OF = date(2026, 12, 31)
DAY = date(2026, 3, 10)


def lines(pay: str, more: str = "", *amounts: object) -> tuple[EarningLine[D], ...]:
    rows = [invoice(f"i{n}", amount, date(2026, 3, n + 1)) for n, amount in enumerate(amounts or (400,))]
    text = rule(more, on='"invoice issued"', pay=f'base = "amount"\n{pay}')
    return worked(text, rows, AS_OF).lines


@pytest.mark.parametrize(
    ("pay", "more", "amounts", "kind", "formula"),
    [
        ("rate = 0.1", "least = 100\nmost = 200", (400,), PRODUCT, "MIN(MAX(I6*K6*L6*M6,100),200)"),
        ("rate = 0.1", "least = 100\nmost = 200", (-400,), PRODUCT, "MAX(MIN(I6*K6*L6*M6,(-100)),(-200))"),
        (
            "rate = { entries = [{ amount = 9 }, { rate = 0.1, from_months = 3 }] }",
            "",
            (400,),
            PRODUCT,
            "9*L6*M6",
        ),
        (f'rate = {{ bands = "whole amount", {AMOUNTS} }}', "", (400,), PRODUCT, "(I6*K6+50)*L6*M6"),
        (f'rate = {{ bands = "marginal", {AMOUNTS} }}', "", (400,), SLICES, "75)*L6*M6"),
        (
            f'rate = {{ bands = "step on excess", excess_over = 100, {STEPS} }}',
            "",
            (400,),
            SLICES,
            "100*0.01+(I6-100)*0.05",
        ),
        (f'rate = {{ bands = "step on excess", {STEPS} }}', "", (400,), SLICES, "(I6*0.05)"),
        ("rate = 0.1", 'increment_over = "year"', (400, 50), PRODUCT, "(I6+400)*K6*L6*M6-40"),
        (
            f'rate = {{ bands = "marginal", {STEPS} }}',
            'increment_over = "year"',
            (90, 50),
            SLICES,
            "((I6+90)-100)*0.02",
        ),
    ],
)
def test_a_shape_is_a_formula(pay: str, more: str, amounts: tuple[int, ...], kind: str, formula: str) -> None:
    found = recalculation(lines(pay, more, *amounts)[-1], CELLS, 6)
    assert found.kind == kind
    assert formula in found.formula


def test_slices_of_a_metric_multiply_the_base() -> None:
    steps = "steps = [{ from = 0.8, rate = 0.5 }, { from = 1, rate = 2, amount = 30 }]"
    pay = f'base = {{ metric = "bonus" }}\nrate = {{ bands = "marginal", by = "attainment", {steps} }}'
    found = worked(ATTAINED + rule("", on='"period end"', pay=pay), [deal("d", DAY, 1200), GOAL], date(2026, 3, 31))
    (line,) = found.lines
    assert line.amount == D(530)
    assert "(I6*(0.2*0.5+0.2*2)+30)*L6*M6" in recalculation(line, CELLS, 6).formula


def test_a_closed_statement_keeps_the_workings_of_its_lines() -> None:
    own = lines("rate = 0.1", 'increment_over = "year"\nleast = 1', 400, 50)
    body = canonical(with_lines(northwind(), own))
    assert canonical(restored(body)) == body
    assert restored(body).statement.lines[-1].workings == own[-1].workings


def test_a_plain_line_has_no_workings_in_its_canonical_data() -> None:
    assert b"workings" not in canonical(with_lines(northwind(), lines("rate = 0.1")))
