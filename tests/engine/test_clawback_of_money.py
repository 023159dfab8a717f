"""What is taken back by refunds and write-offs, out of what is held, and what could still be taken."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Credit, Deployment, Partner
from tests.engine.cases import worked
from tests.engine.taken_back import (
    JUNE,
    LATER,
    MARCH,
    PARTS,
    SHARE,
    D,
    back,
    billed,
    churned,
    sold,
    taken,
    upfront,
)


def test_refunds_take_their_share_of_the_payments_before_them_latest_first() -> None:
    rows = [
        billed("payment", "P1", date(2025, 1, 1), 300),
        billed("payment", "P2", date(2025, 2, 1), 200),
        billed("refund", "R1", date(2025, 3, 1), -250),
    ]
    text = SHARE.format(on="payment received", where="", clawback='{ if = "refunded", within_months = 12 }')
    assert back(worked(text, rows, LATER)) == [(date(2025, 3, 1), D(5)), (date(2025, 3, 1), D(20))]


def test_a_refund_takes_its_share_of_what_a_deal_earned() -> None:
    rows = [*sold(), billed("refund", "R1", date(2025, 3, 1), -10_000, deal="D1")]
    assert taken('{ if = "refunded" }', rows) == D(1_000)
    assert taken('{ if = "refunded", within_months = 12, shape = "linear" }', rows) == D("916.67")  # x 11/12


INVOICES = [
    billed("invoice", "I1", date(2025, 1, 1), 300, number="R-1"),
    billed("invoice", "I2", date(2025, 2, 1), 200, number="R-2"),
]


@pytest.mark.parametrize(("number", "expected"), [("R-1", ("share:I1", 10)), ("", ("share:I2", 10))])
def test_a_written_off_invoice_takes_its_share(number: str, expected: tuple[str, int]) -> None:
    text = SHARE.format(on="invoice issued", where='where = { kind = "invoice" }', clawback='{ if = "unpaid" }')
    rows = [*INVOICES, billed("write-off", "W1", date(2025, 9, 1), -100, number=number)]
    outcome = worked(text, rows, LATER)
    assert [(e.line, -e.amount) for e in outcome.entries if e.kind == "clawback"] == [expected]
    refunded = text.replace("unpaid", "refunded")
    assert back(worked(refunded, rows, LATER)) == []


def test_a_credit_note_that_earns_below_zero_is_not_taken_back_twice() -> None:
    rows = [*INVOICES, billed("credit-note", "N1", date(2025, 3, 1), -200)]
    counted = SHARE.format(on="invoice issued", where="", clawback='{ if = "refunded" }')
    outcome = worked(counted, rows, LATER)
    assert [line.amount for line in outcome.lines] == [30, 20, -20]
    assert back(outcome) == []
    left_out = SHARE.format(on="invoice issued", where='where = { kind = "invoice" }', clawback='{ if = "refunded" }')
    assert back(worked(left_out, rows, LATER)) == [(date(2025, 3, 1), D(20))]


def test_unpaid_takes_of_a_deal_what_was_written_off() -> None:
    rows = [*sold(), billed("write-off", "W1", date(2025, 9, 1), -25_000, contract="K1")]
    assert taken('{ if = "unpaid" }', rows) == D(2_500)


def test_what_was_paid_is_taken_back_not_rate_times_base() -> None:
    cap = """
    [cap.limit]
    of = ["upfront"]
    at_most = 3_000
    """
    assert taken('{ if = "churned" }', churned(date(2025, 6, 1)), more=cap) == D(3_000)
    assert taken('{ if = "churned", share = 0.5 }', churned(date(2025, 6, 1)), more=cap) == D(1_500)


def test_unvested_goes_first_then_what_is_held_then_what_was_payable() -> None:
    more = """
    vests = [{ share = 0.5 }, { share = 0.5, after_months = 24 }]
    [holdback.back]
    of = ["upfront"]
    share = 0.1
    release_after = 8
    """
    outcome = worked(upfront('{ if = "churned", share = 0.7 }', more=more), churned(date(2025, 6, 1)), LATER)
    found = [(e.bucket, -e.amount) for e in outcome.entries if e.kind == "clawback"]
    # Of 5,000: 2,500 unvested, 500 held back, 500 of the 2,000 that were payable.
    assert found == [("payable", 500), ("held", 500), ("held", 2_500)]


def test_the_worst_case_says_what_could_still_be_taken_and_until_when() -> None:
    rule = '{ if = "churned", within_months = 12, shape = "linear" }, { if = "unpaid", within_days = 60 }'
    found = worked(upfront(rule), sold(), date(2025, 3, 30)).at_risk["upfront:D1"]
    # On 31 March two of twelve months are over: 5,000 x 10 / 12; the 60 days end on 1 April.
    assert [(r.cause, r.amount, r.until) for r in found] == [
        ("churned", D("4166.67"), date(2026, 1, 31)),
        ("unpaid", D(5_000), date(2025, 4, 1)),
    ]
    assert worked(upfront(rule), sold(), date(2026, 1, 31)).at_risk == {}
    assert worked(upfront('{ if = "churned" }'), churned(date(2025, 6, 1)), LATER).at_risk == {}


def test_the_worst_case_is_what_is_left() -> None:
    rows = [*sold(), billed("refund", "R1", date(2025, 3, 1), -30_000, deal="D1")]
    (found,) = worked(upfront('{ if = "refunded" }'), rows, LATER).at_risk["upfront:D1"]
    assert (found.amount, found.until, found.rule.key) == (D(2_000), None, "earning.upfront.clawback")


def test_a_milestone_is_taken_back_by_what_its_deal_gave_back() -> None:
    text = upfront('{ if = "refunded" }').replace("deal won", "customer live").replace('base = "amount"', "")
    text = text.replace("rate = 0.10", "amount = 750")
    rows = [
        *sold(),
        Deployment(id="L", partner="A", deal="D1", live=date(2025, 2, 20)),
        billed("refund", "R1", date(2025, 3, 1), -10_000, deal="D1"),
    ]
    assert back(worked(text, rows, LATER)) == [(date(2025, 3, 1), D(150))]


def test_a_credited_partner_gives_back_its_part_of_a_refund_of_the_other() -> None:
    rows = [
        Partner(id="A", name="Alder"),
        Partner(id="B", name="Birch"),
        *sold(),
        Credit(id="R", deal="D1", partner="B", share=D("0.4")),
        billed("refund", "R1", date(2025, 3, 1), -10_000, deal="D1"),
    ]
    outcome = worked(upfront('{ if = "refunded" }'), rows, LATER, partner="B")
    assert outcome.lines[0].amount == 2_000
    assert back(outcome) == [(date(2025, 3, 1), D(400))]


@pytest.mark.parametrize(
    ("clawback", "day", "expected"),
    [
        # Of 5,000 the 2,000 that vest at the end of April are all that can be taken in March, and none of it in June.
        ('{ if = "churned", takes = "held" }', MARCH, [(MARCH, D(2_000))]),
        ('{ if = "churned", takes = "held", share = 0.2 }', MARCH, [(MARCH, D(1_000))]),
        ('{ if = "churned", takes = "held" }', JUNE, []),
        ('{ if = "churned", takes = "all" }', MARCH, [(MARCH, D(2_000)), (MARCH, D(3_000))]),
    ],
)
def test_only_what_is_held_is_taken_where_the_rule_says_so(
    clawback: str, day: date, expected: list[tuple[date, Decimal]]
) -> None:
    found = worked(upfront(clawback, more=PARTS), churned(day), LATER)
    assert sorted(back(found)) == expected
    total = sum((e.amount for e in found.entries), D(0))
    assert total == D(5_000) - sum((amount for _, amount in expected), D(0))


def test_what_is_at_risk_is_what_is_held_then() -> None:
    text, rows = upfront('{ if = "churned", takes = "held" }', more=PARTS), sold()
    assert [r.amount for r in worked(text, rows, MARCH).at_risk["upfront:D1"]] == [D(2_000)]
    assert "upfront:D1" not in worked(text, rows, JUNE).at_risk


def test_what_is_held_of_a_period_is_taken_as_well() -> None:
    text = """
    [holdback.reserve]
    says = "Reserve"
    of = ["upfront"]
    every = "month"
    share = 0.1
    release_after = 12
    release_unit = "month"
    """
    found = worked(upfront('{ if = "churned", takes = "held" }') + text, churned(MARCH), LATER)
    assert back(found) == [(MARCH, D(500))]
