"""Metrics that count the facts of partners below: by the tree, in every way a metric is made."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Adjustment, Contract, Credit, Customer, ExchangeRate, Partner, Transaction
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.metrics import drawn
from tests.engine.cases import both, facts, problems, program, worked
from tests.engine.test_earning_triggers import amounts, deal

AS_OF = date(2026, 12, 31)
TREE = [
    Partner(id="A", name="Alder", joined=date(2026, 1, 1)),
    Partner(id="B", name="Birch", parent="A"),
    Partner(id="C", name="Cedar", parent="B"),
    Partner(id="D", name="Dogwood", parent="A"),
    Partner(id="Z", name="Zelkova"),
]


def sold(partner: str, amount: int, **more: Any) -> Transaction:
    more = {"day": date(2026, 11, 1), "kind": "invoice", "customer": "C1"} | more
    return Transaction(id=f"t-{partner}-{amount}", partner=partner, amount=D(amount), **more)


SALES = [sold("A", 100), sold("B", 20), sold("C", 3), sold("D", 5), sold("Z", 7000)]


def metric(whose: str, more: str = 'of = "transaction"', name: str = "m") -> str:
    return f'[metric.{name}]\nsays = "M"\nwhose = "{whose}"\nwindow = "year to date"\n{more}\n'


def value(text: str, rows: list[Any], partner: str = "A") -> D | None:
    """The metric's number in the last quarter, in both modes."""
    return worked(text, rows, AS_OF, partner).metrics["m", "2026Q4"].value


@pytest.mark.parametrize(
    ("whose", "of_alder", "of_birch", "of_zelkova"),
    [
        ("own", 100, 20, 7000),
        ("sub-partners", 25, 3, 0),
        ("all below", 28, 3, 0),
        ("own and sub-partners", 125, 23, 7000),
        ("branch", 128, 23, 7000),
        ("group", 128, 128, 7000),
    ],
)
def test_whose_facts_count(whose: str, of_alder: int, of_birch: int, of_zelkova: int) -> None:
    rows = [*TREE, *SALES]
    assert value(metric(whose), rows) == of_alder
    assert value(metric(whose), rows, "B") == of_birch
    assert value(metric(whose), rows, "Z") == of_zelkova


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('of = "transaction"\ntake = "count"', 4),
        ('of = "transaction"\ntake = "greatest"', 100),
        ('of = "transaction"\ntake = "distinct"\nvalue = "partner"', 4),
        ('of = "transaction"\nwhere = { partner.name = ["Cedar", "Dogwood"] }', 8),
        ('of = "transaction"\ntimes = [[{ factor = 2, where = { partner = "B" } }, { factor = 1 }]]', 148),
        # Of the four only Alder and Birch sold for 10 or more.
        ('of = "transaction"\ngroups = { by = "partner", keep = { at_least = 10 } }', 2),
    ],
)
def test_every_aggregate_counts_them(more: str, expected: int) -> None:
    assert value(metric("branch", more), [*TREE, *SALES]) == expected


def test_partners_themselves_are_counted_by_the_day_on_which_they_joined() -> None:
    rows = [
        *TREE[:1],
        Partner(id="B", name="Birch", parent="A", joined=date(2026, 2, 1), type="affiliate"),
        Partner(id="C", name="Cedar", parent="B", joined=date(2026, 3, 1), type="affiliate"),
        Partner(id="D", name="Dogwood", parent="A", joined=date(2025, 3, 1), left=date(2026, 4, 1), type="affiliate"),
        *SALES,
    ]
    recruited = 'of = "partner"\ntake = "count"\nwhere = { type = "affiliate" }'
    assert value(metric("sub-partners", recruited), rows) == 1  # Birch: Dogwood joined the year before
    assert value(metric("all below", recruited), rows) == 2
    standing = metric("sub-partners", f'{recruited}\nuntil = "left"').replace("year to date", "in force")
    assert value(standing, rows) == 1  # Dogwood has left


def test_a_deal_of_several_of_them_counts_once_with_their_shares_together() -> None:
    # Birch sold it, Cedar has 30 % of it, and a stranger 20 %: 1,000 x (0.5 + 0.3).
    shared = [
        deal("d", date(2026, 10, 1), 1000, partner="B"),
        Credit(id="c1", deal="d", partner="C", role="assisted", share=D("0.3")),
        Credit(id="c2", deal="d", partner="Z", role="assisted", share=D("0.2")),
    ]
    assert value(metric("branch", 'of = "deal"'), [*TREE, *shared]) == 800
    assert value(metric("branch", 'of = "deal"\ncredit = "full"'), [*TREE, *shared]) == 1000
    assert value(metric("branch", 'of = "deal"\ntake = "count"'), [*TREE, *shared]) == 1
    # As what it is to Cedar, it is Cedar's share alone.
    assisted = 'of = "deal"\nwhere = { role = "assisted" }'
    assert value(metric("branch", assisted), [*TREE, *shared]) == 300


def test_amounts_are_exchanged_into_the_currency_of_the_program() -> None:
    rate = ExchangeRate(id="r", table="program", base="USD", quote="EUR", day=date(2026, 1, 1), rate=D("0.5"))
    assert value(metric("branch"), [*TREE, sold("C", 10, currency="USD"), sold("A", 1), rate]) == 6


def test_retention_is_that_of_all_their_contracts() -> None:
    def term(partner: str, recurring: int, outcome: str) -> Contract:
        days = {"start": date(2025, 7, 1), "end": date(2026, 6, 30), "outcome_on": date(2026, 6, 1)}
        return Contract(
            id=f"k-{partner}", partner=partner, customer=partner, recurring=D(recurring), outcome=outcome, **days
        )

    rows = [*TREE, term("A", 300, "renewed"), term("C", 100, "churned")]
    assert value(metric("branch", 'retention = "gross revenue"'), rows) == D("0.75")
    active = 'retention = "logo"\nretention_of = "active"'
    assert value(metric("branch", active), rows) == D("0.5")


def test_adjustments_of_those_below_count_with_their_sales() -> None:
    extra = Adjustment(id="x", partner="C", day=date(2026, 11, 2), amount=D(40), counts_for_tier=True)
    assert value(metric("branch", 'of = "transaction"\nadjustments = "tier"'), [*TREE, *SALES, extra]) == 168


def test_windows_are_those_of_the_partner_itself() -> None:
    text = '[metric.m]\nsays = "M"\nof = "transaction"\nwhose = "branch"\nwindow = "first 60 days"\n'
    rows = [*TREE, sold("B", 20, day=date(2026, 2, 1)), sold("C", 3, day=date(2026, 5, 1))]
    assert value(text, rows) == 20


TIERS = """
[tiers]
every = "quarter"
in_force = "same period"
[[tier]]
name = "Registered"
[[tier]]
name = "Gold"
requires = { metric = "m", at_least = 128 }
[earning.base]
says = "Base"
type = "BASE"
on = "period end"
base = { metric = "m" }
rate = { by_tier = { Registered = 0.1, Gold = 0.5 } }
"""


def test_a_head_without_business_of_its_own_has_the_tier_and_the_pay_of_its_branch() -> None:
    rows = [*TREE, sold("B", 28), sold("D", 100)]
    head = worked(metric("branch") + TIERS, rows, AS_OF)
    assert head.standings["2026Q4"].tier == "Gold"
    assert amounts(head) == {"base:2026Q4": D(64)}
    assert amounts(worked(metric("branch") + TIERS, rows, AS_OF, "B")) == {"base:2026Q4": D("2.80")}


def test_alone_a_partner_has_the_figures_that_it_has_among_all() -> None:
    text, rows = metric("branch") + TIERS, facts([*TREE, *SALES])
    alone = evaluate([program(text)], rows, AS_OF, partners=["A"]).partners["A"]
    among = evaluate([program(text)], rows, AS_OF).partners["A"]
    assert amounts(alone) == amounts(among) == {"base:2026Q4": D(64)}
    assert alone.metrics["m", "2026Q4"].value == D(128)


def test_an_affiliate_has_the_tier_of_its_group() -> None:
    text, rows = metric("group") + TIERS, [*TREE, *SALES]
    assert {p: worked(text, rows, AS_OF, p).standings["2026Q4"].tier for p in "ABCDZ"} == dict.fromkeys("ABCDZ", "Gold")
    # Without the head's own 100 the group has 28.
    assert worked(text, [*TREE, *SALES[1:]], AS_OF, "D").standings["2026Q4"].tier == "Registered"


PAID = """
[earning.sale]
says = "Sale"
type = "SALE"
on = "deal won"
base = "amount"
rate = 0.10
[cap.year]
of = ["sale"]
every = "year"
at_most = 90
[metric.m]
says = "Earned"
of = "earning"
whose = "WHOSE"
where = { earning = "sale" }
[earning.lead]
says = "Lead"
type = "LEAD"
on = "period end"
base = { metric = "m" }
rate = 0.5
"""
WON = [deal(f"d{p}", date(2026, 11, 1), n, partner=p) for p, n in (("A", 300), ("B", 1000), ("C", 200), ("D", 50))]


@pytest.mark.parametrize(("whose", "expected"), [("sub-partners", 95), ("all below", 115)])
def test_what_partners_below_earned_counts_after_their_caps(whose: str, expected: int) -> None:
    # Birch earns 100 of which 90 are paid, Cedar 20, Dogwood 5.
    found, traced = both(PAID.replace("WHOSE", whose), [*TREE, *WON], AS_OF)
    lead = [line for line in found.lines if line.rule.key == "earning.lead" and line.event == AS_OF]
    assert [line.amount for line in lead] == [D(expected) / 2]
    figure = traced.metrics["m", "2026Q4"].value
    assert figure is not None and {part.label for part in figure.parts} >= {"Sale of Birch", "Sale of Dogwood"}


def test_an_own_line_counts_before_its_cap_beside_those_below() -> None:
    text = PAID.replace("WHOSE", "branch").replace("at_most = 90", "at_most = 20").split("[earning.lead]")[0]
    assert worked(text, [*TREE, *WON], AS_OF).metrics["m", "2026Q4"].value == 30 + 20 + 20 + 5


def test_an_earning_may_rest_on_itself_below_and_not_on_its_own_lines() -> None:
    text = PAID.replace("WHOSE", "sub-partners").replace('{ earning = "sale" }', '{ earning = ["sale", "lead"] }')
    # Cedar has 20 and leads nobody; Birch leads with 10 of that; Alder counts 90 + 10 + 5.
    amounts_of = {p: amounts(worked(text, [*TREE, *WON], AS_OF, p)).get("lead:2026Q4") for p in "ABC"}
    assert amounts_of == {"A": D("52.50"), "B": D(10), "C": None}
    assert any("rests on what it pays itself" in p.message for p in problems(text.replace("sub-partners", "branch")))


def leaves(figure: Figure) -> Iterator[Figure]:
    if not figure.parts:
        yield figure
    for part in figure.parts:
        yield from leaves(part)


def test_a_figure_says_whose_each_fact_is() -> None:
    counted = metric("all below", 'of = "transaction"\ntake = "count"', "n").replace('"M"', '"Sales"')
    text = f"{metric('all below')}{counted}"
    traced = explain([program(text)], facts([*TREE, *SALES]), AS_OF, partners=["A"]).partners["A"]
    summed, number = (traced.metrics[name, "2026Q4"].value for name in ("m", "n"))
    assert summed is not None and number is not None
    found = {(leaf.label, leaf.origin.id) for leaf in leaves(summed) if leaf.origin}
    assert found == {("amount of Birch", "t-B-20"), ("amount of Cedar", "t-C-3"), ("amount of Dogwood", "t-D-5")}
    assert {leaf.label for leaf in leaves(number)} == {"Sales of Birch", "Sales of Cedar", "Sales of Dogwood"}


def test_what_does_not_count_is_named_with_its_reason() -> None:
    text = metric("branch", 'of = "transaction"\nwhere = { amount = { above = 4 } }')
    _, traced = both(text, [*TREE, *SALES], AS_OF)
    result = traced.metrics["m", "2026Q4"].value
    assert result is not None
    assert [x.fact.id for x in result.excluded] == ["t-C-3"]


def test_a_circle_of_parents_is_a_problem_and_each_counts_once() -> None:
    circle = [Partner(id=own, name=own, parent=above) for own, above in ("AC", "BA", "CB")]
    found = worked(metric("branch"), [*circle, *SALES], AS_OF)
    assert found.metrics["m", "2026Q4"].value == 123
    assert [(p.place, p.message) for p in found.problems] == [
        ("partner A", "it stands below itself; each partner's facts count once.")
    ]
    below = [*circle, Partner(id="E", name="Elm", parent="B"), sold("E", 7)]
    assert value(metric("group"), [*below, *SALES], "E") == 130
    assert value(metric("group"), [*below, *SALES], "B") == 130


@pytest.mark.parametrize(
    ("more", "where", "message"),
    [
        ('whose = "group"\nof = "earning"', "metric.m.whose", "is not known before each of it is worked out"),
        ('whose = "branch"\nfixed = 1', "metric.m.whose", "means nothing in a metric made by fixed"),
    ],
)
def test_where_it_cannot_stand(more: str, where: str, message: str) -> None:
    paid = '[earning.e]\nsays = "E"\ntype = "E"\non = "deal won"\nbase = "amount"\nrate = 0.1\n'
    text = f'[metric.m]\nsays = "M"\n{more}\n{paid}'
    found = [p for p in problems(text) if p.place.endswith(where)]
    assert len(found) == 1 and message in found[0].message


def test_an_unknown_word_is_answered_with_those_that_are_known() -> None:
    assert any("branch" in p.remedy or "branch" in p.message for p in problems(metric("branchs")))


SCOPED = """
[score]
scope = "customer.country"
parts = [{ metric = "m", weight = 100, scale = [{ at = 0, points = 0 }, { at = 100, points = 100 }] }]
"""


def test_what_a_group_did_is_drawn_once_for_all_of_it_in_each_scope_of_a_score(monkeypatch: pytest.MonkeyPatch) -> None:
    made, draw = [], drawn._drawn_together

    def counted(reckoning: Any, terms: Any) -> Any:
        made.append(reckoning.partner)
        return draw(reckoning, terms)

    monkeypatch.setattr(drawn, "_drawn_together", counted)
    customers = [Customer(id=id, name=id, country=country) for id, country in (("C1", "DE"), ("C2", "AT"))]
    rows = [*TREE[:4], *customers, sold("A", 30), sold("B", 50), sold("C", 20, customer="C2")]
    for whose, times in (("group", 2), ("branch", 6)):  # Alder and Birch two scopes, Cedar one, Dogwood none
        made.clear()
        found = evaluate([program(metric(whose) + SCOPED)], facts(rows), AS_OF).partners
        scores = {id: o.scores["2026Q4"].total for id, o in found.items()}
        assert set(scores.values()) == {80} if whose == "group" else scores["A"] == 80
        assert len(made) == times, whose
