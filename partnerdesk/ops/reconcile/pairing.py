"""Which row pays which line of one partner.

A row finds a line by its reference, the closest amount first, or by its title; one without a reference by its exact
amount, where only one line has it. Several rows of one reference for a single line are added up, unless they are the
same payment made again. One row may pay several lines: those that it names, or all that are left where it names the
statement.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from partnerdesk.engine.money import ZERO
from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.ops.reconcile.calling import called, called_together
from partnerdesk.ops.reconcile.lines import Line, OwnLines


@dataclass(slots=True)
class Paired:
    """What came of the rows of a partner: pairs, sums of several lines, payments made again, rows that pay nothing."""

    pairs: list[tuple[Line, OfficialRow]] = field(default_factory=list)
    sums: list[tuple[list[Line], OfficialRow]] = field(default_factory=list)
    again: list[tuple[Line, OfficialRow]] = field(default_factory=list)
    rest: list[OfficialRow] = field(default_factory=list)


class Pairing:
    """Pairs the lines of one partner; `named` are its lines by the names that call them."""

    def __init__(self, own: OwnLines, named: Mapping[str, list[Line]]) -> None:
        self._own, self._named = own, named
        self._free = {line.id: line for line in own.lines if line.amount}
        self._found = Paired()

    def paired(self, paid: Sequence[OfficialRow], is_of_sums: bool) -> Paired:
        """`is_of_sums` says that no row of the whole file calls a line: each pays what a partner has."""
        rest = self._by_name(paid)
        rest = self._by_several_names(rest)
        rest = self._by_title(rest)
        rest = self._by_amount(rest)
        self._found.rest = self._by_statement(rest, is_of_sums)
        return self._found

    def _by_name(self, paid: Sequence[OfficialRow]) -> list[OfficialRow]:
        groups: dict[str, list[OfficialRow]] = defaultdict(list)
        for row in paid:
            groups[called(row, self._named)].append(row)
        rest = groups.pop("", [])
        for reference in sorted(groups, key=lambda text: (len(self._named.get(text, ())), text)):
            rest += self._of_name(self._named.get(reference, ()), groups[reference])
        return rest

    def _of_name(self, named: Sequence[Line], rows: Sequence[OfficialRow]) -> list[OfficialRow]:
        """Pairs the rows of one reference; returns those for which no line is left."""
        mine = [line for line in named if line.id in self._free]
        if len(mine) == 1 and len(rows) > 1:
            rows = self._as_one(mine[0], rows)
        rest = []
        for row in sorted(rows, key=lambda r: min((abs(r.amount - x.amount) for x in mine), default=ZERO)):
            open_ = [line for line in mine if line.id in self._free]
            if not open_:
                rest.append(row)
                continue
            line = min(open_, key=lambda x: (abs(x.amount - row.amount), x.id))
            self._found.pairs.append((self._free.pop(line.id), row))
        return rest

    def _as_one(self, line: Line, rows: Sequence[OfficialRow]) -> Sequence[OfficialRow]:
        """Several rows for one line: their sum, or the first where the others are the same payment made again."""
        total = sum((row.amount for row in rows), ZERO)
        if len({row.amount for row in rows}) > 1 or abs(total) <= abs(line.amount):
            return added_up(rows)
        self._found.again += [(line, row) for row in rows[1:]]
        return rows[:1]

    def _by_several_names(self, rest: list[OfficialRow]) -> list[OfficialRow]:
        left = []
        for row in rest:
            names = called_together(row, self._named)
            lines = {x.id: x for name in names for x in self._named[name] if x.id in self._free}
            if len(lines) > 1:
                self._sum(list(lines.values()), row)
            else:
                left.append(row)
        return left

    def _by_title(self, rest: list[OfficialRow]) -> list[OfficialRow]:
        """Rows that call a line as the statement's pages do: the only one of that title, or of title and amount."""
        left = []
        for row in rest:
            titles = titles_of(row)
            fits = [line for line in self._free.values() if line.says.casefold() in titles]
            exact = [line for line in fits if line.amount == row.amount]
            chosen = fits if len(fits) == 1 else exact
            if len(chosen) == 1:
                self._found.pairs.append((self._free.pop(chosen[0].id), row))
            else:
                left.append(row)
        return left

    def _by_amount(self, rest: list[OfficialRow]) -> list[OfficialRow]:
        """Rows without a reference that pay the only line of their amount; returns the others."""
        left = []
        for row in rest:
            fits = [line for line in self._free.values() if line.amount == row.amount]
            if row.reference or len(fits) != 1:
                left.append(row)
            else:
                self._found.pairs.append((self._free.pop(fits[0].id), row))
        return left

    def _by_statement(self, rest: list[OfficialRow], is_of_sums: bool) -> list[OfficialRow]:
        """The rows that pay all lines that are left, added up; returns the others."""
        number = {self._own.number.casefold(): (self._own,)} if self._own.number else {}
        sums = rest if is_of_sums else [row for row in rest if number and called(row, number) in number]
        if not sums or not self._free:
            return rest
        (row,) = added_up(sums)
        if len(self._free) == 1:
            self._found.pairs.append((self._free.popitem()[1], row))
        else:
            self._sum(list(self._free.values()), row)
        return [one for one in rest if one not in sums]

    def _sum(self, lines: list[Line], row: OfficialRow) -> None:
        self._found.sums.append((lines, row))
        for line in lines:
            del self._free[line.id]


def titles_of(row: OfficialRow) -> set[str]:
    """What may be the title of a line: its references, in lower case."""
    return {text.strip().casefold() for text in (row.reference, *row.also) if text}


def added_up(rows: Sequence[OfficialRow]) -> list[OfficialRow]:
    """Several rows as one: their sum, with every place; a single one as it is."""
    if len(rows) == 1:
        return list(rows)
    places = "; ".join(row.place for row in rows)
    total, taken = sum((row.amount for row in rows), ZERO), sum((row.taken for row in rows), ZERO)
    return [replace(rows[0], amount=total, taken=taken, base=None, rate=None, place=places)]
