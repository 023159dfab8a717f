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


@dataclass(slots=True)
class Used(Generic[N]):
    """What was taken of which lots, so that it can return there; `over` was taken of nothing."""

    parts: list[tuple[Lot[N], N]] = field(default_factory=list)


class Lots(Generic[N]):
    """The lots of one fund in the order in which they are used."""

    def __init__(self, arithmetic: Arithmetic[N], currency: str) -> None:
        self.ar, self.currency = arithmetic, currency
        self.lots: list[Lot[N]] = []
        self.over: N | None = None  # approved or paid beyond what was there

    def put(self, lot: Lot[N]) -> None:
        """Adds a lot; what was taken beyond the fund's money before comes out of it first."""
        if self.over is not None and self.over > ZERO:
            cover = self.ar.least([self.over, lot.left], self.currency, "owed by the fund")
            self.over = self.ar.difference(self.over, cover, self.currency, "still owed by the fund")
            lot.left = self.ar.difference(lot.left, cover, self.currency, "left")
        self.lots.append(lot)
        self.lots.sort(key=lambda lot: (lot.expires or date.max, lot.id))

    def take(self, amount: N) -> Used[N]:
        """Takes an amount, of the lots that expire first; what they lack is owed."""
        used: Used[N] = Used()
        for lot in self.lots:
            if amount <= ZERO:
                return used
            if lot.is_over or lot.left <= ZERO:
                continue
            part = self.ar.least([lot.left, amount], self.currency, "taken")
            lot.left = self.ar.difference(lot.left, part, self.currency, "left")
            amount = self.ar.difference(amount, part, self.currency, "still to take")
            used.parts.append((lot, part))
        if amount > ZERO:
            self.over = amount if self.over is None else self.ar.sum([self.over, amount], self.currency, "owed")
        return used

    def give_back(self, used: Used[N], amount: N, is_lost: bool = False) -> tuple[N | None, N | None]:
        """Returns an amount to the lots it came from, the last used first, unless it is lost.

        What returned, and what is gone, because its lot has expired meanwhile or it is lost; None for nothing.
        """
        back: list[N] = []
        gone: list[N] = []
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
        if amount > ZERO and is_lost:
            gone.append(amount)
        elif amount > ZERO and self.over is not None:  # it was owed by the fund, and is no more
            self.over = self.ar.difference(self.over, amount, self.currency, "still owed by the fund")
            back.append(amount)
        return self._sum(back), self._sum(gone)

    def expire(self, lot: Lot[N]) -> N | None:
        """Ends a lot; what was left of it, if anything was."""
        lot.is_over = True
        return lot.left if lot.left > ZERO else None

    def _sum(self, parts: list[N]) -> N | None:
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else self.ar.sum(parts, self.currency, "together")
