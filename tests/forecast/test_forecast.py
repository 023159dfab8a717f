"""What a forecast promises: the engine's own figures, nothing looked at ahead, the same for the same seed."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.facts import Contract, Credit, Deal, ExchangeRate, Facts, Partner
from partnerdesk.engine.forecast import next_term
from partnerdesk.forecast.chances import Chances
from partnerdesk.forecast.known_facts import known_facts
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.making import forecast
from partnerdesk.forecast.own_world import own_world
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.ranges import Forecast
from tests.engine import worlds
from tests.forecast.books import AS_OF, QUARTER_END, book, open_deal, pipeline_book, program


def of(facts: Facts, asked: Asked, partner: str = "P1") -> Forecast:
    return forecast([program()], Learned(known_facts(facts, asked.as_of), asked.as_of), partner, asked)


def commission(revenue: int) -> Decimal:
    """By hand: 8 % to 200,000, 10 % above; Gold from 300,000 gets 1.1 times as much."""
    gross = min(revenue, 200_000) * Decimal("0.08") + max(0, revenue - 200_000) * Decimal("0.10")
    return gross * (Decimal("1.1") if revenue >= 300_000 else 1)


def test_a_range_is_that_of_all_futures_with_bands_and_tier_inside() -> None:
    deals = [open_deal(1, 180_000, "0.5"), open_deal(2, 140_000, "0.5"), open_deal(3, 60_000, "0.5")]
    found = of(book(*deals), Asked(AS_OF, QUARTER_END, 4000))
    sums = [
        sum(d for d, won in zip((180_000, 140_000, 60_000), ways, strict=True) if won)
        for ways in product((0, 1), repeat=3)
    ]
    earned = sorted(commission(amount) for amount in sums)
    assert abs(found.whole.earned.mean - sum(earned) / 8) < sum(earned) / 8 / 25
    months = found.months
    assert (found.committed, found.possible) == (0, commission(380_000))
    assert [sum(getattr(m, name) for m in months) for name in ("committed", "possible")] == [0, found.possible]
    assert found.whole.earned.p10 == earned[0]
    assert found.whole.earned.p90 == earned[-1] == commission(380_000)
    assert abs(dict(found.tiers)["Gold"] - Decimal("0.25")) < Decimal("0.03")
    assert (found.committed, found.possible) == (0, earned[-1])
    assert found.quarters[-1].earned == found.whole.earned


def test_the_worth_of_an_event_is_the_difference_of_two_evaluations() -> None:
    sure = Deal(id="W", partner="P1", status="won", created=AS_OF, closed=date(2026, 4, 2), amount=Decimal(250_000))
    facts = book(sure, open_deal(1, 80_000, "0.3"))
    learned = Learned(facts, AS_OF)
    found = forecast([program()], learned, "P1", Asked(AS_OF, QUARTER_END, 20))
    driver = next(d for d in found.drivers if d.id == "D1")
    assert driver.worth == commission(330_000) - commission(250_000)  # through the tier, on the other deal as well
    assert driver.chance == Decimal("0.3")


def test_the_same_seed_gives_the_same_forecast_in_any_order_of_facts() -> None:
    facts = pipeline_book(random.Random(4), 6, {"early": 0.2, "late": 0.7}, AS_OF)
    turned = Facts({kind: rows[::-1] for kind, rows in facts.rows.items()})
    asked = Asked(AS_OF, QUARTER_END, 60, seed=9)
    assert of(facts, asked).whole == of(turned, asked).whole
    assert of(facts, asked).whole != of(facts, replace(asked, seed=10)).whole


def test_one_more_deal_moves_no_other_deals_luck() -> None:
    one = of(book(open_deal(1, 100_000, "0.5")), Asked(AS_OF, QUARTER_END, 100))
    two = of(book(open_deal(1, 100_000, "0.5"), open_deal(2, 1, "0.5")), Asked(AS_OF, QUARTER_END, 100))
    assert abs(one.whole.earned.mean - two.whole.earned.mean) < 1


def test_nothing_is_looked_at_ahead_of_its_day() -> None:
    early = pipeline_book(random.Random(8), 5, {"early": 0.3, "late": 0.8}, QUARTER_END)
    later = [
        replace(d, status="lost", amount=d.amount) if d.closed and d.closed > AS_OF else d for d in early.of("deal")
    ]
    stranger = Deal(id="X", partner="P1", status="won", closed=date(2026, 5, 1), amount=Decimal(9_000_000))
    typed = Deal(
        id="Y", partner="P1", status="won", closed=date(2026, 2, 1), known_on=date(2026, 4, 9), amount=Decimal(1)
    )
    other = Facts({**early.rows, "deal": (*later, stranger, typed)})
    asked = Asked(AS_OF, QUARTER_END, 40)
    assert of(early, asked) == of(other, asked)


@pytest.mark.parametrize("seed", range(3))
def test_a_closed_month_is_its_statement(seed: int) -> None:
    facts = worlds.facts(random.Random(seed))
    day = date(2025, 12, 31)
    for partner, outcome in evaluate(worlds.alliance(), facts, day).partners.items():
        found = forecast(worlds.alliance(), Learned(facts, day), partner, Asked(day, day, 3), with_drivers=False)
        earned = sum((x.amount for x in outcome.lines if x.process >= date(2025, 12, 1)), Decimal(0))
        assert found.whole.earned.is_certain
        assert found.whole.earned.p50 == earned


@pytest.mark.parametrize("seed", range(4))
def test_a_partners_own_world_gives_the_books_figures(seed: int) -> None:
    facts = worlds.facts(random.Random(seed))
    versions = worlds.alliance()
    whole = evaluate(versions, facts, worlds.AS_OF)
    for partner in whole.partners:
        own = evaluate(versions, own_world(facts, partner, kinds_used(versions)), worlds.AS_OF, partners=[partner])
        assert own.partners[partner].lines == whole.partners[partner].lines
        assert own.partners[partner].entries == whole.partners[partner].entries
        assert dict(own.partners[partner].standings) == dict(whole.partners[partner].standings)


def test_a_persons_own_probability_stands_above_the_record() -> None:
    facts = pipeline_book(random.Random(1), 4, {"early": 0.2, "late": 0.8}, AS_OF)
    chances = Chances(facts, AS_OF)
    deal = open_deal(1, 10, "0.55")
    assert chances.of_deal(deal).value == 0.55
    assert chances.of_deal(replace(deal, probability=None)).value != 0.55


def test_a_thin_record_leans_on_the_book() -> None:
    rows = [
        Contract(
            id=f"C{n}",
            partner="P1" if n < 2 else "P2",
            outcome="churned" if n < 2 else "renewed",
            start=date(2024, 1, 1),
            end=date(2024, 12, 31),
            outcome_on=date(2025, 1, 1),
        )
        for n in range(40)
    ]
    facts = Facts({"partner": (Partner(id="P1", name="A"), Partner(id="P2", name="B")), "contract": tuple(rows)})
    due = Contract(id="N", partner="P1", start=date(2025, 1, 1), end=date(2026, 4, 30))
    mine = Chances(facts, AS_OF).of_renewal(due)
    theirs = Chances(facts, AS_OF).of_renewal(replace(due, partner="P2"))
    assert 0.05 < mine["churned"].value < 0.5  # both of its own churned, out of two
    assert theirs["churned"].value < mine["churned"].value
    assert "2 of them this partner's" in mine["churned"].rests_on
    assert abs(sum(c.value for c in mine.values()) - 1) < 1e-9


def test_a_persons_chance_of_a_renewal_stands_above_the_record_and_is_no_foresight() -> None:
    due = Contract(id="N", partner="P1", start=date(2025, 1, 1), end=date(2026, 5, 31), recurring=Decimal(1200))
    sure, gone = replace(due, probability=Decimal("0.35")), replace(due, id="L", probability=Decimal(0))
    known = Facts({"partner": (Partner(id="P1", name="A"),), "contract": (sure, gone)})
    learned = Learned(known, AS_OF)
    chances, record = learned.chances.of_renewal(sure), learned.chances.of_renewal(due)
    assert chances["churned"].value == 1 - 0.35 and record["churned"].value < 0.35
    assert abs(sum(c.value for c in chances.values()) - 1) < 1e-9
    assert chances["expanded"].value / chances["renewed"].value == pytest.approx(
        record["expanded"].value / record["renewed"].value
    )
    items = {i.id: i for i in Prepared([program()], learned, "P1", Asked(AS_OF, date(2026, 6, 30), 50)).items}
    assert (items["N"].odds, items["N"].rests_on, items["L"].odds) == (pytest.approx(0.35), "set by a person", 0)
    assert [next_term(row, row.recurring).probability for row in (sure, gone)] == [None, None]
    lost = replace(gone, outcome="churned", outcome_on=date(2026, 5, 31))
    then = known_facts(Facts({**known.rows, "contract": (sure, lost)}), AS_OF)
    assert [c.probability for c in then.of("contract")] == [Decimal("0.35"), None]


def test_every_kind_of_fact_can_be_cut() -> None:
    facts = worlds.facts(random.Random(5))
    whole, past = known_facts(facts, date(2030, 1, 1)), known_facts(facts, date(2025, 1, 1))
    assert {kind: len(rows) for kind, rows in whole.rows.items()} == {k: len(r) for k, r in facts.rows.items() if r}
    assert 0 < len(past.of("transaction")) < len(whole.of("transaction"))
    assert all(row.day <= date(2025, 1, 1) for row in past.of("transaction"))


def _told_once_over(deal: Deal) -> Deal:
    """A deal that nobody expected."""
    return replace(deal, created=deal.closed or deal.created, expected_close=None)


def test_new_business_is_worth_what_the_same_futures_lack_without_it() -> None:
    facts = pipeline_book(random.Random(4), 4, {"early": 0.5}, AS_OF)
    told = Facts({**facts.rows, "deal": tuple(map(_told_once_over, facts.of("deal")))})
    sure = open_deal(9999, 50_000, "1")
    more = Facts({**told.rows, "deal": (*(d for d in told.of("deal") if d.status != "open"), sure)})
    found = of(more, Asked(AS_OF, QUARTER_END, 30))
    new = next(d for d in found.drivers if d.kind == "new business")
    assert 0 < new.worth < found.whole.earned.mean
    assert abs(found.whole.earned.mean - new.worth - commission(50_000)) < Decimal("0.02")


def test_an_open_deal_of_two_partners_pays_both_in_its_futures() -> None:
    deal, day = open_deal(1, 80_000, "0.5"), date(2026, 5, 15)
    rows = book(deal).rows | {"credit": (Credit(id="X", deal="D1", partner="P2", share=Decimal("0.4")),)}
    facts = Facts({**rows, "partner": (*rows["partner"], Partner(id="P2", name="Birch", joined=date(2023, 1, 1)))})
    really = Facts({**facts.rows, "deal": (replace(deal, status="won", closed=day),)})
    won = evaluate([program()], really, QUARTER_END).partners
    for partner in ("P1", "P2"):
        found, brings = of(facts, Asked(AS_OF, QUARTER_END, 40), partner), sum(e.amount for e in won[partner].lines)
        assert found.possible == found.whole.earned.p90 == brings > found.whole.earned.p10 == 0
    assert found.pipeline.amount == 16_000, "its own share, at even chance"


def test_the_weighted_pipeline_adds_amounts_of_one_currency() -> None:
    rate = ExchangeRate(id="R", day=date(2026, 1, 1), base="PLN", quote="EUR", rate=Decimal("0.25"))
    foreign = replace(open_deal(2, 40_000, "0.5"), currency="PLN")
    facts = Facts({**book(open_deal(1, 80_000, "0.5"), foreign).rows, "exchange_rate": (rate,)})
    assert of(facts, Asked(AS_OF, QUARTER_END, 4)).pipeline.amount == 45_000
