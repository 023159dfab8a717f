"""Shares that wait for one of several go-lives: the first, the third, the last."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Deployment
from tests.engine.cases import problems, worked
from tests.engine.test_earning_triggers import deal, rule

AS_OF = date(2026, 12, 31)
DEAL = deal("d1", date(2026, 1, 10), 1000)


def sites(*months: int | None, **more: Any) -> list[Deployment]:
    return [
        Deployment(id=f"s{n}", partner="A", deal="d1", live=month and date(2026, month, 1), **more)
        for n, month in enumerate(months, 1)
    ]


def sold(vest: str) -> str:
    return rule(f"vests = [{{ share = 1, {vest} }}]", pay='base = "amount"\nrate = 0.1')


def released(text: str, rows: list[Any]) -> list[tuple[date, D]]:
    found = worked(text, [DEAL, *rows], AS_OF).entries
    return [(e.day, e.amount) for e in found if e.kind == "release" and e.bucket == "payable"]


@pytest.mark.parametrize(
    ("vest", "months", "month"),
    [
        ("", (5, 3, 9), 3),
        ("nth = 2", (5, 3, 9), 5),
        ("nth = 2", (5, None), None),
        ('which = "last"', (5, 3, 9), 9),
        ('which = "last"', (5, 3, None), None),
        ('which = "last"', (), None),
    ],
)
def test_a_share_waits_for_one_of_several_go_lives(
    vest: str, months: tuple[int | None, ...], month: int | None
) -> None:
    text = sold(", ".join(filter(None, ('at = "customer live"', vest))))
    assert released(text, sites(*months)) == ([(date(2026, month, 1), D(100))] if month else [])


def test_what_is_waited_for_is_said() -> None:
    found = worked(sold('at = "customer live", which = "last"'), [DEAL, *sites(3, None)], AS_OF)
    assert [held.condition for held in found.statements["2026-12"].held] == ["the go-live of the last deployment"]


@pytest.mark.parametrize(
    ("vest", "says"),
    [
        ('at = "contract start", which = "last"', "only go-lives and first values"),
        ("nth = 2", "only go-lives and first values"),
        ('at = "customer live", which = "last", nth = 2', "it waits for the last one already"),
        ('at = "customer live", nth = 0', "deployments are counted from 1"),
    ],
)
def test_what_it_cannot_mean_is_refused(vest: str, says: str) -> None:
    assert any(says in str(problem) for problem in problems(sold(vest)))
