"""Rows of a plain file that the book seems to have from another source already: brought in again, both would count.

The same identifier with one more thing in common, or for a booking its kind, number and day with the amount or the
contract. Whether such a row is another one is a question; left out, nothing of the book is touched. Where it is the
same one, the file corrects it: the row of the book takes the file's values and stays the row of its own source.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import attributes, plural
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.intake.choices import CORRECT, LEAVE, TAKE, TWICE
from partnerdesk.intake.question import Option, Question
from partnerdesk.ops.imports.borrowed import Asked
from partnerdesk.ops.imports.comparing import Difference, correct
from partnerdesk.ops.imports.known import PLACED, Known
from partnerdesk.ops.imports.rawsql import fetched_in
from partnerdesk.ops.imports.returning import take_out
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.rows.facts import TYPED
from partnerdesk.ops.vanishing.describing import Place, described
from partnerdesk.reports.gone import as_read

_FEW = 5  # rows that the question names
_TELLING = ("number", "day", "created", "closed", "start", "amount", "contract", "name", "title")
_BOOKED = ("kind", "number", "day")


def same_rows(session: Session, known: Known, differences: Sequence[Difference]) -> dict[Place, str]:
    """By kind and the file's own key the rows of the book that new rows are the same as, where a person says so.

    Raises Refused where several rows of the file would correct one row of the book.
    """
    found: dict[Place, str] = {}
    for d in differences:
        found |= {(d.part.kind, d.part.keys[i]): twin for i, twin in _twins(session, known, d).items()}
    taken: set[Place] = set()
    for (kind, _), twin in found.items():
        if (kind, twin) in taken:
            told = _told(session, [(kind, twin)])
            raise Refused(f"Several rows of this file look like {told}.", "Leave them out, or correct it in the book.")
        taken.add((kind, twin))
    return found


def corrected(session: Session, file: str, differences: Sequence[Difference], same: Mapping[Place, str]) -> Asked:
    """Makes corrections of the new rows that are rows of the book, and says which."""
    for d in differences:
        correct(session, d, [i for i in d.new if (d.part.kind, d.part.keys[i]) in same], differences)
    told = _told(session, [(kind, twin) for (kind, _), twin in same.items()])
    verb = "takes its values" if len(same) == 1 else "take their values"
    return Asked((), (Problem(file, f"{_counted(same)} of the book {verb} from this file: {told}.", warning=True),))


def doubled(
    session: Session, known: Known, file: str, differences: Sequence[Difference], choices: Mapping[str, str]
) -> Asked:
    """Finds them among the new rows, and takes those out that are left to the book."""
    twins: dict[Place, str] = {}
    for d in differences:
        twins |= {(d.part.kind, d.ids[i]): twin for i, twin in _twins(session, known, d).items()}
    if not twins:
        return Asked()
    answer = choices.get(TWICE, "")
    if answer == LEAVE:
        take_out(differences, twins)
    told = f"{_told(session, [(kind, twin) for (kind, _), twin in twins.items()])}."
    if answer not in (LEAVE, TAKE):
        return Asked((_question(twins, told),))
    does = "left to the book" if answer == LEAVE else "brought in beside those of the book"
    sentence = f"{_counted(twins)} {'is' if len(twins) == 1 else 'are'} {does}: {told}"
    return Asked((), (Problem(file, sentence, warning=True),))


def _twins(session: Session, known: Known, d: Difference) -> dict[int, str]:
    """The rows of the book that new rows look like, by index of the part."""
    if not known.shares_ids:
        return {}
    kind, part = d.part.kind, d.part
    taken = known.kind(kind).taken
    by_id = {i: part.keys[i] for i in d.new if taken.get(part.keys[i], known.system) != known.system}
    names = tuple(a.name for a in attributes(kind) if a.name in _TELLING and a.name in part.fields)
    rows = {row[0]: row[1:] for row in _held(session, kind, "id", names, by_id.values())} if by_id else {}
    found = {i: id for i, id in by_id.items() if kind in PLACED or _agree(part.fields, names, i, rows.get(id, ()))}
    return found | _booked(session, known, d) if kind == "transaction" else found


def _booked(session: Session, known: Known, d: Difference) -> dict[int, str]:
    """Bookings of another source with the same kind, number and day, and the amount or the contract in common."""
    fields = d.part.fields
    if not set(_BOOKED) <= fields.keys():
        return {}
    names = tuple(name for name in ("amount", "contract") if name in fields)
    numbers = {fields["number"][i] for i in d.new} - {None, ""}
    held: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in _held(session, "transaction", "number", ("id", "system", *_BOOKED, *names), numbers):
        if row[2] not in (known.system, TYPED):  # of those typed by hand `by_hand` warns
            held[row[3:6]].append((row[1], *row[6:]))
    return {
        i: id
        for i in d.new
        for id, *values in held.get(tuple(fields[name][i] for name in _BOOKED), ())
        if _agree(fields, names, i, values)
    }


def _held(session: Session, kind: str, by: str, names: Sequence[str], wanted: Any) -> Iterator[tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in (by, *names))
    return iter(fetched_in(session, f'SELECT {columns} FROM "{kind}" WHERE "{by}" IN ({{}})', (), list(wanted)))


def _agree(fields: Mapping[str, Sequence[Any]], names: Sequence[str], i: int, values: Sequence[Any]) -> bool:
    """Whether a row of the file and one of the book have something in common that tells rows apart."""
    return any(value not in (None, "") and fields[name][i] == value for name, value in zip(names, values, strict=False))


def _question(twins: Mapping[Place, str], told: str) -> Question:
    one = len(twins) == 1
    asks = f"{_counted(twins)} of this file {'looks like one' if one else 'look like some'} that the book has already."
    because = f"{told} Brought in beside it, both would count."
    options = (
        Option(LEAVE, "Leave it out" if one else "Leave them out"),
        Option(CORRECT, "It is the same: take its values" if one else "They are the same: take their values"),
        Option(TAKE, "It is another one, bring it in" if one else "They are others, bring them in"),
    )
    return Question(TWICE, asks, because, options, len(twins))


def _told(session: Session, places: Sequence[Place]) -> str:
    shown = described(session, list(dict.fromkeys(places))[:_FEW])
    more = f"; and {len(places) - _FEW:,} more" if len(places) > _FEW else ""
    return "; ".join(f"{as_read(row.says)} (from {row.source or row.system})" for row in shown) + more


def _counted(twins: Mapping[Place, str]) -> str:
    kinds = {kind for kind, _ in twins}
    if len(kinds) > 1:
        return f"{len(twins):,} rows"
    (kind,) = kinds
    return f"1 {named(kind)}" if len(twins) == 1 else f"{len(twins):,} {plural(kind)}"
