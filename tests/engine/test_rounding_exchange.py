"""Cents and currencies: where and how lines are rounded, and which exchange rate of which day counts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Deal, ExchangeRate, Transaction
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.money import spread
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words
from tests.engine.cases import both, problems, program, worked

D = Decimal
LATER = date(2025, 12, 31)

SHARE = """
fiscal_year_starts = "02-01"
{more}
[earning.share]
says = "Share"
type = "SHARE"
on = "payment received"
base = "amount"
rate = {rate}
"""


def payments(*amounts: str, day: date = date(2025, 3, 10), currency: str = "EUR") -> list[Any]:
    return [
        Transaction(id=f"P{n}", partner="A", kind="payment", day=day, amount=D(a), currency=currency)
        for n, a in enumerate(amounts)
    ]


def lines(more: str, rows: list[Any], rate: str = "0.05") -> list[str]:
    return [str(line.amount) for line in worked(SHARE.format(more=more, rate=rate), rows, LATER).lines]


@pytest.mark.parametrize(
    ("mode", "amounts"),
    [
        ("half-up", ["0.13", "-0.13", "0.12"]),
        ("half-even", ["0.12", "-0.12", "0.12"]),
        ("up", ["0.13", "-0.13", "0.13"]),
        ("down", ["0.12", "-0.12", "0.12"]),
        ("ceiling", ["0.13", "-0.12", "0.13"]),
        ("floor", ["0.12", "-0.13", "0.12"]),
    ],
)
def test_each_way_of_rounding_a_line(mode: str, amounts: list[str]) -> None:
    rows = payments("2.50", "-2.50", "2.48")  # at 5 % 0.125, -0.125 and 0.124
    assert lines(f'[rounding]\nmode = "{mode}"', rows) == amounts


def test_decimals_of_a_line() -> None:
    assert lines("[rounding]\ndecimals = 0", payments("30", "29.99")) == ["2", "1"]
    assert lines("[rounding]\ndecimals = 3", payments("2.50")) == ["0.125"]


@pytest.mark.parametrize(
    ("currency", "amount", "to"),
    [
        ("EUR", "0.13", "2 decimals, as EUR has"),
        ("JPY", "0", "whole units, as JPY has"),
        ("KWD", "0.125", "3 decimals"),
    ],
)
def test_decimals_of_the_currency(currency: str, amount: str, to: str) -> None:
    text = SHARE.format(more='[rounding]\ndecimals_of = "currency"', rate="0.05")
    text = f'currency = "{currency}"\n{text}'
    assert not problems(text)
    rows = [replace(row, currency=currency) for row in payments("2.50")]
    found = worked(text, rows, LATER)
    assert [str(line.amount) for line in found.lines] == [amount]
    said = {r.key: r for r in rule_words(program(text))}
    assert to in said["rounding"].sentence
    # Of three parts of a sum, those of a holdback included, none is finer than the currency's smallest unit.
    rows = [replace(row, currency=currency) for row in payments("100.10")]
    text += '[holdback.h]\nof = ["share"]\nshare = 0.33\nrelease_after = 1\n'
    places = {"EUR": 2, "JPY": 0, "KWD": 3}[currency]
    entries = worked(text, rows, LATER).entries
    assert entries
    assert all(-int(entry.amount.normalize().as_tuple().exponent) <= places for entry in entries)


def test_decimals_are_said_by_the_text_or_by_the_currency() -> None:
    (found,) = problems(SHARE.format(more='[rounding]\ndecimals_of = "currency"\ndecimals = 2', rate="1"))
    assert (found.place.rpartition(", ")[2], found.remedy) == ("rounding.decimals", "Drop decimals, or decimals_of.")


def test_lines_rounded_by_themselves_do_not_make_the_rounded_sum() -> None:
    rows = payments("0.61", "0.61", "0.61")
    assert lines("", rows, "0.20") == ["0.12", "0.12", "0.12"]  # 0.122 each; together 0.366
    assert lines('[rounding]\npoint = "total"', rows, "0.20") == ["0.13", "0.12", "0.12"]  # 0.37


def test_the_largest_remainders_get_what_is_missing() -> None:
    rows = payments("0.61", "0.64", "0.63")  # 0.122, 0.128, 0.126: together 0.376, rounded 0.38
    assert lines('[rounding]\npoint = "total"', rows, "0.20") == ["0.12", "0.13", "0.13"]
    assert lines('[rounding]\npoint = "total"\nmode = "down"', rows, "0.20") == ["0.12", "0.13", "0.12"]


def test_amounts_below_zero_add_up_too() -> None:
    found = lines('[rounding]\npoint = "total"', payments("0.61", "-0.61", "-0.64"), "0.20")
    assert sum(map(D, found)) == D("-0.13")  # 0.122 - 0.122 - 0.128


def test_the_total_is_that_of_an_earning_in_a_statement() -> None:
    april = [Transaction(id="Q", partner="A", kind="payment", day=date(2025, 4, 1), amount=D("0.61"))]
    other = SHARE.format(more="", rate="0.20").replace("share]", "bonus]").partition("[earning")
    text = SHARE.format(more='[rounding]\npoint = "total"', rate="0.20") + other[1] + other[2]
    found = worked(text, [*payments("0.61", "0.61"), *april], LATER)
    assert [str(line.amount) for line in found.lines] == ["0.12", "0.12", "0.12", "0.12", "0.12", "0.12"]
    assert all(c.is_ok for s in found.statements.values() for c in s.checks)


def test_a_cap_cuts_what_was_rounded_together() -> None:
    cap = '[rounding]\npoint = "total"\n[cap.c]\nof = ["share"]\nat_most = 0.30\n'
    assert lines(cap, payments("0.61", "0.61", "0.61"), "0.20") == ["0.13", "0.12", "0.05"]


RATES = [
    ExchangeRate(id="X1", day=date(2024, 12, 31), base="USD", quote="EUR", rate=D("0.90")),
    ExchangeRate(id="X2", day=date(2025, 1, 31), base="USD", quote="EUR", rate=D("0.91")),
    ExchangeRate(id="X3", day=date(2025, 2, 28), base="USD", quote="EUR", rate=D("0.92")),
    ExchangeRate(id="X4", day=date(2025, 3, 1), base="USD", quote="EUR", rate=D("0.93")),
    ExchangeRate(id="X5", day=date(2025, 3, 10), base="USD", quote="EUR", rate=D("0.95")),
    ExchangeRate(id="X6", day=date(2025, 3, 20), base="USD", quote="EUR", rate=D("1.00")),
    ExchangeRate(id="Y1", table="fixed", day=date(2020, 1, 1), base="USD", quote="EUR", rate=D("0.50")),
]


def exchanged(more: str, rows: list[Any]) -> tuple[Outcome, Figure]:
    plain, traced = both(SHARE.format(more=more, rate="1"), rows, LATER)
    return plain, traced.lines[0].base


@pytest.mark.parametrize(
    ("rule", "base", "rate"),
    [
        ("", "95", "0.95"),
        ('[exchange]\nday = "event"', "95", "0.95"),
        ('[exchange]\nday = "month start"', "92", "0.92"),
        ('[exchange]\nday = "quarter start"', "91", "0.91"),  # the fiscal quarter begins on 1 February
        ('[exchange]\nday = "year start"', "91", "0.91"),
        ('[exchange]\nday = "month mean"', "96", "0.96"),  # 0.93, 0.95 and 1.00
        ('[exchange]\ntable = "fixed"', "50", "0.50"),
    ],
)
def test_which_rate_counts(rule: str, base: str, rate: str) -> None:
    plain, figure = exchanged(rule, [*RATES, *payments("100", currency="USD")])
    (line,) = plain.lines
    assert (line.base, line.exchange, line.base_currency) == (D(base), D(rate), "USD")
    assert figure.op == "product"  # the amount and the rate are steps


def test_an_earning_may_have_its_own_exchange() -> None:
    """A program at the year's fixed rate, with one earning at the month's: both in one statement."""
    more = '[exchange]\ntable = "fixed"\n[earning.share.exchange]\nday = "month start"\n'
    rows = [*RATES, *payments("100", currency="USD")]
    own, _ = exchanged(more, rows)
    assert (own.lines[0].base, own.lines[0].exchange) == (D(92), D("0.92"))


def test_an_exchange_that_changes_nothing_is_told() -> None:
    text = SHARE.format(more="", rate="1").replace('base = "amount"', 'base = "attributes.units"')
    found = problems(f'{text}\n[earning.share.exchange]\ntable = "fixed"\n')
    assert any("nothing is exchanged here" in p.message for p in found if p.warning)


def test_the_day_of_the_rate_is_a_visible_step() -> None:
    _, figure = exchanged('[exchange]\nday = "month start"', [*RATES, *payments("100", currency="USD")])
    rate = figure.parts[1]
    assert (rate.label, rate.value) == ("USD to EUR, 28 Feb 2025", D("0.92"))
    assert rate.origin is not None
    assert (rate.origin.kind, rate.origin.id) == ("exchange_rate", "X3")


def test_a_mean_shows_the_rates_it_is_made_of() -> None:
    _, figure = exchanged('[exchange]\nday = "month mean"', [*RATES, *payments("100", currency="USD")])
    assert [part.value for part in figure.parts[1].parts] == [D("0.93"), D("0.95"), D("1.00")]


def test_an_inverse_rate_divides_exactly() -> None:
    rows = [ExchangeRate(id="X", day=date(2025, 1, 1), base="EUR", quote="USD", rate=D("1.1"))]
    plain, figure = exchanged("", [*rows, *payments("110", currency="USD")])
    assert (plain.lines[0].base, figure.op) == (D(100), "quotient")


def test_a_month_without_rates_has_no_mean() -> None:
    text = SHARE.format(more='[exchange]\nday = "month mean"', rate="1")
    found = worked(text, [*RATES, *payments("100", day=date(2025, 5, 5), currency="USD")], LATER)
    assert found.lines == ()
    assert "no rate from USD to EUR in 2025-05" in found.problems[0].message


def test_the_mean_of_the_running_month_takes_the_rates_known_so_far() -> None:
    text = SHARE.format(more='[exchange]\nday = "month mean"', rate="1")
    found = worked(text, [*RATES, *payments("100", currency="USD")], date(2025, 3, 10))
    assert found.lines[0].base == 94  # 0.93 and 0.95


def test_metrics_use_the_same_rate() -> None:
    text = """
    [exchange]
    day = "month start"
    [metric.revenue]
    says = "Revenue"
    of = "deal"
    [tiers]
    every = "month"
    [[tier]]
    name = "One"
    """
    deal = Deal(id="D", partner="A", status="won", closed=date(2025, 3, 10), amount=D(100), currency="USD")
    assert worked(text, [*RATES, deal], LATER).metrics["revenue", "2025-03"].value == 92


def test_decimals_that_mean_nothing_are_refused() -> None:
    (found,) = problems(SHARE.format(more="[rounding]\ndecimals = 40", rate="1"))
    assert found.place.endswith("rounding.decimals")


def test_rounding_and_exchange_have_words() -> None:
    more = '[rounding]\npoint = "total"\ndecimals = 0\n[exchange]\nday = "year start"\ntable = "fixed"'
    said = {r.key: r.sentence for r in rule_words(program(SHARE.format(more=more, rate="1")))}
    assert said["rounding"].startswith("The sum of an earning's lines in a statement is rounded half up to whole units")
    assert said["exchange"] == (
        "Foreign amounts are exchanged at the last rate before the event's fiscal year, from the table “fixed”."
    )
    assert "settlement" not in said


def test_remainders_that_differ_only_in_their_last_digits_are_one() -> None:
    # A twelfth of 100 at 10 % and a fixed 100, a twelfth of 250: both end in a third of a cent, the first comes first.
    thirds = [100 + D(100) / 12 / 10, D(250) / 12 / 10]
    assert spread(thirds, 2, "up") == [D("100.84"), D("2.08")]
