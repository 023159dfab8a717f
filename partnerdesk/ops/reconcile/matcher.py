"""Rows are sorted to partners and to lines, and each is told what came of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.official.content import Ours
from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.ops.reconcile.calling import called, words_of
from partnerdesk.ops.reconcile.classes import ABSENT, MATCH, MISSING, TIMING, UNEXPECTED, judged, judged_together
from partnerdesk.ops.reconcile.lines import Line, Names, OwnLines
from partnerdesk.ops.reconcile.pairing import Pairing, added_up, titles_of
from partnerdesk.ops.reconcile.row import ReconRow
from partnerdesk.queries.payments.runs import ItemRow


class Matcher:
    """Holds rows against the lines of partners, all with a statement in the period or the one that was asked for."""

    def __init__(self, session: Session, own: Mapping[str, OwnLines], partner: str, tolerance: Decimal) -> None:
        self.names, self.own, self.partner, self.tolerance = Names(session), own, partner, tolerance
        self.problems: list[Problem] = []
        self.named: set[str] = {partner} - {""}  # whom the file names, or somebody asked for
        self._foreign: dict[str, list[OfficialRow]] = defaultdict(list)  # rows in another currency, by partner
        self._owners: dict[str, set[str]] = defaultdict(set)  # which partners' lines a name calls
        self._titles = {line.says.casefold() for lines in own.values() for line in lines.lines}
        for id, lines in own.items():
            for line in (*lines.lines, *lines.others):
                for text in self.names.of_line(line):
                    self._owners[text].add(id)

    @property
    def ours(self) -> Ours:
        """By what a column of names is told."""
        return Ours(
            lambda text: bool(self.names.partner(text)),
            lambda text: bool(words_of(text.casefold(), self._owners)),
            lambda text: bool(self.names.within(text)),
        )

    def rows(self, paid: Sequence[OfficialRow]) -> Iterator[ReconRow]:
        """Each line with what was paid for it, and each row that pays none; rows that pay nothing are left out."""
        self.named.update(map(self._partner_of, paid))
        paid = [self._by_its_name(row) for row in paid if row.amount]
        is_of_sums = not any(called(row, self._owners) in self._owners or titles_of(row) & self._titles for row in paid)
        of_partner: dict[str, list[OfficialRow]] = defaultdict(list)
        for row in paid:
            id = self._partner_of(row)
            if id in self.own:
                if row.currency in ("", self.own[id].currency):
                    of_partner[id].append(row)
                else:
                    self._foreign[id].append(row)
                    said = f"The row is in {row.currency}, the statement in {self.own[id].currency}."
                    self.problems.append(Problem(row.place, said, "Convert it, or correct its currency."))
            elif not self.partner or not row.partner:
                yield self._unexpected("", row, "no partner of a statement is named" if not id else "no statement")
        for id, own in self.own.items():
            yield from self._partner(own, of_partner[id], is_of_sums)

    def _by_its_name(self, row: OfficialRow) -> OfficialRow:
        """A row of several references with the one first by which it calls a line: a bank writes numbers of its own."""
        if not row.also:
            return row
        texts = (row.reference, *row.also)
        calls = sorted(texts, key=lambda text: not words_of(text.casefold(), self._owners))
        return replace(row, reference=calls[0], also=tuple(calls[1:]))

    def _partner_of(self, row: OfficialRow) -> str:
        """Whose row it is: by its own partner, else the one that was asked for or is named above it, but for a row that
        calls the line of one other partner alone; else the one of whom its text speaks."""
        if row.partner and (named := self.names.partner(row.partner)):
            return named
        owners = self._owners.get(called(row, self._owners), set())
        above = "" if row.partner else next(filter(None, (self.partner, *map(self.names.partner, row.heads))), "")
        if not owners and not row.partner and not above:
            return next(filter(None, map(self.names.within, (row.reference, *row.also))), "")
        return above if not owners or above in owners or len(owners) > 1 else next(iter(owners))

    def _partner(self, own: OwnLines, paid: list[OfficialRow], is_of_sums: bool) -> Iterator[ReconRow]:
        named = {name: (item,) for name, item in own.items.items()}
        of_items = {row: named[name][0] for row in paid if (name := called(row, named)) in named}
        yield from self._released(own, of_items)
        found = Pairing(own, self._by_name(own.lines)).paired([row for row in paid if row not in of_items], is_of_sums)
        for line, row in found.pairs:
            yield self._judged(own, line, row)
        for lines, row in found.sums:
            yield from self._together(own, lines, row)
        for line, row in found.again:
            yield self._unexpected(own.partner, row, f"the same amount was paid for {line.id} before")
        taken = {line.id for line, _ in found.pairs} | {line.id for lines, _ in found.sums for line in lines}
        others = self._by_name(own.others)
        for row in found.rest:
            line_ = others.get(key) if (key := called(row, others)) else None
            yield self._elsewhere(own, row, line_[0]) if line_ else self._unexpected(own.partner, row, "no such line")
        for line in own.lines:
            if line.id not in taken and line.amount and not of_items:  # an item pays all that was due of a statement
                yield self._missing(own, line)

    def _released(self, own: OwnLines, paid: Mapping[OfficialRow, ItemRow]) -> Iterator[ReconRow]:
        """What was paid for the items of our own runs: what is held or kept back as tax was no part of those."""
        for item in dict.fromkeys(paid.values()):
            (row,) = added_up([row for row, named in paid.items() if named == item])
            # A file with the tax that was kept back in a column of its own tells the whole.
            ours = min((item.net, item.gross), key=lambda whole: abs(whole - row.amount))
            kind = judged_together(ours, row.amount, own.currency, self.tolerance)
            yield self._row(kind, own, self._said(own, row, _released_words(own, item)), row=row, ours=ours)
        for item in own.items.values():
            if paid and item not in paid.values() and item.net:  # its lines are not told one by one either
                yield self._row(MISSING, own, f"nothing was paid, {_released_words(own, item)}", ours=item.net)

    def _by_name(self, lines: Sequence[Line]) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            for text in dict.fromkeys(self.names.of_line(line)):
                found[text].append(line)
        return found

    def _judged(self, own: OwnLines, line: Line, row: OfficialRow) -> ReconRow:
        held = own.held.get(line.id)
        kind, because = judged(line, row, self.tolerance)
        if kind != MATCH and _is_released(own, row):
            return self._row(MATCH, own, self._said(own, row, _released_words(own)), row=row, ours=row.amount)
        if kind != MATCH and held is not None and row.amount == line.amount - held.remaining:
            kind, because = TIMING, f"{amount_words(held.remaining, own.currency)} held: {held.condition}"
        return self._row(kind, own, self._said(own, row, because), line=line, row=row)

    def _together(self, own: OwnLines, lines: Sequence[Line], row: OfficialRow) -> Iterator[ReconRow]:
        """One payment for several lines: each of them where the sum is right, else the sum alone."""
        owed = sum((line.amount for line in lines), ZERO)
        held = {line.id: own.held[line.id].remaining for line in lines if line.id in own.held}
        later = sum(held.values(), ZERO)
        because = f"one payment of {amount_words(row.amount, own.currency)} for {len(lines)} lines"
        if row.amount not in (owed, owed - later) and _is_released(own, row):
            yield self._row(MATCH, own, self._said(own, row, _released_words(own)), row=row, ours=row.amount)
            return
        if row.amount not in (owed, owed - later):
            kind = judged_together(owed, row.amount, own.currency, self.tolerance)
            yield self._row(kind, own, self._said(own, row, because), row=row, ours=owed)
            return
        for line in lines:
            kept = held.get(line.id, ZERO) if row.amount != owed else ZERO
            kind, why = (TIMING, f"{amount_words(kept, own.currency)} held") if kept else (MATCH, because)
            part = replace(row, amount=line.amount - kept, taken=ZERO)
            yield self._row(kind, own, self._said(own, part, why), line=line, row=part)

    def _said(self, own: OwnLines, row: OfficialRow, because: str) -> str:
        """Why, with what was taken off the payment and a payee that is not the partner by any of its names."""
        off = f"{amount_words(row.taken, own.currency)} of it taken off as tax or fee" if row.taken else ""
        is_other = row.partner and self.names.partner(row.partner) != own.partner
        return "; ".join(filter(None, (because, off, f"paid to “{row.partner}”" if is_other else "")))

    def _missing(self, own: OwnLines, line: Line) -> ReconRow:
        held = own.held.get(line.id)
        if held is not None and held.remaining == line.amount:
            return self._row(TIMING, own, f"still held: {held.condition}", line=line)
        names = dict.fromkeys(self.names.of_line(line), (line,))
        other = next((row for row in self._foreign[own.partner] if called(row, names) in names), None)
        if other is None:
            return self._row(MISSING if own.partner in self.named else ABSENT, own, "nothing was paid", line=line)
        paid = amount_words(other.amount, other.currency)
        return self._row(MISSING, own, f"nothing was paid in {own.currency}, but {paid}: {other.place}", line=line)

    def _elsewhere(self, own: OwnLines, row: OfficialRow, line: Line) -> ReconRow:
        because = f"{line.id} stands in {line.period} with {amount_words(line.amount, line.currency)}"
        return self._row(TIMING, own, because, row=row)

    def _unexpected(self, partner: str, row: OfficialRow, because: str) -> ReconRow:
        own = self.own.get(partner) or OwnLines(partner, row.currency, "", (), ())
        return self._row(UNEXPECTED, own, because, row=row)

    def _row(
        self,
        kind: str,
        own: OwnLines,
        because: str,
        *,
        line: Line | None = None,
        row: OfficialRow | None = None,
        ours: Decimal = ZERO,
    ) -> ReconRow:
        name = self.names.partner_names.get(own.partner, row.partner if row else "")
        return ReconRow(
            kind=kind,
            partner=own.partner,
            partner_name=name,
            line=line.id if line else "",
            says=line.says if line else "",
            statement=own.number if line else "",
            reference=row.reference if row else "",
            place=row.place if row else "",
            ours=line.amount if line else ours,
            paid=row.amount if row else ZERO,
            currency=own.currency,
            because=because,
        )


def _is_released(own: OwnLines, row: OfficialRow) -> bool:
    """Whether a row pays what our own runs released of the statement, which is less than its lines where some is held
    or kept back as tax.
    """
    return bool(own.items) and row.amount == sum((item.net for item in own.items.values()), ZERO)


def _released_words(own: OwnLines, item: ItemRow | None = None) -> str:
    """Which items a payment is held against, and of which statements where there are several."""
    items = [item] if item else [*own.items.values()]
    others = sorted({number for one in items for number in one.statements.split(", ")} - {own.number})
    released = f"released as {', '.join(one.reference for one in items)}"
    return f"{released}, together with {', '.join(others)}" if others else released
