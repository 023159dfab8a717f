"""Where the engine and the second evaluator (`tests/second`) disagreed and the engine was wrong, worked out by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import (
    Certification,
    Contract,
    Credit,
    Deal,
    ExchangeRate,
    Partner,
    Survey,
    Transaction,
)
from tests.engine.cases import worked

AS_OF = date(2026, 5, 31)


def metric(text: str, rows: list[Any], period: str, as_of: date = AS_OF, partner: str = "A") -> Decimal | None:
    return worked(text, rows, as_of, partner).metrics["m", period].value


def invoice(id: str, day: date, amount: int = 1, **more: Any) -> Transaction:
    return Transaction(id=id, partner="A", day=day, amount=Decimal(amount), **more)


def test_growth_of_a_running_year_compares_the_same_days_for_a_quarter_that_has_ended() -> None:
    # 2026 up to 31 May has 3; 2025 up to 31 May has 2, and 100 more in autumn.
    rows = [invoice("1", date(2025, 3, 1), 2), invoice("2", date(2025, 10, 1), 100), invoice("3", date(2026, 2, 1), 3)]
    text = (
        '[metric.year]\nsays = "Y"\nof = "transaction"\nwindow = "whole year"\n'
        '[metric.m]\nsays = "M"\ngrowth = "year"\ngrowth_as = "ratio"\n'
    )
    assert metric(text, rows, "2026Q1") == Decimal("1.5")


def test_growth_of_a_half_to_date_looks_a_quarter_back_with_both_its_days() -> None:
    # At the end of June the half has 4 + 8; its days a quarter earlier, October to March, have 2 + 4.
    days = (date(2025, 8, 1), date(2025, 11, 1), date(2026, 2, 1), date(2026, 5, 1))
    rows = [invoice(str(n), day, 2**n) for n, day in enumerate(days)]
    text = (
        '[metric.half]\nsays = "H"\nof = "transaction"\nwindow = "half to date"\n'
        '[metric.m]\nsays = "M"\ngrowth = "half"\ngrowth_as = "amount"\ngrowth_from = "the period before"\n'
    )
    assert metric(text, rows, "2026Q2", date(2026, 6, 30)) == 12 - 6


def test_what_growth_compares_has_as_many_days_wherever_it_lies() -> None:
    # On 30 March the 30 days of a month before end on 27 February and begin on 29 January.
    rows = [invoice("1", date(2026, 1, 30), 5), invoice("2", date(2026, 3, 20), 7)]
    text = (
        'tiers = { every = "month" }\n'
        '[metric.days]\nsays = "D"\nof = "transaction"\nwindow = "trailing 30 days"\n'
        '[metric.m]\nsays = "M"\ngrowth = "days"\ngrowth_as = "amount"\ngrowth_from = "the period before"\n'
    )
    assert metric(text, rows, "2026-03", date(2026, 3, 30)) == 7 - 5


def test_growth_of_a_series_of_halves_looks_a_quarter_back_with_the_days_of_each_half() -> None:
    # At the end of June the half has 1 + 2; its days a quarter earlier, October to March, have 8 + 1.
    rows = [invoice("1", date(2025, 2, 1), 1), invoice("2", date(2025, 5, 1), 2), invoice("3", date(2024, 11, 1), 8)]
    text = (
        '[metric.half]\nsays = "H"\nof = "transaction"\n'
        '[metric.halves]\nsays = "S"\nseries = { metric = "half", each = "half", take = "sum" }\n'
        '[metric.m]\nsays = "M"\ngrowth = "halves"\ngrowth_as = "amount"\ngrowth_from = "the period before"\n'
    )
    assert metric(text, rows, "2025Q2", date(2025, 12, 31)) == (1 + 2) - (8 + 1)


@pytest.mark.parametrize(("level", "counted"), [("", 0), ("gold", 1), ("silver", 0)])
def test_an_unknown_text_is_no_value_but_another(level: str, counted: int) -> None:
    text = '[metric.m]\nsays = "M"\nof = "certification"\ntake = "count"\nwhere = { level = { not = "silver" } }\n'
    rows = [Certification(id="C", partner="A", person="Ada", level=level, awarded=date(2026, 5, 1))]
    assert metric(text, rows, "2026Q2") == counted


def test_a_partner_that_is_only_credited_has_the_role_of_its_credit() -> None:
    text = '[metric.m]\nsays = "M"\nof = "deal"\nwhere = { role = "assisted" }\n'
    rows = [
        Deal(id="D", partner="B", role="sourced", status="won", closed=date(2026, 5, 1), amount=Decimal(1000)),
        Credit(id="R", deal="D", partner="A", role="assisted", share=Decimal("0.3")),
    ]
    assert metric(text, rows, "2026Q2") == 300


def test_a_credited_partner_earns_by_its_own_role() -> None:
    text = (
        'statements = "quarter"\n[earning.e]\nsays = "E"\ntype = "UPFRONT"\non = "deal won"\nbase = "amount"\n'
        'rate = { entries = [{ rate = 0.10, where = { role = "sourced" } }, '
        '{ rate = 0.02, where = { role = "assisted" } }] }\n'
    )
    rows = [
        Deal(id="D", partner="B", role="sourced", status="won", closed=date(2026, 5, 1), amount=Decimal(1000)),
        Credit(id="R", deal="D", partner="A", role="assisted", share=Decimal("0.3")),
    ]
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == [6]  # 1,000 x 2 % x 30 %


def test_retention_of_customers_asks_for_no_amount() -> None:
    text = '[metric.m]\nsays = "M"\nretention = "logo"\nwindow = "trailing 12 months"\n'
    ended = {"partner": "A", "start": date(2025, 1, 1), "end": date(2025, 12, 31), "outcome_on": date(2025, 12, 1)}
    rows = [
        Contract(id="K1", customer="Ann", outcome="renewed", **ended),
        Contract(id="K2", customer="Bob", outcome="churned", recurring=Decimal(100), **ended),
    ]
    assert metric(text, rows, "2026Q1") == Decimal("0.5")


def test_a_renewed_year_ends_after_a_year_whatever_its_days() -> None:
    # 2024 had 366 days; the renewed term ends on 31 December 2025, not a day later.
    text = '[metric.m]\nsays = "M"\nretention = "logo"\nretention_of = "active"\nwindow = "trailing 12 months"\n'
    rows = [
        Contract(
            id="K",
            partner="A",
            customer="Ann",
            start=date(2024, 1, 1),
            end=date(2024, 12, 31),
            outcome="renewed",
            outcome_on=date(2024, 12, 1),
            recurring=Decimal(100),
        )
    ]
    assert metric(text, rows, "2026Q1", date(2026, 1, 1)) == 0


def test_a_contract_given_up_before_it_began_is_no_crash() -> None:
    text = '[metric.m]\nsays = "M"\nretention = "logo"\nretention_of = "acquired"\nwindow = "trailing 12 months"\n'
    churned = {"start": date(2026, 4, 1), "outcome": "churned", "outcome_on": date(2026, 3, 1)}
    rows = [Contract(id="K", partner="A", customer="Ann", recurring=Decimal(1), **churned)]  # type: ignore[arg-type]
    assert metric(text, rows, "2026Q2") == 0


def test_groups_are_not_counted_where_an_amount_of_the_others_has_no_rate() -> None:
    text = (
        '[metric.big]\nsays = "B"\nof = "transaction"\ngroups = { by = "customer", keep = { at_least = 100 } }\n'
        '[metric.m]\nsays = "M"\nof = "deal"\ntake = "count"\ngroups = { by = "customer", without = "big" }\n'
    )
    rows = [
        invoice("T", date(2026, 5, 1), 500, customer="Ann", currency="USD"),
        Deal(id="D", partner="A", customer="Ann", closed=date(2026, 5, 2)),
    ]
    rate = ExchangeRate(id="X", day=date(2026, 1, 1), base="USD", quote="EUR", rate=Decimal("0.9"))
    assert metric(text, rows, "2026Q2") is None
    assert metric(text, [*rows, rate], "2026Q2") == 0


@pytest.mark.parametrize("mode", ["floor", "down", "ceiling", "up", "half-up", "half-even"])
def test_a_third_of_a_hundred_times_three_tenths_is_ten_in_every_mode(mode: str) -> None:
    # On the scale 0 is a third of the way from -1 to 2: 33.33... points, of which the weight takes 30 %.
    text = (
        'statements = "quarter"\n[metric.m]\nsays = "M"\nfixed = 0\n[metric.n]\nsays = "N"\nfixed = 0\n'
        f'[score]\nmode = "{mode}"\nparts = [\n'
        '  { metric = "m", weight = 30, scale = [{ at = -1, points = 0 }, { at = 2, points = 100 }] },\n'
        '  { metric = "n", weight = 70, scale = [{ at = 0, points = 0 }, { at = 1, points = 100 }] },\n]\n'
    )
    assert worked(text, [invoice("T", date(2026, 5, 1))], AS_OF).scores["2026Q2"].total == 10


def test_too_few_values_are_too_few_in_groups_as_well() -> None:
    text = (
        '[metric.m]\nsays = "M"\nof = "certification"\ntake = "distinct"\nvalue = "person"\nminimum_rows = 2\n'
        'groups = { by = "certificate" }\n'
    )
    rows = [
        Certification(id=f"C{n}", partner="A", person="Ada", certificate=f"Z{n}", awarded=date(2026, 5, n))
        for n in (1, 2)
    ]
    assert metric(text, rows, "2026Q2") is None


def test_what_concerns_no_customer_has_no_age() -> None:
    text = (
        '[earning.e]\nsays = "E"\ntype = "T"\non = "certification awarded"\n'
        'rate = { entries = [{ amount = 1 }, { amount = 2, from_months = 1 }], age_of = "product" }\n'
    )
    rows = [
        Contract(id="K", partner="A", start=date(2025, 1, 1)),
        Certification(id="C", partner="A", person="Ada", awarded=date(2026, 5, 1)),
    ]
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == [1]


def test_an_event_is_for_whom_the_version_of_its_day_says() -> None:
    first = (
        'program = "p"\nversion = "1"\neffective_from = 2026-01-01\nstatements = "half"\n'
        '[earning.e]\nsays = "E"\ntype = "T"\non = "certification awarded"\namount = 1\n'
    )
    second = first.replace('"1"', '"2"').replace("2026-01-01", "2026-04-01") + (
        '[eligibility.join]\npartner = { type = "msp" }\n'
    )
    days = (date(2026, 3, 1), date(2026, 5, 1))
    rows = [Certification(id=f"C{n}", partner="A", person="Ada", awarded=day) for n, day in enumerate(days)]
    assert [line.id for line in worked([first, second], rows, AS_OF).lines] == ["e:C0"]


@pytest.mark.parametrize("day", ["event", "month start", "month mean"])
def test_a_rate_that_is_still_to_come_does_not_count(day: str) -> None:
    # What is invoiced in August is exchanged at the rate of May, the last one known at its end.
    text = (
        f'exchange = {{ day = "{day}" }}\n'
        '[metric.m]\nsays = "M"\nof = "transaction"\nwindow = "next 12 months"\nmissing = "not evaluated"\n'
    )
    rates = [
        ExchangeRate(id=f"R{n}", day=day, base="USD", quote="EUR", rate=Decimal(n))
        for n, day in ((2, date(2026, 5, 1)), (3, date(2026, 7, 15)), (4, date(2026, 8, 1)))
    ]
    found = metric(text, [invoice("1", date(2026, 8, 15), 10, currency="USD"), *rates], "2026Q2")
    assert found == (None if day == "month mean" else 20)


def test_each_version_exchanges_by_its_own_rule() -> None:
    first = (
        'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n'
        '[metric.m]\nsays = "M"\nof = "transaction"\nmissing = "not evaluated"\n'
    )
    second = first.replace('"1"', '"2"').replace("2026-01-01", "2026-04-01") + '[exchange]\nday = "month start"\n'
    rates = [
        ExchangeRate(id=f"R{n}", day=day, base="USD", quote="EUR", rate=Decimal(n))
        for n, day in ((2, date(2026, 1, 1)), (3, date(2026, 5, 10)))
    ]
    days = (date(2026, 3, 15), date(2026, 5, 15))
    rows = [*rates, *(invoice(f"{day}", day, 10, currency="USD") for day in days)]
    found = worked([first, second], rows, AS_OF).metrics
    assert [found["m", period].value for period in ("2026Q1", "2026Q2")] == [20, 20]


def test_periods_begin_by_the_terms_of_the_partner_itself() -> None:
    # For msp partners no survey is an event; that it is one for others is nothing to them.
    text = (
        '[earning.e]\nsays = "E"\ntype = "T"\non = "survey answered"\namount = 1\n'
        '[module.m]\nsays = "M"\npartner = { type = "msp" }\ndrops = ["earning.e"]\n'
    )
    rows = [
        Partner(id="A", name="A", type="msp"),
        Partner(id="B", name="B"),
        Survey(id="S", partner="A", day=date(2026, 1, 1)),
        invoice("1", date(2026, 5, 1)),
    ]
    assert list(worked(text, rows, AS_OF).statements) == ["2026-05"]


def test_a_customer_is_new_to_the_partner_and_not_to_a_scope() -> None:
    text = (
        '[metric.m]\nsays = "M"\nof = "deal"\ntake = "count"\nwhere = { new_customer = true }\nwindow = "ever"\n'
        '[score]\nscope = "product"\ncombine = "sum"\n'
        'parts = [{ metric = "m", weight = 100, scale = [{ at = 0, points = 0 }, { at = 1, points = 100 }] }]\n'
    )
    rows = [
        Deal(id=f"D{n}", partner="A", customer="X", product=product, status="won", closed=date(2026, n, 1))
        for n, product in ((4, "P"), (5, "Q"))
    ]
    assert worked(text, rows, AS_OF).scores["2026Q2"].total == 100


@pytest.mark.parametrize("as_of", [date(2026, 6, 30), date(2026, 12, 31)])
def test_months_are_counted_to_the_end_of_the_month_before(as_of: date) -> None:
    # From 31 March there are 3 months to the end of June and 2 to the end of May; growth of growth looks back twice.
    text = (
        'tiers = { every = "month" }\n[metric.age]\nsays = "A"\nmonths_since = "joined"\n'
        '[metric.g]\nsays = "G"\ngrowth = "age"\ngrowth_as = "amount"\ngrowth_from = "the period before"\n'
        '[metric.m]\nsays = "M"\ngrowth = "g"\ngrowth_as = "ratio"\ngrowth_from = "the period before"\n'
    )
    rows = [Partner(id="A", name="A", joined=date(2026, 3, 31)), invoice("1", date(2026, 4, 1))]
    assert metric(text, rows, "2026-06", as_of) == 1


def test_the_stream_that_a_frozen_rule_names_is_its_own_and_not_that_of_the_version_before() -> None:
    # By the rule of 2026 the stream is the customer's, which began in 2025, so the rule of 2025 pays.
    rule = 'says = "Fee"\ntype = "FEE"\non = "contract renewed"\nbase = "outcome_amount"\n'
    head = 'program = "p"\nversion = "{0}"\neffective_from = {0}-01-01\n[earning.fee]\n'
    texts = [
        head.format(2025) + rule + 'rate = 0.1\nstream = "contract"\n',
        head.format(2026) + rule + 'rate = 0.2\nstream = "customer"\nrules_as_of = "stream start"\n',
    ]
    term = {"partner": "A", "customer": "X", "start": date(2026, 2, 1), "end": date(2026, 4, 30), "outcome": "renewed"}
    rows = [
        Deal(id="D", partner="A", customer="X", status="won", closed=date(2025, 6, 1), amount=Decimal(1)),
        Contract(id="K", **term, outcome_on=date(2026, 4, 1), outcome_amount=Decimal(1000)),
    ]
    assert [line.amount for line in worked(texts, rows, AS_OF).lines] == [100]
