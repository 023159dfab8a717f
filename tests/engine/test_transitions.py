"""Versions that follow each other: every event from a day, new streams only, or retroactive with a true-up."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Deal, Enrolment, Partner, Survey, Transaction
from partnerdesk.engine.semantics import KEEPS_ITS_DAY
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import facts, problems, program, worked

D = Decimal

# The version before pays 10 %, the new one 20 %, from July on.
OLD = """
program = "p"
version = "old"
effective_from = 2026-01-01

[earning.share]
says = "Revenue share"
type = "SHARE"
on = "payment received"
base = "amount"
rate = 0.10
"""
NEW = OLD.replace('"old"', '"new"').replace("2026-01-01", "2026-07-01").replace("0.10", "0.20")


def after(transition: str, text: str = NEW) -> list[str]:
    return [OLD, f"{text}\n[transition]\n{transition}\n"]


def paid(id: str, day: date, **named: str) -> Transaction:
    return Transaction(id=id, partner="A", kind="payment", day=day, amount=D(100), **named)


def amounts(found: Outcome) -> dict[str, tuple[str, Decimal]]:
    """Version and amount of every line."""
    return {line.fact_id: (line.rule.version, line.amount) for line in found.lines}


KO = Contract(id="KO", partner="A", customer="C", start=date(2026, 2, 1), end=date(2027, 1, 31))
KN = Contract(id="KN", partner="A", customer="C", start=date(2026, 8, 1), end=date(2027, 7, 31))
PAYMENTS = [
    paid("may", date(2026, 5, 5), contract="KO"),
    paid("aug old", date(2026, 8, 5), contract="KO"),
    paid("aug new", date(2026, 8, 6), contract="KN"),
    paid("aug free", date(2026, 8, 7)),
]
AS_OF = date(2026, 9, 30)


def test_by_default_every_event_from_its_first_day_on() -> None:
    expected = {"may": ("old", D(10))} | {f"aug {x}": ("new", D(20)) for x in ("old", "new", "free")}
    assert amounts(worked([OLD, NEW], [KO, KN, *PAYMENTS], AS_OF)) == expected
    assert amounts(worked(after('applies_to = "events"'), [KO, KN, *PAYMENTS], AS_OF)) == expected


def test_new_streams_only_leaves_running_contracts_to_the_version_before() -> None:
    found = amounts(worked(after('applies_to = "new streams"'), [KO, KN, *PAYMENTS], AS_OF))
    assert found == {
        "may": ("old", D(10)),
        "aug old": ("old", D(10)),  # its contract began in February
        "aug new": ("new", D(20)),
        "aug free": ("new", D(20)),  # it belongs to no contract or deal: it begins with itself
    }


def test_a_payment_of_a_deal_goes_with_the_deal() -> None:
    deal = Deal(id="D", partner="A", status="won", closed=date(2026, 6, 30))
    rows = [deal, paid("x", date(2026, 8, 1), deal="D"), paid("y", date(2026, 8, 1))]
    found = amounts(worked(after('applies_to = "new streams"'), rows, AS_OF))
    assert found == {"x": ("old", D(10)), "y": ("new", D(20))}


@pytest.mark.parametrize(
    ("stream", "known", "line"),
    [("customer", D(10), D(10)), ("customer and product", D(10), D(20)), ("contract", D(20), D(20))],
)
def test_a_new_product_line_is_a_stream_where_the_earning_says_so(stream: str, known: Decimal, line: Decimal) -> None:
    texts = [t.replace("rate =", f'stream = "{stream}"\nrate =') for t in after('applies_to = "new streams"')]
    first = Contract(id="K1", partner="A", customer="C", product="hub", start=date(2026, 2, 1))
    again = Contract(id="K2", partner="A", customer="C", product="hub", start=date(2026, 8, 1))
    other = Contract(id="K3", partner="A", customer="C", product="cms", start=date(2026, 8, 1))
    rows = [
        first,
        again,
        other,
        paid("hub", date(2026, 8, 5), contract="K2", customer="C", product="hub"),
        paid("cms", date(2026, 8, 6), contract="K3", customer="C", product="cms"),
    ]
    found = amounts(worked(texts, rows, AS_OF))
    assert (found["hub"][1], found["cms"][1]) == (known, line)


def test_a_chain_of_versions_for_new_streams() -> None:
    third = NEW.replace('"new"', '"newest"').replace("2026-07-01", "2026-09-01").replace("0.20", "0.30")
    texts = [*after('applies_to = "new streams"'), f'{third}\n[transition]\napplies_to = "new streams"\n']
    late = Contract(id="KL", partner="A", customer="C", start=date(2026, 9, 2), end=date(2027, 7, 31))
    rows = [KO, KN, late, *(paid(k, date(2026, 9, 9), contract=k) for k in ("KO", "KN", "KL"))]
    found = amounts(worked(texts, rows, AS_OF))
    assert found == {"KO": ("old", D(10)), "KN": ("new", D(20)), "KL": ("newest", D(30))}


def test_period_ends_are_ruled_by_the_version_of_their_day() -> None:
    earning = '\n[earning.bonus]\nsays = "B"\ntype = "B"\non = "period end"\nevery = "quarter"\namount = 50\n'
    old, new = after('applies_to = "new streams"')
    found = worked([old + earning, new + earning.replace("50", "70")], [KO, *PAYMENTS], AS_OF)
    bonus = {line.period.label: line.amount for line in found.lines if line.type == "B"}
    assert bonus == {"2026-03": D(50), "2026-06": D(50), "2026-09": D(70)}


def test_a_fact_that_does_not_pass_is_named_once() -> None:
    texts = [
        t.replace("base =", "where = { amount = { above = 500 } }\nbase =") for t in after('applies_to = "new streams"')
    ]
    found = worked(texts, [KO, *PAYMENTS], AS_OF)
    assert [x.fact.id for s in found.statements.values() for x in s.uncounted] == [
        "may",
        "aug old",
        "aug new",
        "aug free",
    ]


RETROACTIVE = 'applies_to = "retroactive"\nsince = 2026-04-01'


def test_retroactive_runs_every_event_since_again() -> None:
    march = paid("march", date(2026, 3, 31), contract="KO")
    found = amounts(worked(after(RETROACTIVE), [KO, march, *PAYMENTS], AS_OF))
    assert found["march"] == ("old", D(10))
    assert found["may"] == ("new", D(20))


def test_before_it_is_in_force_it_changes_nothing() -> None:
    found = amounts(worked(after(RETROACTIVE), [KO, *PAYMENTS], date(2026, 6, 30)))
    assert found == {"may": ("old", D(10))}


def test_closed_periods_stand_and_the_difference_is_a_true_up() -> None:
    versions = [program(t) for t in after(RETROACTIVE)]
    world = facts([KO, *PAYMENTS])
    june = evaluate(versions, world, date(2026, 6, 30)).partners["A"]
    posted = Posted(date(2026, 6, 30), tuple(e for s in june.statements.values() for e in s.entries))
    found = evaluate(versions, world, AS_OF, posted={"A": posted}).partners["A"]
    assert found.statements["2026-05"].row("closing").total == D(10)
    assert found.statements["2026-07"].row("trueup").total == D(10)  # 20 now, 10 posted
    assert found.statements["2026-09"].row("closing").total == D(80)


def test_a_clawback_since_takes_back_what_the_new_terms_pay_less() -> None:
    lower = NEW.replace("0.20", "0.05")
    versions = [program(t) for t in after(RETROACTIVE, lower)]
    world = facts([KO, *PAYMENTS])
    june = evaluate(versions, world, date(2026, 6, 30)).partners["A"]
    posted = Posted(date(2026, 6, 30), tuple(e for s in june.statements.values() for e in s.entries))
    found = evaluate(versions, world, AS_OF, posted={"A": posted}).partners["A"]
    assert found.statements["2026-07"].row("trueup").total == D(-5)


def test_a_retroactive_version_ends_those_that_began_after_its_first_day() -> None:
    middle = NEW.replace('"new"', '"middle"').replace("2026-07-01", "2026-05-01").replace("0.20", "0.15")
    texts = [OLD, middle, after(RETROACTIVE)[1]]
    found = amounts(worked(texts, [KO, *PAYMENTS], AS_OF))
    assert {version for version, _ in found.values()} == {"new"}


def test_what_belongs_to_no_stream_begins_with_itself() -> None:
    survey = '\n[earning.ask]\nsays = "S"\ntype = "S"\non = "survey answered"\namount = 5\n'
    old, new = after('applies_to = "new streams"')
    row = Survey(id="S", partner="A", day=date(2026, 8, 1), score=D(5))
    found = worked([old + survey, new + survey.replace("amount = 5", "amount = 6")], [row, KO, *PAYMENTS], AS_OF)
    assert amounts(found)["S"] == ("new", D(6))


@pytest.mark.parametrize(
    ("transition", "words"),
    [
        ('applies_to = "retroactive"', "transition: a retroactive version says from which day"),
        ("since = 2026-04-01", "transition.since: only a retroactive version is run again"),
        ('applies_to = "retroactive"\nsince = 2026-07-01', "transition.since: the day lies not before effective_from"),
        ('applies_to = "new deals"', "Did you mean new streams"),
    ],
)
def test_a_transition_that_means_nothing_is_refused(transition: str, words: str) -> None:
    assert any(words in str(p) for p in problems(after(transition)[1]))


def test_a_version_replaced_from_its_first_day_on_holds_nothing_back() -> None:
    """Also where the later one begins on the same day under terms of the partner's own, which name that day."""
    head = 'program = "p"\nversion = "{}"\neffective_from = {}\nstatements = "month"\n'
    share = '[earning.share]\nsays = "S"\ntype = "S"\non = "deal won"\nbase = "amount"\nrate = 0.1\n'
    held = '[holdback.q]\nof = ["share"]\nshare = 0.25\nevery = "quarter"\nrelease_after = 1\n'
    again = '[transition]\napplies_to = "retroactive"\nsince = 2025-07-01\n'
    own = '[module.m]\nsays = "M"\nenrolled = true\nearning = { share = { least = 1 } }\n'
    first = program(head.format("1", "2025-07-01") + share + held)
    later = program(head.format("2", "2025-10-01") + share + again + own)
    deal = Deal(id="D", partner="A", status="won", closed=date(2025, 9, 20), amount=Decimal(1000))
    joins = Enrolment(id="E", partner="A", program="p", module="m", day=date(2025, 10, 20))
    rows = facts([Partner(id="A", name="A", joined=date(2025, 7, 2)), deal, joins])

    def kinds(**how: Any) -> list[str]:
        return [e.kind for e in evaluate([first, later], rows, date(2025, 11, 1), **how).partners["A"].entries]

    assert kinds() == ["accrual"]
    assert kinds(semantics=KEEPS_ITS_DAY - 1) == ["accrual", "holdback", "holdback"], "what is closed stays"
