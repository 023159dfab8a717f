"""What comes into a settlement period, and what the period makes of it."""

from typing import Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.rules import Settlement


class Flow(NamedTuple, Generic[N]):
    """What comes into a settlement period: its rule, what is carried, what moved, both together, draws to recover.

    `why` says which condition brought another day of payment, `unmade` what earlier payouts were not made of, and
    `stood` what the balance stood below zero before, after what was really paid.
    """

    rule: Settlement
    why: str
    carried_in: N
    moved: N
    due: N
    owed: N
    unmade: N
    stood: N


class Made(NamedTuple, Generic[N]):
    """What a settlement period makes of it."""

    paid: N
    carried: N
    because: str
    advanced: N
    recovered: N
    invoiced: N
    lost: N
