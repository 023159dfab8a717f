"""Disputes at work, in order of time: what each holds of what is there, what is taken of that, what decisions free.

What goes meanwhile, such as a clawback or a correction, leaves what is held of its line, so that a decision never frees
more than is left. What a closed statement holds of a dispute stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic

from partnerdesk.engine.figures.figure import N, Origin, is_zero
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, Entry, corrected_id
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import HOLDS_WITHOUT_SPARED
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.ledger import Posted, settled
from partnerdesk.engine.settling.moved import Due, is_given_back, is_loss, is_spared
from partnerdesk.engine.settling.moved import Part as Taken
from partnerdesk.engine.settling.postings import Named, Postings, pair_ids
from partnerdesk.engine.settling.stock import Kept, Layer, Part, Stock, owner_of
from partnerdesk.engine.settling.waiting import Asked, Waiting, asked, period_of


def disputed_of_stock(reckoning: Reckoning[N], entries: Sequence[Entry[N]], posted: Posted | None) -> Waiting[N]:
    """What disputes hold of the partner's `entries`, which stand as closed statements have `posted` them."""
    stands = settled(reckoning, list(entries), _without_waiting(reckoning, posted))
    return _Disputing(reckoning, stands, posted).run()


def _without_waiting(reckoning: Reckoning[N], posted: Posted | None) -> Posted | None:
    """What is posted but for what follows from `entries` later: what disputes and holds keep, what settlement takes."""
    if posted is None:
        return None
    rows = [(kind, row.id) for kind in ("dispute", "hold") for row in reckoning.world.rows(kind)]
    names = tuple(f"{kind}:{id}:" for kind, id in rows)
    spared = is_given_back if reckoning.semantics >= HOLDS_WITHOUT_SPARED else is_spared
    kept = (e for e in posted.entries if not (corrected_id(e).startswith(names) or is_loss(e) or spared(e)))
    return replace(posted, entries=tuple(kept))


@dataclass(slots=True, eq=False)
class _Open(Generic[N]):
    """A dispute that holds something: what names its entries, and when it is decided."""

    hold: Hold[N]
    named: Named
    decision: str
    ends: date


class _Disputing(Generic[N]):
    """The disputes of one partner."""

    def __init__(self, reckoning: Reckoning[N], entries: Sequence[Entry[N]], posted: Posted | None) -> None:
        self.reckoning, self.ar, self.stock = reckoning, reckoning.arithmetic, Stock(reckoning, entries)
        self.book, self.holds, self.since = Postings(reckoning), list[Hold[N]](), dict[str, Due[N]]()
        self.open, self.freed = list[_Open[N]](), dict[str, list[Layer[N]]]()
        self.posted = [] if posted is None else [e for e in posted.entries if e.bucket == HELD]

    def run(self) -> Waiting[N]:
        for one in sorted(asked(self.reckoning), key=lambda one: (one.row.day, one.row.id)):
            self.upto(one.row.day)
            self.hold(one)
            self.upto(one.row.day)
        self.upto(self.reckoning.as_of)
        return Waiting(self.book.entries, self.holds, self.since)

    def upto(self, day: date) -> None:
        """Lets everything happen up to a day: what comes and goes, and decisions once their day has come."""
        while True:
            over = [one for one in self.open if one.ends <= day]
            first = min(over, key=lambda one: (one.ends, one.hold.id), default=None)
            came = self.stock.come(day if first is None else first.ends)
            for own, taken in groupby(came, key=itemgetter(0)):
                self.lessen(own, [part for _, parts in taken for part in parts])
            if first is None:
                return
            self.open.remove(first)
            self.decide(first)

    def hold(self, one: Asked[N]) -> None:
        """Moves what is there of what a dispute is about into held, the newest first."""
        row, words = one.row, f"disputed, {one.row.id}"
        parts = self.stock.keep(one.id, self.about(one), one.amount)
        parts += self.stock.keep(one.id, self.of_posted(one, parts), one.amount)
        if not parts:
            return
        amount = self.stock.sum([kept.left for kept in parts], "disputed")
        hold = Hold(one.id, row.line, "dispute", amount, row.day, None, f"decision of dispute {row.id}")
        types = {kept.layer.type for kept in parts}
        named = (one.id, row.line, types.pop() if len(types) == 1 else "", one.rule)
        self.holds.append(hold)
        self.book.transfer("holdback", row.day, amount, (*named, words), HELD)
        taken = (Taken(k.layer.day, self.ar.negative(k.left, "disputed"), k.layer.type) for k in parts)
        self.since[pair_ids(one.id, "holdback", HELD)[1]] = tuple(taken)
        self.open.append(_Open(hold, (*named, words), f"dispute {row.id} decided", one.ends or date.max))

    def about(self, one: Asked[N]) -> list[Part[N]]:
        """What is there of a line, of the total of a statement, or of a movement: at most as much as that moved."""
        row, stock = one.row, self.stock
        if row.line in stock.owners:
            return stock.of_line(row.line)
        if row.line == row.statement:
            period = self.period(row)
            return [] if period is None else stock.of_total(period)
        if row.line in self.freed:
            return stock.newest(self.freed[row.line])
        entry = stock.seen.get(row.line)
        if entry is None or not entry.amount > ZERO:
            return self.of_hold(one)
        found, left = [], entry.amount
        for layer, most in stock.of_line(owner_of(entry), entry.day):
            part = stock.least(most, left)
            left = stock.less(left, part)
            found.append(Part(layer, part))
        return found

    def of_hold(self, one: Asked[N]) -> list[Part[N]]:
        """What a hold let go, which is worked out later: all that was not paid."""
        return [self.beyond(one, one.amount)] if one.row.line.startswith("hold:") else []

    def of_posted(self, one: Asked[N], parts: Sequence[Kept[N]]) -> list[Part[N]]:
        """What a closed statement holds of a dispute beyond what is there."""
        id = pair_ids(one.id, "holdback", HELD)[0]
        own = [entry for entry in self.posted if corrected_id(entry) == id]
        if not own:
            return []
        ar, currency, where = self.ar, self.reckoning.currency, Origin("statement", own[0].period.label, id)
        held = ar.given(sum((entry.amount for entry in own), ZERO), currency, f"posted in {own[0].period}", where)
        most = ar.least([one.amount, held], currency, "held as posted")
        amount = self.stock.less(most, self.stock.sum([kept.left for kept in parts], "disputed")) if parts else most
        return [self.beyond(one, amount)]

    def beyond(self, one: Asked[N], amount: N) -> Part[N]:
        """An amount of nothing that is there: of a line it is payable on that day, else by the end of its statement."""
        row, day = one.row, one.row.day
        if row.line not in self.stock.owners and (period := self.period(row)) is not None:
            day = min(period.end, day)
        return Part(Layer(day, f" {one.id}", "", frozenset(), amount), amount)

    def period(self, row: Any) -> Period | None:
        """The period of the statement that a dispute is about."""
        return period_of(self.reckoning, row, min(self.reckoning.first, self.reckoning.opening or date.max))

    def lessen(self, day: date, taken: Sequence[tuple[Kept[N], N]]) -> None:
        """What went of what disputes hold leaves them."""
        for one in list(self.open):
            parts = [Part(kept.layer, amount) for kept, amount in taken if kept.dispute == one.hold.id]
            if parts:
                self.release(one, day, parts, f"{one.hold.id}:{day}", "no longer payable")

    def decide(self, one: _Open[N]) -> None:
        """Makes what is left of a hold payable again."""
        layers = [layer for layer in self.stock.free(one.hold.id, one.ends) if not is_zero(layer.left)]
        if layers:
            parts = [Part(layer, layer.left) for layer in layers]
            self.freed[self.release(one, one.ends, parts, one.hold.id, one.decision)] = layers

    def release(self, one: _Open[N], day: date, parts: Sequence[Part[N]], id: str, words: str) -> str:
        """Moves parts of a hold back into payable, each under its type, and returns the id of that entry."""
        _, line, type_, rule, _ = one.named
        amount = self.stock.sum([part.amount for part in parts], "freed")
        one.hold.moves.append((day, amount))
        self.book.transfer("release", day, amount, (id, line, type_, rule, words), PAYABLE)
        into = pair_ids(id, "release", PAYABLE)[0]
        by_type: dict[str, list[Any]] = {}
        for part in sorted(parts, key=lambda part: part.layer.type):
            by_type.setdefault(part.layer.type, []).append(part.amount)
        self.since[into] = tuple(Taken(day, self.stock.sum(own, "freed"), name) for name, own in by_type.items())
        return into
