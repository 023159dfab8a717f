"""What one change of the facts does to a partner's money: at once, later, and through the tier; nothing left over.

Three evaluations are compared: as things stand, with the change under the tiers of before, and with the change and
all that follows from it. Whatever the third says otherwise than the second came through the tier.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from partnerdesk.engine.figures.figure import Arithmetic, N, Origin
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import OPENING, PAYABLE, Entry, is_remitted
from partnerdesk.engine.whole import PartnerOutcome

NOW, LATER, TIER = "now", "later", "tier"
PARTS = (NOW, LATER, TIER)
TITLES = {NOW: "at once", LATER: "later", TIER: "through the tier"}


@dataclass(frozen=True, slots=True)
class Moved(Generic[N]):
    """What one earning line, or an entry without a line, brings more or less in a part of an effect.

    `key` is the rule, `says` its title, `is_own` whether the line hangs on the event itself; `deal`, `contract` and
    `customer` tell whose line it is.
    """

    part: str
    id: str
    key: str
    says: str
    amount: N
    is_own: bool = False
    deal: str = ""
    contract: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Effect(Generic[N]):
    """The parts of a difference and the lines that moved; `total` is their sum, and that of both evaluations."""

    total: N
    now: N
    later: N
    tier: N
    moved: tuple[Moved[N], ...]

    def part(self, name: str) -> N:
        """One of the parts by its name, or the total."""
        found: N = getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class Compared(Generic[N]):
    """The three evaluations of a partner: `stands`, `held` with the change under the tiers of before, `follows`."""

    stands: PartnerOutcome[N]
    held: PartnerOutcome[N]
    follows: PartnerOutcome[N]


def effect(ar: Arithmetic[N], compared: Compared[N], at_once: date, own: frozenset[str]) -> Effect[N]:
    """The effect of a change. What is payable up to `at_once` is paid at once; `own` names the event's own rows."""
    stands, held, follows = (_sums(o, at_once) for o in (compared.stands, compared.held, compared.follows))
    lines = {line.id: line for o in (compared.stands, compared.held, compared.follows) for line in o.lines}
    currency = compared.stands.currency
    moved = [*_moved(ar, currency, lines, own, held, stands), *_moved(ar, currency, lines, own, follows, held, TIER)]
    now, later, tier = (_sum(ar, [m.amount for m in moved if m.part == part], currency, TITLES[part]) for part in PARTS)
    return Effect(ar.sum([now, later, tier], currency, "worth"), now, later, tier, tuple(moved))


# Amounts by line (or by entry, where there is none), and by whether they are payable at once.
Sums = Mapping[tuple[str, bool], Sequence[N]]


def is_earned(entry: Entry[Any]) -> bool:
    """Whether an entry says what was earned, taken back or forfeited: no payment, no balance taken over."""
    return not is_remitted(entry) and entry.kind != OPENING


def _sums(outcome: PartnerOutcome[N], at_once: date) -> Sums[N]:
    """The amounts of an outcome by line, at once and later."""
    found: dict[tuple[str, bool], list[N]] = defaultdict(list)
    for entry in outcome.entries:
        if is_earned(entry):
            found[entry.line or entry.id, entry.bucket == PAYABLE and entry.day <= at_once].append(entry.amount)
    return found


def _moved(
    ar: Arithmetic[N],
    currency: str,
    lines: Mapping[str, Any],
    own: frozenset[str],
    after: Sums[N],
    before: Sums[N],
    part: str = "",
) -> Iterator[Moved[N]]:
    """The lines whose amounts differ; in one part where it is named, else at once and later."""
    groups: dict[tuple[str, str], list[tuple[str, bool]]] = defaultdict(list)
    for key in dict.fromkeys([*before, *after]):
        groups[key[0], part or (NOW if key[1] else LATER)].append(key)
    for (id, name), held in groups.items():
        line = lines.get(id)
        says = line.says if line else id
        new, old = ([n for key in held for n in side.get(key, ())] for side in (after, before))
        if sum(map(ar.value, new), ZERO) == sum(map(ar.value, old), ZERO):
            continue
        amount = ar.difference(
            _sum(ar, new, currency, f"{says} then"), _sum(ar, old, currency, f"{says} as things stand"), currency, says
        )
        yield _told(name, id, line, amount, own)


def _told(part: str, id: str, line: Any, amount: N, own: frozenset[str]) -> Moved[N]:
    if line is None:
        return Moved(part, id, "", "", amount)
    names = (line.deal or "", line.contract or "", line.customer or "")
    is_own = not own.isdisjoint((line.fact_id, *names[:2]))
    return Moved(part, id, line.rule.key, line.says, amount, is_own, *names)


def _sum(ar: Arithmetic[N], parts: Sequence[N], currency: str, label: str) -> N:
    if not parts:
        return ar.rule(ZERO, currency, f"{label}: nothing", Origin("rule", "earning"))
    return ar.sum(parts, currency, label)
