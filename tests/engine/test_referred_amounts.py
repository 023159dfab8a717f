"""An amount that a fact has of what it refers to, in the currency of that: a deployment's deal of 1,000 USD."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, Deployment, ExchangeRate
from partnerdesk.engine.semantics import EXCHANGES_REFERRED, EXCHANGES_REFERRED_APART, NEWEST
from partnerdesk.engine.world.where import referred_currency
from partnerdesk.program.words import rule_words
from tests.engine.cases import HEAD, facts, program, worked

TEXT = (
    HEAD
    + """
[metric.delivered]
says = "Delivered"
of = "deployment"
value = "deal.amount"
window = "ever"

[earning.live]
says = "Go-live"
type = "BONUS"
on = "customer live"
base = "deal.amount"
rate = 0.1
most = { base = "deal.recurring", rate = 0.5 }
"""
)
AS_OF = date(2026, 3, 31)
RATE = ExchangeRate(id="R", table="program", day=date(2026, 1, 1), base="USD", quote="EUR", rate=Decimal("0.8"))


def rows(currency: str, recurring: int = 1000) -> list[object]:
    day, amounts = date(2026, 1, 10), {"amount": Decimal(1000), "recurring": Decimal(recurring)}
    deal = Deal(id="D", partner="A", status="won", closed=day, currency=currency, **amounts)
    return [deal, Deployment(id="G", partner="A", deal="D", live=date(2026, 2, 1))]


@pytest.mark.parametrize(
    ("currency", "recurring", "expected"),
    [("EUR", 1000, (1000, 100)), ("USD", 1000, (800, 80)), ("USD", 50, (800, 20))],
)
def test_it_is_exchanged_as_an_own_amount_is(currency: str, recurring: int, expected: tuple[int, int]) -> None:
    found = worked(TEXT, [RATE, *rows(currency, recurring)], AS_OF)
    (line,) = found.lines
    assert (found.metrics["delivered", "2026Q1"].value, line.amount) == expected


def test_without_a_rate_nothing_is_earned_or_measured() -> None:
    found = worked(TEXT, rows("USD"), AS_OF)
    assert (found.lines, found.metrics["delivered", "2026Q1"].value) == ((), None)


def test_each_version_exchanges_it_by_its_own_table() -> None:
    """At 0.8 under the first version, at 0.5 under the second, whichever is asked first."""
    later = TEXT.replace('version = "1"', 'version = "2"').replace("2020-01-01", "2026-04-01")
    versions = [program(TEXT), program(f'{later}\n[exchange]\ntable = "second"\n')]
    rate = ExchangeRate(id="S", table="second", day=date(2026, 1, 1), base="USD", quote="EUR", rate=Decimal("0.5"))
    held = facts([RATE, rate, *rows("USD")])
    for semantics, second in ((NEWEST, 500), (EXCHANGES_REFERRED_APART - 1, 800)):
        metrics = evaluate(versions, held, date(2026, 6, 30), semantics=semantics).partners["A"].metrics
        assert [metrics["delivered", label].value for label in ("2026Q1", "2026Q2")] == [800, second]


def test_an_old_statement_keeps_what_it_took_as_it_stood() -> None:
    for semantics, expected in ((EXCHANGES_REFERRED - 1, 100), (NEWEST, 80)):
        book = evaluate([program(TEXT)], facts([RATE, *rows("USD")]), AS_OF, semantics=semantics)
        assert [line.amount for line in book.partners["A"].lines] == [expected]


def test_what_is_an_amount_is_told_from_its_path() -> None:
    assert referred_currency("deployment", "deal.amount") == "deal.currency"
    assert referred_currency("transaction", "contract.deal.margin") == "contract.deal.currency"
    others = ("review_score", "deal.customer_months", "deal.attributes.amount", "attributes.amount", "deal.name")
    assert [path for path in others if referred_currency("deployment", path)] == []


def test_its_rate_is_said_as_a_share() -> None:
    said = " ".join(rule.sentence for rule in rule_words(program(TEXT)))
    assert "you earn 10\u00a0% of the deal's amount" in said
    assert "at most 50\u00a0% of the deal's recurring" in said
