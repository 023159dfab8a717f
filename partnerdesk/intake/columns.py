"""One table's columns for reading: distinct cells, located rejections, and cells that wait for an answer."""

from collections.abc import Collection, Mapping

from partnerdesk.intake.question import Findings, Option
from partnerdesk.intake.sheet import TEXT
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean


class Columns:
    """What the readers of texts, days and numbers share."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.table, self.findings = table, findings
        self._distinct: dict[int, set[str]] = {}

    @property
    def in_text_file(self) -> bool:
        """Whether all cells are texts, because the file is one."""
        return not self.table.sheet.kinds

    def distinct(self, column: int, kinds: str = "") -> set[str]:
        """The distinct texts of a column; in a workbook only those of cells of these kinds."""
        cells = self.table.columns[column]
        if self.in_text_file:
            if column not in self._distinct:
                self._distinct[column] = set(cells)
            return self._distinct[column] if not kinds or TEXT in kinds else set()
        if not kinds:
            return set(cells)
        return {c for c, k in zip(cells, self.kinds(column), strict=True) if k in kinds}

    def kinds(self, column: int) -> list[str]:
        """What each cell of a column of a workbook was."""
        of_rows = self.table.sheet.kinds
        return [of_rows[i][column] if column < len(of_rows[i]) else TEXT for i in self.table.indexes]

    def choice(self, which: str, column: int) -> str:
        """The user's choice for a column, or for all columns."""
        choices = self.findings.choices
        return choices.get(f"{which}:{self.table.headers[column]}") or choices.get(which, "")

    def reject_flaws(self, column: int) -> None:
        """The rows whose cell in this column the workbook itself could not tell."""
        flaws = self.table.sheet.flaws
        if not flaws:
            return
        places = {index: row for row, index in enumerate(self.table.indexes)}
        for (index, j), reason in flaws.items():
            if j == column and index in places:
                row = places[index]
                remedy = "Open the workbook, let it calculate, and save it; or type the value."
                self.findings.reject(row, self.table.place(row, column), reason, remedy)

    def reject(self, column: int, bad: Mapping[str, str], remedy: str) -> None:
        """The rows whose cell in this column is one of these, each with its reason."""
        if not bad:
            return
        flaws = self.table.sheet.flaws
        for row, cell in enumerate(self.table.columns[column]):
            if cell in bad and (self.table.indexes[row], column) not in flaws:
                self.findings.reject(row, self.table.place(row, column), bad[cell], remedy)

    def first(self, column: int, cells: Collection[str]) -> str:
        """The first cell of a column that is one of these, as it is shown."""
        return next((clean(c) for c in self.table.columns[column] if c in cells), "")

    def hold_back(
        self, key: str, asks: str, because: str, options: tuple[Option, ...], column: int, cells: Collection[str]
    ) -> None:
        """Ask once; until it is answered the rows that need the answer are not accepted."""
        rows = [i for i, c in enumerate(self.table.columns[column]) if c in cells]
        self.findings.ask(key, asks, because, options, len(rows))
        for row in rows:
            text = clean(self.table.columns[column][row])
            place = self.table.place(row, column)
            self.findings.reject(row, place, f"“{text}” can be read in two ways.", f"Answer the question: {asks}")
