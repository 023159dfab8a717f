"""A version that ends inside a period is paid for its days: each version's share of the period, at the period's end."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words
from tests.engine.cases import facts, problems, program, worked

FEE = """
program = "p"
version = "{version}"
effective_from = {day}
statements = "month"

[metric.sales]
says = "Sales"
of = "deal"
day = "closed"

{tiers}

[earning.fee]
says = "Fee"
type = "FEE"
on = "period end"
{pay}
"""
FLAT = 'amount = {amount}\nfactor = {{ days = "quarter" }}'
OLD = FEE.format(version="1", day="2026-01-01", tiers="", pay=FLAT.format(amount=1000))
NEW = FEE.format(version="2", day="2026-08-15", tiers="", pay=FLAT.format(amount=2000))
GONE = NEW.partition("[earning.fee]")[0]
DEALS = [Deal(id="D1", partner="A", status="won", closed=date(2026, 2, 1), amount=Decimal(9200))]


def fees(old: str, new: str, as_of: date, rows: list[Deal] | None = None) -> list[tuple[str, str, str]]:
    found: Outcome = worked([old, new], rows or DEALS, as_of)
    return [(line.id, line.rule.version, str(line.amount)) for line in found.lines]


WHOLE = [("fee:2026Q1", "1", "1000.00"), ("fee:2026Q2", "1", "1000.00")]


def test_each_version_pays_its_days_of_the_quarter() -> None:
    # 45 days of 92 up to 14 August: 1,000 × 45 / 92 = 489.13; the other 47: 2,000 × 47 / 92 = 1,021.74.
    assert fees(OLD, NEW, date(2026, 12, 31)) == [
        *WHOLE,
        ("fee:2026Q3", "2", "1021.74"),
        ("fee:2026Q3:2026-08-14", "1", "489.13"),
        ("fee:2026Q4", "2", "2000.00"),
    ]


def test_what_the_next_version_drops_is_paid_for_its_last_days() -> None:
    assert fees(OLD, GONE, date(2026, 12, 31)) == [*WHOLE, ("fee:2026Q3:2026-08-14", "1", "489.13")]


def test_nothing_is_paid_before_the_period_is_over() -> None:
    assert fees(OLD, NEW, date(2026, 9, 29)) == WHOLE
    found = worked([OLD, NEW], DEALS, date(2026, 9, 30))
    assert [line.period.label for line in found.lines] == ["2026-03", "2026-06", "2026-09", "2026-09"]
    assert found.statements["2026-09"].row("earned.FEE").total == Decimal("489.13") + Decimal("1021.74")


@pytest.mark.parametrize("day", ["2026-07-01", "2026-10-01"])
def test_a_version_that_ends_with_a_period_leaves_nothing_over(day: str) -> None:
    new = NEW.replace("2026-08-15", day)
    assert len(fees(OLD, new, date(2026, 12, 31))) == 4, "one line each quarter"


def test_without_proration_the_version_of_the_periods_end_pays_all() -> None:
    old, new = (text.replace('factor = { days = "quarter" }', "") for text in (OLD, NEW))
    assert [line for line in fees(old, new, date(2026, 9, 30)) if "Q3" in line[0]] == [("fee:2026Q3", "2", "2000.00")]


TIERS = '[[tier]]\nname = "{low}"\n[[tier]]\nname = "{high}"\nrequires = {{ metric = "sales", at_least = 9000 }}'
BY_TIER = """
base = {{ metric = "sales" }}
rate = {{ by_tier = {{ {low} = 0.01, {high} = 0.1 }} }}
factor = {{ days = "quarter" }}
"""


def test_the_ended_version_pays_by_its_own_tiers() -> None:
    # 9,200 in the second quarter: Gold, then Star, in the third. 9,200 there: 10 % × 45 / 92 = 450, × 47 / 92 = 470.
    old, new = (
        FEE.format(version=v, day=day, tiers=TIERS.format(low=low, high=high), pay=BY_TIER.format(low=low, high=high))
        for v, day, low, high in (("1", "2026-01-01", "Base", "Gold"), ("2", "2026-08-15", "Entry", "Star"))
    )
    rows = [Deal(id=f"D{m}", partner="A", status="won", closed=date(2026, m, 1), amount=Decimal(9200)) for m in (5, 7)]
    found = worked([old, new], rows, date(2026, 9, 30))
    assert [(line.tier, line.amount) for line in found.lines if "Q3" in line.id] == [("Star", 470), ("Gold", 450)]


OWN = OLD.replace('days = "quarter"', 'days = "quarter", days_of = "partner"')
BOTH = [text.replace('days = "quarter"', 'days = "quarter", days_of = "both"') for text in (OLD, NEW)]


def own_fees(texts: list[str], joined: date | None, left: date | None = None) -> list[tuple[str, str]]:
    rows = [Partner(id="A", name="Alder", joined=joined, left=left), *DEALS]
    return [(line.id, str(line.amount)) for line in worked(texts, rows, date(2026, 9, 30)).lines]


def test_a_partner_that_joined_or_left_inside_a_period_is_paid_for_its_own_days() -> None:
    # 45 of 90 days of the first quarter from 15 February on; 46 of 91 up to 16 May; none after.
    assert own_fees([OWN], date(2026, 2, 15), date(2026, 5, 16)) == [
        ("fee:2026Q1", "500.00"),
        ("fee:2026Q2", "505.49"),
        ("fee:2026Q3", "0.00"),
    ]


def test_where_no_day_is_known_the_whole_period_counts() -> None:
    assert [amount for _, amount in own_fees([OWN], None)] == ["1000.00", "1000.00", "1000.00"]


def test_days_of_both_are_those_of_the_terms_on_which_the_partner_was_there() -> None:
    # Joined on 1 August: 14 days up to 14 August (1,000 × 14 / 92 = 152.17), 47 under the new terms (1,021.74).
    found = own_fees(BOTH, date(2026, 8, 1))
    assert [amount for id, amount in found if "Q3" in id] == ["1021.74", "152.17"]


def test_own_days_alone_leave_nothing_to_a_version_that_ends_inside() -> None:
    texts = [OWN, NEW.replace('days = "quarter"', 'days = "quarter", days_of = "partner"')]
    assert [amount for id, amount in own_fees(texts, date(2026, 8, 1)) if "Q3" in id] == ["1326.09"]


def test_the_words_say_whose_days_count_and_without_days_that_means_nothing() -> None:
    (said,) = [r.sentence for r in rule_words(program(OWN)) if r.key == "earning.fee"]
    assert "days on which the partner is in the program" in said
    wrong = OLD.replace('{ days = "quarter" }', '{ by_tier = { A = 1 }, days_of = "partner" }')
    assert any("of none" in p.message for p in problems(wrong))


def test_the_days_of_an_ended_version_do_not_depend_on_who_else_is_worked_out() -> None:
    """One began before the version ended, the other after that in the same half: only the first has days of it."""
    head = 'program = "p"\nversion = "{}"\neffective_from = {}\nstatements = "quarter"\n'
    fee = '[earning.fee]\nsays = "Fee"\ntype = "F"\non = "period end"\nevery = "half"\namount = 100\n'
    frozen = '[earning.fee]\nsays = "F"\ntype = "F"\non = "deal won"\namount = 1\nrules_as_of = "registration"\n'
    versions = [
        program(head.format("1", "2025-01-01") + fee + 'factor = [{ days = "half" }]\n'),
        program(head.format("2", "2025-04-01") + frozen),
    ]
    both = [
        Partner(id=id, name=id, joined=joined) for id, joined in (("A", date(2025, 1, 10)), ("B", date(2025, 5, 10)))
    ]
    deals = [Deal(id=p.id, partner=p.id, status="lost", closed=p.joined) for p in both]

    def paid(rows: list[object]) -> dict[str, list[Decimal]]:
        found = evaluate(versions, facts(rows), date(2025, 7, 31)).partners
        return {id: [line.amount for line in one.lines] for id, one in found.items()}

    together, alone = paid([*both, *deals]), paid([both[1], deals[1]])
    assert together["B"] == alone["B"] == [] and len(together["A"]) == 1
