"""What is still missing of what a dispute claims: corrections and earlier answers may have brought it meanwhile."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, TRUEUP, Entry, corrected_id
from partnerdesk.engine.period import statement_number
from partnerdesk.engine.settling.ledger import corrects_period
from partnerdesk.engine.settling.moved import SPARED, WAIVED
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.disputes import DisputeRow, adjustment_id, disputes
from partnerdesk.queries.statements.payable import pays
from partnerdesk.queries.statements.posted_rows import EARNED, LINE, TRANSFER_SAYS, stem

_EARNED_ENDS = tuple(f":{kind}:{PAYABLE}" for kind in EARNED)
_Entry: TypeAlias = "Entry[Decimal]"


@dataclass(frozen=True, slots=True)
class Missing:
    """What a dispute asks for beside what has come for it since; amounts in the dispute's currency.

    `asked` is what it claims beyond what was posted, None where it names no amount. `brought` is what came since: by
    corrections, on closed statements and on drafts, and by adjustments that name the same, such as an earlier answer;
    `statements` are those they stand on. `left` is what is still missing of `asked`, zero where that has come.
    """

    asked: Decimal | None
    brought: Decimal
    statements: tuple[str, ...]
    currency: str
    is_transfer: bool = False

    @property
    def left(self) -> Decimal | None:
        if self.asked is None:
            return None
        left = self.asked - self.brought
        return left if left * self.asked > ZERO else ZERO

    @property
    def is_met(self) -> bool:
        """Whether what is claimed has come already."""
        return bool(self.brought) and self.left == ZERO

    def words(self, amount: Callable[[Decimal], str] | None = None) -> str:
        """The same in a sentence, empty where nothing has come; `amount` writes a number with its currency."""
        if self.is_transfer:
            return TRANSFER_SAYS
        if not self.brought:
            return ""
        shown = amount or (lambda value: amount_words(value, self.currency))
        came = f"{shown(self.brought)} came for it since, on {' and '.join(self.statements)}"
        if self.left is None:
            return f"{came}; no amount is claimed."
        return f"{came}; {f'{shown(self.left)} of' if self.left else 'nothing of'} the claim is missing."


def missing(session: Session, row: DisputeRow, as_of: date) -> Missing:
    """What is missing of what a dispute claims as of a day."""
    asked = None if row.claimed is None or row.amount is None else row.claimed - row.amount
    outcome = evaluation(session, as_of).partners.get(row.partner)
    came = list(_came(session, row, outcome.entries, as_of)) if outcome and not row.is_transfer else []
    brought = sum((e.amount for e in came), ZERO)
    if row.is_total and not brought:  # only moved between held and payable, which is what a total is about
        came = [e for e in came if e.bucket == PAYABLE]
        brought = sum((e.amount for e in came), ZERO)
    on = tuple(dict.fromkeys(statement_number(e.period) for e in came if e.amount))
    return Missing(asked, brought, on, row.currency, row.is_transfer)


def _came(session: Session, row: DisputeRow, entries: Sequence[_Entry], as_of: date) -> Iterator[_Entry]:
    """The entries that brought something for what is disputed since its statement."""
    named = {f"adjustment:{id}" for id in _adjustments(session, row, as_of)}
    yield from (e for e in entries if corrected_id(e) in named)
    corrections = {e.id: e for e in entries if e.kind == TRUEUP and corrected_id(e) not in named}
    if row.is_total:
        closed = closed_statements(session, row.partner)
        yield from _of_period(corrections, next(c.period for c in closed if c.number == row.statement))
    elif row.kind == LINE:
        own = (e for e in corrections.values() if e.line == row.line)
        yield from (e for e in own if _corrected(e, corrections).reference.endswith(_EARNED_ENDS))
    else:
        yield from _of_movement(entries, corrections.values(), row.line)


def _of_period(corrections: dict[str, _Entry], period: str) -> Iterator[_Entry]:
    """Corrections of what a period posted, but for payments and for what disputes held in it."""
    for entry in corrections.values():
        is_own = corrects_period(_corrected(entry, corrections), period)
        if is_own and not pays(entry) and not entry.reference.startswith("dispute:"):
            yield entry


def _of_movement(entries: Iterable[_Entry], corrections: Iterable[_Entry], named: str) -> Iterator[_Entry]:
    """Corrections of a movement; of a correction those that came after it."""
    own = next((e for e in entries if e.id == named), None)
    about = stem(corrected_id(own)) if own else stem(named)
    for entry in corrections:
        is_later = own is None or entry.period.start > own.period.start
        if stem(entry.reference) == about and is_later:
            yield entry


def _corrected(entry: _Entry, corrections: dict[str, _Entry]) -> _Entry:
    """The correction that an entry is part of: what undoes a part of one, for it was lost before, follows that one."""
    return corrections.get(corrected_id(entry).removesuffix(SPARED).removesuffix(WAIVED), entry)


def _adjustments(session: Session, row: DisputeRow, as_of: date) -> Iterator[str]:
    """The adjustments that name the same, and the answers of other disputes of it."""
    found: Any
    for found in facts(session, kinds=("adjustment",)).of("adjustment"):
        is_named = found.partner == row.partner and bool(found.line) and found.line == row.line
        if is_named and found.id != adjustment_id(row.id):
            yield found.id
    if row.is_total:
        others = (other for other in disputes(session, as_of, row.partner) if other.line == row.line)
        yield from (adjustment_id(other.id) for other in others if other.id != row.id)
