"""The way between two sides as a waterfall: each stretch with the lines it moved, in values or with every step kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from partnerdesk.engine.difference.found import CAUSES, EXCHANGE, PROGRAM, ROUNDING, Difference, Moved, Part, Step
from partnerdesk.engine.difference.measure import Item, Items, nothing
from partnerdesk.engine.difference.rows import told
from partnerdesk.engine.difference.states import versions_paired
from partnerdesk.engine.difference.walk import Segment, Walk
from partnerdesk.engine.figures.figure import Arithmetic, N
from partnerdesk.engine.rules import Program
from partnerdesk.engine.rules.changed import changed_keys

# What each line comes to in a state, in the mode in which the difference is told.
ItemsOf = Callable[[Segment], Items[N]]


def tell(
    walk: Walk, segments: Sequence[Segment], arithmetic: Arithmetic[N], first: Items[N], after: "ItemsOf[N]"
) -> Difference[N]:
    """The waterfall of a walk; `first` is what the lines come to on the first side, `after` at a segment's end."""
    moving = {segment.cause for segment in segments if segment.moves}
    keys = frozenset(_keys(walk.start.programs, walk.end.programs)) if moving & _RULED else frozenset()
    teller, here = _Teller(arithmetic, walk.currency, keys), first
    parts: dict[str, list[Part[N]]] = {}
    for segment in segments:
        if segment.moves:
            there = after(segment)
            parts.setdefault(segment.cause, []).extend(teller.parts(segment, here, there))
            here = there
    steps = tuple(teller.step(cause, parts[cause]) for cause in CAUSES if cause in parts)
    start, end = teller.total(first, "before"), teller.total(here, "after")
    reached = arithmetic.sum([start, *(step.amount for step in steps)], walk.currency, "before and all causes")
    return Difference(
        partner=walk.partner,
        currency=walk.currency,
        of=walk.of,
        start=start,
        steps=steps,
        end=end,
        total=arithmetic.difference(end, start, walk.currency, "difference"),
        residual=arithmetic.difference(end, reached, walk.currency, "not explained"),
        idle=sum(len(segment.rows) for segment in segments if not segment.moves),
    )


@dataclass(frozen=True, slots=True)
class _Teller(Generic[N]):
    arithmetic: Arithmetic[N]
    currency: str
    keys: frozenset[str]

    def total(self, found: Items[N], label: str) -> N:
        return self._sum([item.amount for item in found.values()], label)

    def step(self, cause: str, parts: list[Part[N]]) -> Step[N]:
        keys = tuple(sorted(key for key in self.keys if _cause_of(key) == cause))
        return Step(cause, self._sum([part.amount for part in parts], cause), tuple(parts), keys)

    def parts(self, segment: Segment, before: Items[N], after: Items[N]) -> Iterator[Part[N]]:
        """What a stretch moved: by rule where a program changed, else in one."""
        moved = list(self._moved(before, after))
        if segment.cause != PROGRAM:
            yield self._part(moved, segment)
            return
        for rule in sorted({line.rule for line in moved}):
            own = tuple(sorted(key for key in self.keys if rule and (key == rule or key.startswith(f"{rule}."))))
            yield self._part([line for line in moved if line.rule == rule], segment, rule, own)

    def _part(self, moved: list[Moved[N]], segment: Segment, rule: str = "", keys: tuple[str, ...] = ()) -> Part[N]:
        amount = self._sum([line.amount for line in moved], rule or segment.cause)
        return Part(amount, tuple(moved), tuple(told(change) for change in segment.rows), rule, keys)

    def _moved(self, before: Items[N], after: Items[N]) -> Iterator[Moved[N]]:
        """The lines that come to something else, by day."""
        ar = self.arithmetic
        zero = nothing(ar, self.currency)
        known: dict[str, Item[N]] = {**before, **after}
        for id in sorted(known, key=lambda id: (known[id].day, id)):
            old, new, item = before.get(id), after.get(id), known[id]
            then = ar.labelled(old.amount, f"{item.says}, before") if old else zero
            now = ar.labelled(new.amount, f"{item.says}, after") if new else zero
            amount = ar.difference(now, then, self.currency, item.says)
            tiers = (old.tier if old else "", new.tier if new else "")
            if ar.value(amount) or (old and new and tiers[0] != tiers[1]):
                told_of = (item.says, item.type, item.rule, item.day)
                yield Moved(id, *told_of, then, now, amount, *tiers, item.deal, item.customer)

    def _sum(self, parts: Sequence[N], label: str) -> N:
        return self.arithmetic.sum(parts, self.currency, label)


# What is said of a rule and changes no figure.
_WORDS = ("says", "reference", "note")
# The causes that swap something of the program.
_RULED = {PROGRAM, EXCHANGE, ROUNDING}


def _keys(before: tuple[Program, ...], after: tuple[Program, ...]) -> set[str]:
    """The keys of the program that differ, as `section.name.key`; a rule that is new or gone by its name alone, and
    so a section.
    """
    found = {_named(key, a, b) for a, b in versions_paired(before, after) for key in changed_keys(a, b)}
    return {key for key in found if key.split(".")[-1] not in _WORDS}


def _cause_of(key: str) -> str:
    names = key.split(".")
    if names[0] == "rounding":
        return ROUNDING
    return EXCHANGE if names[0] == "exchange" or (names[0] == "earning" and names[2:3] == ["exchange"]) else PROGRAM


def _named(key: str, before: Program, after: Program) -> str:
    section, _, rest = key.partition(".")
    sides = [getattr(program, section) for program in (before, after)]
    if all(isinstance(side, Mapping | tuple) for side in sides):
        if not all(sides):
            return section
        name = rest.partition(".")[0]
        if any(isinstance(side, Mapping) and name not in side for side in sides):
            return f"{section}.{name}"
    return ".".join(key.split(".")[:3])
