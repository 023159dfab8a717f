"""Deals that slip, that are changed several at a time, and how likely each is."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Deal, ExchangeRate, Partner, StageChange
from partnerdesk.errors import Refused
from partnerdesk.models.book import book
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.rows import deal_bulk, deals
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.pipeline.deal_brief import deal_brief
from partnerdesk.queries.pipeline.deal_list import deal_chances, deal_list
from partnerdesk.queries.pipeline.deal_views import BUILT_IN

TODAY = date(2026, 11, 19)
DUE, LATER = date(2026, 11, 10), date(2027, 1, 15)


@pytest.fixture(autouse=True)
def pipeline(session: Session) -> None:
    ended = [
        Deal(id=f"D-{n}", partner="P-1", status="won" if n < 3 else "lost", created=DUE, closed=DUE, stage="Won")
        for n in range(1, 5)
    ]
    given = {"partner": "P-1", "stage": "Offer", "amount": Decimal(1000), "created": DUE, "expected_close": DUE}
    rows = [
        Partner(id="P-1", name="Nordlys Data"),
        *ended,
        Deal(id="D-7", name="Seats", **given),
        Deal(id="D-8", name="Hub", currency="USD", probability=Decimal("0.9"), **given),
        ExchangeRate(id="X", table="program", day=DUE, base="USD", quote="EUR", rate=Decimal("0.5")),
        *(StageChange(id=f"S-{n}", deal=f"D-{n}", day=DUE, stage="Offer") for n in (1, 2, 3, 4, 7, 8)),
    ]
    add_rows(session, rows)
    session.execute(insert(book).values(one=1, id="B", name="Ours", created="2026-11-19T08:00:00Z", sample=False))


def listed(session: Session, view: str = "Open") -> list[str]:
    return sorted(r.id for r in deal_list(session, TODAY).rows if BUILT_IN[view].keeps(r))


def test_a_slip_moves_the_day_keeps_the_stage_and_stays_on_the_way_of_the_deal(session: Session) -> None:
    assert listed(session, "Past their day") == ["D-7", "D-8"] and listed(session, "Slipped") == []
    before = deal_chances(session, TODAY)["D-7"]
    deals.slip_deal(session, "D-7", until=LATER, reason=" Board in January ", on=TODAY)
    assert listed(session, "Past their day") == ["D-8"] and listed(session, "Slipped") == ["D-7"]
    brief = deal_brief(session, "D-7", TODAY)
    assert brief is not None and brief.view.deal.expected_close == LATER and brief.view.deal.stage == "Offer"
    slip = brief.view.stages[-1]
    assert (slip.stage, slip.slipped_from, slip.slipped_to, slip.because) == ("Offer", DUE, LATER, "Board in January")
    assert brief.view.stages[0].slipped_to is None
    # A slip is no stage more: what is left is the record of the stage, without that of deals past their day.
    assert brief.likely is not None and brief.likely.learned == Decimal("0.5") > before.learned
    assert "9 days late" in before.rests_on and "late" not in brief.likely.rests_on


@pytest.mark.parametrize(("until", "reason"), [(DUE, "x"), (date(2026, 11, 15), "x"), (LATER, "  ")])
def test_a_slip_is_to_a_later_day_that_is_to_come_and_has_a_reason(session: Session, until: date, reason: str) -> None:
    with pytest.raises(Refused):
        deals.slip_deal(session, "D-7", until=until, reason=reason, on=TODAY)
    assert listed(session, "Slipped") == []


def test_verbs_on_several_deals_and_what_refuses(session: Session) -> None:
    deal_bulk.stage_deals(session, ["D-7", "D-8"], "Signing", on=TODAY)
    deal_bulk.lose_deals(session, ["D-7", "D-8"], on=TODAY, reason="Budget gone")
    assert listed(session) == [] and {"D-7", "D-8"} <= set(listed(session, "Lost"))
    deals.reopen_as_before(session, "D-7", on=TODAY)
    row = next(r for r in deal_list(session, TODAY).rows if r.id == "D-7")
    assert row.is_open and row.deal.stage == "Signing"
    with pytest.raises(Refused, match="lost already"):
        deal_bulk.slip_deals(session, ["D-8"], until=LATER, reason="x", on=TODAY)


def test_amounts_are_in_one_currency_and_chances_say_where_they_come_from(session: Session) -> None:
    found = deal_list(session, TODAY)
    amounts = {r.id: r.amount for r in found.rows}
    assert (found.currency, amounts["D-7"], amounts["D-8"], amounts["D-1"]) == ("EUR", 1000, 500, None)
    chances = deal_chances(session, TODAY)
    assert set(chances) == {"D-7", "D-8"}
    assert chances["D-8"].is_own and chances["D-8"].value == Decimal("0.9")
    learned = chances["D-7"]
    assert not learned.is_own and learned.value == learned.learned == chances["D-8"].learned
    assert Decimal("0.25") < learned.value < Decimal("0.5")  # half of those that got as far, fewer of those so late
    assert learned.cases == 4 and learned.is_thin and "reached Offer" in learned.rests_on
    deals.change_deal(session, "D-8", {"probability": Decimal("0.9")}, probability=None)
    assert deal_chances(session, TODAY)["D-8"] == learned


def test_an_action_about_a_deal_stands_beside_it_until_it_is_done(session: Session) -> None:
    add_action(session, "P-1", text="Send the offer", side="vendor", on=TODAY, deal="D-7")
    add_action(session, "P-1", text="Something else", side="vendor", on=TODAY)
    brief = deal_brief(session, "D-7", TODAY)
    assert brief is not None and [(a.text, a.source) for a in brief.actions] == [("Send the offer", "deal")]
    other = deal_brief(session, "D-8", TODAY)
    assert other is not None and other.actions == () and deal_brief(session, "D-99", TODAY) is None
