"""Columns of payments that no heading tells: whom a bank paid, in a name or in its text, and in which column or by
which mark it writes what went out.

What stands in the cells counts here: a column in which most cells name partners of the book is the partner whatever
heads it, and of a text that names them the words are read. Debit and credit are two sides of one account, and a bank
and a ledger call them the other way round: the side on which partners stand is what was paid.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from partnerdesk.intake.choices import NONE
from partnerdesk.intake.items import ITEM
from partnerdesk.intake.lexicon import ANY
from partnerdesk.intake.mapping import CHOSEN, TEXT, WORDS, Mapped, Use
from partnerdesk.intake.numeric import has_amounts, has_currencies, has_days, has_numbers
from partnerdesk.intake.official.content import are_marks, folded_mark
from partnerdesk.intake.official.headers import phrase
from partnerdesk.intake.official.parts import is_amount, sides, told_apart
from partnerdesk.intake.question import Findings, Option
from partnerdesk.intake.rows import Context
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean

PARTNER, AMOUNT, BACK, DIRECTION = "payment.partner", "payment.amount", "payment.back", "payment.direction"
DAY, CURRENCY = "payment.day", "payment.currency"
_COMPARED = 500  # rows that are looked at
_FIND = f"find:{AMOUNT}"


def with_bank_columns(found: Table, columns: Mapped, context: Context, findings: Findings) -> Mapped:
    """The mapping of payments with the columns that their cells give away; what a person chose stays as it is."""
    if columns.kind != "payment":
        return columns
    columns = _partner(found, columns, context)
    columns = _only(found, columns, DAY, has_days)
    columns = _only(found, columns, CURRENCY, has_currencies)
    columns = _sides(found, columns, context, findings)
    if not columns.given & {"amount", "gross"}:
        columns = _only(found, columns, AMOUNT, _may_be_paid)
    return _direction(found, columns)


def free(found: Table, columns: Mapped) -> list[int]:
    """The columns that became nothing, or merely a free attribute by their heading."""
    uses = {u.column: u for u in columns.uses}
    return [c for c in range(len(found.headers)) if found.words[c] and _is_free(uses.get(c))]


def named_by_items(found: Table, columns: Mapped, context: Context) -> bool:
    """Whether the items that payments settle say whose they are, where no column is their partner."""
    item = columns.column_of(ITEM)
    is_alone = columns.kind == "payment" and item >= 0 and not columns.given & {"partner"}
    return is_alone and _share(found, item, context.payee_in) > 0


def may_be(found: Table, column: int, name: str) -> bool:
    """Whether the cells of a column can be what is missing of a payment."""
    if name == PARTNER:
        return not (has_numbers(found, column) or has_days(found, column) or has_currencies(found, column))
    return (has_days if name == DAY else has_numbers)(found, column)


def _is_free(use: Use | None) -> bool:
    return use is None or (use.how == WORDS and ".attributes." in use.target)


def _partner(found: Table, columns: Mapped, context: Context) -> Mapped:
    """By whole names where most cells are one, before a column that only its heading makes the partner; else by the
    text in which the most names stand."""
    now = next((u for u in columns.uses if u.target == PARTNER), None)
    if now is not None and _share(found, now.column, context.payee) >= 50:
        return columns
    if now is not None and now.how != WORDS:
        is_text = now.how == CHOSEN and not now.reading and _share(found, now.column, context.payee_in) > 0
        return _with(columns, replace(now, by=TEXT)) if is_text else columns
    open_ = [c for c in free(found, columns) if may_be(found, c, PARTNER)]
    best = max(open_, key=lambda c: _share(found, c, context.payee), default=-1)
    if best >= 0 and (whole := _share(found, best, context.payee)) >= 50:
        by = TEXT if _share(found, best, context.payee_in) > whole else ANY
        return _with(columns, Use(best, PARTNER, by, "", WORDS), now)
    if now is not None:
        return columns
    best = max(open_, key=lambda c: _share(found, c, context.payee_in), default=-1)
    if best >= 0 and _share(found, best, context.payee_in) > 0:
        return _with(columns, Use(best, PARTNER, TEXT, "", WORDS))
    return columns


def _share(found: Table, column: int, names: Callable[[str], str]) -> int:
    """How many of a hundred cells name a partner, rounded up."""
    cells = [text for cell in found.columns[column][:_COMPARED] if (text := clean(cell))]
    return -(-sum(1 for cell in cells if names(cell)) * 100 // max(len(cells), 1))


def _only(found: Table, columns: Mapped, name: str, holds: Callable[[Table, int], bool]) -> Mapped:
    """The only column that can be what is missing."""
    if columns.column_of(name) >= 0:
        return columns
    fitting = [c for c in free(found, columns) if holds(found, c)]
    return _with(columns, Use(fitting[0], name, how=WORDS)) if len(fitting) == 1 else columns


def _may_be_paid(found: Table, column: int) -> bool:
    return has_amounts(found, column) and not told_apart(found.headers[column])


def _sides(found: Table, columns: Mapped, context: Context, findings: Findings) -> Mapped:
    """Debit and credit: the one on which partners stand was paid, and the other one came back."""
    pair = sides(found, {c: phrase(h) for c, h in enumerate(found.headers) if found.words[c]})
    if not pair or columns.column_of(BACK) >= 0:
        return columns
    amount = columns.column_of(AMOUNT)
    if amount in pair:
        (other,) = set(pair) - {amount}
        return _with(columns, Use(other, BACK, how=WORDS)) if other in free(found, columns) else columns
    if columns.given & {"amount", "gross"} or findings.choices.get(_FIND) == NONE:
        return columns
    filled = {c: {i for i, cell in enumerate(found.columns[c]) if is_amount(cell)} for c in pair}
    named = _named(found, columns, context)
    debit, credit = sorted(pair, key=lambda c: (-len(filled[c] & named), -len(filled[c])))
    if len(filled[debit] & named) == len(filled[credit] & named):
        options = tuple(Option(found.headers[c], found.headers[c]) for c in pair)
        findings.ask(_FIND, "Which column is what you paid?", "It is one side of an account.", options, found.count)
        return columns
    findings.note(f"“{found.headers[debit]}” is what was paid, “{found.headers[credit]}” what came back.")
    return _with(_with(columns, Use(debit, AMOUNT, how=WORDS)), Use(credit, BACK, how=WORDS))


def _named(found: Table, columns: Mapped, context: Context) -> set[int]:
    """The rows that name a partner of the book; all of them where none does."""
    column = columns.column_of(PARTNER)
    cells = found.columns[column] if column >= 0 else ()
    named = {i for i, cell in enumerate(cells) if (text := clean(cell)) and context.payee_in(text)}
    return named or set(range(found.count))


def _direction(found: Table, columns: Mapped) -> Mapped:
    """A column of nothing but marks of debit and credit."""
    if columns.column_of(DIRECTION) >= 0 or columns.column_of(BACK) >= 0:
        return columns
    cells = {c: [text for cell in found.columns[c] if (text := clean(cell))] for c in free(found, columns)}
    fitting = [c for c, own in cells.items() if are_marks(own) and len(set(map(folded_mark, own))) == 2]
    return _with(columns, Use(fitting[0], DIRECTION, how=WORDS)) if len(fitting) == 1 else columns


def _with(columns: Mapped, use: Use, instead: Use | None = None) -> Mapped:
    others: Sequence[Use] = [u for u in columns.uses if u.column != use.column and u is not instead]
    return replace(columns, uses=tuple(sorted((*others, use), key=lambda u: u.column)))
