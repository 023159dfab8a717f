"""What persons decided of a partner's tier: for the partner itself, and for its group where that is tiered as one."""

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import GROUP_DECIDES
from partnerdesk.engine.world.index import Series


def decisions(reckoning: Reckoning[N]) -> Series:
    """The decisions that count for a partner in order of their day, its own after those of the group.

    The version of a decision's day says whether one for the partner at the top of the tree holds for all below it.
    """
    own = reckoning.world.series("tier_decision")
    if not reckoning.terms.decides_for_groups or reckoning.semantics < GROUP_DECIDES:
        return own
    top = reckoning.world.tree.top
    if top.partner.id == reckoning.partner:
        return own
    at = reckoning.terms.at
    theirs = [row for row in top.series("tier_decision").rows if at(row.day).tiers.is_of_group]
    rows = sorted([*theirs, *own.rows], key=lambda row: row.day)
    return Series([row.day for row in rows], rows)
