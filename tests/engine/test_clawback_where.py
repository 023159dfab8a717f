"""Which causes take something back: contracts and transactions that a clawback names, and the others leave it alone."""

from datetime import date
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program, worked
from tests.engine.taken_back import JUNE, MARCH, SHARE, D, billed, churned, taken, upfront

SPARED = '{ if = "churned", within_months = 12, where = { reason = { not = "redundancy", or_unknown = true } } }'


@pytest.mark.parametrize(("reason", "expected"), [("redundancy", 0), ("price", 5_000), (None, 5_000)])
def test_a_reason_that_is_spared_takes_nothing(reason: str | None, expected: int) -> None:
    assert taken(SPARED, churned(JUNE, reason=reason)) == D(expected)


def test_the_first_churn_is_the_first_that_counts() -> None:
    later = Contract(
        id="K2",
        partner="A",
        customer="C1",
        deal="D1",
        start=MARCH,
        recurring=D(600),
        outcome="churned",
        outcome_on=JUNE,
    )
    assert taken(SPARED, [*churned(MARCH, reason="redundancy"), later]) == D(5_000)


def test_a_refund_that_is_not_named_takes_nothing() -> None:
    rule = SHARE.format(
        on="payment received", where="", clawback='{ if = "refunded", where = { attributes.why = "fault" } }'
    )
    rows: list[Any] = [
        billed("payment", "P1", date(2025, 2, 1), 1_000),
        billed("refund", "R1", date(2025, 3, 1), -200, attributes={"why": "goodwill"}),
        billed("refund", "R2", date(2025, 3, 5), -300, attributes={"why": "fault"}),
    ]
    outcome = worked(rule, rows, date(2025, 6, 30))
    assert [e.amount for e in outcome.entries if e.kind == "clawback"] == [D(-30)]


def test_nothing_is_at_risk_of_a_customer_that_was_spared_and_is_gone() -> None:
    assert worked(upfront(SPARED), churned(MARCH, reason="redundancy"), date(2025, 4, 30)).at_risk == {}
    before = worked(upfront(SPARED), churned(MARCH, reason="redundancy"), date(2025, 2, 28)).at_risk
    assert [risk.amount for risk in before["upfront:D1"]] == [D(5_000)]


def test_it_is_said_beside_the_cause() -> None:
    (said,) = [r for r in rule_words(program(upfront(SPARED))) if ".clawback" in r.key]
    words = said.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert words.startswith(
        "If the customer leaves within 12 months, where reason is not redundancy (or not known), all of what was earned"
    )


@pytest.mark.parametrize(
    ("clawback", "said"),
    [
        ('{ if = "churned", where = { reasons = "price" } }', "reason"),
        ('{ if = "clawed back", where = { reason = "price" } }', "filtered there"),
    ],
)
def test_a_filter_of_what_the_cause_does_not_have_is_refused(clawback: str, said: str) -> None:
    found = problems(upfront(clawback))
    assert [p for p in found if said in f"{p.message} {p.remedy}" and not p.warning], found
