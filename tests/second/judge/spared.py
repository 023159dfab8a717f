"""What clawbacks give back of money that settlement had taken: the balance followed line by line, the oldest first."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.second.judge.typed import Entry

ZERO = Fraction(0)


@dataclass
class Lines:
    """Of which lines a balance is, what is owed to it, and what each line has lost and been given back."""

    layers: list[tuple[str, Fraction]] = field(default_factory=list)
    debt: Fraction = ZERO
    lost: dict[str, tuple[Fraction, date]] = field(default_factory=dict)
    given: dict[str, Fraction] = field(default_factory=dict)
    back: list[Entry] = field(default_factory=list)
    before: date = date.max  # what is lost from this day on is not given back

    def move(self, entries: list[Entry]) -> Fraction:
        """A period's movements, and what they give back; their sum."""
        given = [(entry, self._given_back(entry)) for entry in entries]
        back = [one for _, one in given if one is not None]
        self.back += back
        # It makes up for the clawback at once, on the day of that.
        at_once = [one._replace(day=entry.day) for entry, one in given if one is not None]
        for entry in _of_days([*entries, *at_once]):
            self._follow(entry)
        return sum((entry.amount for entry in [*entries, *back]), ZERO)

    def _given_back(self, entry: Entry) -> Entry | None:
        """Where less is left of the line than it had lost, at most what was taken."""
        if entry.left is None or entry.line not in self.lost:
            return None
        lost, day = self.lost[entry.line]
        over = min(lost - entry.left - self.given.get(entry.line, ZERO), -entry.amount)
        if over <= 0:
            return None
        self.given[entry.line] = self.given.get(entry.line, ZERO) + over
        return entry._replace(day=max(entry.day, day), amount=over, left=None)

    def _follow(self, entry: Entry) -> None:
        if entry.amount >= 0:
            fills = min(self.debt, entry.amount)
            self.debt -= fills
            self.layers.append((entry.line, entry.amount - fills))
            return
        left = -entry.amount
        if entry.line:
            left -= self._take(left, entry.line)
        self.debt += left - self._take(left)

    def _take(self, amount: Fraction, line: str | None = None) -> Fraction:
        """Takes an amount of one line or of all, the oldest first, and says how much there was."""
        taken = ZERO
        for place, (owner, there) in enumerate(self.layers):
            if line is None or owner == line:
                part = min(there, amount - taken)
                self.layers[place] = owner, there - part
                taken += part
        return taken

    def lose(self, amount: Fraction, day: date, is_over: bool) -> None:
        """Settlement takes an amount of the balance for good."""
        before: dict[str, Fraction] = {}
        for place, (owner, there) in enumerate(self.layers):
            part = min(there, amount)
            self.layers[place], amount = (owner, there - part), amount - part
            before[owner] = before.get(owner, ZERO) + part
        for owner, part in before.items():
            if part and is_over and day < self.before:
                self.lost[owner] = self.lost.get(owner, (ZERO, day))[0] + part, day

    def settle(self, carried: Fraction) -> None:
        """What is not carried is gone; what is carried below zero is a debt."""
        if carried <= 0:
            self.layers, self.debt = [], -carried


def _of_days(entries: list[Entry]) -> list[Entry]:
    """In order of day; what moves of a line on one day is one movement."""
    found: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.line, entry.amount < 0, entry.kind)):
        if found and entry.line and (found[-1].day, found[-1].line) == (entry.day, entry.line):
            found[-1] = found[-1]._replace(amount=found[-1].amount + entry.amount)
        else:
            found.append(entry)
    return found
