"""What is asked of a fund: decided, claimed, proven, paid, lapsed, released, and told where it does not fit."""

from datetime import date
from typing import Any

import pytest

from partnerdesk.engine.facts import ExchangeRate
from partnerdesk.program.words import rule_words
from tests.engine.cases import program, worked
from tests.engine.funding import AGREED, ALLOTTED, ASKED, END, EVENT, SALES, D, entry, fund, plan, request


def test_a_request_is_decided_claimed_proven_and_paid() -> None:
    keys = "cost_share = 0.5\ndecide_days = 10\nclaim_days = 30\nproof_days = 20\npay_days = 14"
    rows: list[Any] = [ALLOTTED, ASKED, EVENT]
    asked = request(fund(keys, rows))
    assert (asked.state, asked.requested, asked.due, asked.due_for) == (
        "requested",
        400,
        date(2025, 2, 11),
        "decision",
    )
    rows.append(AGREED)
    agreed = request(fund(keys, rows, date(2025, 4, 1)))
    assert (agreed.state, agreed.approved, agreed.due, agreed.due_for) == ("approved", 400, date(2025, 4, 9), "claim")
    rows.append(entry("F4", "claim", date(2025, 4, 2), request="F2", cost=D("700.01")))
    claimed = request(fund(keys, rows, date(2025, 4, 5)))
    assert (claimed.state, claimed.claimed, claimed.due, claimed.due_for, claimed.proof) == (
        "claimed",
        D("350.01"),
        date(2025, 4, 22),
        "proof",
        "due",
    )
    assert claimed.approved == D("49.99")
    rows.append(entry("F5", "proof", date(2025, 4, 20), request="F2", evidence="photos.zip"))
    proven = request(fund(keys, rows, date(2025, 5, 1)))
    assert (proven.state, proven.due, proven.due_for, proven.proof) == ("proven", date(2025, 5, 4), "payment", "given")
    assert proven.lapsed == D("49.99"), "what was approved and not claimed in time went back"
    rows.append(entry("F6", "reimbursement", date(2025, 5, 3), request="F2", result="14 leads"))
    found = fund(keys, rows)
    paid = request(found)
    assert (paid.state, paid.paid, paid.due, paid.result, paid.project) == (
        "paid",
        D("350.01"),
        None,
        "14 leads",
        "Roundtable",
    )
    assert (found.available, found.paid) == (D("649.99"), D("350.01"))


def test_entries_of_one_activity_belong_together_and_a_fund_is_named_by_its_words() -> None:
    rows: list[Any] = [ALLOTTED, EVENT, entry("F2", "request", date(2025, 2, 1), 400, activity="Y1")]
    rows += [entry("F3", "approval", date(2025, 2, 5), 300, activity="Y1", fund="Co-Marketing Fund")]
    rows += [entry("F4", "claim", date(2025, 4, 2), 300, activity="Y1", fund="", evidence="invoice 7")]
    found = request(fund("", rows))
    assert (found.id, found.state, found.claimed, found.requested) == ("F2", "proven", 300, 400)


def test_an_approval_that_is_not_claimed_returns_or_is_forfeited() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    back = fund("claim_days = 30", rows)
    assert (back.available, request(back).state, request(back).lapsed) == (1000, "lapsed", 400)
    gone = fund('claim_days = 30\nlapsed = "forfeited"', rows)
    assert (gone.available, gone.expired) == (600, 400)


def test_a_claim_is_due_so_many_months_after_the_activity() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    assert request(fund("claim_months = 2", rows, date(2025, 4, 1))).due == date(2025, 5, 10)
    assert request(fund("claim_months = 2", rows, date(2025, 5, 9))).state == "approved"
    assert request(fund("claim_months = 2", rows, date(2025, 5, 10))).state == "lapsed"


@pytest.mark.parametrize(
    ("keys", "claimed"),
    [
        ("cost_share = 0.5\ncost_share_by = { co-marketing = 0.75, training = 1 }", 300),
        ("cost_share = 0.5\ncost_share_by = { training = 1 }", 200),
        ("cost_share_by = { co-marketing = 0 }", 0),
    ],
)
def test_the_share_of_the_cost_goes_by_the_kind_of_activity(keys: str, claimed: int) -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    rows.append(entry("F4", "claim", date(2025, 4, 2), request="F2", cost=D(400)))
    assert request(fund(keys, rows)).claimed == claimed


def test_a_claim_of_too_little_is_none_and_says_so() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED]
    rows.append(entry("F4", "claim", date(2025, 4, 2), 99, request="F2"))
    found = fund("claim_minimum = 100", rows)
    assert (request(found).state, found.claimed, found.approved) == ("approved", 0, 400)
    assert [p.message for p in found.problems] == ["it comes to 99.00 EUR, and less than 100.00 EUR is no claim."]
    rows.append(entry("F5", "claim", date(2025, 4, 3), 100, request="F2"))
    assert fund("claim_minimum = 100", rows).claimed == 100


def test_the_words_say_shares_by_kind_the_least_claim_and_months() -> None:
    keys = "cost_share = 0.5\ncost_share_by = { training = 1 }\nclaim_minimum = 100\nclaim_months = 3"
    (said,) = [found for found in rule_words(program(plan(keys))) if found.key == "fund.mdf"]
    words = said.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert "it pays at most 100 % of training, and 50 % of any other." in words
    assert "A claim that comes to less than 100.00 EUR is none." in words
    assert "is claimed within 3 months of the activity" in words


def test_a_claim_without_proof_in_time_lapses() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED, entry("F4", "claim", date(2025, 3, 12), 400, request="F2")]
    found = fund("proof_days = 20", rows, date(2025, 4, 1))
    assert (found.claimed, found.available, request(found).proof) == (0, 1000, "missed")
    assert fund("proof_days = 20", rows, date(2025, 3, 31)).claimed == 400, "its last day is still in time"


def test_an_approved_amount_survives_the_expiry_of_the_rest_and_is_lost_when_it_lapses_later() -> None:
    rows: list[Any] = [entry("F1", "allocation", date(2025, 1, 5), 1000, due=date(2025, 2, 28)), ASKED, EVENT, AGREED]
    kept = fund("claim_days = 30", rows, date(2025, 3, 1))
    assert (kept.approved, kept.available, kept.expired) == (400, 0, 600)
    assert fund("claim_days = 30", rows).expired == 1000


def test_what_expires_first_is_used_first() -> None:
    rows: list[Any] = [
        entry("F1", "allocation", date(2025, 1, 5), 1000),
        entry("F0", "allocation", date(2025, 1, 6), 300, due=date(2025, 3, 1)),
        ASKED,
        EVENT,
        AGREED,
    ]
    assert fund("", rows).expired == 0


def test_committing_more_than_there_is_is_said_and_later_money_covers_it() -> None:
    rows: list[Any] = [entry("F1", "allocation", date(2025, 1, 5), 100), ASKED, EVENT, AGREED]
    found = fund("", rows)
    assert found.available == -300
    assert "more than the fund has" in found.problems[0].message
    rows.append(entry("F9", "allocation", date(2025, 6, 1), 500, due=date(2025, 7, 1)))
    assert fund("", rows, date(2025, 6, 30)).available == 200
    assert fund("", rows).available == 0, "of the 500 only 200 were left to expire"


def test_a_payment_without_claim_and_approval_is_told_and_balances() -> None:
    rows: list[Any] = [ALLOTTED, entry("F6", "reimbursement", date(2025, 5, 3), 250)]
    found = fund("", rows)
    assert (found.paid, found.available, request(found).state) == (250, 750, "paid")
    assert "more was paid than is claimed" in found.problems[0].message


def test_what_is_not_needed_is_released_and_a_denied_request_takes_nothing() -> None:
    rows: list[Any] = [ALLOTTED, ASKED, EVENT, AGREED, entry("F7", "release", date(2025, 3, 1), 150, request="F2")]
    assert (fund("", rows).approved, fund("", rows).available) == (250, 750)
    denied = fund("", [ALLOTTED, ASKED, EVENT, entry("F3", "denial", date(2025, 2, 5), request="F2")])
    assert (request(denied).state, denied.available, denied.requested) == ("denied", 1000, 0)


def test_one_request_is_exchanged_at_one_rate() -> None:
    rates = [
        ExchangeRate(id=f"X{n}", table="program", day=day, base="USD", quote="EUR", rate=D(rate))
        for n, (day, rate) in enumerate(((date(2025, 1, 1), "0.9"), (date(2025, 4, 1), "0.8")))
    ]
    asked = entry("F2", "request", date(2025, 2, 1), 100, currency="USD")
    rows: list[Any] = [ALLOTTED, *rates, asked]
    rows += [entry("F3", "approval", date(2025, 2, 9), 100, request="F2", currency="USD")]
    rows += [entry("F4", "claim", date(2025, 5, 1), 100, request="F2", currency="USD", evidence="x")]
    rows += [entry("F5", "reimbursement", date(2025, 5, 2), 100, request="F2", currency="USD")]
    assert fund("", rows).paid == 90


def test_a_fund_that_the_program_does_not_know_lives_in_its_own_money() -> None:
    rows = [entry("F1", "allocation", date(2025, 1, 5), 1000, fund="Launch money", currency="CHF")]
    found = worked(SALES, rows, END).funds["Launch money"]
    assert (found.currency, found.available, found.rule) == ("CHF", 1000, None)
