"""A tier that a person confirms for the partner at the top of a group holds for all that are tiered with it."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import counts_groups, evaluate
from partnerdesk.engine.facts import Partner, TierDecision, Transaction
from partnerdesk.engine.semantics import GROUP_DECIDES
from tests.engine.cases import facts, problems, program, worked

AS_OF = date(2026, 12, 31)
TREE = [
    Partner(id="A", name="Alder", joined=date(2025, 1, 1)),
    Partner(id="B", name="Birch", parent="A", joined=date(2025, 1, 1)),
    Partner(id="C", name="Cedar", parent="B", joined=date(2025, 1, 1)),
    Partner(id="Z", name="Zelkova", joined=date(2025, 1, 1)),
]
SALE = Transaction(id="t", partner="C", kind="invoice", customer="X", day=date(2026, 2, 1), amount=D(500))
METRIC = '[metric.volume]\nsays = "Volume"\nof = "transaction"\nwhose = "{}"\nwindow = "year to date"\n'
TIERS = '[[tier]]\nname = "Base"\n[[tier]]\nname = "Gold"\nrequires = {}\n[tiers]\nmoves = "confirmed"\n{}\n'
AGE = '[metric.age]\nsays = "Age"\nmonths_since = "joined"\n'
ENOUGH = '{ metric = "volume", at_least = 100 }'


def text(whose: str = "group", asked: str = ENOUGH, policy: str = "") -> str:
    return METRIC.format(whose) + TIERS.format(asked, policy)


def decided(partner: str, tier: str, day: date, id: str = "d") -> TierDecision:
    return TierDecision(id=f"{id}-{partner}", partner=partner, tier=tier, day=day, reason="agreed")


GOLD = decided("A", "Gold", date(2026, 5, 1))


def tiers(written: str, rows: list[Any], day: date) -> str:
    """The tiers of Alder, Birch, Cedar and Zelkova on a day, by their first letters."""
    return "".join(worked(written, [*TREE, SALE, *rows], AS_OF, id).tier_on(day)[0] for id in "ABCZ")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (text(), "GGGB"),
        (text("branch"), "GBBB"),  # each has a volume of its own
        (text("branch", policy='whose = "group"'), "GGGB"),
        (text(policy='whose = "own"'), "GBBB"),
        (text(asked=f'{{ all = [{ENOUGH}, {{ partner = {{ type = "reseller" }} }}] }}'), "GBBB"),
        (AGE + text(asked=f'{{ any = [{ENOUGH}, {{ metric = "age", at_least = 999 }}] }}'), "GBBB"),
        (text(policy="up = { step = 1 }"), "GGGB"),  # reviews one by one
    ],
)
def test_for_whom_a_decision_for_the_one_at_the_top_counts(written: str, expected: str) -> None:
    assert tiers(written, [GOLD], date(2026, 4, 30)) == "BBBB"
    assert tiers(written, [GOLD], date(2026, 5, 1)) == expected


def test_the_later_decision_stands_and_of_one_day_the_own() -> None:
    own = decided("B", "Base", date(2026, 6, 1))
    assert tiers(text(), [GOLD, own], date(2026, 6, 1)) == "GBGB"
    again = decided("A", "Gold", date(2026, 7, 1), "again")
    assert tiers(text(), [GOLD, own, again], date(2026, 7, 1)) == "GGGB"
    at_once = decided("B", "Base", date(2026, 5, 1), "z")
    assert tiers(text(), [GOLD, at_once], date(2026, 5, 1)) == "GBGB"


def test_a_decision_for_one_below_is_nobody_elses() -> None:
    assert tiers(text(), [decided("B", "Gold", date(2026, 5, 1))], date(2026, 5, 1)) == "BGBB"


def test_what_waits_for_a_decision_waits_no_more_once_it_is_made_for_the_group() -> None:
    for id in "ABC":
        waiting = worked(text(), [*TREE, SALE], AS_OF, id).standings["2026Q1"].proposal
        assert waiting is not None and waiting.to_tier == "Gold"
        assert worked(text(), [*TREE, SALE, GOLD], AS_OF, id).standings["2026Q1"].proposal is None


def test_a_statement_closed_before_keeps_what_its_figures_meant() -> None:
    rows = facts([*TREE, SALE, GOLD])
    for semantics, expected in ((GROUP_DECIDES - 1, "Base"), (GROUP_DECIDES, "Gold")):
        found = evaluate([program(text())], rows, AS_OF, semantics=semantics)
        assert found.partners["B"].tier_on(date(2026, 5, 1)) == expected


def test_who_asks_for_one_of_the_group_is_told_to_load_all_of_it() -> None:
    assert counts_groups([program(text("own", policy='whose = "group"'))])
    assert not counts_groups([program(text("own"))])


def test_decisions_that_never_count_are_warned_of() -> None:
    automatic = text(policy='whose = "group"').replace('"confirmed"', '"automatic"')
    assert [p.place.rpartition(", ")[2] for p in problems(automatic)] == ["tiers.whose"]
    assert problems(text(policy='whose = "group"')) == []
