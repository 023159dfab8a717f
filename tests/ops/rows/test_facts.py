"""Adding, changing and removing rows: what is wrong is said at its place, and nothing is overwritten unseen."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import (
    Adjustment,
    Case,
    Certification,
    Contract,
    Credit,
    Customer,
    Deal,
    ExchangeRate,
    Fact,
    Partner,
    Person,
    Source,
    Survey,
    Target,
    Transaction,
)
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.facts import add_rows, change_row, check_rows, remove_row
from partnerdesk.queries.facts import fact, facts
from tests.rows import one_of_each

NORD = Partner(id="P-1", name="Nordlys")
DAY = date(2026, 3, 31)


def _one(session: Session, row: Fact) -> tuple[str, str]:
    (problem,) = check_rows(session, [row], system="crm")
    return problem.place, problem.message


WRONG: list[tuple[Fact, str, str]] = [
    (Deal(id="D-1", partner="P-9"), "deal D-1, Partner; empty for a deal without one", "There is no partner P-9."),
    (Deal(id="D-1", currency="EURO"), "deal D-1, Currency", "“EURO” is no currency code of ISO 4217"),
    (Deal(id="D-1", status="perhaps"), "deal D-1, open, won or lost", "“perhaps” is none of open, won, lost."),
    (Deal(id="D-1", status="won"), "deal D-1", "A deal that is won needs the day on which it closed."),
    (Deal(id="D-1", amount=Decimal("1.001")), "deal D-1, Amount", "1.001 is finer than the smallest unit of EUR."),
    (Deal(id="D-1", amount=Decimal("NaN")), "deal D-1, Amount", "is not an exact amount."),
    (Deal(id="D-1", amount=Decimal("1E+16")), "deal D-1, Amount", "is too large for an amount."),
    (Deal(id="D-1", amount=0.5), "deal D-1, Amount", "0.5 is not an exact amount."),  # type: ignore[arg-type]
    (Deal(id="D-1", closed=datetime(2026, 1, 1)), "deal D-1, Closed on", "is not a day."),  # noqa: DTZ001
    (Deal(id="D-1", probability=Decimal("1.2")), "A person's own probability, 0 to 1", "1.2 is not from 0 to 1."),
    (Deal(id="D-1", probability=Decimal("Infinity")), "probability", "is not a finite number."),
    (Deal(id="D-1", name="a\0b"), "deal D-1, Name", "holds a character that no file can store."),
    (Deal(id="D-1", name="\ud83d"), "deal D-1, Name", "holds a character that no file can store."),
    (Customer(id=" ", name="x"), "Identifier", "This is required."),
    (Customer(id="C-1", name=""), "customer C-1, Name", "This is required."),
    (Contract(id="K-1", start=DAY, end=date(2026, 3, 30)), "contract K-1", "is before “Start” (31 Mar 2026)."),
    (Contract(id="K-1", outcome="expanded"), "contract K-1", "needs its recurring amount after the renewal."),
    (Contract(id="K-1", seats=True), "contract K-1, Seats", "True is not a whole number."),
    (Target(id="T-1", start=DAY, end=date(2025, 1, 1)), "target T-1", "is before"),
    (Certification(id="Z-1", person="Ana", awarded=DAY, expires=date(2026, 1, 1)), "certification Z-1", "is before"),
    (Case(id="S-1", opened=DAY, closed=date(2026, 1, 1)), "case S-1", "is before"),
    (
        Survey(id="S-1", score=Decimal(6), scale_min=Decimal(1), scale_max=Decimal(5)),
        "survey S-1",
        "The answer 6 is not on the scale from 1 to 5.",
    ),
    (Survey(id="S-1", scale_min=Decimal(5), scale_max=Decimal(5)), "survey S-1", "The scale ends at 5"),
    (ExchangeRate(id="X-1", base="EUR", quote="EUR", rate=Decimal(1)), "exchange rate X-1", "against itself"),
    (ExchangeRate(id="X-1", base="EUR", quote="USD", rate=Decimal(0)), "exchange rate X-1", "above zero"),
    (ExchangeRate(id="X-1", base="EUR", quote="DOLLAR", rate=Decimal(1)), "costs so many", "ISO 4217"),
]


@pytest.mark.parametrize(("row", "where", "message"), WRONG)
def test_a_wrong_row_is_one_problem_at_its_place_and_is_not_added(
    session: Session, row: Fact, where: str, message: str
) -> None:
    place, said = _one(session, row)
    assert where in place and message in said
    with pytest.raises(Refused) as refused:
        add_rows(session, [Customer(id="C-9", name="Right"), row])
    assert message in refused.value.sentence
    assert not [row for _, row in facts(session)]


def test_a_row_from_a_file_is_located_by_file_and_row(session: Session) -> None:
    row = Deal(id="D-1", currency="??", source=Source(file="q3.csv", row=18))
    assert _one(session, row)[0] == "q3.csv, row 18, Currency"


def test_all_problems_come_at_once_and_the_first_is_in_the_refusal(session: Session) -> None:
    rows = [Deal(id=f"D-{i}", currency="??") for i in range(3)]
    assert len(check_rows(session, rows, system="crm")) == 3
    with pytest.raises(Refused, match=r"deal D-0, Currency: .*2 more problems"):
        add_rows(session, rows)


def test_names_may_be_described_by_other_rows_of_the_same_call(session: Session) -> None:
    add_rows(session, [Deal(id="D-1", partner="P-1"), NORD])
    assert facts(session, partner="P-1").of("deal")[0].id == "D-1"


def test_a_second_row_of_the_same_identifier_is_refused(session: Session) -> None:
    add_rows(session, [NORD])
    with pytest.raises(Refused, match="There is already a partner P-1"):
        add_rows(session, [NORD])
    with pytest.raises(Refused, match="There is already a customer C-1"):
        add_rows(session, [Customer(id="C-1", name="a"), Customer(id="C-1", name="b")])


def test_an_identifier_that_another_system_took_is_told_apart_and_its_names_follow(session: Session) -> None:
    add_rows(session, [NORD], system="crm")
    ids = add_rows(session, [Deal(id="D-1", partner="P-1"), Partner(id="P-1", name="Other")], system="erp")
    assert ids == ("D-1", "P-1 (erp)")
    assert facts(session).of("deal")[0].partner == "P-1 (erp)"
    add_rows(session, [Deal(id="D-2", partner="P-1")], system="erp")
    add_rows(session, [Deal(id="D-3", partner="P-1")], system="crm")
    assert [d.partner for d in facts(session).of("deal")] == ["P-1 (erp)", "P-1 (erp)", "P-1"]


def test_credits_above_one_are_a_warning_and_go_in(session: Session) -> None:
    add_rows(session, [NORD, Deal(id="D-1"), Credit(id="K-1", deal="D-1", partner="P-1", share=Decimal("0.7"))])
    more = Credit(id="K-2", deal="D-1", partner="P-1", share=Decimal("0.4"))
    (problem,) = check_rows(session, [more], system="typed")
    assert problem.warning and problem.message == "Its credits sum to 1.1."
    add_rows(session, [more])
    assert len(facts(session).of("credit")) == 2


def test_a_change_keeps_everything_else(session: Session) -> None:
    rows = {declared.KIND_OF[type(row)]: row for row in one_of_each()}
    add_rows(session, rows.values())
    deal = rows["deal"]
    change_row(session, "deal", deal.id, deal, kind="renewal", amount=Decimal("99.90"), closed=None, status="open")
    changed = fact(session, "deal", deal.id)
    assert isinstance(changed, Deal)
    assert (changed.kind, changed.amount, changed.closed, changed.status) == ("renewal", Decimal("99.90"), None, "open")
    assert changed.name == deal.name and changed.attributes == deal.attributes and changed.cost == deal.cost


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"attributes": {"a": "1"}}, {"attributes": {"a": "1"}}),
        ({"probability": Decimal("0.10")}, {"probability": Decimal("0.10")}),
        ({"currency": "JPY", "amount": Decimal(500)}, {"currency": "JPY", "amount": Decimal(500)}),
        ({"registered": date(2026, 1, 2)}, {"registered": date(2026, 1, 2)}),
    ],
)
def test_each_type_of_field_changes_to_what_was_given(session: Session, changes: Any, expected: Any) -> None:
    add_rows(session, [Deal(id="D-1", amount=Decimal(12))])
    change_row(session, "deal", "D-1", {}, by="R. Silva", **changes)
    row = fact(session, "deal", "D-1")
    assert {name: getattr(row, name) for name in expected} == expected
    assert row is not None and row.source == Source(by="R. Silva")


def test_another_currency_keeps_the_amount(session: Session) -> None:
    add_rows(session, [Transaction(id="T-1", amount=Decimal(500), currency="EUR")])
    change_row(session, "transaction", "T-1", {}, currency="JPY")
    row = fact(session, "transaction", "T-1")
    assert isinstance(row, Transaction) and (row.amount, row.currency) == (Decimal(500), "JPY")


def test_a_flag_changes_both_ways(session: Session) -> None:
    add_rows(session, [NORD, Adjustment(id="A-1", partner="P-1")])
    for flag in (True, False, None):
        change_row(session, "adjustment", "A-1", {}, counts_for_cap=flag)
        row = fact(session, "adjustment", "A-1")
        assert isinstance(row, Adjustment) and row.counts_for_cap is flag


def test_a_row_that_changed_meanwhile_is_refused_and_both_values_are_shown(session: Session) -> None:
    add_rows(session, [Deal(id="D-1", amount=Decimal("1200.00"), expected_close=date(2026, 12, 1))])
    seen = fact(session, "deal", "D-1")
    assert seen is not None
    change_row(session, "deal", "D-1", seen, expected_close=date(2026, 12, 3))
    with pytest.raises(Refused) as refused:
        change_row(session, "deal", "D-1", seen, expected_close=date(2027, 1, 31))
    assert refused.value.sentence == (
        "“Expected close” of deal D-1 was 1 Dec 2026 when you opened it and is 3 Dec 2026 now."
    )
    change_row(session, "deal", "D-1", {"amount": Decimal(1200)}, amount=Decimal(1300))
    row = fact(session, "deal", "D-1")
    assert isinstance(row, Deal) and (row.amount, row.expected_close) == (Decimal(1300), date(2026, 12, 3))


def test_a_change_that_would_make_the_row_wrong_is_refused(session: Session) -> None:
    add_rows(session, [Deal(id="D-1")])
    for changes, message in (
        ({"status": "won"}, "needs the day on which it closed"),
        ({"partner": "P-9"}, "There is no partner P-9"),
        ({"currency": "XXQ"}, "no currency code"),
    ):
        with pytest.raises(Refused, match=message):
            change_row(session, "deal", "D-1", {}, **changes)
    assert fact(session, "deal", "D-1") == Deal(id="D-1")


def test_a_row_that_is_gone_cannot_be_changed_or_removed(session: Session) -> None:
    for op in (change_row, remove_row):
        with pytest.raises(Refused, match="There is no deal D-1 in this book"):
            op(session, "deal", "D-1", {})


def test_a_row_that_others_name_stays(session: Session) -> None:
    person = Person(id="H-1", name="Ana", side="partner", partner="P-1")
    add_rows(session, [NORD, Deal(id="D-1", partner="P-1"), Deal(id="D-2", partner="P-1"), person])
    with pytest.raises(Refused) as refused:
        remove_row(session, "partner", "P-1")
    assert refused.value.sentence == (
        "The partner P-1 is named by 1 person and 2 deals: Person Ana; Deal D-1; Deal D-2."
    )
    with pytest.raises(Refused, match="was “Neu” when you opened it"):
        remove_row(session, "deal", "D-1", {"name": "Neu"})
    remove_row(session, "deal", "D-1", {"name": ""})
    assert [d.id for d in facts(session).of("deal")] == ["D-2"]
