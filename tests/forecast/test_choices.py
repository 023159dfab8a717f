"""Choices over the same futures: what is promised closes in each of them, a tier pays from its day, luck is shared."""

from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.period import period_at
from partnerdesk.forecast.choices import Choice, chosen
from partnerdesk.forecast.known_facts import known_facts
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import Asked, Prepared
from tests.forecast.books import AS_OF, QUARTER_END, book, open_deal, program

QUARTER = period_at(AS_OF + timedelta(days=1), "quarter")


def prepared() -> Prepared:
    facts = book(open_deal(1, 100_000, "0.5"), open_deal(2, 50_000, "0.5"))
    return Prepared([program()], Learned(known_facts(facts, AS_OF), AS_OF), "P1", Asked(AS_OF, QUARTER_END, 200))


def test_what_is_promised_closes_in_every_future_and_the_rest_keeps_its_luck() -> None:
    as_is, plan = chosen(prepared(), [Choice(), Choice(frozenset({("deal", "D1")}))], [QUARTER], "EUR")
    assert as_is.earned[0].p10 == 0 and as_is.earned[0].p90 == Decimal(12_000)  # 8 % of all, or of nothing
    assert plan.earned[0].p10 == Decimal(8_000) and plan.earned[0].p90 == Decimal(12_000)


def test_a_tier_in_force_pays_from_its_day_on() -> None:
    gold = Choice(tier="Gold", tier_from=QUARTER.start)
    later = Choice(tier="Gold", tier_from=date(2027, 1, 1))
    as_is, with_gold, too_late = chosen(prepared(), [Choice(), gold, later], [QUARTER], "EUR")
    assert with_gold.earned[0].p90 == as_is.earned[0].p90 * Decimal("1.1")
    assert too_late.earned == as_is.earned


def test_a_choice_that_changes_nothing_is_the_same_row() -> None:
    as_is, nothing = chosen(prepared(), [Choice(), Choice(frozenset({("deal", "D99")}))], [QUARTER], "EUR")
    assert nothing.earned is as_is.earned
