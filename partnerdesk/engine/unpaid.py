"""Why there is no line of some name: its fact did not count, or its rule paid nothing at the end of a period."""

from collections.abc import Iterator
from typing import NamedTuple

from partnerdesk.engine.whole import Traced


class Unpaid(NamedTuple):
    """What earned nothing, in words that a reason follows, and that reason."""

    what: str
    reason: str


def why_unpaid(outcome: Traced, name: str) -> Iterator[Unpaid]:
    """For a line's name, such as commission:D1 or rebate:2026Q3, why it is not there; nothing for other names."""
    _, _, of = name.partition(":")
    if not of:
        return
    for statement in outcome.statements.values():
        for left in statement.uncounted:
            if left.fact.id == of:
                yield Unpaid(f"{of} does not count in {statement.period}", left.reason)
    if reason := outcome.why_idle(name):
        yield Unpaid(f"{name} pays nothing", reason)
