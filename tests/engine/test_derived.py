"""Values that follow from a row: each one, in a metric or a filter."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import (
    KINDS,
    Case,
    Check,
    Contract,
    Customer,
    Deal,
    Deployment,
    Partner,
    StageChange,
    Survey,
    Transaction,
)
from partnerdesk.engine.world.derived import derived
from partnerdesk.engine.world.where import kind_of, known_path
from tests.engine.cases import both, worked

AS_OF = date(2025, 9, 30)
DAY = date(2025, 8, 1)
ALDER = Partner(id="A", name="Alder", joined=date(2025, 7, 2))


def mean(kind: str, value: str, rows: list[Any], where: str = "") -> Decimal | None:
    text = f'[metric.m]\nsays = "M"\nof = "{kind}"\ntake = "mean"\nvalue = "{value}"\n'
    text += f'missing = "not evaluated"\n{where}\nwindow = "ever"\n'
    return worked(text, [ALDER, *rows], AS_OF).metrics["m", "2025Q3"].value


def sale(amount: int, **more: Any) -> Transaction:
    given = {"id": f"T{amount}", "partner": "A", "day": DAY, **more}
    return Transaction(amount=Decimal(amount), **given)


def answer(score: int) -> Survey:
    return Survey(id=f"S{score}", partner="A", kind="nps", day=DAY, score=Decimal(score))


@pytest.mark.parametrize(
    ("kind", "value", "row", "expected"),
    [
        ("case", "days.opened.closed", Case(id="H", partner="A", opened=DAY, closed=date(2025, 8, 6)), "5"),
        ("case", "days.opened.closed", Case(id="H", partner="A", opened=DAY), None),
        ("transaction", "days_since_joined", sale(10), "30"),
        ("transaction", "discount", sale(80, list_amount=Decimal(100)), "0.2"),
        ("transaction", "discount", sale(80), None),
        ("transaction", "margin", sale(80, cost=Decimal(60)), "20"),
        ("transaction", "margin_share", sale(80, cost=Decimal(60)), "0.25"),
        ("survey", "nps", answer(9), "1"),
        ("survey", "nps", answer(8), "0"),
        ("survey", "nps", answer(6), "-1"),
    ],
)
def test_a_value_of_a_row(kind: str, value: str, row: Any, expected: str | None) -> None:
    assert mean(kind, value, [row]) == (None if expected is None else Decimal(expected))


def test_days_since_the_partner_left_are_known_once_it_has() -> None:
    left = replace(ALDER, left=DAY)
    rows = [left, *(sale(i, day=day) for i, day in enumerate((date(2025, 7, 31), DAY, date(2025, 8, 2)), 1))]
    text = '[metric.m]\nsays = "M"\nof = "transaction"\nwhere = { days_since_left = { BOUND, or_unknown = true } }\n'
    for bound, expected in (("at_most = 0", 3), ("below = 0", 1), ("at_least = 1", 3)):
        metrics = worked(text.replace("BOUND", bound), rows, AS_OF).metrics
        assert metrics["m", "2025Q3"].value == expected
        metrics = worked(text.replace("BOUND", bound), [ALDER, *rows[1:]], AS_OF).metrics
        assert metrics["m", "2025Q3"].value == 6


def test_nps_is_promoters_less_detractors() -> None:
    answers = [answer(score) for score in (10, 9, 8, 7, 6)]  # 2 of 5 less 1 of 5
    assert mean("survey", "nps", answers) == Decimal("0.2")
    assert mean("survey", "score", answers, 'where = { nps_class = "promoter" }') == Decimal("9.5")
    assert mean("survey", "score", answers, 'where = { nps_class = ["passive", "detractor"] }') == 7


def test_notice_that_was_kept() -> None:
    def ended(id: str, outcome_on: date | None, notice: int | None = 60) -> Contract:
        return Contract(
            id=id,
            partner="A",
            start=date(2024, 8, 1),
            end=date(2025, 7, 31),
            notice_days=notice,
            outcome="renewed" if outcome_on else "open",
            outcome_on=outcome_on,
        )

    rows = [
        ended("in time", date(2025, 6, 1)),  # 60 days before
        ended("late", date(2025, 6, 2)),
        ended("never", None),
        ended("nothing agreed", date(2025, 7, 31), None),
    ]
    assert mean("contract", "notice_kept", rows) == Decimal(1) / 3
    assert mean("contract", "notice_given", rows) == Decimal(60 + 59 + 0 + 0) / 4


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 5), date(2027, 1, 4), 24),  # the last day counts
        (date(2025, 1, 5), date(2027, 1, 3), 23),
        (date(2025, 1, 31), date(2025, 2, 26), 0),
        (date(2025, 1, 31), date(2025, 2, 27), 1),
        (date(2025, 1, 5), date(2025, 1, 4), None),
        (date(2025, 1, 5), None, None),
    ],
)
def test_a_contract_runs_for_so_many_months(start: date, end: date | None, months: int | None) -> None:
    row = Contract(id="K", partner="A", start=start, end=end)
    assert mean("contract", "term_months", [row]) == (None if months is None else Decimal(months))


def test_a_customer_is_new_to_the_partner_or_known_for_months() -> None:
    old = Customer(id="C1", name="Old")
    rows = [
        old,
        Deal(id="D1", partner="A", customer="C1", status="won", closed=date(2024, 8, 1), amount=Decimal(1)),
        Deal(id="D2", partner="A", customer="C1", status="won", closed=DAY, amount=Decimal(20)),
        Deal(id="D3", partner="A", customer="C2", status="won", closed=DAY, amount=Decimal(400)),
        Deal(id="D4", partner="A", status="won", closed=DAY, amount=Decimal(8000)),  # of nobody: neither
    ]
    assert mean("deal", "amount", rows, "where = { new_customer = true, amount = { above = 1 } }") == 400
    assert mean("deal", "amount", rows, "where = { new_customer = false }") == 20
    assert mean("deal", "amount", rows, "where = { customer_months = { at_least = 12 } }") == 20
    # An invoice knows its customer through its deal.
    rows.append(sale(7, deal="D3", day=date(2025, 9, 15)))
    assert mean("transaction", "customer_months", rows) == 1


def test_stage_changes_belong_to_the_partner_of_their_deal() -> None:
    rows = [
        Deal(id="D1", partner="A", role="sourced"),
        Deal(id="D2", partner="B", role="sourced"),
        StageChange(id="G1", deal="D1", day=DAY, stage="Qualified"),
        StageChange(id="G2", deal="D1", day=date(2025, 9, 1), stage="Proposal"),
        StageChange(id="G3", deal="D2", day=DAY, stage="Qualified"),
    ]
    text = """
    [metric.m]
    says = "Referrals that were qualified"
    of = "stage_change"
    where = { stage = "Qualified", deal.role = "sourced" }
    take = "distinct"
    value = "deal"
    """
    assert worked(text, rows, AS_OF).metrics["m", "2025Q3"].value == 1


def test_a_filter_says_days_as_people_do() -> None:
    text = """
    [metric.m]
    says = "Solved in five days"
    of = "case"
    where = { days.opened.closed = { at_most = 5 } }
    take = "count"
    """
    row = Case(id="H", partner="A", opened=DAY, closed=date(2025, 8, 9))
    found = both(text, [row], AS_OF)[1].metrics["m", "2025Q3"]
    assert [e.reason for e in found.excluded] == ["days from opened to closed are 8, needed: at most 5"]


def test_a_share_is_said_in_percent_and_several_things_are() -> None:
    text = """
    [metric.m]
    says = "Good launches"
    of = "deployment"
    where = { standards = { at_least = 0.8 } }
    take = "count"
    """
    checks = [Check(id=f"{n}", deployment="L", partner="A", group="standards", day=DAY, met=bool(n)) for n in range(3)]
    found = both(text, [Deployment(id="L", partner="A", live=DAY), *checks], AS_OF)[1].metrics["m", "2025Q3"]
    hard = "\N{NO-BREAK SPACE}"
    said = f"standards checks met are 66.67{hard}%, needed: at least 80{hard}%"
    assert [e.reason for e in found.excluded] == [said]


def test_every_derived_value_is_known_and_has_a_meaning() -> None:
    for kind in (*KINDS, "earning"):
        for name, value in derived(kind).items():
            assert known_path(kind, name)
            assert kind_of(kind, name) == value.kind
            assert value.says
    assert not known_path("case", "days.opened.title")
    assert not known_path("case", "days.opened")
    assert mean("deployment", "days_to_value", [Deployment(id="L", partner="A", kickoff=DAY, live=DAY)]) is None
