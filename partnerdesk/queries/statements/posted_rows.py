"""What a dispute is about as closed statements posted it: a line, another movement, or a statement's total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO, major
from partnerdesk.engine.outcome import HELD, PAYABLE, TRUEUP, Entry
from partnerdesk.errors import Refused
from partnerdesk.models.statements import posted_entry, statement
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements
from partnerdesk.queries.statements.payable import pays, unpaid_of

LINE, TOTAL = "line", "total"
EARNED = ("accrual", "topup")  # entries that a line makes
_TRANSFERS = ("deferral", "holdback", "release")  # entries that move between held and payable
TRANSFER_SAYS = "It moves money between held and payable and earns nothing by itself: an answer adds nothing."
_NOUNS = {"trueup": "correction", "loss": "forfeiture", "tax": "withheld tax", "opening": "opening balance"}


def row_words(kind: str, line: str, statement: str = "") -> str:
    """What is disputed, in words: `line L-7`, `clawback C-1`, `the total`; with where it stands if that is given."""
    if kind == TOTAL:
        return f"the total of {statement}" if statement else "the total"
    words = f"{noun_of(kind)} {printed_name(kind, line)}"
    return f"{words} on {statement}" if statement else words


def is_transfer(kind: str, line: str) -> bool:
    """Whether a movement, or what a correction corrects, moves between held and payable, so that its total is zero."""
    ends = line.rsplit(":", 3)  # a correction is named by what it corrects and its period
    return kind in _TRANSFERS or (kind == TRUEUP and len(ends) == 4 and ends[1] in _TRANSFERS)


def noun_of(kind: str) -> str:
    """What is disputed in a word: line, total, clawback, correction ..."""
    return _NOUNS.get(kind, kind)


def printed_name(kind: str, line: str) -> str:
    """The name of a movement as the sheets print it, which is its entry's without kind and bucket."""
    if kind == LINE:
        return line
    return stem(line).removesuffix(f":{kind}").removeprefix(f"{kind}:")


def stem(entry: str) -> str:
    """What the ids of both sides of a movement begin with."""
    return entry.removesuffix(f":{PAYABLE}").removesuffix(f":{HELD}")


@dataclass(frozen=True, slots=True)
class OnStatement:
    """A line, another movement or the total, as a closed statement posted it.

    `line` is the id of the line, of the movement's entry (the payable one of two), or the number of the statement.
    `amount` is what it comes to: of a transfer what it does to what is payable, of a total what its period made
    payable. `held` is what of it that statement held.
    `kind` is `line`, `total` or the kind of the entry; `of` the line that a movement is of, if it is of one.
    """

    partner: str
    line: str
    closed: ClosedRow
    amount: Decimal
    held: Decimal
    kind: str = LINE
    of: str = ""

    @property
    def says(self) -> str:
        return row_words(self.kind, self.line)

    @property
    def is_transfer(self) -> bool:
        return is_transfer(self.kind, self.line)

    def has(self, entry: Entry[Decimal]) -> bool:
        """Whether an entry is part of it."""
        if self.kind == TOTAL:
            return entry.period.label == self.closed.period
        return self.line in (entry.line, entry.id)


def on_statement(session: Session, partner: str, named: str) -> OnStatement:
    """The closed statement on which a line or another movement first stands, or whose number is named: its total.

    A movement is named by its entry, or as the sheets print it. Raises Refused where no closed statement has it.
    """
    archive = closed_statements(session, partner)
    total = next((c for c in archive if c.number == named), None)
    if total is not None:
        return _total(session, total)
    rows = _posted(session, partner, named)
    sides = [r for r in rows if stem(r.entry) == stem(named)]
    if not rows:
        sides = _printed_as(session, partner, named)
        rows = [*sides, *(r for side in sides for r in _posted(session, partner, side.entry) if r.entry != side.entry)]
    if not rows:
        raise Refused(
            f"No closed statement of {partner} has a line {named}.",
            "Its name stands in the first column of the statement's sheets; a draft is not disputed. The number of a "
            "statement stands for its total.",
        )
    return _found(partner, named, sorted(rows, key=attrgetter("id")), sides, archive)


def _total(session: Session, closed: ClosedRow) -> OnStatement:
    """What the period of a statement made payable, whatever was paid in it."""
    entries = posted_entry.c
    rows = _selected(session, (entries.partner == closed.partner) & (entries.statement == closed.id))
    payable = major(sum(r.amount for r in rows if r.bucket == PAYABLE and not pays(r)), closed.currency)
    return OnStatement(closed.partner, closed.number, closed, payable, closed.held, TOTAL)


def _found(
    partner: str, named: str, rows: Sequence[Any], sides: Sequence[Any], archive: Iterable[ClosedRow]
) -> OnStatement:
    """A line where no entry is named, else the movement of both of its sides."""
    first = (sides or rows)[0]
    closed = next(c for c in archive if c.id == first.statement)
    own = sides or [r for r in rows if r.kind in EARNED] or rows[:1]
    amount = sum(r.amount for r in own)
    if sides and not amount:  # a transfer, which nets to zero
        amount = sum(r.amount for r in own if r.bucket == PAYABLE)
    held = sum(r.amount for r in rows if r.bucket == HELD and r.statement == first.statement)
    name = max(own, key=lambda r: r.bucket == PAYABLE).entry if sides else named
    amount, held = (major(value, first.currency) for value in (amount, held))
    return OnStatement(partner, name, closed, amount, held, first.kind if sides else LINE, first.line)


def _posted(session: Session, partner: str, named: str) -> list[Any]:
    """The posted entries of a line, or of the movement that the entry of that id is a side of, with their currency."""
    entries = posted_entry.c
    sides = [named, *(f"{stem(named)}:{bucket}" for bucket in (PAYABLE, HELD) if stem(named) != named)]
    return _selected(session, (entries.partner == partner) & ((entries.line == named) | entries.entry.in_(sides)))


def _printed_as(session: Session, partner: str, movement: str) -> list[Any]:
    """Both sides of a movement, such as a clawback, by the name that the sheets print; of several movements of one
    name the first that was posted.
    """
    entries = posted_entry.c
    printed = entries.entry == movement + ":" + entries.kind + ":" + entries.bucket
    typed = entries.entry == entries.kind + ":" + movement
    found = _selected(session, (entries.partner == partner) & (printed | typed))
    return [r for r in found if stem(r.entry) == stem(found[0].entry)]


def _selected(session: Session, wanted: Any) -> list[Any]:
    query = select(posted_entry, statement.c.currency).join(statement, posted_entry.c.statement == statement.c.id)
    return list(session.execute(query.where(wanted).order_by(posted_entry.c.id)))


def kinds_posted(session: Session, named: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """The kinds of those posted entries among (partner, name) pairs; lines and totals are none."""
    wanted = set(named)
    entries = posted_entry.c
    query = select(entries.partner, entries.entry, entries.kind).where(
        entries.partner.in_({partner for partner, _ in wanted}), entries.entry.in_({name for _, name in wanted})
    )
    return {(r.partner, r.entry): r.kind for r in session.execute(query)} if wanted else {}


def unpaid(session: Session, found: OnStatement, as_of: date) -> Decimal:
    """What of it is payable and not paid yet on a day: payments take what became payable first.

    A part that was released in a period that is over, or that runs, counts as well: the close of that period pays it.
    """
    outcome = evaluation(session, as_of).partners.get(found.partner)
    return ZERO if outcome is None else unpaid_of(outcome, found.has)
