"""Which part a column plays by what stands in it: names of ours, codes of currencies, marks of debit and credit.

A header may be in any language, or say nothing; a column in which most cells name our partners names the partner
whatever is written above it. What we call partners and lines is handed in: this module knows no book.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from partnerdesk.engine.currencies import CODES
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean
from partnerdesk.intake.values import meaning

_COMPARED = 200  # rows that are looked at
_MARKS = (
    *(
        ("dbit", "crdt"),
        ("d", "c"),
        ("dr", "cr"),
        ("out", "in"),
        ("af", "bij"),
        ("sent", "received"),
        ("s", "h"),
        ("soll", "haben"),
        ("debit", "credit"),
    ),
    *(("débit", "crédit"), ("débito", "crédito"), ("dare", "avere"), ("debet", "credit"), ("debet", "kredit")),
)
_STATUS = frozenset(
    ("status", "state", "paymentstatus", "payoutstatus", "zahlungsstatus", "statut", "estado", "stato", "betaalstatus")
)


@dataclass(frozen=True, slots=True)
class Ours:
    """What the book knows by name: whether a text names one of its partners, whether it calls a line, and whether a
    partner is named somewhere in it."""

    is_partner: Callable[[str], bool]
    is_line: Callable[[str], bool]
    speaks_of_partner: Callable[[str], bool] = lambda _text: False


NOBODY = Ours(lambda _text: False, lambda _text: False)


def with_content(found: Table, parts: Mapping[int, str], columns: Sequence[int], ours: Ours) -> dict[int, str]:
    """The parts with those that cells alone give away; `columns` are the ones that may play a part."""
    told = dict(parts)
    open_ = [c for c in columns if c not in told]
    _partner(found, told, [c for c in columns if told.get(c, "partner") == "partner"], ours)
    for c in open_:
        if c in told:
            continue
        cells = _cells(found, c)
        if _count(cells, ours.is_line) * 2 >= max(len(cells), 1) and not _counts(cells):
            told[c] = "reference"
        elif "partner" not in told.values() and any(map(ours.speaks_of_partner, cells)):
            told[c] = "reference"  # the text of a bank, which says whom it paid
        elif "currency" not in told.values() and cells and all(cell.upper() in CODES for cell in cells):
            told[c] = "currency"
        elif "direction" not in told.values() and marks(cells) is not None:
            told[c] = "direction"
    return told


def with_status(found: Table, parts: Mapping[int, str], phrases: Mapping[int, str]) -> dict[int, str]:
    """The parts with a column that says of each row whether it was paid: by all of its cells, or by its header."""
    for c, phrase in phrases.items():
        cells = _cells(found, c) if c not in parts else []
        known = _count(cells, lambda cell: meaning("payment_status", cell) != "")
        if cells and (known == len(cells) or (known and phrase in _STATUS)):
            return {**parts, c: "status"}
    return dict(parts)


def _partner(found: Table, told: dict[int, str], columns: Sequence[int], ours: Ours) -> None:
    """The column with the most names of partners takes the part, before one that only looks like it by its header."""
    named = {c: _count(cells := _cells(found, c), ours.is_partner) * 100 // max(len(cells), 1) for c in columns}
    best = max(named, key=lambda c: (named[c], c in told), default=None)
    if best is None or named[best] < 50 or told.get(best) == "partner":
        return
    for c in [c for c, part in told.items() if part == "partner"]:
        del told[c]
    told[best] = "partner"


def marks(cells: Sequence[str]) -> str | None:
    """The mark of the rows that were paid, in a column of nothing but marks of debit and credit; None elsewhere.

    A file of payouts pays more often than it takes back.
    """
    counts = Counter(map(folded_mark, cells))
    is_pair = len(counts) == 2 and any(set(counts) == set(pair) for pair in _MARKS)
    return usual_mark(cells) or None if is_pair else None


def folded_mark(cell: str) -> str:
    """A mark of debit or credit as marks are compared."""
    return cell.casefold().rstrip(".")


def usual_mark(cells: Sequence[str]) -> str:
    """The mark that most of the cells have; empty where no mark has more than another."""
    (first, most), *others = Counter(map(folded_mark, cells)).most_common() or [("", 0)]
    return first if all(most > fewer for _, fewer in others) else ""


def are_marks(cells: Sequence[str]) -> bool:
    """Whether cells are nothing but marks of debit and credit, of one language."""
    own = set(map(folded_mark, cells))
    return bool(own) and any(own <= set(pair) for pair in _MARKS)


def _cells(found: Table, column: int) -> list[str]:
    return [text for cell in found.columns[column][:_COMPARED] if (text := clean(cell))]


def _count(cells: Sequence[str], holds: Callable[[str], bool]) -> int:
    return sum(map(holds, cells))


def _counts(cells: Sequence[str]) -> bool:
    """Whether the cells only number the rows: 1, 2, 3."""
    return len(cells) > 1 and all(cell.rstrip(".") == str(n) for n, cell in enumerate(cells, 1))
