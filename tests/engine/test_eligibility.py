"""Who takes part: the condition to join, the gate to earn (forfeit or suspend) and the gate to be paid."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Activity, Certification, Contract, Deal, Partner
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program, worked

D = Decimal
PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01

[metric.certified]
says = "Certified people"
of = "certification"
take = "distinct"
value = "person"
day = "awarded"
until = "expires"
window = "in force"

[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }

[score]
parts = [{ metric = "revenue", weight = 100, scale = [{ at = 0, points = 0 }, { at = 1000, points = 100 }] }]

[[tier]]
name = "Bronze"
[[tier]]
name = "Gold"
requires = { metric = "revenue", at_least = 500 }

[earning.share]
says = "Share"
type = "SHARE"
reference = "S-1"
on = "deal won"
base = "amount"
rate = 0.10
"""
GATE = '\n[eligibility.earn]\nwhen = { metric = "certified", at_least = 1 }\nsays = "a certified person"\n'
SUSPEND = GATE + 'otherwise = "suspend"\n'


def won(month: int, amount: int = 1000) -> Deal:
    return Deal(id=f"D{month}", partner="A", status="won", closed=date(2026, month, 15), amount=D(amount))


def certified(first: date, last: date) -> Certification:
    return Certification(id=f"C{first}", partner="A", person="Kim", awarded=first, expires=last)


GAP = [certified(date(2026, 1, 1), date(2026, 1, 31)), certified(date(2026, 4, 10), date(2026, 12, 31))]


def run(text: str, *rows: object, as_of: date = date(2026, 6, 30), **partner: object) -> Outcome:
    return worked(text, [Partner(id="A", name="A", **partner), *rows], as_of)  # type: ignore[arg-type]


def test_without_the_condition_an_event_is_not_earned_and_says_so() -> None:
    found = run(PROGRAM + GATE, *GAP, won(1), won(2), won(5))
    assert [line.fact_id for line in found.lines] == ["D1", "D5"]
    left = found.statements["2026-02"].uncounted
    assert [(x.fact.id, x.reason, x.rule) for x in left] == [("D2", "a certified person is not met in 2026-02", "S-1")]


@pytest.mark.parametrize(
    ("every", "earned"),
    [("month", ["D1", "D4"]), ("quarter", ["D4"]), ("half", ["D1", "D2", "D4"]), ("year", ["D1", "D2", "D4"])],
)
def test_the_period_that_is_looked_at(every: str, earned: list[str]) -> None:
    found = run(f'{PROGRAM}{GATE}every = "{every}"\n', *GAP, won(1), won(2), won(4))
    assert [line.fact_id for line in found.lines] == earned


def test_suspended_earnings_are_held_until_the_condition_is_met_again() -> None:
    found = run(PROGRAM + SUSPEND, *GAP, won(1), won(2), won(5))
    assert [line.amount for line in found.lines] == [100, 100, 100]
    february = found.statements["2026-02"]
    assert (february.row("closing").held, february.row("closing").payable) == (100, 100)
    assert [(h.kind, h.remaining, h.condition) for h in february.held] == [
        ("eligibility", 100, "until a certified person is met again")
    ]
    # certified again since 10 April: released with the end of that month
    released = [e for e in found.entries if e.kind == "release"]
    assert [(e.day, e.bucket, e.amount) for e in released] == [
        (date(2026, 4, 30), "held", -100),
        (date(2026, 4, 30), "payable", 100),
    ]
    assert found.statements["2026-04"].row("closing").held == 0


def test_suspended_for_good_is_held_for_good() -> None:
    found = run(PROGRAM + SUSPEND, GAP[0], won(2), won(5))
    assert found.statements["2026-06"].row("closing").held == 200
    assert all(h.next_release is None for h in found.statements["2026-06"].held)


def test_shares_that_vest_meanwhile_are_not_paid_either() -> None:
    vests = PROGRAM + "vests = [{ share = 0.4 }, { share = 0.6, after_months = 1 }]\n" + SUSPEND
    found = run(vests, *GAP, won(2))
    assert {k: s.row("closing").payable for k, s in found.statements.items()} == {
        "2026-02": 0,
        "2026-03": 0,  # the second share vests on 15 March
        "2026-04": 100,
        "2026-05": 100,
        "2026-06": 100,
    }


def test_what_is_held_may_be_clawed_back() -> None:
    text = PROGRAM + 'clawback = [{ if = "churned", within_months = 12 }]\n' + SUSPEND
    gone = Contract(
        id="K", partner="A", deal="D2", start=date(2026, 2, 15), outcome="churned", outcome_on=date(2026, 3, 1)
    )
    found = run(text, *GAP, won(2), gone)
    assert found.statements["2026-06"].row("closing").total == 0
    assert [e.bucket for e in found.entries if e.kind == "clawback"] == ["held"]


def test_a_safety_net_obeys_the_gate() -> None:
    net = '\n[safety_net.n]\nof = ["share"]\nevery = "month"\nat_least = 30\n'
    lines = run(PROGRAM + GATE + net, *GAP, won(1, 100)).lines
    paid = {line.period.label: line.amount for line in lines if line.type == "TOPUP"}
    assert paid == {"2026-01": 20, "2026-04": 30, "2026-05": 30, "2026-06": 30}
    held = run(PROGRAM + SUSPEND + net, *GAP, won(1, 100))
    assert held.statements["2026-03"].row("closing").held == 60
    assert held.statements["2026-04"].row("closing").held == 0


JOIN = '\n[eligibility]\njoin = { partner = { type = "reseller" } }\n'


def test_the_program_is_not_for_everybody() -> None:
    found = run(PROGRAM + JOIN, won(2), type="vendor")
    assert (found.lines, dict(found.scores), dict(found.standings)) == ((), {}, {})
    assert found.statements["2026-02"].tier == ""
    assert [x.reason for x in found.statements["2026-02"].uncounted] == ["the program is not for this partner"]
    own = run(PROGRAM + JOIN, won(2), type="reseller")
    assert [line.amount for line in own.lines] == [100]
    assert own.standings["2026Q2"].tier == "Gold"


def test_one_may_join_later_without_a_change_of_what_was() -> None:
    signed = '\n[metric.signed]\nsays = "Joint plans"\nof = "activity"\ntake = "count"\nwindow = "ever"\n'
    text = f'{PROGRAM}{signed}\n[eligibility]\njoin = {{ metric = "signed", at_least = 1 }}\n'
    plan = Activity(id="P", partner="A", kind="joint-planning", day=date(2026, 3, 20))
    found = run(text, plan, won(2), won(3), won(4))
    assert [line.fact_id for line in found.lines] == ["D3", "D4"]
    assert list(found.standings) == ["2026Q1", "2026Q2"]
    assert [s.tier for s in found.statements.values()] == ["", "Bronze", "Gold", "Gold", "Gold"]


def test_the_gate_to_be_paid() -> None:
    pay = '\n[eligibility.pay]\nwhen = { metric = "certified", at_least = 1 }\n'
    lost = run(PROGRAM + pay, *GAP, won(2), won(5))
    assert {k: (p.paid, p.lost) for k, p in lost.payouts.items()} == {"2026-02": (0, 100), "2026-05": (100, 0)}
    kept = run(f'{PROGRAM}{pay}otherwise = "suspend"\n', *GAP, won(2), won(5))
    assert {k: (p.paid, p.carried) for k, p in kept.payouts.items()} == {
        "2026-02": (0, 100),
        "2026-03": (0, 100),
        "2026-04": (100, 0),
        "2026-05": (100, 0),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[eligibility]\njoin = { metric = "x", at_least = 1 }', "eligibility.join: metric x is not defined"),
        ('[eligibility.earn]\nwhen = { tier = "Iron" }', "eligibility.earn.when: tier Iron is not defined"),
        ('[eligibility.pay]\nwhen = { partner = { kind = "x" } }', "partner has no attribute kind"),
        ('[eligibility.pay]\nevery = "month"', "when is missing"),
        ('[eligibility.earn]\nwhen = { score = 1 }\notherwise = "wait"', "Known: suspend, forfeit"),
    ],
)
def test_a_condition_that_means_nothing_is_refused(text: str, words: str) -> None:
    assert any(words in str(p) for p in problems(f"{PROGRAM}\n{text}\n"))


def test_words() -> None:
    pay = '\n[eligibility.pay]\nwhen = { score = 50 }\nevery = "quarter"\n'
    said = {w.key: w.sentence for w in rule_words(program(PROGRAM + JOIN + SUSPEND + pay))}
    assert (
        said["eligibility.join"] == "The program is for partners for whom this holds: the partner's type is reseller."
    )
    assert said["eligibility.earn"] == (
        "Commission is earned only on this condition, in the month: a certified person; otherwise what is due is held "
        "until it is met again."
    )
    assert said["eligibility.pay"] == (
        "Commission is paid only on this condition, in the quarter: score is at least 50; otherwise what is due is "
        "lost."
    )
