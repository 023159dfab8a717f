"""A partner taken over in mid-life: balances come from the former ledger, and go on by schedule and by rule."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Adjustment, Contract, Deal, Dispute, ExchangeRate, Opening, Partner, Payment
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import worked

D = Decimal
DAY = date(2026, 6, 30)
PROGRAM = """
effective_from = 2026-07-01
program = "p"
version = "1"
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.10
vests = [{ share = 0.5 }, { share = 0.5, after_months = 3 }]
clawback = { if = "churned", within_months = 12 }
[settlement]
pays_after_months = 1
pays_on_day = 15
"""


def opening(id: str, kind: str, amount: str, **more: Any) -> Opening:
    return Opening(id=id, partner="A", kind=kind, amount=D(amount), **{"day": DAY, "evidence": "ledger.xlsx"} | more)


HELD = opening("1", "vesting", "600", due=date(2026, 9, 30), line="L-7", earning="upfront", contract="K", deal="OLD")
PAID = opening("2", "paid", "400", line="L-7", event=date(2026, 1, 10))
DUE = opening("3", "payable", "250")
OWED = opening("4", "receivable", "100")
BACK = opening("5", "holdback", "80")
ALL = [HELD, PAID, DUE, OWED, BACK]
CONTRACT = Contract(id="K", partner="A", deal="OLD", start=date(2026, 1, 10), end=date(2027, 1, 9))


def churned(day: date) -> Contract:
    fields = {"outcome": "churned", "outcome_on": day}
    return Contract(id="K", partner="A", deal="OLD", start=date(2026, 1, 10), end=date(2027, 1, 9), **fields)


def rows(outcome: Outcome, label: str) -> dict[str, tuple[Decimal, Decimal]]:
    return {r.key: (r.held, r.payable) for r in outcome.statements[label].rows if r.held or r.payable}


def test_the_first_statement_opens_with_what_was_taken_over() -> None:
    found = worked(PROGRAM, [*ALL, CONTRACT], date(2026, 10, 31))
    assert list(found.statements) == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
    assert rows(found, "2026-06") == {"opened": (D(680), D(150)), "closing": (D(680), D(150))}
    assert rows(found, "2026-07")["opening"] == (D(680), D(150))
    assert rows(found, "2026-09")["released"] == (D(-600), D(600))
    assert rows(found, "2026-10")["closing"] == (D(80), D(750))
    assert all(c.is_ok for s in found.statements.values() for c in s.checks)
    assert found.statements["2026-06"].row("opened").reference == "ledger.xlsx"
    assert not found.problems


def test_the_schedule_of_what_is_held_stands_on_the_statement() -> None:
    held = worked(PROGRAM, [*ALL, CONTRACT], date(2026, 8, 31)).statements["2026-08"].held
    assert [(h.id, h.line, h.kind, h.remaining, h.next_release) for h in held] == [
        ("opening:1", "opening:L-7", "vesting", 600, date(2026, 9, 30)),
        ("opening:5", "", "holdback", 80, None),
    ]
    assert [h.condition for h in held] == ["released on 30 Sep 2026", "no day of release was taken over"]


def test_a_clawback_takes_what_is_held_first_and_then_what_was_paid() -> None:
    found = worked(PROGRAM, [*ALL, churned(date(2026, 8, 5))], date(2026, 12, 31))
    assert rows(found, "2026-08")["clawback"] == (D(-600), D(-400))
    assert "released" not in rows(found, "2026-09")
    after = worked(PROGRAM, [*ALL, churned(date(2026, 11, 5))], date(2026, 12, 31))
    assert rows(after, "2026-11")["clawback"] == (0, D(-1000))


def test_outside_the_window_or_before_the_opening_nothing_is_taken_back() -> None:
    for day in (date(2026, 5, 1), date(2027, 1, 11)):
        found = worked(PROGRAM, [*ALL, churned(day)], date(2027, 2, 28))
        assert not any(e.kind == "clawback" for e in found.entries), day


def test_what_could_still_be_clawed_back_is_told() -> None:
    found = worked(PROGRAM, [*ALL, CONTRACT], date(2026, 8, 31))
    assert {k: [r.amount for r in risks] for k, risks in found.at_risk.items()} == {"opening:L-7": [D(1000)]}


def test_what_happened_before_is_measured_but_not_posted_again() -> None:
    text = PROGRAM.replace("2026-07-01", "2026-01-01")
    facts = [
        *ALL,
        CONTRACT,
        Deal(id="OLD", partner="A", status="won", closed=date(2026, 1, 10), amount=D(10000)),
        Deal(id="NEW", partner="A", status="won", closed=date(2026, 7, 10), amount=D(2000)),
        Payment(id="P0", partner="A", day=date(2026, 6, 15), amount=D(99)),
        Payment(id="P1", partner="A", day=date(2026, 7, 15), amount=D(150)),
        Adjustment(id="J0", partner="A", day=date(2026, 6, 30), amount=D(7)),
        Dispute(id="X", partner="A", day=date(2026, 6, 30), line="l", unpaid=D(5)),
    ]
    found = worked(text, facts, date(2026, 7, 31))
    assert list(found.statements) == ["2026-06", "2026-07"]
    assert rows(found, "2026-07") == {
        "opening": (D(680), D(150)),
        "earned.UPFRONT": (0, D(200)),
        "deferred": (D(100), D(-100)),
        "paid": (0, D(-150)),
        "closing": (D(780), D(100)),
    }
    assert [line.deal for line in found.lines] == ["NEW"]


def test_what_waits_for_an_event_is_released_or_forfeited_by_it() -> None:
    from partnerdesk.engine.facts import Deployment

    waits = opening("1", "vesting", "90", waits_for="customer live", due=date(2026, 8, 31), deal="OLD")
    live = Deployment(id="L", partner="A", deal="OLD", live=date(2026, 8, 10))
    assert rows(worked(PROGRAM, [waits, live], date(2026, 9, 30)), "2026-08")["released"] == (D(-90), D(90))
    late = Deployment(id="L", partner="A", deal="OLD", live=date(2026, 9, 10))
    assert rows(worked(PROGRAM, [waits, late], date(2026, 9, 30)), "2026-08")["forfeited"] == (D(-90), 0)
    early = Deployment(id="L", partner="A", deal="OLD", live=date(2026, 5, 10))
    assert rows(worked(PROGRAM, [waits, early], date(2026, 9, 30)), "2026-07")["released"] == (D(-90), D(90))


def test_what_needs_a_running_contract_is_forfeited_without_one() -> None:
    held = opening("1", "vesting", "90", due=date(2026, 9, 30), contract="K", if_active=True)
    assert "released" in rows(worked(PROGRAM, [held, CONTRACT], date(2026, 9, 30)), "2026-09")
    found = worked(PROGRAM, [held, churned(date(2026, 9, 1))], date(2026, 9, 30))
    assert rows(found, "2026-09")["forfeited"] == (D(-90), 0)


def test_what_is_payable_is_settled_by_the_calendar() -> None:
    found = worked(PROGRAM, [*ALL, CONTRACT], date(2026, 10, 31))
    assert [(p.key, p.paid, p.day) for p in found.payouts.values()] == [
        ("2026-06", D(150), date(2026, 7, 15)),
        ("2026-09", D(600), date(2026, 10, 15)),
    ]


def test_another_currency_is_exchanged_on_the_opening_day() -> None:
    rate = ExchangeRate(id="R", day=date(2026, 6, 1), base="USD", quote="EUR", rate=D("0.9"))
    partner = Partner(id="A", name="Alder")
    found = worked(PROGRAM, [partner, opening("1", "payable", "10.01", currency="USD"), rate], DAY)
    assert rows(found, "2026-06")["opened"] == (0, D("9.01"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (opening("9", "payable", "0"), "above zero"),
        (opening("9", "payable", "5", earning="other"), "no earning “other”"),
        (
            opening("9", "payable", "5", day=date(2026, 5, 31)),
            "taken over on one day, and another row says 30 Jun 2026",
        ),
        (opening("9", "payable", "5", currency="USD"), "no rate from USD"),
    ],
)
def test_what_cannot_be_taken_over_is_a_problem(wrong: Opening, says: str) -> None:
    found = worked(PROGRAM, [DUE, wrong], date(2026, 7, 31))
    assert [p.place for p in found.problems] == ["opening 9"] and says in str(found.problems[0])
    assert rows(found, "2026-07")["opening"] == (0, D(250))


def test_before_its_day_there_is_no_opening() -> None:
    found = worked(PROGRAM, [*ALL, CONTRACT], date(2026, 6, 29))
    assert not any(e.kind == "opening" for e in found.entries)


CAPPED = (
    PROGRAM
    + """
[cap.year]
says = "Cap"
of = ["upfront"]
every = "year"
at_most = 1_500
"""
)


def won(id: str, day: date, amount: int, **more: Any) -> Deal:
    return Deal(id=id, partner="A", status="won", closed=day, amount=D(amount), **more)


def test_what_was_earned_before_uses_up_caps_in_place_of_what_the_facts_of_those_days_give() -> None:
    # 1,000 of line L-7 (600 held, 400 paid) were earned in January: 500 are left of the year's 1,500.
    rows = [*ALL, CONTRACT, won("OLD", date(2026, 1, 10), 20_000), won("NEW", date(2026, 8, 1), 8_000)]
    found = worked(CAPPED, rows, date(2026, 10, 31))
    assert [(line.id, line.amount) for line in found.lines] == [("upfront:NEW", D(500))]
    assert found.lines[0].effect_note == "Cap of 1,500.00 EUR reached"
    assert worked(PROGRAM, rows, date(2026, 10, 31)).lines[0].amount == 800
    later = [*ALL, CONTRACT, won("NEW", date(2027, 8, 1), 8_000)]
    assert worked(CAPPED, later, date(2027, 10, 31)).lines[0].amount == 800, "another year"


def test_what_was_earned_before_of_a_customer_uses_up_that_customers_cap() -> None:
    capped = CAPPED.replace('every = "year"', 'every = "ever"\nper = "customer"')
    before = opening("9", "paid", "1_450", line="L-9", earning="upfront", customer="C1")
    owed = opening("8", "receivable", "1_000", line="L-8", earning="upfront", customer="C2")
    new = [won(f"D{c}", date(2026, 8, 1), 8_000, customer=f"C{c}") for c in (1, 2)]
    found = worked(capped, [before, owed, *new], date(2026, 10, 31))
    assert {line.id: line.amount for line in found.lines} == {"upfront:D1": D(50), "upfront:D2": D(800)}


def test_a_row_that_cannot_be_taken_over_uses_up_no_cap() -> None:
    other = opening("9", "paid", "1_400", line="L-9", earning="upfront", day=date(2026, 5, 31))
    found = worked(CAPPED, [DUE, other, won("NEW", date(2026, 8, 1), 8_000)], date(2026, 8, 31))
    assert [line.amount for line in found.lines] == [D(800)]
    assert [p.place for p in found.problems] == ["opening 9"]


def test_a_refused_row_says_nothing_of_the_line_that_others_are() -> None:
    """Its day would stand for the opening's, and the facts of the days between would use up the cap as well."""
    refused = opening("0", "vesting", "100", line="L-7", earning="upfront", day=date(2026, 1, 20))
    text = CAPPED.replace("2026-07-01", "2026-01-01")
    rows = [refused, *ALL, CONTRACT, won("OLD", date(2026, 2, 10), 4_000), won("NEW", date(2026, 8, 1), 8_000)]
    found = worked(text, rows, date(2026, 8, 31))
    assert [(line.id, line.amount) for line in found.lines] == [("upfront:NEW", D(500))]
    assert [p.place for p in found.problems] == ["opening 0"]
