"""What a clawback does not take because settlement had taken it before: forfeited or lapsed, so it was never paid.

A line's clawback leaves nothing of it, at most; what settlement forfeited of the line was part of that. Losses are of
a balance: which lines they were of is found by following the balance line by line, the oldest first.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import TRUEUP, Entry
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import GIVES_BACK_AT_ONCE, HOLDS_AS_SETTLED, HOLDS_WHAT_IS_THERE, SPARES_FORFEITED
from partnerdesk.engine.settling.flow import Flow, Made
from partnerdesk.engine.settling.ledger import entry_order
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.settling.moved import Due, moved_apart
from partnerdesk.engine.settling.settlement import Account
from partnerdesk.engine.settling.unmade import remitted


def spared(
    reckoning: Reckoning[N], entries: Sequence[Entry[N]], since: Mapping[str, Due[N]], lots: Mapping[str, Lot[N]]
) -> list[Entry[N]]:
    """The entries that give back what clawbacks took of money that settlement had taken already.

    What was lost so is noted with its line, that no more of it counts as at risk.
    """
    followed = _followed(reckoning, entries, since, lots, reckoning.as_of)
    return noted(followed, lots, [entry for account in followed for entry in account.spared])


def noted(followed: "Sequence[Following[N]]", lots: Mapping[str, Lot[N]], found: list[Entry[N]]) -> list[Entry[N]]:
    """What is given back, once what was lost is noted with each line."""
    for account in followed:
        for line, parts in account.lost.items():
            if line in lots:
                lots[line].lost += parts
    return found


def spared_of_losses_before(
    reckoning: Reckoning[N],
    entries: Sequence[Entry[N]],
    since: Mapping[str, Due[N]],
    lots: Mapping[str, Lot[N]],
    day: date,
) -> list[Entry[N]]:
    """The same of what settlement had taken before a day, for who looks at the balance then; nothing is noted."""
    if reckoning.semantics < HOLDS_AS_SETTLED:
        return []
    followed = _followed(reckoning, entries, since, lots, day - timedelta(days=1))
    return [entry for account in followed for entry in account.spared]


def _followed(
    reckoning: Reckoning[N],
    entries: Sequence[Entry[N]],
    since: Mapping[str, Due[N]],
    lots: Mapping[str, Lot[N]],
    through: date,
) -> "list[Following[N]]":
    """The accounts with what is given back of the losses up to a day."""
    if reckoning.semantics < SPARES_FORFEITED or not lots or not reckoning.terms.may_lose:
        return []
    apart, paid = moved_apart(reckoning, sorted(entries, key=entry_order), since), remitted(reckoning, entries)
    found = [Following(reckoning, type_, moved, paid, lots, through) for type_, moved in apart.items()]
    for account in found:
        for _ in account.run():
            pass
    return found


def _in_turn(entry: Entry[N]) -> tuple[date, str, bool, str]:
    """On one day what comes to a line before what is taken of it: a hold keeps what is released on its day."""
    return entry.day, entry.line, entry.amount < ZERO, entry.id


class Following(Account[N]):
    """An account that knows of which lines its balance is, and what settlement took of them up to a day."""

    def __init__(
        self,
        reckoning: Reckoning[N],
        type_: str,
        entries: Sequence[Entry[N]],
        paid: Sequence[Entry[N]] | None,
        lots: Mapping[str, Lot[N]],
        through: date,
    ) -> None:
        super().__init__(reckoning, type_, entries, paid)
        self.lots, self.spared, self.through = lots, list[Entry[N]](), through
        self.layers: deque[tuple[str, N]] = deque()
        self.debts: deque[tuple[str, N]] = deque()
        self.lost: dict[str, list[N]] = {}
        self.lost_on: dict[str, date] = {}  # the last day on which something of a line was lost
        self.waived: dict[str, list[N]] = {}
        self.waived_on: dict[str, date] = {}
        self.given: dict[str, list[N]] = {}  # by line, to clawbacks

    def moving(self, entries: Sequence[Entry[N]]) -> Sequence[Entry[N]]:
        backs = self.given_back(entries)
        self.spared += backs
        found = [*entries, *backs]
        if self.reckoning.semantics >= GIVES_BACK_AT_ONCE:
            # With the clawback that it makes up for: else it stays open for what comes meanwhile of other lines.
            days = {f"{entry.id}:spared": entry.day for entry in entries}
            found = [entry._replace(day=days.get(entry.id, entry.day)) for entry in found]
        in_turn = sorted(found, key=_in_turn)
        for entry in self.of_a_day(in_turn) if self.reckoning.semantics >= HOLDS_WHAT_IS_THERE else in_turn:
            self.follow(entry)
        return [*entries, *backs]

    def of_a_day(self, entries: Sequence[Entry[N]]) -> Iterator[Entry[N]]:
        """What a day moves of a line as one: what is deferred or held as soon as it is earned makes no debt good."""
        own: dict[tuple[date, str, bool], list[Entry[N]]] = {}
        for entry in entries:
            owner = self.owner(entry) or entry.id
            own.setdefault((entry.day, owner, entry.kind == TRUEUP), []).append(entry)
        for found in own.values():
            amount = (
                self.sum([entry.amount for entry in found], "moved in a day") if len(found) > 1 else found[0].amount
            )
            yield found[0]._replace(amount=amount)

    def given_back(self, entries: Sequence[Entry[N]]) -> list[Entry[N]]:
        """What these entries took of money that was lost before."""
        return [back for entry in entries if (back := self.back(entry)) is not None]

    def back(self, entry: Entry[N]) -> Entry[N] | None:
        """What a clawback took that was lost before: as far as less is left of its line than settlement had taken."""
        lost, lot = self.lost.get(entry.line), self.lots.get(entry.line)
        upto = lot.clawed.get(entry.id) if lot is not None else None
        if not lost or lot is None or upto is None:
            return None
        ar, given = self.ar, self.given.setdefault(entry.line, [])
        gone = self.sum(lot.lost[:upto], "lost before and now")
        left = ar.difference(lot.line.amount, gone, self.currency, "left of the line")
        parts = [self.sum(lost, "forfeited by settlement"), ar.negative(left, "left of the line")]
        over = self.sum([*parts, *[ar.negative(n, "given back before") for n in given]], "taken of what was forfeited")
        if over <= ZERO:
            return None
        amount = ar.least([over, ar.negative(entry.amount, "clawed back")], self.currency, "not clawed back")
        words = f"{amount_words(ar.value(amount), self.currency)} of it had been forfeited before it was paid"
        given.append(amount)
        day = max(entry.day, self.lost_on[entry.line])
        period = self.reckoning.terms.statement_period(day)
        amount = ar.because(amount, words)
        return entry._replace(id=f"{entry.id}:spared", day=day, period=period, amount=amount, note=words)

    def owner(self, entry: Entry[N]) -> str:
        """Whose money an entry moves: its line's."""
        return entry.line

    def follow(self, entry: Entry[N]) -> None:
        """Moves the layers: what comes fills debts, what goes comes off what is there, its own line first.

        After that the oldest; what is beyond is a layer, or a debt, of its own.
        """
        is_more = entry.amount > ZERO
        amount = entry.amount if is_more else self.ar.negative(entry.amount, "taken off")
        first, then = (self.debts, self.layers) if is_more else (self.layers, self.debts)
        owner = self.owner(entry)
        left = self.take(amount, first, [layer for layer in first if layer[0] == owner and owner])
        left = self.take(left, first, list(first))
        if left > ZERO:
            then.append((owner, left))

    def take(
        self,
        amount: N,
        there: deque[tuple[str, N]],
        layers: Sequence[tuple[str, N]],
        note: dict[str, list[N]] | None = None,
    ) -> N:
        """Takes an amount off some of the layers that are there, in their order, and says what they could not give."""
        for layer in layers:
            if is_zero(amount):
                break
            line, whole = layer
            part = self.ar.least([amount, whole], self.currency, "taken off")
            amount, rest = self.less(amount, part), self.less(whole, part)
            place = there.index(layer)
            del there[place]
            if rest > ZERO:
                there.insert(place, (line, rest))
            if note is not None:
                note.setdefault(line, []).append(part)
        return amount

    def settle(self, period: Period, flow: Flow[N], paid: Made[N], made: Made[N]) -> None:
        """After a period: what was paid or invoiced is gone, what was forfeited or waived is noted with its lines."""
        lost: dict[str, list[N]] = {}
        waived: dict[str, list[N]] = {}
        if is_zero(paid.carried) and paid.lost > ZERO:
            self.take(paid.lost, self.layers, list(self.layers), lost)
        elif paid.carried > ZERO and made.lost > ZERO:
            self.take(made.lost, self.layers, list(self.layers), lost)
        elif made.lost < ZERO:
            self.waive(self.ar.negative(made.lost, "waived"), flow.unmade, waived)
        if made.carried <= ZERO:
            self.layers.clear()
        if not made.carried < ZERO:
            self.debts.clear()
        if period.end <= self.through:
            _noted(lost, self.lost, self.lost_on, period.end)
            _noted(waived, self.waived, self.waived_on, period.end)

    def waive(self, amount: N, borne: N, waived: dict[str, list[N]]) -> None:
        """Takes off the debts what is waived, the oldest first; those before it are borne by payouts not made."""
        kept: dict[str, list[N]] = {}
        self.take(borne, self.debts, list(self.debts), kept)
        self.take(amount, self.debts, list(self.debts), waived)
        self.debts.extendleft((line, part) for line, parts in reversed(kept.items()) for part in parts)

    def less(self, amount: N, taken: N) -> N:
        """What is left of an amount, at least nothing."""
        ar = self.ar
        return ar.greatest([ar.difference(amount, taken, self.currency, "left"), self.nothing], self.currency, "left")


def _noted(parts: Mapping[str, list[N]], by_line: dict[str, list[N]], days: dict[str, date], day: date) -> None:
    """Adds what was taken of each line on a day."""
    for line, found in parts.items():
        by_line.setdefault(line, []).extend(found)
        days[line] = day
