"""What a reader hands on: the cells of one table as text, where they stood, and how the text came about.

Cells are kept exactly as they were read; cleaning and conversion come later, so that the source row of a fact shows
what the file says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# What a cell of a workbook was; a text file has texts only, and `Sheet.kinds` is then empty. Numbers that are shown
# with a currency have further kinds, see `shown`.
TEXT, NUMBER, PERCENT, DAY, FLAW = "s", "n", "p", "d", "x"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    `lines` are the line numbers (text) or row numbers (workbook) of `rows`, starting at one. `kinds` holds one string
    per row with one character per cell. `flaws` are cells that cannot be read, by (index of the row, index of the
    column); `hidden` are indexes of rows; `merged` are (first line, first column, last line, last column), columns as
    indexes; `broken` are whole records that cannot be read, as (line, reason).
    """

    file: str
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    name: str = ""
    others: tuple[str, ...] = ()
    sha256: str = ""
    encoding: str = ""
    is_encoding_certain: bool = True
    encodings: tuple[tuple[str, str], ...] = ()  # others that fit as well, each with a word as it would read
    delimiter: str = ""
    is_1904: bool = False
    kinds: Sequence[str] = ()
    flaws: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    broken: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_workbook(self) -> bool:
        return bool(self.kinds) or not self.encoding

    def place(self, line: int, column: str = "") -> str:
        """Where a user looks: "q3.csv line 18, column Amount"."""
        where = f"{self.file} sheet {self.name} row {line}" if self.name else f"{self.file} line {line}"
        return f"{where}, column {column}" if column else where
