"""Why two evaluations of a partner differ: a waterfall of amounts by cause, without a residual.

Both sides are evaluated, and every state between them: one ingredient after the other is swapped, in the order of
`CAUSES`, so that each amount is the difference of two real evaluations and all of them add up to the whole.

- What the figures mean is first, where a side was closed under another number of `engine/semantics`: the first side is
  evaluated again under the number of the second one, and all that follows is under that.
- The day passes next, on the facts and rules of before; then data is new, removed, changed. Each piece of business
  (a deal with what hangs on it) is swapped by itself as far as `most` further evaluations reach; what is left stands
  together, with its lines.
- The program version follows, rule by rule of the lines that moved. While all this is swapped, the tier of each day
  stays the one that the first side had, its last one for later days, as far as the versions know it; what a tier that
  moved brings is a cause of its own.
- Then exchange rates and their rules, adjustments, payments, and the rules of rounding.
- Last comes what was closed in between: what arrived late stands in another period then, and what settlement takes of
  a period may be another amount. All before that is told as if only the first side were closed.

A cause that comes later acts on what the ones before it left, so that an effect of two together belongs to the later.
"""

from decimal import Decimal

from partnerdesk.engine.difference.found import CAUSES, Column, Corrected, Difference, Moved, Part, RowChange, Step
from partnerdesk.engine.difference.measure import MEASURES, items
from partnerdesk.engine.difference.states import Side, State, state_of
from partnerdesk.engine.difference.telling import tell
from partnerdesk.engine.difference.walk import Walk
from partnerdesk.engine.figures.arithmetic import FIGURES, VALUES
from partnerdesk.engine.figures.figure import Figure

__all__ = [
    "CAUSES",
    "MEASURES",
    "MOST",
    "Column",
    "Corrected",
    "Difference",
    "Moved",
    "Part",
    "RowChange",
    "Side",
    "Step",
    "difference",
    "explained_difference",
    "state_of",
]

MOST = 12


def difference(
    before: Side | State,
    after: Side | State,
    partner: str,
    *,
    of: str = "balance",
    most: int = MOST,
    holds_tiers: bool = True,
) -> Difference[Decimal]:
    """Why a partner's amount differs between two sides, or the states of two (`state_of`); `of` is one of MEASURES.

    `most` bounds the evaluations that are spent on telling rows apart. Without `holds_tiers` what a tier that moved
    brings is in the cause that moved it. Raises ValueError for sides without a program
    or in two currencies, LookupError for a partner that neither side knows.
    """
    walk = Walk(before, after, partner, of, most, holds_tiers)
    segments = walk.segments()
    return tell(walk, segments, VALUES, walk.first, lambda segment: segment.after.items)


def explained_difference(
    before: Side, after: Side, partner: str, *, of: str = "balance", most: int = MOST
) -> Difference[Figure]:
    """The same with every step kept, of the evaluations as well; raises what `difference` raises."""
    walk = Walk(before, after, partner, of, most)
    segments = walk.segments()
    first = items(FIGURES, walk.start.traced(partner), walk.cut(walk.start))
    return tell(
        walk, segments, FIGURES, first, lambda s: items(FIGURES, s.after.state.traced(partner), walk.cut(s.after.state))
    )
