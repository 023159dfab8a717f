"""What speaks against a renewal: facts that anybody can look up, and the band that they make together."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Case, Contract, Customer, ExchangeRate, Partner, Person, Survey, Transaction
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.rows import contracts
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal, renewal_calendar, value_of
from partnerdesk.queries.pipeline.renewal_views import BUILT_IN

TODAY = date(2026, 11, 19)
SOON, END = TODAY + timedelta(days=40), TODAY + timedelta(days=150)


@pytest.fixture(autouse=True)
def book(session: Session) -> None:
    own = {"partner": "P-1", "start": date(2026, 1, 1), "recurring": Decimal(1000), "owner": "H-1"}
    rows = [
        Partner(id="P-1", name="Nordlys Data"),
        Person(id="H-1", name="Tobias Rendlow", side="vendor"),
        *(Customer(id=f"C-{n}", name=f"Customer {n}") for n in (1, 2, 3)),
        ExchangeRate(id="X", table="program", day=TODAY, base="USD", quote="EUR", rate=Decimal("0.5")),
        Contract(id="K-1", customer="C-1", end=END, notice_days=30, **own),
        Contract(id="K-2", customer="C-2", end=SOON, notice_days=60, currency="USD", **own),
        Contract(id="K-3", customer="C-3", end=TODAY - timedelta(days=5), **own | {"owner": None}),
    ]
    add_rows(session, rows)


def renewal(session: Session, id: str) -> ListedRenewal:
    return next(r for r in renewal_calendar(session, TODAY).rows if r.id == id)


def kinds(session: Session, id: str) -> dict[str, int]:
    return {sign.kind: sign.weight for sign in renewal(session, id).signs}


def test_days_owner_and_preparation_are_signs(session: Session) -> None:
    assert kinds(session, "K-1") == {} and renewal(session, "K-1").band == "low"
    assert kinds(session, "K-2") == {"notice": 1, "unprepared": 1} and renewal(session, "K-2").band == "medium"
    assert kinds(session, "K-3") == {"ended": 2, "unowned": 1} and renewal(session, "K-3").band == "high"
    add_action(session, "P-1", text="Executive call", side="vendor", on=TODAY, contract="K-2")
    contracts.assign_renewals(session, ["K-3"], "H-1")
    assert kinds(session, "K-2") == {"notice": 1} and kinds(session, "K-3") == {"ended": 2}
    assert [a.text for a in renewal(session, "K-2").actions] == ["Executive call"]


@pytest.mark.parametrize(
    ("score", "lowest", "day", "weight"),
    [(4, 1, TODAY, 0), (3, 1, TODAY, 1), (2, 1, TODAY, 2), (3, None, TODAY, 1), (1, 1, date(2025, 11, 18), 0)],
)
def test_the_last_answer_is_a_sign_by_its_place_on_the_scale_for_a_year(
    session: Session, score: int, lowest: int | None, day: date, weight: int
) -> None:
    low = None if lowest is None else Decimal(lowest)
    answer = Survey(id="S", customer="C-1", day=day, score=Decimal(score), scale_min=low, scale_max=Decimal(5))
    add_rows(session, [answer])
    assert kinds(session, "K-1") == ({"answer": weight} if weight else {})


@pytest.mark.parametrize(("late", "weight"), [(90, 0), (85, 1), (70, 2), (0, 2)])
def test_usage_that_fell_and_an_old_ticket_are_signs(session: Session, late: int, weight: int) -> None:
    def used(id: str, days: int, amount: int) -> Transaction:
        day = TODAY - timedelta(days=days)
        return Transaction(id=id, customer="C-1", kind="usage", day=day, amount=Decimal(amount))

    given = [used("T-1", 120, 60), used("T-2", 91, 40), used("T-4", 200, 999)]
    add_rows(session, [*given, *([used("T-3", 10, late)] if late else [])])
    assert kinds(session, "K-1") == ({"usage": weight} if weight else {})
    opened = TODAY - timedelta(days=41)
    add_rows(session, [Case(id="Q-1", customer="C-1", opened=opened), Case(id="Q-2", customer="C-2", opened=TODAY)])
    assert kinds(session, "K-1")["case"] == 1 and "case" not in kinds(session, "K-2")
    sign = next(s for s in renewal(session, "K-1").signs if s.kind == "case")
    assert sign.days == 41


def test_values_are_in_one_currency_and_what_is_decided_stays_in_sight(session: Session) -> None:
    found = renewal_calendar(session, TODAY)
    assert (found.currency, value_of(found.rows), value_of(found.rows, "high")) == ("EUR", 2500, 1000)
    assert [r.id for r in renewal_calendar(session, TODAY, 90).rows] == ["K-3", "K-2"]
    contracts.lose_all(session, ["K-3"], on=TODAY, reason="Went to a rival")
    contracts.renew_all(session, ["K-2"], on=TODAY)
    after = renewal_calendar(session, TODAY).rows
    assert [r.id for r in after if BUILT_IN["Decided in 90 days"].keeps(r)] == ["K-3", "K-2"]
    assert [r.id for r in after if BUILT_IN["Open"].keeps(r)] == ["K-1"] and value_of(after) == 1000
    later = renewal_calendar(session, TODAY + timedelta(days=120)).rows
    assert not [r for r in later if not r.is_open]
