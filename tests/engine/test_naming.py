"""The names by which cases and commands ask for payouts, and for the days of money, windows and tiers."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.built_in import ASKED_FIRST, ROWS
from partnerdesk.engine.evaluate import explain
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.naming import _ANSWERS, answer, named_figures, nearest
from partnerdesk.engine.settling.statement import MOVEMENTS
from partnerdesk.engine.whole import Traced
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


def test_what_is_earned_in_a_longer_period_is_that_of_its_statements(outcome: Traced) -> None:
    assert number(answer(outcome, "earned", "2026-01")) == 17
    assert number(answer(outcome, "earned", "2026Q1")) == 17
    assert number(answer(outcome, "earned.bonus", "2026")) == 7
    assert number(answer(outcome, "earned", "2026-02")) == 0


def test_no_statement_lies_in_a_period_that_is_shorter_than_its_own() -> None:
    read = read_program(PROGRAM.replace("settlement", 'statements = "quarter"\nsettlement'), "names.toml")
    assert read.program is not None
    deal = {"id": "D1", "partner": "P", "status": "won", "amount": 100, "closed": date(2026, 1, 10)}
    outcome = explain([read.program], facts_of({"deal": [deal]}, "facts").facts, date(2026, 6, 30)).partners["P"]
    assert number(answer(outcome, "earned", "2026H1")) == 17
    with pytest.raises(KeyError):
        answer(outcome, "earned", "2026-01")


def test_a_payout_is_what_all_types_pay_in_a_period(outcome: Traced) -> None:
    assert number(answer(outcome, "payout", "2026-01")) == 12
    assert number(answer(outcome, "payout", "2026-01|BONUS")) == 7
    assert number(answer(outcome, "payout")) == 5  # the last one: the half that waited thirty days
    assert number(answer(outcome, "payout.owed", "2026-01")) == 0


def test_a_payout_of_one_type_has_the_name_that_it_has_in_the_figures(outcome: Traced) -> None:
    for key, payout in outcome.payouts.items():
        ((_, paid),) = named_figures(outcome, f"payout:{key}")
        assert number(paid) == number(payout.paid)
    assert named_figures(outcome, "payout:2026-01|OTHER") == []


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


def test_the_names_that_every_program_has_are_those_that_are_looked_for() -> None:
    assert set(ASKED_FIRST) == set(_ANSWERS)
    assert set(ROWS) == {key for key, *_ in MOVEMENTS} | {"opening", "opened", "closing"}


STAGED = """
program = "names"
version = "1"
effective_from = 2026-01-01
[metric.won]
says = "Won"
of = "deal"
[[stage]]
name = "onboarding"
done_when = { metric = "won", above = 0 }
[[stage]]
name = "selling"
"""


def test_the_stage_that_a_partner_is_in() -> None:
    read = read_program(STAGED, "names.toml")
    assert read.program is not None
    deal = {"id": "D1", "partner": "P", "status": "won", "amount": 100, "closed": date(2026, 1, 10)}
    for deals, expected in (([], "onboarding"), ([deal], "selling")):
        facts = facts_of({"partner": [{"id": "P", "name": "P"}], "deal": deals}, "facts").facts
        assert answer(explain([read.program], facts, date(2026, 3, 15)).partners["P"], "stage") == expected


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("payouts.day", "payouts"),
        ("earned.hld", "earned.hold"),
        ("bonus:D2", "bonus:D1"),
        ("closng", "closing"),
        ("something else", ""),
    ],
)
def test_a_name_that_nothing_has_has_a_nearest_one(outcome: Traced, asked: str, near: str) -> None:
    assert nearest(outcome, asked) == near
