"""The worth of one event: the difference of two full evaluations, told apart into at once, later and the tier."""

import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Deal, Facts
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.rules import Program
from partnerdesk.forecast.effects import PARTS, is_earned
from partnerdesk.forecast.event import Beside, Event
from partnerdesk.forecast.items import joined, without
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.worth import traced, worth
from partnerdesk.forecast.worth_words import notes, sentence
from partnerdesk.reports.format import Formats
from tests.engine import worlds
from tests.forecast.books import AS_OF, book, open_deal, program
from tests.forecast.test_forecast import commission


def earned(programs: list[Program], facts: Facts, day: date, partner: str) -> Decimal:
    """What a partner earned in all, less what was taken back, by the engine's own ledger."""
    outcome = evaluate(programs, facts, day).partners[partner]
    return sum((e.amount for e in outcome.entries if is_earned(e)), Decimal(0))


def with_sure(amount: int) -> Facts:
    sure = Deal(id="W", partner="P1", status="won", created=AS_OF, closed=date(2026, 4, 2), amount=Decimal(amount))
    return book(sure, open_deal(1, 80_000, "0.3"))


def test_a_deal_that_lifts_the_tier_pays_on_everything_else() -> None:
    facts = with_sure(250_000)
    found = worth([program()], Learned(facts, AS_OF), "P1", ("deal", "D1"))
    effect = found.well.effect
    assert effect.total == commission(330_000) - commission(250_000)
    # By hand: 10 % of 80,000 without the tier; a tenth on top of 16,000 + 13,000 with it.
    assert (effect.now, effect.later, effect.tier) == (8_000, 0, Decimal("2900.00"))
    assert found.well.tiers == (("2026Q2", "Gold", "Registered"),)
    assert found.ill is not None and not found.ill.effect.total


def test_a_worth_is_the_difference_of_two_evaluations_written_by_hand() -> None:
    facts, deal = with_sure(250_000), open_deal(1, 80_000, "0.3")
    found = worth([program()], Learned(facts, AS_OF), "P1", ("deal", "D1"))
    won = replace(deal, status="won", closed=date(2026, 5, 15))
    changed = Facts({**facts.rows, "deal": tuple(won if d.id == "D1" else d for d in facts.of("deal"))})
    both = (earned([program()], one, date(2027, 5, 31), "P1") for one in (changed, facts))
    assert found.horizon == date(2027, 5, 31)
    assert found.well.effect.total == next(both) - next(both)


@pytest.mark.parametrize("seed", range(4))
def test_parts_and_lines_add_up_to_the_difference_in_random_books(seed: int) -> None:
    facts, day = worlds.facts(random.Random(seed)), worlds.AS_OF
    versions, learned = worlds.alliance(), Learned(facts, day)
    looked_at = 0
    for row in (*facts.of("deal"), *facts.of("contract")):
        kind = "deal" if isinstance(row, Deal) else "contract"
        is_open = row.status == "open" if isinstance(row, Deal) else isinstance(row, Contract) and row.outcome == "open"
        if not is_open or not row.partner or looked_at == 4:
            continue
        for beside in (Beside(), Beside(6, likely=True)):
            try:
                event = Event(versions, learned, row.partner, (kind, row.id), beside)
            except LookupError:
                continue  # it ended long ago, or goes on without an end
            looked_at += 1
            found = worth(versions, learned, row.partner, (kind, row.id), beside)
            for way, named in ((event.way(True), found.well), (event.way(False), found.ill)):
                assert way is not None and named is not None
                changed = joined(without(event.facts, [event.item]), way.rows)
                both = (earned([*versions], one, event.horizon, row.partner) for one in (changed, event.facts))
                effect = named.effect
                assert effect.total == next(both) - next(both)
                assert effect.total == sum(effect.part(part) for part in PARTS)
                assert all(sum(m.amount for m in effect.moved if m.part == p) == effect.part(p) for p in PARTS)
    assert looked_at


def test_the_why_of_a_worth_is_its_calculation() -> None:
    learned = Learned(with_sure(250_000), AS_OF)
    found = worth([program()], learned, "P1", ("deal", "D1")).well.effect
    steps = traced(Event([program()], learned, "P1", ("deal", "D1"), Beside()), well=True)
    for part in ("total", *PARTS):
        assert replay(steps.part(part)) == steps.part(part).value == found.part(part)


def test_what_is_over_has_no_worth() -> None:
    with pytest.raises(LookupError):
        worth([program()], Learned(with_sure(1), AS_OF), "P1", ("deal", "W"))


def test_a_worth_is_said_in_a_sentence() -> None:
    found = worth([program()], Learned(with_sure(250_000), AS_OF), "P1", ("deal", "D1"))
    formats = Formats()
    assert sentence(found, found.well, formats.accounting, formats.day) == (
        "If Deal 1 is won on 15 May 2026, that brings 10,900.00 EUR by 31 May 2027: "
        "8,000.00 at once, 0.00 later, 2,900.00 through the tier."
    )
    assert found.ill is not None
    told = " ".join(notes(found, found.well, formats.accounting, formats.label))
    assert "instead of" in told and not re.search(r"\d{4}[-QH]", told)
    assert "nothing changes" in sentence(found, found.ill, formats.accounting, formats.day)
