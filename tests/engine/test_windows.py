"""Which days count: every window, shifted and cut, as a user would write it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Case, Certification, Contract, Partner, Transaction
from tests.engine.cases import problems, worked

AS_OF = date(2025, 9, 30)


def invoices(*days: date) -> list[Any]:
    """One invoice of 1 for the first day, of 2 for the second, of 4, 8, ... : each sum tells which ones counted."""
    return [Transaction(id=f"T{i}", partner="A", day=day, amount=Decimal(2**i)) for i, day in enumerate(days)]


def invoiced(window: str, rows: list[Any], as_of: date = AS_OF, head: str = "", period: str = "2025Q3") -> Decimal:
    text = f'{head}[metric.m]\nsays = "Invoiced"\nof = "transaction"\nwindow = {window}\n'
    value = worked(text, rows, as_of).metrics["m", period].value
    assert value is not None
    return value


DAYS = (
    date(2024, 9, 30),  # 1
    date(2024, 10, 1),  # 2
    date(2025, 1, 1),  # 4
    date(2025, 3, 31),  # 8
    date(2025, 6, 30),  # 16
    date(2025, 7, 1),  # 32
    date(2025, 9, 30),  # 64
    date(2025, 10, 1),  # 128
)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ('"period"', 32 + 64),
        ('"trailing 12 months"', 2 + 4 + 8 + 16 + 32 + 64),
        ('"trailing 90 days"', 64),  # from 3 July
        ('"trailing 92 days"', 32 + 64),  # from 1 July
        ('"trailing 1 quarter"', 32 + 64),
        ('"trailing 2 halfs"', 2 + 4 + 8 + 16 + 32 + 64),
        ('"trailing 1 year"', 2 + 4 + 8 + 16 + 32 + 64),
        ('"4 quarters before"', 4 + 8 + 16),  # 1 July 2024 to 30 June 2025, both inclusive: and 1 + 2
        ('"90 days before"', 16),  # 2 April to 30 June
        ('"whole year"', 4 + 8 + 16 + 32 + 64),
        ('"year to date"', 4 + 8 + 16 + 32 + 64),
        ('"quarter to date"', 32 + 64),
        ('"whole half"', 32 + 64),
        ('"month to date"', 64),
        ('"ever"', 127),
        ('"next 1 month"', 128),
        ('"next 1 day"', 128),
        ('"period, a year earlier"', 1),
        ('"period, 3 months earlier"', 16),
        ('"period, 1 quarter earlier"', 16),
        ('"whole year, a year earlier"', 1 + 2),
        ('{ span = "period", cut_days = 1 }', 32),
        ('{ span = "trailing", length = 12, unit = "month", cut_days = 91 }', 2 + 4 + 8 + 16 + 32),
    ],
)
def test_a_window_holds_its_days_and_no_other(window: str, expected: int) -> None:
    extra = 1 + 2 if window == '"4 quarters before"' else 0
    assert invoiced(window, invoices(*DAYS)) == expected + extra


OWN = Partner(id="A", name="Alder", joined=date(2023, 10, 1), agreement_signed=date(2024, 3, 31))


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ('"whole partner year"', 2 + 4 + 8 + 16 + 32 + 64),  # 1 October 2024 to 30 September 2025
        ('"partner year to date, 3 months earlier"', 1 + 2 + 4 + 8 + 16),
        ('"whole partner year, a year earlier"', 1),
        ('"whole agreement year"', 8 + 16 + 32 + 64),  # from 31 March 2025 on
        ('"agreement year to date"', 8 + 16 + 32 + 64),
        ('{ span = "to date", unit = "agreement year", earlier_months = 12 }', 1),  # 31 March to 30 September 2024
    ],
)
def test_years_of_the_partners_own_begin_on_its_day(window: str, expected: int) -> None:
    assert invoiced(window, [OWN, *invoices(*DAYS)]) == expected


@pytest.mark.parametrize("unit", ["partner year", "agreement year"])
def test_where_its_day_is_not_known_they_are_those_of_the_program(unit: str) -> None:
    assert invoiced(f'"{unit} to date"', invoices(*DAYS)) == 4 + 8 + 16 + 32 + 64


def test_two_partners_have_years_of_their_own() -> None:
    other = Partner(id="B", name="Birch", joined=date(2025, 7, 1))
    rows = [OWN, other, *invoices(*DAYS), *[replace(row, id=f"B{row.id}", partner="B") for row in invoices(*DAYS)]]
    text = '[metric.m]\nsays = "Invoiced"\nof = "transaction"\nwindow = "partner year to date"\n'
    sums = [worked(text, rows, AS_OF, partner).metrics["m", "2025Q3"].value for partner in ("A", "B")]
    assert sums == [2 + 4 + 8 + 16 + 32 + 64, 32 + 64]


def test_only_whole_years_and_years_to_date_are_the_partners_own() -> None:
    window = '{ span = "trailing", length = 1, unit = "partner year" }'
    (found,) = problems(f'[metric.m]\nsays = "M"\nof = "transaction"\nwindow = {window}\n')
    assert (found.message, found.remedy) == (
        "a window “trailing” is not counted in years of the partner's own.",
        'Write "whole partner year" or "partner year to date".',
    )


def test_a_running_period_ends_on_the_as_of_day() -> None:
    rows = invoices(date(2025, 7, 1), date(2025, 8, 15), date(2025, 8, 16))
    assert invoiced('"period"', rows, date(2025, 8, 15)) == 1 + 2
    assert invoiced('"whole year"', rows, date(2025, 8, 15)) == 1 + 2  # what is to come has not happened


def test_calendar_months_count_the_running_one_in_full() -> None:
    rows = invoices(date(2025, 3, 1), date(2025, 2, 28), date(2025, 8, 15))
    # Month by month back from 15 August: the current month and five full ones begin on 1 March.
    assert invoiced('"trailing 6 calendar months"', rows, date(2025, 8, 15)) == 1 + 4
    assert invoiced('"trailing 6 months"', rows, date(2025, 8, 15)) == 1 + 2 + 4  # from 16 February
    assert invoiced('"trailing 3 calendar quarters"', rows, date(2025, 8, 15)) == 1 + 2 + 4  # from 1 January


def test_a_fiscal_year_has_its_own_bounds() -> None:
    head = 'fiscal_year_starts = "03-01"\n'
    rows = invoices(date(2025, 2, 28), date(2025, 3, 1), date(2025, 8, 31))
    assert invoiced('"whole year"', rows, date(2025, 8, 31), head, "FY2026Q2") == 2 + 4
    assert invoiced('"half to date"', rows, date(2025, 8, 31), head, "FY2026Q2") == 2 + 4
    assert invoiced('"period, a year earlier"', rows, date(2025, 8, 31), head, "FY2026Q2") == 0


def test_the_first_days_count_from_the_day_the_partner_joined() -> None:
    alder = Partner(id="A", name="Alder", joined=date(2025, 8, 1))
    rows = invoices(date(2025, 7, 31), date(2025, 8, 1), date(2025, 9, 29), date(2025, 9, 30))
    assert invoiced('"first 60 days"', [alder, *rows]) == 2 + 4
    assert invoiced('"first 2 months"', [alder, *rows]) == 2 + 4 + 8
    # Nobody knows when it joined: there are no first days.
    assert invoiced('"first 60 days"', [replace(alder, joined=None), *rows]) == 0


def test_two_partners_have_first_days_of_their_own() -> None:
    text = '[metric.m]\nsays = "First"\nof = "transaction"\nwindow = "first 1 month"\n'
    rows = [
        Partner(id="A", name="Alder", joined=date(2025, 7, 1)),
        Partner(id="B", name="Birch", joined=date(2025, 8, 1)),
        Transaction(id="T1", partner="A", day=date(2025, 7, 15), amount=Decimal(5)),
        Transaction(id="T2", partner="B", day=date(2025, 8, 15), amount=Decimal(7)),
    ]
    assert worked(text, rows, AS_OF, "A").metrics["m", "2025Q3"].value == 5
    assert worked(text, rows, AS_OF, "B").metrics["m", "2025Q3"].value == 7


def test_in_force_is_what_has_started_and_not_ended() -> None:
    def held(kind: str, rows: list[Any], until: str = "") -> Decimal | None:
        line = f'until = "{until}"\n' if until else ""
        text = f'[metric.m]\nsays = "Held"\nof = "{kind}"\ntake = "count"\nwindow = "in force"\n{line}'
        return worked(text, rows, AS_OF).metrics["m", "2025Q3"].value

    def certificate(id: str, awarded: date, expires: date | None) -> Certification:
        return Certification(id=id, partner="A", person=id, awarded=awarded, expires=expires)

    start = date(2025, 1, 1)
    people = [
        certificate("on its last day", start, AS_OF),
        certificate("over", start, date(2025, 9, 29)),
        certificate("for good", start, None),
        certificate("to come", date(2025, 10, 1), None),
    ]
    assert held("certification", people) == 2
    contracts = [
        Contract(id="K1", partner="A", start=start, end=AS_OF),
        Contract(id="K2", partner="A", start=start, outcome="churned", outcome_on=date(2025, 6, 1)),
        Contract(id="K3", partner="A", start=start),
    ]
    assert held("contract", contracts) == 2
    cases = [
        Case(id="H1", partner="A", opened=start, closed=date(2025, 2, 1)),
        Case(id="H2", partner="A", opened=start),
    ]
    assert held("case", cases) == 1
    deployments = [*(Contract(id="K4", partner="A", start=start, outcome_on=date(2025, 3, 1)),)]
    assert held("contract", deployments, until="outcome_on") == 0
