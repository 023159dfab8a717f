"""In which currency an amount is that a fact has of what it refers to: the amount of a deployment's deal."""

from typing import Any

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import EXCHANGES_REFERRED
from partnerdesk.engine.world.where import getter, referred_currency
from partnerdesk.engine.world.world import World


def currency_of_referred(reckoning: Reckoning[N], kind: str, path: str, row: Any, world: World) -> str:
    """The foreign currency of an amount of what a row refers to; empty for the program's own and any other number."""
    if reckoning.semantics < EXCHANGES_REFERRED or not (own := referred_currency(kind, path)):
        return ""
    found = getter(kind, own)(row, world)
    return "" if found in (None, "", reckoning.currency) else str(found)
