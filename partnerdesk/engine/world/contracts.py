"""The contracts behind a line, and whether they have ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.world.world import World

CONTINUES = ("renewed", "expanded", "contracted")


def contracts_of(world: World, line: EarningLine[Any]) -> list[Any]:
    """The contracts that came from the line's deal, and the line's own, in order of (start, id)."""
    found = list(world.index.belonging("contract", "deal", line.deal)) if line.deal else []
    own = world.row("contract", line.contract)
    if own is not None and own not in found:
        found.append(own)
    return sorted(found, key=lambda c: (c.start or date.max, c.id))


def start_of(world: World, line: EarningLine[Any]) -> date | None:
    """The first day of the line's contract: the first one where there are several."""
    return next((c.start for c in contracts_of(world, line) if c.start is not None), None)


def has_ended(world: World, line: EarningLine[Any], day: date) -> bool:
    """Whether every contract of the line (else of its customer), with what renewed it, has ended by a day.

    Where no contract is on file nothing has ended.
    """
    own = contracts_of(world, line)
    if not own and line.customer:
        own = [c for c in world.rows("contract") if c.customer == line.customer]
    chain = _with_renewals(world, own)
    return bool(chain) and all(_is_over(world, c, day) for c in chain)


def _with_renewals(world: World, contracts: Iterable[Any]) -> list[Any]:
    found: dict[str, Any] = {}
    waiting = list(contracts)
    while waiting:
        contract = waiting.pop()
        if contract.id not in found:
            found[contract.id] = contract
            waiting += world.index.belonging("contract", "renewal_of", contract.id)
    return list(found.values())


def _is_over(world: World, contract: Any, day: date) -> bool:
    """A contract is over when it churned, when its term ran out, or when another one took its place."""
    if contract.outcome == "churned":
        ended = contract.outcome_on or contract.end
        return ended is not None and ended <= day
    if contract.outcome in CONTINUES:
        return bool(world.index.belonging("contract", "renewal_of", contract.id))
    return contract.end is not None and contract.end < day
