"""What is available in a fund: amounts that were put in, of which the ones that end first are used first."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

ZERO = Fraction(0)


@dataclass(eq=False)
class Pot:
    """An amount that was put in, what is left of it, and the last day on which it may be used."""

    id: str
    left: Fraction
    ends: date | None
    is_over: bool = False


@dataclass
class Uses:
    """What was taken of which pots, the last at the end, and what was taken of nothing."""

    parts: list[tuple[Pot, Fraction]] = field(default_factory=list)
    beyond: Fraction = ZERO


class Pots:
    """All pots of a fund, and who took more than there was, the first at the front."""

    def __init__(self) -> None:
        self.pots: list[Pot] = []
        self.owing: list[Uses] = []

    def put(self, pot: Pot) -> None:
        self.pots.append(pot)
        self.pots.sort(key=lambda one: (one.ends or date.max, one.id))
        self._cover(pot)

    def take(self, amount: Fraction, uses: Uses) -> None:
        """Takes an amount of what ends first; what is lacking is owed."""
        for pot in self.pots:
            part = min(pot.left, amount) if not pot.is_over else ZERO
            if part > 0:
                pot.left, amount = pot.left - part, amount - part
                uses.parts.append((pot, part))
        if amount > 0:
            uses.beyond += amount
            self.owing.append(uses)

    def give_back(self, uses: Uses, amount: Fraction, is_lost: bool) -> tuple[Fraction, Fraction]:
        """What is owed is given back first, then the last used: what came back, and what has ended or is lost."""
        back = gone = ZERO
        owed = min(uses.beyond, amount)
        uses.beyond, amount = uses.beyond - owed, amount - owed
        if is_lost:
            gone += owed
        else:
            back += owed
        touched = []
        while amount > 0 and uses.parts:
            pot, part = uses.parts.pop()
            piece = min(part, amount)
            amount -= piece
            if part > piece:
                uses.parts.append((pot, part - piece))
            if pot.is_over or is_lost:
                gone += piece
            else:
                back, pot.left = back + piece, pot.left + piece
                touched.append(pot)
        for pot in touched:
            self._cover(pot)
        return back, gone

    def _cover(self, pot: Pot) -> None:
        """What is owed comes out of money that is there again, in the order in which it came to be owed."""
        for uses in self.owing:
            part = min(uses.beyond, pot.left)
            if part > 0:
                pot.left, uses.beyond = pot.left - part, uses.beyond - part
                uses.parts.append((pot, part))
        self.owing = [uses for uses in self.owing if uses.beyond > 0]
