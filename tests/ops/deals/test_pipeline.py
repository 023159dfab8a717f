"""Partners, deals and renewals as people work on them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Deal, Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.models.book import book
from partnerdesk.ops.rows import contracts as renewals
from partnerdesk.ops.rows import deals as pipeline
from partnerdesk.ops.rows import partners as cards
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.facts import fact
from partnerdesk.queries.partners.people import partner_card, people
from partnerdesk.queries.pipeline.contracts import contract_row, contracts, renewals_due
from partnerdesk.queries.pipeline.deals import DealView, deal_view, deals, deals_due
from partnerdesk.queries.pipeline.renewal_chances import renewal_chances

TODAY = date(2026, 11, 19)


@pytest.fixture
def partner(session: Session) -> str:
    add_rows(session, [Person(id="V-1", name="Marit Solheim-Vance", role="Account manager")])
    return cards.add_partner(session, name="Nordlys Data", type="reseller", currency="EUR", owner="V-1")


@pytest.fixture
def deal(session: Session, partner: str) -> str:
    return pipeline.add_deal(
        session,
        partner=partner,
        name="First licence",
        on=date(2026, 9, 1),
        customer="Havsnes Kraft",
        stage="Qualified",
        amount=Decimal(12000),
        expected_close=date(2026, 12, 1),
    )


def _view(session: Session, id: str) -> DealView:
    view = deal_view(session, id)
    assert view is not None
    return view


def _contract(**own: Any) -> Contract:
    term = {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "recurring": Decimal(9600), "notice_days": 60}
    return Contract(**({"id": "K-1", "customer": None, "seats": 40} | term | own))


def test_a_new_partner_gets_the_next_number_and_shows_its_people(session: Session, partner: str) -> None:
    assert partner == "P-1001"
    card = partner_card(session, partner)
    assert card is not None and (card.name, card.owner_name, card.is_described) == (
        "Nordlys Data",
        "Marit Solheim-Vance",
        True,
    )
    ilse = cards.add_person(session, name="Ilse van Dorp", partner=partner, role="Alliance lead")
    assert [p.name for p in people(session, partner)] == ["Ilse van Dorp"]
    assert [p.name for p in people(session, None)] == ["Marit Solheim-Vance"]
    cards.change_person(session, ilse, {"role": "Alliance lead"}, role="Director")
    assert people(session, partner)[0].role == "Director"
    cards.remove_person(session, ilse)
    assert people(session, partner) == () and partner_card(session, "P-9") is None


def test_two_partners_never_share_a_name(session: Session, partner: str) -> None:
    with pytest.raises(Refused, match="There is a partner called nordlys data already"):
        cards.add_partner(session, name=" nordlys   data ")
    other = cards.add_partner(session, name="Other")
    with pytest.raises(Refused, match=r"There is a partner called Nordlys Data already \(P-1001\)"):
        cards.change_partner(session, other, {}, name="Nordlys Data")
    cards.change_partner(session, partner, {}, name="NORDLYS DATA")
    with pytest.raises(Refused, match="needs a name"):
        cards.add_partner(session, name="  ")
    with pytest.raises(Refused, match="its own parent"):
        cards.change_partner(session, partner, {}, parent=partner)


def test_a_partner_that_only_had_a_name_becomes_a_described_one(session: Session) -> None:
    add_rows(session, [Partner(id="Acme", name="Acme", status="unknown")], system="crm")
    card = partner_card(session, "Acme")
    assert card is not None and not card.is_described
    cards.change_partner(session, "Acme", {}, country="NL")
    card = partner_card(session, "Acme")
    assert card is not None and (card.status, card.country) == ("active", "NL")


def test_a_partner_leaves_once(session: Session, partner: str) -> None:
    cards.leave_program(session, partner, on=TODAY)
    card = partner_card(session, partner)
    assert card is not None and (card.status, card.left) == ("left", TODAY)
    with pytest.raises(Refused, match="Nordlys Data has left already"):
        cards.leave_program(session, partner, on=TODAY)


def test_a_deal_goes_through_its_stages_to_won(session: Session, deal: str) -> None:
    pipeline.move_stage(session, deal, "Proposal", on=date(2026, 10, 1))
    pipeline.mark_won(session, deal, on=TODAY, amount=Decimal(11500))
    view = _view(session, deal)
    assert (view.deal.status, view.deal.stage, view.deal.closed, view.deal.amount) == ("won", "Won", TODAY, 11500)
    assert (view.deal.customer_name, view.deal.partner_name) == ("Havsnes Kraft", "Nordlys Data")
    assert [(s.stage, s.amount) for s in view.stages] == [("Qualified", 12000), ("Proposal", 12000), ("Won", 11500)]
    for attempt in (
        lambda: pipeline.mark_won(session, deal, on=TODAY),
        lambda: pipeline.mark_lost(session, deal, on=TODAY, reason="x"),
        lambda: pipeline.move_stage(session, deal, "Proposal", on=TODAY),
    ):
        with pytest.raises(Refused, match="This deal is won already"):
            attempt()


def test_a_lost_deal_has_a_reason_and_can_be_reopened(session: Session, deal: str) -> None:
    with pytest.raises(Refused, match="needs the reason"):
        pipeline.mark_lost(session, deal, on=TODAY, reason=" ")
    pipeline.mark_lost(session, deal, on=TODAY, reason="Budget moved")
    assert _view(session, deal).deal.lost_reason == "Budget moved"
    pipeline.reopen_deal(session, deal, stage="Proposal", on=TODAY)
    row = _view(session, deal).deal
    assert (row.status, row.stage, row.closed, row.lost_reason) == ("open", "Proposal", None, "")
    with pytest.raises(Refused, match="open already"):
        pipeline.reopen_deal(session, deal, stage="x", on=TODAY)


def test_deals_that_lack_what_they_need_are_refused(session: Session, partner: str, deal: str) -> None:
    bare = pipeline.add_deal(session, partner=partner, name="Idea", on=TODAY)
    for attempt, words in (
        (lambda: pipeline.mark_won(session, bare, on=TODAY), "needs its amount"),
        (lambda: pipeline.add_deal(session, partner=partner, name=" ", on=TODAY), "needs a name"),
        (lambda: pipeline.add_deal(session, partner="P-9", name="x", on=TODAY), "There is no partner P-9"),
        (lambda: pipeline.move_stage(session, deal, "Qualified", on=TODAY), "in Qualified already"),
        (lambda: pipeline.move_stage(session, deal, "", on=TODAY), "needs a name"),
    ):
        with pytest.raises(Refused, match=words):
            attempt()
    with pytest.raises(TypeError, match="mark_won"):
        pipeline.change_deal(session, deal, {}, status="won")


def test_customers_are_found_by_name(session: Session, partner: str, deal: str) -> None:
    again = pipeline.add_deal(session, partner=partner, name="Second", on=TODAY, customer="havsnes  KRAFT")
    assert _view(session, again).deal.customer == _view(session, deal).deal.customer


def test_shares_of_a_deal_are_at_most_the_whole(session: Session, deal: str) -> None:
    helper = cards.add_partner(session, name="Helper")
    third = cards.add_partner(session, name="Third")
    pipeline.share_deal(session, deal, helper, share=Decimal("0.4"))
    (credit,) = _view(session, deal).credits
    assert (credit.partner_name, credit.share, credit.role) == ("Helper", Decimal("0.4"), "assisted")
    for attempt, words in (
        (lambda: pipeline.share_deal(session, deal, helper, share=Decimal("0.1")), "has a share of the deal already"),
        (lambda: pipeline.share_deal(session, deal, third, share=Decimal("0.7")), "together at most the whole"),
        (lambda: pipeline.share_deal(session, deal, third, share=Decimal(0)), "above zero"),
        (lambda: pipeline.share_deal(session, deal, "P-1001", share=Decimal("0.1")), "this partner's own"),
    ):
        with pytest.raises(Refused, match=words):
            attempt()


def test_deals_come_open_first_and_due_ones_by_their_day(session: Session, partner: str, deal: str) -> None:
    late = pipeline.add_deal(session, partner=partner, name="Late", on=TODAY, expected_close=date(2026, 11, 1))
    undated = pipeline.add_deal(session, partner=partner, name="Undated", on=TODAY, amount=Decimal(1))
    won = pipeline.add_deal(session, partner=partner, name="Won", on=TODAY, amount=Decimal(1))
    pipeline.mark_won(session, won, on=TODAY)
    assert [d.id for d in deals(session, partner)] == [late, deal, undated, won]
    assert [d.id for d in deals(session, status="won")] == [won] and deals(session, "P-9") == ()
    assert [d.id for d in deals_due(session, TODAY, date(2026, 11, 30))] == [late]
    assert deal_view(session, "D-9") is None


def test_a_renewal_starts_the_next_term(session: Session, partner: str) -> None:
    add_rows(session, [_contract(partner=partner)])
    renewals.assign_renewal(session, "K-1", "V-1")
    following = renewals.renew_contract(session, "K-1", on=TODAY, amount=Decimal(12000))
    old, new = contract_row(session, "K-1"), contract_row(session, following)
    assert old and new
    assert (old.outcome, old.outcome_on, old.outcome_amount) == ("expanded", TODAY, 12000)
    assert (new.start, new.end, new.recurring) == (date(2027, 1, 1), date(2027, 12, 31), 12000)
    assert (new.renewal_of, new.owner_name, new.is_open) == ("K-1", "Marit Solheim-Vance", True)
    with pytest.raises(Refused, match="outcome is known already"):
        renewals.renew_contract(session, "K-1", on=TODAY)


@pytest.mark.parametrize(
    ("amount", "outcome"), [(None, "renewed"), (Decimal(9600), "renewed"), (Decimal(9000), "contracted")]
)
def test_the_amount_says_how_it_was_renewed(
    session: Session, partner: str, amount: Decimal | None, outcome: str
) -> None:
    add_rows(session, [_contract(partner=partner)])
    renewals.renew_contract(session, "K-1", on=TODAY, amount=amount)
    row = contract_row(session, "K-1")
    assert row and row.outcome == outcome


@pytest.mark.parametrize(
    ("start", "end", "next_end"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 1, 15), date(2026, 7, 14), date(2027, 1, 14)),
        (date(2026, 1, 1), date(2026, 1, 20), date(2026, 2, 9)),
    ],
)
def test_the_next_term_is_as_long_as_this_one(
    session: Session, partner: str, start: date, end: date, next_end: date
) -> None:
    add_rows(session, [_contract(partner=partner, start=start, end=end)])
    row = contract_row(session, renewals.renew_contract(session, "K-1", on=end))
    assert row and row.end == next_end


def test_a_lost_contract_has_a_reason(session: Session, partner: str) -> None:
    add_rows(session, [_contract(partner=partner), _contract(id="K-2", end=None)])
    with pytest.raises(Refused, match="needs the reason"):
        renewals.lose_contract(session, "K-1", on=TODAY, reason="")
    with pytest.raises(Refused, match="amount above zero"):
        renewals.renew_contract(session, "K-1", on=TODAY, amount=Decimal(0))
    with pytest.raises(Refused, match="nothing says what goes on"):
        renewals.renew_contract(session, "K-2", on=TODAY)
    with pytest.raises(TypeError, match="lose_contract"):
        renewals.change_contract(session, "K-1", {}, outcome="churned")
    renewals.change_contract(session, "K-1", {"seats": 40}, seats=55)
    renewals.lose_contract(session, "K-1", on=TODAY, reason="Merged")
    row = contract_row(session, "K-1")
    assert row and (row.outcome, row.reason, row.seats) == ("churned", "Merged", 55)


def test_a_renewals_chance_is_the_books_until_a_person_sets_another(session: Session, partner: str) -> None:
    session.execute(insert(book).values(one=1, id="B", name="Ours", created="2026-11-19T08:00:00Z", sample=False))
    add_rows(session, [_contract(partner=partner), _contract(id="K-2", partner=partner)])
    learned = renewal_chances(session, TODAY)
    assert learned["K-1"] == learned["K-2"] and not learned["K-1"].is_own
    with pytest.raises(Refused, match="not from 0 to 1"):
        renewals.change_contract(session, "K-1", {"probability": None}, probability=Decimal("1.2"))
    renewals.change_contract(session, "K-1", {"probability": None}, probability=Decimal("0.35"))
    found = renewal_chances(session, TODAY)["K-1"]
    assert (found.value, found.is_own, found.learned) == (Decimal("0.35"), True, learned["K-1"].value)
    renewals.renew_contract(session, "K-2", on=TODAY)
    assert "K-2" not in renewal_chances(session, TODAY)
    with pytest.raises(Refused, match="known already"):
        renewals.change_contract(session, "K-2", {"probability": None}, probability=Decimal("0.5"))


def test_renewals_due_name_notice_owner_answer_and_actions(session: Session, partner: str) -> None:
    from partnerdesk.engine.facts import Customer, Survey
    from partnerdesk.ops.joint.actions import add_action

    answer = Survey(id="S-1", customer="C-1", kind="csat", day=date(2026, 8, 1), score=Decimal(3), scale_max=Decimal(5))
    later = Survey(id="S-2", customer="C-1", kind="csat", day=date(2026, 12, 1), score=Decimal(1))
    rows = [
        Customer(id="C-1", name="Havsnes Kraft"),
        _contract(partner=partner, customer="C-1", end=date(2026, 12, 14), notice_days=30),
        _contract(id="K-2", partner=partner, end=date(2027, 3, 1)),
        _contract(id="K-3", partner=partner, end=date(2026, 11, 10)),
        _contract(id="K-4", partner=partner, end=date(2028, 1, 1)),
        answer,
        later,
    ]
    add_rows(session, rows)
    action = add_action(session, partner, text="Executive call", side="vendor", on=TODAY, contract="K-1")
    found = renewals_due(session, TODAY)
    assert [(r.contract.id, r.days) for r in found] == [("K-3", -9), ("K-1", 25), ("K-2", 102)]
    first = found[1]
    assert (first.contract.notice_by, first.is_notice_past, first.is_unowned) == (date(2026, 11, 14), True, True)
    assert first.survey is not None and (first.survey.day, first.survey.score) == (date(2026, 8, 1), Decimal(3))
    assert first.actions == (action,) and not found[2].is_notice_past
    assert [r.contract.id for r in renewals_due(session, TODAY, 30, partner)] == ["K-3", "K-1"]
    assert renewals_due(session, TODAY, 30, "P-9") == ()
    assert len(contracts(session, partner)) == 4


def test_a_typed_deal_says_who_typed_it(session: Session, partner: str) -> None:
    id = pipeline.add_deal(session, partner=partner, name="x", on=TODAY, by="R. Silva")
    row = fact(session, "deal", id)
    assert isinstance(row, Deal) and str(row.source) == "typed by R. Silva"
