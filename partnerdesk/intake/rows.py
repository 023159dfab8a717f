"""Rows of one kind while they take shape, and the finished part of a draft.

Columns are lists by field. A row that is rejected keeps its place until the end, so that columns stay in step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear
from partnerdesk.intake.question import Findings
from partnerdesk.intake.table import Table


def _nobody(_text: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the book says about files that do not say it themselves."""

    currency: str = "EUR"
    year: FiscalYear = CALENDAR_YEAR  # what a fiscal year is
    says_currency: bool = False  # whether the origin of the file tells its currency; the book's is only assumed
    asks_units: bool = False  # whether whole amounts may be hundredths, as billing systems write them
    items: frozenset[str] = frozenset()  # the numbers of the items of payment runs
    payee: Callable[[str], str] = _nobody  # the partner that a text is the name of
    payee_in: Callable[[str], str] = _nobody  # the partner whose name, or whose item, stands in a text


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names a row of another kind (or of `account`); `by` says by what: key, name, employee, email, any.

    `names` gives the name that the file has beside a text of the column.
    """

    to: str
    by: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """Finished rows of one kind in stored form. `rows` are the rows of the table they come from.

    `defaults` hold for new rows only. A derived part was summed from the lines of the same file.
    """

    kind: str
    rows: Sequence[int]
    keys: Sequence[str]
    fields: Mapping[str, Sequence[Any]]
    references: Mapping[str, Reference]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    is_derived: bool = False
    assumed: Sequence[bool] = ()  # rows whose currency nothing in the file says; empty where all is said


@dataclass(slots=True)
class Rows:
    """Columns of one kind by field, with what is needed to say where a cell stands."""

    kind: str
    table: Table
    findings: Findings
    context: Context
    rows: Sequence[int]
    fields: dict[str, list[Any]] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    exact_key: bool = True

    @property
    def count(self) -> int:
        return len(self.rows)

    def get(self, name: str, default: Any = None) -> list[Any]:
        """A column, or the default in every row."""
        found = self.fields.get(name)
        return found if found is not None else [default] * self.count

    def take(self, name: str, default: Any = None) -> list[Any]:
        """A column that is used up here."""
        found = self.get(name, default)
        self.fields.pop(name, None)
        return found

    def has(self, *names: str) -> bool:
        return any(name in self.fields for name in names)

    def reject(self, i: int, message: str, remedy: str = "", name: str = "") -> None:
        """Row `i` of these rows cannot come in; `name` is the field whose cell shows it."""
        row = self.rows[i]
        self.findings.reject(row, self.table.place(row, self.columns.get(name)), message, remedy)

    def ignore(self, i: int, reason: str) -> None:
        self.findings.ignore(self.rows[i], reason)

    def each(self, name: str, change: Callable[[Any], Any]) -> None:
        """A column changed through its distinct values."""
        column = self.fields[name]
        changed = {value: change(value) for value in set(column)}
        self.fields[name] = [changed[value] for value in column]

    def header(self, name: str) -> str:
        """How the file calls a field, or the field's own name."""
        column = self.columns.get(name)
        return name if column is None else self.table.headers[column]
