"""A partner's actions on the way to a tier; each set of them is judged by the engine, on the facts as they would be."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.outcome import Standing
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Measured, Reckoning
from partnerdesk.engine.rules import Program
from partnerdesk.engine.tiers.standing import standing
from partnerdesk.forecast.actions import actions
from partnerdesk.forecast.cheapest import Goal, Group, Values
from partnerdesk.forecast.efforts import USUAL
from partnerdesk.forecast.items import joined
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.reaching import Reaching, Watched


class Way:
    """A partner's facts, the actions on offer, and how each set of them is judged."""

    def __init__(
        self,
        programs: Sequence[Program],
        learned: Learned,
        partner: str,
        goal: tuple[str, Period],
        efforts: Mapping[str, Decimal] = USUAL,
    ) -> None:
        """Raises ValueError where the program has no such tier to reach."""
        self.tier, self.period = goal
        self.prepared = Prepared(programs, learned, partner, Asked(learned.as_of, self.period.end, 1, 1))
        self.reaching = Reaching(self.prepared.programs, self.prepared.as_it_stands, partner, self.period, self.tier)
        self.offered = actions(self.prepared, self.reaching, {**USUAL, **efforts})
        self._full: dict[frozenset[int], Reckoning[Decimal]] = {}
        self._numbers: dict[tuple[Watched, frozenset[int]], Measured[Decimal]] = {}

    def facts(self, chosen: frozenset[int]) -> Facts:
        """What stands when some actions are done."""
        done = [self.offered[i] for i in sorted(chosen)]
        gone = {a.fact for a in done if a.fact is not None}
        stands = self.prepared.as_it_stands
        kept = {k: tuple(r for r in rows if (k, r.id) not in gone) for k, rows in stands.rows.items()}
        return joined(Facts(kept), [row for a in done for row in a.rows])

    @cached_property
    def readers(self) -> dict[Watched, frozenset[int]]:
        """Of each watched number the actions that it may read."""
        touched = [frozenset(kind for kind, _ in action.rows) for action in self.offered]
        found = {}
        for name, back in self.reaching.better:
            kinds = self.reaching.kinds(name)
            found[name, back] = frozenset(i for i, own in enumerate(touched) if own & kinds)
        return found

    @cached_property
    def groups(self) -> list[Group]:
        """The actions by the measures they share; those that nothing reads are in none."""
        if not self.reaching.is_parted:
            return [Group(tuple(range(len(self.offered))), (0,))]
        parts: list[set[int]] = []
        for readers in self.readers.values():
            if readers:
                near = [part for part in parts if part & readers]
                parts = [part for part in parts if not part & readers] + [set(readers).union(*near)]
        better = self.reaching.better
        found = sorted(parts, key=min)
        return [Group(tuple(sorted(part)), tuple(better[w] for w in self._watched(part))) for part in found]

    def _watched(self, part: Iterable[int]) -> list[Watched]:
        own = frozenset(part)
        return [watched for watched, readers in self.readers.items() if readers & own]

    def measures(self, group: Group, chosen: frozenset[int]) -> Values:
        """The watched numbers of a group; where measures do not tell all, each set is a measure of its own."""
        if not self.reaching.is_parted:
            return (Decimal(sum(1 << i for i in chosen)),)
        found = self._known(chosen, self._watched(group.actions))
        return tuple(number.value for number in found.values())

    def _known(self, chosen: frozenset[int], watched: Iterable[Watched]) -> dict[Watched, Measured[Decimal]]:
        """Watched numbers under a set, each worked out once for what its metric reads."""
        keys = {w: (w, chosen & self.readers[w]) for w in watched}
        missing = [w for w, key in keys.items() if key not in self._numbers]
        if missing:
            found = self.reaching.numbers(self.reaching.reckoning(self.facts(chosen)), missing)
            self._numbers |= {keys[w]: number for w, number in found.items()}
        return {w: self._numbers[key] for w, key in keys.items()}

    def reckoning(self, chosen: frozenset[int]) -> Reckoning[Decimal]:
        """The partner's evaluation under a set of actions."""
        known = self._known(chosen, self.readers) if self.reaching.is_parted else None
        return self.reaching.reckoning(self.facts(chosen), known)

    def reaches(self, chosen: frozenset[int]) -> bool:
        """Whether a set reaches the tier."""
        return self.reaching.reaches(self.reckoning(chosen))

    def _ideal(self, best: Sequence[tuple[Group, Values]]) -> bool:
        """Whether the tier were reached if each group's measures were these all at once."""
        if not self.reaching.is_parted:
            return True
        nothing = frozenset[int]()
        known = self._known(nothing, self.readers)
        for group, values in best:
            known |= {w: Measured(value) for w, value in zip(self._watched(group.actions), values, strict=True)}
        return self.reaching.reaches(self.reaching.reckoning(self.facts(nothing), known))

    @property
    def goal(self) -> Goal:
        """What the search asks."""
        return Goal(self.measures, self.reaches, self._ideal)

    def standing(self, chosen: frozenset[int]) -> Standing[Decimal]:
        """How the partner stands at the period's end under a set, from a full evaluation."""
        return standing(self._evaluated(chosen), self.period)

    def score(self, chosen: frozenset[int]) -> Decimal | None:
        """The score of the period under a set, from a full evaluation; None in a program without one."""
        return self.reaching.score(self._evaluated(chosen))

    def _evaluated(self, chosen: frozenset[int]) -> Reckoning[Decimal]:
        if chosen not in self._full:
            self._full[chosen] = self.reaching.evaluated(self.facts(chosen))
        return self._full[chosen]
