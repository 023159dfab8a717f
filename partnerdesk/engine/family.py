"""The partner tree: partners below a partner are worked out before it, because it may look at what they earn."""

from collections.abc import Iterator, Sequence
from typing import Generic

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import EarningLine, TierHeld
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.causes import taken_of
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.tiers.held import tiers_held
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.world import World


class Family(Generic[N]):
    """Which partners are worked out, in which order, and what is known of those that are done.

    Where no rule looks below a partner, that is the wanted ones alone and nothing is kept.
    """

    def __init__(self, index: Index, wanted: Sequence[Partner], all_terms: Sequence[Terms]) -> None:
        self.index, self.wanted = index, wanted
        self.looks_below = any(terms.looks_below for terms in all_terms)
        self.asks_tiers = any(terms.asks_tiers_below for terms in all_terms)
        self.kin: dict[str, Reckoning[N]] = {}
        self.lines: dict[str, Sequence[EarningLine[N]]] = {}
        self.tiers: dict[str, tuple[TierHeld, ...]] = {}

    def __iter__(self) -> Iterator[Partner]:
        """The partners, those below one before it; a partner of which only the lines are needed as well."""
        if not self.looks_below:
            yield from self.wanted
            return
        begun: set[str] = set()
        for root in self.wanted:
            way = [(root, iter(self.children(root)))] if root.id not in begun else []
            begun.add(root.id)
            while way:
                partner, children = way[-1]
                child = next((c for c in children if c.id not in begun), None)
                if child is None:
                    way.pop()
                    yield partner
                else:
                    begun.add(child.id)
                    way.append((child, iter(self.children(child))))

    def children(self, partner: Partner) -> list[Partner]:
        """The partners directly below one, in order of their ids."""
        return sorted(self.index.belonging("partner", "parent", partner.id), key=lambda p: p.id)

    def join(self, reckoning: Reckoning[N]) -> None:
        """Gives a partner that earns on those below it, or counts what they earn, their worlds and lines."""
        if not reckoning.terms.looks_below:
            return
        below = []
        for child in self.children(reckoning.world.partner):
            if child.id not in self.lines:
                place, message = f"partner {child.id}", "it stands below itself; what it earns does not count."
                reckoning.problems.append(Problem(place, message, "Correct its parent partner."))
            kin = self.kin.get(child.id)
            below.append(kin.world if kin is not None else World(self.index, child, reckoning.terms))
        reckoning.below, reckoning.kin = below, self.kin
        reckoning.lines_below = lambda partner: self.lines.get(partner, ())
        reckoning.tiers_below = self.tiers

    def keep(self, reckoning: Reckoning[N], lines: Sequence[EarningLine[N]]) -> None:
        """Keeps what a partner earned, and which tiers it held, for the one above it."""
        if not self.looks_below:
            return
        self.kin[reckoning.partner], self.lines[reckoning.partner] = reckoning, lines
        if self.asks_tiers:
            self.tiers[reckoning.partner] = tiers_held(reckoning)
        for line in lines if reckoning.paid_on else ():  # from below, so that a deep tree needs no deep calls
            if line.id in reckoning.paid_on:
                taken_of(reckoning, line)
