"""Bands whose floors count what the earning itself paid: a sale that crosses one is split inside."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.cli.figures.bands import table_lines
from partnerdesk.engine.facts import Credit, Deal, Opening
from partnerdesk.engine.figures.filling import filled
from partnerdesk.engine.figures.reasons import line_reason
from tests.engine.cases import both, problems, worked

BANDS = 'bands = "marginal", over = "year", floors_of = "paid"'
STEPS = "steps = [{ from = 0, rate = 0.05 }, { from = 10_000, rate = 0.03 }]"
HEAD = """
currency = "EUR"
statements = "month"
[earning.commission]
says = "Commission"
type = "UPFRONT"
on = "deal won"
base = "amount"
"""
TEXT = f"{HEAD}rate = {{ {BANDS}, {STEPS} }}\n"
AS_OF = date(2027, 3, 31)


def deal(name: str, day: date, amount: str, kind: str = "new") -> Deal:
    return Deal(id=name, partner="A", status="won", closed=day, amount=D(amount), kind=kind, customer="C")


SALES = (
    deal("D1", date(2026, 2, 1), "150000"),  # 7,500
    deal("D2", date(2026, 2, 10), "100000"),  # 2,500 fill the band with 50,000 of it; 50,000 are left at 3 %
    deal("D3", date(2026, 5, 1), "10000"),
    deal("D4", date(2027, 1, 2), "10000"),  # a new year
)


def paid(rows: Any, text: str = TEXT) -> dict[str, D]:
    return {line.fact_id: line.amount for line in worked(text, list(rows), AS_OF).lines}


def test_a_sale_that_crosses_a_floor_is_split_inside() -> None:
    assert paid(SALES) == {"D1": 7500, "D2": 4000, "D3": 300, "D4": 500}


def test_a_line_says_its_slices_and_what_was_paid_before() -> None:
    plain, traced = both(TEXT, list(SALES), AS_OF)
    line = next(line for line in plain.lines if line.fact_id == "D2")
    assert line.steps == ((D(50000), D("0.05")), (D(50000), D("0.03")))
    assert "by what is paid, after 7,500.00 EUR earlier in the year" in line_reason(line)
    figure = next(line for line in traced.lines if line.fact_id == "D2").amount
    while figure.op != "filled":
        figure = figure.parts[0]
    assert [said.replace("\N{NO-BREAK SPACE}", " ") for said in table_lines(figure)] == [
        "from 0.00 EUR to 10,000.00 EUR: 50,000.00 EUR × 5 % = 2,500.00 EUR",
        "from 10,000.00 EUR: 50,000.00 EUR × 3 % = 1,500.00 EUR",
    ]


def test_entries_of_a_table_fill_one_sum() -> None:
    """Ten per cent of new business, four of upsells, less from 10,000 of both together on."""
    entry = '{ where.kind = "new", bands = { how = "marginal", over = "year", floors_of = "paid", steps = ['
    steps = "{ from = 0, rate = 0.1 }, { from = 10_000, rate = 0.05 }] } }"
    new = entry + steps
    other = new.replace('where.kind = "new", ', "").replace("0.1 ", "0.04 ").replace("0.05", "0.02")
    rows = [
        deal("D1", date(2026, 1, 10), "90000"),
        deal("D2", date(2026, 2, 10), "50000", "upsell"),  # 1,000 for 25,000, 500 for the rest
        deal("D3", date(2026, 3, 10), "1000"),
    ]
    assert paid(rows, f"{HEAD}rate = {{ entries = [{new}, {other}] }}\n") == {"D1": 9000, "D2": 1500, "D3": 50}


def test_what_multiplies_a_rate_fills_the_band_as_well() -> None:
    text = f"{TEXT}factor = [{{ entries = [{{ factor = 2 }}] }}]\n"
    assert paid(SALES[:2], text) == {"D1": 13000, "D2": 6000}  # 100,000 x 5 % x 2 = 10,000, then 50,000 x 3 % x 2


def test_a_credited_share_fills_it_by_what_is_paid() -> None:
    rows = [*SALES[:2], Credit(id="K", deal="D2", partner="A", share=D("0.5"))]
    assert paid(rows) == {"D1": 7500, "D2": 2500}  # 100,000 x 5 % x 50 % fill the band


def test_the_least_that_a_line_pays_counts() -> None:
    rows = [deal("D1", date(2026, 1, 1), "100"), deal("D2", date(2026, 1, 2), "100000")]
    assert paid(rows, f"{TEXT}least = 9_000\n") == {"D1": 9000, "D2": 9000}
    assert paid(rows, f"{TEXT}least = 9_000\n".replace("9_000", "1_000"))["D2"] == 5000


def test_a_sale_that_is_taken_back_goes_down_the_same_bands() -> None:
    back = [deal("D5", date(2026, 6, 1), "-70000"), deal("D6", date(2026, 7, 1), "-1000000")]
    found = paid([*SALES[:3], *back])
    assert found["D5"] == -2300  # 60,000 at 3 %, 10,000 at 5 %
    assert found["D6"] == -37800  # 190,000 and 200,000 below zero at 5 %, the rest at 3 %


def test_a_last_band_of_nothing_is_a_ceiling() -> None:
    assert paid(SALES, TEXT.replace("rate = 0.03", "rate = 0")) == {"D1": 7500, "D2": 2500, "D3": 0, "D4": 500}


def test_a_fee_fills_its_bands_by_what_it_took_off() -> None:
    steps = "steps = [{ from = 0, rate = -0.4 }, { from = 30_000, rate = -0.25 }, { from = 50_000, rate = 0 }]"
    text = f"{HEAD}rate = {{ {BANDS}, {steps} }}\n"
    rows = [
        deal("D1", date(2026, 1, 15), "75000"),
        deal("D2", date(2026, 2, 15), "70000"),
        deal("D3", date(2026, 3, 15), "15000"),
        deal("D4", date(2026, 4, 15), "15000"),
        deal("D5", date(2026, 5, 15), "-20000"),  # goes down through the band before
    ]
    assert paid(rows, text) == {"D1": -30000, "D2": -17500, "D3": -2500, "D4": 0, "D5": 5000}
    line = next(line for line in worked(text, rows, AS_OF).lines if line.fact_id == "D3")
    assert "by what was taken off, after 47,500.00 EUR earlier in the year" in line_reason(line)


def test_it_goes_on_under_the_next_version() -> None:
    later = 'program = "p"\nversion = "2"\neffective_from = 2026-02-05\n' + TEXT.replace("0.03", "0.01")
    first = TEXT.replace(f"rate = {{ {BANDS}, {STEPS} }}", "rate = 0.05")
    lines = worked([first, later], list(SALES), AS_OF).lines
    assert [line.amount for line in lines] == [7500, 3000, 100, 500]


def test_what_a_partner_taken_over_had_earned_fills_it_in_place_of_earlier_lines() -> None:
    former = Opening(
        id="O1", partner="A", day=date(2026, 2, 28), kind="paid", amount=D(9500), earning="commission", line="L1"
    )
    found = paid([*SALES[:3], deal("D5", date(2026, 6, 1), "20000"), former])
    assert found["D3"] == 500  # the 10,000 that fill the band
    assert found["D5"] == 600


def test_slices_without_end_still_add_up_to_the_base() -> None:
    steps = ((D(0), D("0.03")), (D(10), D("0.07")), (D(11), D("0.01")))
    for base in (D("1000.33"), D("-1000.33"), D("333.34")):
        for before in (D(0), D("9.99"), D("-3"), D("10.5")):
            parts = filled(base, before, D("0.3"), steps)
            assert sum(part for _, part in parts) == base
            back = filled(-base, before + sum(part * steps[n][1] * D("0.3") for n, part in parts), D("0.3"), steps)
            earned, taken = (sum(part * steps[n][1] for n, part in found) for found in (parts, back))
            assert abs(earned + taken) < D("1e-20")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace(', over = "year"', ""), "through a period"),
        (TEXT.replace("from = 0,", "from = 5,"), "nobody would reach it"),
        (TEXT.replace("rate = 0.05", "rate = 0"), "never left"),
        (TEXT.replace("rate = 0.05", "rate = -0.05"), "do both"),
        (TEXT.replace("rate = 0.03", "rate = -0.03"), "never left"),
        (TEXT.replace("rate = 0.03", "rate = 0.03, amount = 5"), "would itself be paid"),
        (TEXT.replace('"marginal"', '"whole amount"'), "only marginal bands"),
    ],
)
def test_what_cannot_be_filled_is_told(text: str, said: str) -> None:
    assert any(said in problem.message for problem in problems(text))


def test_a_circle_says_how_a_rate_by_what_was_paid_is_written() -> None:
    text = (
        HEAD + 'rate = { entries = [{ rate = 0.03, when = { metric = "paid", above = 10_000 } }], otherwise = 0.05 }\n'
    )
    metric = '[metric.paid]\nsays = "Paid"\nof = "earning"\nwindow = "year to date"\n'
    assert any('floors_of = "paid"' in problem.remedy for problem in problems(text + metric))


# What several earnings paid together ---------------------------------------

TWO = f"""
currency = "EUR"
statements = "month"
[earning.new]
says = "New business"
type = "UPFRONT"
on = "deal won"
where.kind = "new"
base = "amount"
rate = {{ {BANDS}, paid_with = ["other"], {STEPS} }}

[earning.other]
says = "Other business"
type = "UPFRONT"
on = "deal won"
where.kind = "upsell"
base = "amount"
rate = {{ {BANDS}, paid_with = ["new"], {STEPS} }}
"""


def test_what_several_earnings_paid_on_earlier_days_fills_the_bands_of_each() -> None:
    rows = [
        deal("D1", date(2026, 2, 1), "100000"),  # 5,000
        deal("D2", date(2026, 2, 5), "140000", "upsell"),  # 5,000 fill the band with 100,000; 40,000 at 3 %
        deal("D3", date(2026, 2, 9), "10000"),
        deal("D4", date(2026, 2, 9), "10000", "upsell"),
        deal("D5", date(2027, 1, 9), "150000", "upsell"),  # 7,500
        deal("D6", date(2027, 1, 9), "150000"),  # of the same day: each fills by itself
        deal("D7", date(2027, 1, 10), "1000"),
    ]
    expected = {"D1": 5000, "D2": 6200, "D3": 300, "D4": 300, "D5": 7500, "D6": 7500, "D7": 30}
    assert paid(rows, TWO) == expected
    reasons = {line.fact_id: line_reason(line) for line in worked(TWO, rows, AS_OF).lines}
    assert "after 5,000.00 EUR earlier in the year" in reasons["D2"]


def test_what_another_earning_paid_before_a_partner_was_taken_over_counts() -> None:
    opening = Opening(
        id="O",
        partner="A",
        day=date(2026, 1, 31),
        kind="paid",
        earning="other",
        line="X",
        amount=D(9000),
        currency="EUR",
        event=date(2026, 1, 15),
    )
    assert paid([opening, deal("D1", date(2026, 2, 1), "30000")], TWO) == {"D1": 1000 + 300}


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (f'{BANDS}, paid_with = ["odd"]', "paid_with"),
        (f'{BANDS}, paid_with = ["commission"]', "its own lines count anyway"),
        ('bands = "marginal", over = "year", paid_with = ["commission"]', "floors count what was paid"),
    ],
)
def test_earnings_that_cannot_fill_bands_are_refused(bands: str, said: str) -> None:
    assert any(said in str(problem) for problem in problems(f"{HEAD}rate = {{ {bands}, {STEPS} }}\n"))


def test_a_circle_through_a_metric_of_these_very_lines_is_refused() -> None:
    metric = '[metric.sold]\nsays = "Paid"\nof = "earning"\nwhere = { earning = "new" }\n'
    base = '[earning.other]\nsays = "O"\ntype = "BONUS"\non = "deal won"\nbase = { metric = "sold" }\nrate = 0.1\n'
    text = TWO.partition("[earning.other]")[0] + base + metric
    assert any("rests on what it pays itself" in str(problem) for problem in problems(text))
    assert not [problem for problem in problems(TWO) if not problem.warning]
