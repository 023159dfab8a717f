"""Plain facts: a folder of CSV files, or one TOML or JSON file, straight into engine facts; for `evaluate`.

The columns are the field names of `engine.facts`; a column that no field is named like becomes a free attribute.
Everything that is wrong is listed at once, each with file, line and column. There are no limits of size here and
nothing is guessed: a person's own spreadsheets come in through the import, which shows what it understood.
`currency` is the program's, in which an amount stands that names none; `own` are the free attributes that its rules
read, of which nobody need be told.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partnerdesk.engine.facts import KINDS, MAP, REF, Attribute, Fact, Facts, Partner, attributes, plural
from partnerdesk.engine.facts.usual import USUAL
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.alike import Alike
from partnerdesk.intake.plain_cells import Unreadable, converter
from partnerdesk.intake.plain_tables import Table, Tables, nearest, read_tables, unfolded

# Kinds whose rows are known by their name where they carry no identifier; all others by their place in the file.
# Facts that count for the partner that they name, and for no other.
_COUNTED = ("deal", "contract", "transaction", "survey", "certification", "activity", "case")
_FEW = 500  # names among which the one that was meant is looked for
_NAMED = ("partner", "customer", "product", "person", "territory")


@dataclass
class PlainFacts:
    """Facts with what was wrong on the way; an error among the problems means that rows are missing."""

    facts: Facts
    problems: list[Problem] = field(default_factory=list)


def read_facts(path: Path, currency: str = "EUR", own: Collection[str] = ()) -> PlainFacts:
    """The facts of a folder or file with all problems. Raises Refused or Damaged where nothing can be read at all."""
    return _facts(read_tables(path), currency, own)


def facts_of(content: Mapping[str, Any], name: str, currency: str = "EUR", own: Collection[str] = ()) -> PlainFacts:
    """The facts of tables that stand in a text of another kind, such as a program's cases; `name` is its place."""
    return _facts(unfolded(content, name), currency, own)


def _facts(read: Tables, currency: str, own: Collection[str]) -> PlainFacts:
    problems = list(read.problems)
    notes: list[Problem] = []
    rows: dict[str, tuple[Any, ...]] = {}
    for table in read.tables:
        rows[table.kind] = tuple(_Reader(table, problems, notes, currency, own).rows())
    complete = {t.kind for t in read.tables if len(t.rows) == len(rows[t.kind])}
    _unknown_references(read.tables, rows, complete, problems)
    notes += (note for table in read.tables for note in _of_nobody(table.kind, rows))
    if "partner" not in rows:
        rows["partner"] = tuple(_partners_named(rows, currency))
    return PlainFacts(Facts(rows), problems + notes)


class _Reader:
    """Reads one table; problems and warnings go to the shared lists, a row with a problem is left out."""

    def __init__(
        self, table: Table, problems: list[Problem], notes: list[Problem], currency: str, own: Collection[str]
    ) -> None:
        self._table, self._currency, self._own = table, currency, own
        self._problems, self._notes = problems, notes
        self._alike = Alike(problems)
        self._is_whole = True  # whether the row that is read has no problem
        self._declared = {a.name: a for a in attributes(table.kind)}
        self._convert = {a.name: converter(a) for a in self._declared.values()}
        self._fields: dict[str, tuple[str, str]] = {}  # column -> (field, free attribute's name)
        self._told: set[tuple[str, Any]] = set()  # words that look like a slip of the pen, once told
        self._seen: dict[str, int] = {}

    def rows(self) -> Iterator[Fact]:
        for number, cells in self._table.rows:
            self._is_whole = True
            values = self._values(number, cells)
            self._complete(number, values)
            if self._is_whole:
                yield KINDS[self._table.kind](**values, source=self._table.source(number))
        self._alike.close()

    def _tell(self, number: int, column: str, message: str, remedy: str) -> None:
        """A problem of a cell; cells of a column that want the same remedy are wrong in one way."""
        self._is_whole = False
        problem = Problem(self._table.place(number, column), message, remedy)
        self._alike.tell((column, remedy), self._table.short(number), problem)

    def _values(self, number: int, cells: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        free: dict[str, str] = {}
        for column, cell in cells.items():
            if cell == "" or cell is None:
                continue
            name, own = self._field(column)
            if not name:
                continue
            try:
                read = self._convert[name]({own: cell} if own else cell)
            except Unreadable as error:
                self._tell(number, column, f"{error}.", error.remedy)
                continue
            if self._declared[name].kind == MAP:
                free |= read
            else:
                values[name] = read
                self._note_slip(number, column, name, read)
        return {**values, "attributes": free} if free else values

    def _note_slip(self, number: int, column: str, name: str, read: Any) -> None:
        """Warns of a word that is nearly one that is usual there: no rule would find it."""
        usual = USUAL.get((self._table.kind, name), ())
        if not usual or read in usual or (name, read) in self._told:
            return
        self._told.add((name, read))
        if slip := nearest(str(read).strip().lower(), usual):
            place, message = self._table.place(number, column), f"“{read}” is no usual {name} of a {self._table.kind}."
            self._notes.append(Problem(place, message, f"Did you mean {slip}?", warning=True))

    def _field(self, column: str) -> tuple[str, str]:
        """The field a column is named after, or `attributes` and a name; ("", "") after a reported slip of the pen."""
        if column not in self._fields:
            self._fields[column] = self._match(column)
        return self._fields[column]

    def _match(self, column: str) -> tuple[str, str]:
        plain = column.strip().lower().replace(" ", "_").replace("-", "_")
        if plain in self._declared:
            return plain, ""
        prefix, dot, own = column.partition(".")
        if dot and prefix.strip().lower() == "attributes" and own:
            return "attributes", own
        if column in self._own:
            return "attributes", column
        place = self._table.place(1, column) if self._table.is_text else f"{self._table.file}, key {column}"
        slip = nearest(plain, list(self._declared))
        if slip:
            remedy = f"Did you mean {slip}? An attribute of your own is written attributes.{column}."
            self._is_whole = False
            self._problems.append(Problem(place, f"{self._a_kind} has no field “{column}”.", remedy))
            return "", ""
        says = f"{self._a_kind} has no such field; rules find it as attributes.{column}."
        near = nearest(plain, sorted(self._own))
        remedy = f"The program reads attributes.{near}: did you mean that?" if near else ""
        self._notes.append(Problem(place, says, remedy, warning=True))
        return "attributes", column

    @property
    def _a_kind(self) -> str:
        return f"{'An' if self._table.kind[0] in 'aeio' else 'A'} {self._table.kind.replace('_', ' ')}"

    def _complete(self, number: int, values: dict[str, Any]) -> None:
        kind = self._table.kind
        if "id" not in values:
            values["id"] = values["name"] if kind in _NAMED and "name" in values else f"{kind} {number}"
        if kind in _NAMED and "name" in self._declared:
            values.setdefault("name", values["id"])
        if "currency" in self._declared:
            values.setdefault("currency", self._currency)
        for a in self._declared.values():
            if a.required and a.name not in values:
                self._tell(number, a.name, f"{self._a_kind} needs {a.name}.", "Fill it in.")
        first = self._seen.setdefault(values["id"], number)
        if first != number:
            message = f"The identifier “{values['id']}” stands in {self._table.place(first)} already."
            self._tell(number, "id", message, f"Give each {kind.replace('_', ' ')} an id of its own.")


def _unknown_references(
    tables: list[Table], rows: dict[str, tuple[Any, ...]], complete: set[str], problems: list[Problem]
) -> None:
    """References to a row that its table does not hold; a table that is missing or has problems is not asked."""
    known = {kind: {row.id for row in table} for kind, table in rows.items() if kind in complete}
    for table in tables:
        alike = Alike(problems)
        for a in attributes(table.kind):
            if a.kind == REF and a.to in known:
                _strangers(table, a, rows[table.kind], known[a.to], alike)
        alike.close()


def _strangers(table: Table, a: Attribute, rows: tuple[Any, ...], known: set[str], alike: Alike) -> None:
    for row in rows:
        value = getattr(row, a.name)
        if value is not None and value not in known:
            near = _meant(value, known)
            remedy = f"Did you mean {near}? Else add it" if near else "Add it"
            message, place = f"There is no {a.to} “{value}”.", table.place(row.source.row, a.name)
            alike.tell(
                (a.name, value), table.short(row.source.row), Problem(place, message, f"{remedy} to the {a.to} table.")
            )


def _meant(value: str, known: Collection[str]) -> str | None:
    """The row that may be meant by a name that is nearly its own; numbers of ids are no slips of each other."""
    names = {name.lower(): name for name in known if _digits(name) == _digits(value)} if len(known) <= _FEW else {}
    return names.get(nearest(value, sorted(names)) or "")


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _of_nobody(kind: str, rows: dict[str, tuple[Any, ...]]) -> Iterator[Problem]:
    """A warning where facts that count for their partner name none; of a deal, its credits may."""
    credited = {row.deal for row in rows.get("credit", ())}
    found = [row for row in rows[kind] if row.partner is None and row.id not in credited] if kind in _COUNTED else []
    if found:
        many, them = (f"{len(found)} {plural(kind)} name", "them") if len(found) > 1 else (f"The {kind} names", "it")
        message = f"{many} no partner: nobody is measured by {them} or earns on {them}."
        yield Problem(f"{found[0].source}, column partner", message, "Name the partner.", warning=True)


def _partners_named(rows: dict[str, tuple[Any, ...]], currency: str) -> Iterator[Partner]:
    """Where no partner table came along: every partner that another fact names, paid in the currency of its facts."""
    currencies: dict[str, str] = {}
    for table in rows.values():
        for row in table:
            partner = getattr(row, "partner", None)
            if partner is not None:
                currencies.setdefault(partner, getattr(row, "currency", ""))
    for partner, own in currencies.items():
        yield Partner(id=partner, name=partner, currency=own or currency)
