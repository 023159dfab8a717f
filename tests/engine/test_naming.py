"""The names by which cases and commands ask for payouts, and for the days of money, windows and tiers."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import explain
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.naming import answer, named_figures
from partnerdesk.engine.outcome import Traced
from partnerdesk.intake.plain import facts_of
from partnerdesk.program.reader import read_program

PROGRAM = """
program = "names"
version = "1"
effective_from = 2026-01-01
settlement = { each = "type", pays_on_day = 20, cut_days = 2 }

[earning.hold]
says = "Commission"
type = "COMMISSION"
on = "deal won"
base = "amount"
rate = 0.1
vests = [{ share = 0.5 }, { share = 0.5, after_days = 30 }]

[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "deal won"
amount = 7
"""


@pytest.fixture(scope="module")
def outcome() -> Traced:
    read = read_program(PROGRAM, "names.toml")
    assert read.program is not None
    deal = {"id": "D1", "partner": "P", "status": "won", "amount": 100, "closed": date(2026, 1, 10)}
    facts = facts_of({"deal": [deal]}, "facts").facts
    return explain([read.program], facts, date(2026, 3, 31)).partners["P"]


def number(found: object) -> Decimal:
    assert isinstance(found, Figure)
    assert replay(found) == found.value
    return found.value


def test_a_payout_is_what_all_types_pay_in_a_period(outcome: Traced) -> None:
    assert number(answer(outcome, "payout", "2026-01")) == 12
    assert number(answer(outcome, "payout", "2026-01|BONUS")) == 7
    assert number(answer(outcome, "payout")) == 5  # the last one: the half that waited thirty days
    assert number(answer(outcome, "payout.owed", "2026-01")) == 0


def test_payouts_are_counted_where_something_is_paid(outcome: Traced) -> None:
    assert number(answer(outcome, "payouts")) == 3
    assert number(answer(outcome, "payouts", "2026-01")) == 2


def test_days_of_a_payout_and_of_a_line(outcome: Traced) -> None:
    assert answer(outcome, "payout.day", "2026-01") == date(2026, 2, 20)
    assert answer(outcome, "payout.cut", "2026-01") == date(2026, 1, 29)
    assert answer(outcome, "payable.hold:D1") == date(2026, 2, 9)
    assert answer(outcome, "payable.bonus:D1") == date(2026, 1, 10)


TIERED = """
program = "names"
version = "1"
effective_from = 2026-01-01
[metric.won]
says = "Won"
of = "deal"
where = { status = "won" }
day = "closed"
window = "trailing 3 months"
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "won", at_least = 100 }
[tiers]
every = "month"
in_force = "same period"
down = { kept_months = 12 }
"""


def test_days_of_a_window_and_of_a_tier() -> None:
    read = read_program(TIERED, "names.toml")
    assert read.program is not None
    deals = [
        {"id": f"D{n}", "partner": "P", "status": "won", "amount": 50, "closed": date(2026, n, 10)} for n in (1, 2)
    ]
    facts = facts_of({"deal": deals}, "facts").facts
    found = explain([read.program], facts, date(2026, 3, 15)).partners["P"]
    assert (answer(found, "won.first"), answer(found, "won.last")) == (date(2025, 12, 16), date(2026, 3, 15))
    assert answer(found, "tier.since", "2026-01") is None
    assert answer(found, "tier.since") == date(2026, 2, 1)
    assert answer(found, "tier.kept") == date(2027, 2, 1)
    with pytest.raises(KeyError):
        answer(found, "tier.colour")


def test_a_name_that_nothing_has_is_no_figure(outcome: Traced) -> None:
    for name in ("payout.day_of_birth", "payable.hold:D9"):
        with pytest.raises(KeyError):
            answer(outcome, name)


def test_the_command_knows_the_names_of_cases(outcome: Traced) -> None:
    (found,) = named_figures(outcome, "payout.paid:2026-01")
    assert number(found[1]) == 12
    assert named_figures(outcome, "payout.day:2026-01") == []
