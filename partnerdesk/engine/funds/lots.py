"""What is available in a fund, as the amounts that were put in: the ones that expire first are used first."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic

from partnerdesk.engine.figures.figure import Arithmetic, N
from partnerdesk.engine.money import ZERO


@dataclass(slots=True, eq=False)
class Lot(Generic[N]):
    """An amount that was put in, and what of it is left."""

    id: str
    left: N
    expires: date | None
    is_over: bool = False


@dataclass(slots=True, eq=False)
class Used(Generic[N]):
    """What was taken of which lots, so that it can return there; `over` was taken of nothing and is owed."""

    parts: list[tuple[Lot[N], N]] = field(default_factory=list)
    over: N | None = None


class Lots(Generic[N]):
    """The lots of one fund in the order in which they are used, and who took more than there was, oldest first."""

    def __init__(self, arithmetic: Arithmetic[N], currency: str) -> None:
        self.ar, self.currency = arithmetic, currency
        self.lots: list[Lot[N]] = []
        self.owing: list[Used[N]] = []

    def put(self, lot: Lot[N]) -> None:
        """Adds a lot; what was taken beyond the fund's money before comes out of it first."""
        self._cover(lot)
        self.lots.append(lot)
        self.lots.sort(key=lambda lot: (lot.expires or date.max, lot.id))

    def take(self, amount: N, used: Used[N]) -> bool:
        """Takes an amount, of the lots that expire first; what they lack is owed, and whether they lacked anything."""
        for lot in self.lots:
            if amount <= ZERO:
                return False
            if lot.is_over or lot.left <= ZERO:
                continue
            part = self.ar.least([lot.left, amount], self.currency, "taken")
            lot.left = self.ar.difference(lot.left, part, self.currency, "left")
            amount = self.ar.difference(amount, part, self.currency, "still to take")
            used.parts.append((lot, part))
        if amount <= ZERO:
            return False
        used.over = amount if used.over is None else self.ar.sum([used.over, amount], self.currency, "owed")
        if used not in self.owing:
            self.owing.append(used)
        return True

    def give_back(self, used: Used[N], amount: N, is_lost: bool = False) -> tuple[N | None, N | None]:
        """Returns an amount: what is owed first, then to the lots it came from, the last used first, unless it is lost.

        What returned, and what is gone, because its lot has expired meanwhile or it is lost; None for nothing.
        """
        back: list[N] = []
        gone: list[N] = []
        if used.over is not None and used.over > ZERO:
            piece = self.ar.least([used.over, amount], self.currency, "owed no more")
            used.over = self.ar.difference(used.over, piece, self.currency, "still owed by the fund")
            amount = self.ar.difference(amount, piece, self.currency, "to give back")
            (gone if is_lost else back).append(piece)
        returned: list[Lot[N]] = []
        while used.parts and amount > ZERO:
            lot, part = used.parts.pop()
            piece = self.ar.least([part, amount], self.currency, "given back")
            rest = self.ar.difference(part, piece, self.currency, "still used")
            if rest > ZERO:
                used.parts.append((lot, rest))
            amount = self.ar.difference(amount, piece, self.currency, "to give back")
            if lot.is_over or is_lost:
                gone.append(piece)
            else:
                lot.left = self.ar.sum([lot.left, piece], self.currency, "left")
                back.append(piece)
                returned.append(lot)
        for lot in returned:
            self._cover(lot)
        return self._sum(back), self._sum(gone)

    def expire(self, lot: Lot[N]) -> N | None:
        """Ends a lot; what was left of it, if anything was."""
        lot.is_over = True
        return lot.left if lot.left > ZERO else None

    def _cover(self, lot: Lot[N]) -> None:
        """What is owed comes out of money that is there again, the oldest first: it was used of that lot."""
        for used in self.owing:
            if used.over is None or used.over <= ZERO or lot.left <= ZERO:
                continue
            part = self.ar.least([used.over, lot.left], self.currency, "owed by the fund")
            used.over = self.ar.difference(used.over, part, self.currency, "still owed by the fund")
            lot.left = self.ar.difference(lot.left, part, self.currency, "left")
            used.parts.append((lot, part))
        self.owing = [used for used in self.owing if used.over is not None and used.over > ZERO]

    def _sum(self, parts: list[N]) -> N | None:
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else self.ar.sum(parts, self.currency, "together")
