"""Bands whose floors count a number of the event, or how many there were: the base is paid in proportion to it."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Product, Transaction
from partnerdesk.engine.figures.reasons import line_reason
from partnerdesk.program.words import rule_words
from tests.engine.cases import both, problems, program, worked

COPIES = 'bands = "marginal", over = "ever", each = "product", floors_of = "attributes.copies"'
STEPS = "steps = [{ from = 0, rate = 0.10 }, { from = 5_000, rate = 0.125 }, { from = 10_000, rate = 0.15 }]"
TEXT = """
currency = "EUR"
statements = "half"
[earning.royalty]
says = "Royalty"
type = "ROYALTY"
on = "invoice issued"
base = "amount"
rate = {{ {bands}, {steps} }}
"""
AS_OF = date(2027, 12, 31)


def sale(id: str, day: date, amount: str, copies: str | None, title: str = "T1", kind: str = "invoice") -> Transaction:
    attributes = {} if copies is None else {"copies": copies}
    return Transaction(
        id=id, partner="A", kind=kind, day=day, amount=D(amount), product=title, attributes=attributes, currency="EUR"
    )


TITLES = (Product(id="T1", name="One"), Product(id="T2", name="Two"))
SALES: tuple[Any, ...] = (
    *TITLES,
    sale("S1", date(2026, 2, 1), "120_000", "6_000"),  # 100,000 at 10 %, 20,000 at 12.5 %
    sale("S2", date(2026, 3, 1), "90_000", "3_000", "T2"),  # another title begins anew
    sale("R1", date(2026, 8, 1), "-10_000", "500", kind="credit-note"),  # the last 500 of the first, at 12.5 %
    sale("S3", date(2026, 9, 1), "60_000", "3_000"),  # from 5,500 on
)


def paid(rows: Any, bands: str = COPIES, steps: str = STEPS) -> dict[str, D]:
    outcome = worked(TEXT.format(bands=bands, steps=steps), list(rows), AS_OF)
    return {line.fact_id: line.amount for line in outcome.lines}


def test_copies_pick_the_bands_and_the_price_is_paid() -> None:
    assert paid(SALES) == {"S1": D(12_500), "S2": D(9_000), "R1": D(-1_250), "S3": D(7_500)}


def test_a_line_says_its_parts_or_its_one_rate() -> None:
    plain, traced = both(TEXT.format(bands=COPIES, steps=STEPS), list(SALES), AS_OF)
    said = {line.fact_id: line_reason(line).replace("\N{NO-BREAK SPACE}", " ") for line in plain.lines}
    assert said["S1"].startswith(
        "12,500.00 EUR = 100,000.00 EUR × 10 % + 20,000.00 EUR × 12.5 %, because each slice of"
    )
    assert said["R1"].startswith("−1,250.00 EUR = −10,000.00 EUR × 12.5 %, because each slice of copies earns its own ")
    assert "after 6000 before" in said["R1"]
    assert [line.amount.value for line in traced.lines] == [line.amount for line in plain.lines]


def test_parts_that_have_no_end_lose_no_cent() -> None:
    rows = [*TITLES, sale("S1", date(2026, 2, 1), "0.30", "3")]
    steps = "steps = [{ from = 0, rate = 0.05 }, { from = 1, rate = 0.10 }]"
    assert paid(rows, steps=steps) == {"S1": D("0.03")}  # 0.30 × 0.25 ÷ 3 = 0.025, rounded half up


def test_without_copies_nothing_is_earned() -> None:
    assert paid([*TITLES, sale("S1", date(2026, 2, 1), "100", None), sale("S2", date(2026, 2, 2), "100", "0")]) == {}


EVENTS = 'bands = "marginal", over = "year", floors_of = "events"'
LEVELS = "steps = [{ from = 0, rate = 0.15 }, { from = 2, rate = 0.20 }, { from = 4, rate = 0.25 }]"


def test_each_event_counts_one_of_its_year() -> None:
    days = [date(2026, 6, 10)] * 3 + [date(2026, 6, 11)] * 2 + [date(2027, 1, 2)]
    rows = [*TITLES, *(sale(f"U{n}", day, "10", None) for n, day in enumerate(days, 1))]
    found = paid(rows, EVENTS, LEVELS)
    assert list(found.values()) == [D("1.5"), D("1.5"), D("2"), D("2"), D("2.5"), D("1.5")]
    (line,) = [x for x in worked(TEXT.format(bands=EVENTS, steps=LEVELS), rows, AS_OF).lines if x.fact_id == "U5"]
    assert "because there were 4 earlier in the year" in line_reason(line)


@pytest.mark.parametrize(
    ("bands", "steps", "sentence", "numbers"),
    [
        (
            COPIES,
            STEPS,
            "you earn a rate on each slice of the amount, by the copies for each product so far",
            "from 0 copies: 10 %, from 5,000 copies: 12.5 %, from 10,000 copies: 15 %",
        ),
        (
            EVENTS,
            LEVELS,
            "you earn a rate on each slice of the amount, by how many there were so far in the year",
            "from number 1 on: 15 %, from number 3 on: 20 %, from number 5 on: 25 %",
        ),
        (
            'bands = "marginal", floors_of = "list_amount"',
            STEPS,
            "you earn a rate on each slice of the amount, by the list amount of the event",
            "from 0 list amount: 10 %, from 5,000 list amount: 12.5 %, from 10,000 list amount: 15 %",
        ),
    ],
)
def test_the_words_say_what_the_floors_count(bands: str, steps: str, sentence: str, numbers: str) -> None:
    (said,) = [r for r in rule_words(program(TEXT.format(bands=bands, steps=steps))) if r.key == "earning.royalty"]
    assert sentence in said.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert numbers in said.parameters.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("bands", "steps", "said"),
    [
        ('bands = "whole amount", floors_of = "events"', STEPS, "only marginal bands"),
        ('bands = "marginal", floors_of = "events"', STEPS, "the first one by itself"),
        ('bands = "marginal", over = "year", floors_of = "copies"', STEPS, "not what floors can count"),
        ('bands = "marginal", over = "year", floors_of = "number"', STEPS, "is no number"),
        (EVENTS, "steps = [{ from = 0, rate = 0.1, amount = 5 }]", "pays; an amount"),
    ],
)
def test_floors_that_count_nothing_are_refused(bands: str, steps: str, said: str) -> None:
    found = problems(TEXT.format(bands=bands, steps=steps))
    assert [p for p in found if said in p.message and not p.warning and p.remedy], found
