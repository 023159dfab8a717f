"""For whom a tier decision holds: the group of a partner, where partners are tiered as one."""

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.partners.tier_group import TierGroup, tier_group
from tests.books import empty_book
from tests.engine.cases import program

TREE = [
    Partner(id="A", name="Alder"),
    Partner(id="B", name="Birch", parent="A"),
    Partner(id="C", name="Cedar", parent="B"),
    Partner(id="D", name="Dogwood"),
]
TIERS = '[[tier]]\nname = "Base"\n[[tier]]\nname = "Gold"\n[tier.requires]\nmetric = "m"\nat_least = 1\n'
METRIC = '[metric.m]\nsays = "M"\nof = "deal"\nwhose = "{}"\n[tiers]\nmoves = "confirmed"\n'


@pytest.mark.parametrize(
    ("whose", "partner", "expected"),
    [
        ("group", "A", TierGroup("Alder", True, 2)),
        ("group", "C", TierGroup("Alder", False, 2)),
        ("group", "D", None),  # nobody stands with it
        ("branch", "A", None),  # each has a tier of its own
    ],
)
def test_the_group_that_is_tiered_with_a_partner(whose: str, partner: str, expected: TierGroup | None) -> None:
    with empty_book() as session:
        add_rows(session, TREE, by="Ana")
        assert tier_group(session, partner, program(METRIC.format(whose) + TIERS)) == expected
