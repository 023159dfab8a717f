"""Plain-facts files as tables: a folder of CSV files, or one TOML or JSON file, one table per kind of fact.

Knows file formats and where things stand in them; what a cell means is read in `plain`.
"""

import csv
import difflib
import io
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerdesk.engine.facts import KINDS, REF, Source, attributes
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Damaged, Refused

Row = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Table:
    """The rows of one kind: (line of the file, or number within its kind) and cells by column."""

    kind: str
    file: str
    rows: Sequence[Row]
    is_text: bool  # a CSV file: every cell is a text, an empty one is no value

    def place(self, row: int, column: str = "") -> str:
        """Where a user looks: "deal.csv line 18, column amount"."""
        where = f"{self.file}{' ' if self.is_text else ', '}{self.short(row)}"
        return f"{where}, {'column' if self.is_text else 'key'} {column}" if column else where

    def short(self, row: int) -> str:
        """A row within its table: "line 18", "deal 3"."""
        return f"line {row}" if self.is_text else f"{self.kind} {row}"

    def source(self, row: int) -> Source:
        return Source(file=self.file, sheet="" if self.is_text else self.kind, row=row)


@dataclass
class Tables:
    """All tables of the files with what was wrong with them."""

    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_tables(path: Path) -> Tables:
    """The tables of a folder or file. Raises Refused where there is nothing to read, Damaged where reading fails."""
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise Refused(f"There is no file or folder {path}.", "Check the name, then try again.")
    readers: dict[str, Callable[[str], Any]] = {".toml": _toml, ".json": _json}
    if path.suffix.lower() == ".csv":
        found = Tables()
        _csv_file(path, found)
        return found
    if path.suffix.lower() not in readers:
        raise Refused(f"{path} is neither a folder of CSV files nor a TOML or JSON file.", "Name one of these.")
    return _document(path, readers[path.suffix.lower()])


def kind_named(name: str) -> str | None:
    """The kind that a file or key names: `deal`, `Deals`, `deal-lines`, `Stage changes`; None for none."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    singular = [plain, plain.removesuffix("s"), plain.removesuffix("es"), f"{plain.removesuffix('ies')}y"]
    return next((candidate for candidate in singular if candidate in KINDS), None)


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that this one is probably a slip of."""
    return next(iter(difflib.get_close_matches(name.lower(), known, 1, 0.75)), None)


def _folder(path: Path) -> Tables:
    found = Tables()
    try:
        files = sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv" and p.is_file())
    except OSError as error:
        raise Damaged(f"The folder {path} cannot be read: {error.strerror}.") from None
    if not files:
        raise Refused(f"The folder {path} holds no CSV file.", "One file per kind of fact is read, such as deal.csv.")
    for file in files:
        _csv_file(file, found)
    return found


def _csv_file(path: Path, found: Tables) -> None:
    kind = kind_named(path.stem)
    if kind is None:
        found.problems.append(_unknown_kind(path.name, path.stem))
        return
    if any(t.kind == kind for t in found.tables):
        found.problems.append(Problem(path.name, f"There is a second file of the kind {kind}.", "Put them together."))
        return
    rows = list(_csv_rows(path, found.problems))
    found.tables.append(Table(kind, path.name, rows, is_text=True))


def _unknown_kind(place: str, name: str) -> Problem:
    """A slip of the pen is an error, since its facts would be missing; anything else is left alone, and said."""
    guess = nearest(name, [*KINDS, *(f"{k}s" for k in KINDS)])
    if guess:
        return Problem(place, f"“{name}” is no kind of fact.", f"Did you mean {guess}?")
    return Problem(place, f"“{name}” is no kind of fact and was not read.", warning=True)


def _csv_rows(path: Path, problems: list[Problem]) -> Iterator[Row]:
    text = _decoded(path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    header: list[str] = []
    try:
        for cells in lines:
            if not any(cells):
                continue
            if not header:
                header = [c.strip() for c in cells]
                problems += _bad_header(path.name, header)
            elif len(cells) != len(header):
                message = f"The line has {len(cells)} cells, the first line {len(header)}."
                problems.append(Problem(f"{path.name} line {lines.line_num}", message))
            else:
                yield lines.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        problems.append(Problem(f"{path.name} line {lines.line_num}", f"The line is not CSV: {error}."))
    if not header:
        problems.append(Problem(path.name, "The file is empty.", "Its first line names the columns."))


def _bad_header(file: str, header: list[str]) -> Iterator[Problem]:
    for column in {c for c in header if header.count(c) > 1}:
        yield Problem(
            f"{file} line 1", f"The column “{column}” stands there twice." if column else "Two columns have no name."
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}.") from None
    except OSError as error:
        raise Damaged(f"The file {path} cannot be read: {error.strerror}.") from None


def _decoded(path: Path) -> str:
    data = _bytes(path)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"{path.name} line {line} is not UTF-8.", "Save the file as UTF-8.") from None


def _toml(text: str) -> Any:
    return tomllib.loads(text, parse_float=Decimal)


def _json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=_no_constant)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number of a fact")


def _document(path: Path, parse: Callable[[str], Any]) -> Tables:
    text = _decoded(path)
    try:
        content = parse(text)
    except (ValueError, RecursionError) as error:  # tomllib and json both say line and column
        return Tables(problems=[Problem(path.name, f"The file cannot be read: {error}.")])
    if isinstance(content, dict) and list(content) == ["facts"]:
        content = content["facts"]
    if not isinstance(content, dict):
        return Tables(problems=[Problem(path.name, "The file is not a table of kinds.", 'Write {"deal": [...], ...}.')])
    return unfolded(content, path.name)


def unfolded(content: Mapping[str, Any], name: str) -> Tables:
    """The tables of a parsed document, one per kind of fact; `name` is what problems call it."""
    return _Unfolded(name).tables(content)


class _Unfolded:
    """Rows of a TOML or JSON file by kind; rows written inside others (`deal.credits`) become rows of their own."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows: dict[str, list[Row]] = {}
        self._problems: list[Problem] = []

    def tables(self, content: Mapping[str, Any]) -> Tables:
        for key, rows in content.items():
            kind = kind_named(key)
            if kind is None:
                self._problems.append(_unknown_kind(f"{self._file}, key {key}", key))
            else:
                self._add(kind, rows, {})
        tables = [Table(kind, self._file, rows, is_text=False) for kind, rows in self._rows.items()]
        return Tables(tables, self._problems)

    def _add(self, kind: str, rows: Any, given: Mapping[str, Any]) -> None:
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            self._problems.append(
                Problem(f"{self._file}, key {kind}", "This is not a list of tables.", f"Write [[{kind}]].")
            )
            return
        mine = self._rows.setdefault(kind, [])
        for row in rows:
            children = {key: owned for key in row if (owned := _owned(kind, key, row[key]))}
            mine.append((len(mine) + 1, {**given, **{k: v for k, v in row.items() if k not in children}}))
            for key, (child, reference) in children.items():
                self._add(child, row[key], {reference: row.get("id", f"{kind} {len(mine)}")})


def _owned(kind: str, key: str, value: Any) -> tuple[str, str] | None:
    """The kind of rows written inside a row of `kind`, and their field that points back to it."""
    child = kind_named(key) or kind_named(f"{kind}_{key}")
    if child is None or not isinstance(value, list):
        return None
    back = next((a.name for a in attributes(child) if a.kind == REF and a.to == kind), None)
    return (child, back) if back else None
