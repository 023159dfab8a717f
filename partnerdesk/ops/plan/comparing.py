"""A returned workbook against the one that was sent, cell by cell: changes of open cells, new rows, and the rest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from partnerdesk.intake.cells import letter
from partnerdesk.intake.grid import Difference, Grid, differences, row_of
from partnerdesk.ops.plan.contents import Kept
from partnerdesk.ops.plan.layout import NEVER, Block, Field
from partnerdesk.ops.plan.reading import Read, as_shares, read_cell
from partnerdesk.ops.plan.sheets import is_open, row_name
from partnerdesk.reports.plan.sheets import HEAD
from partnerdesk.reports.symbols import Symbols

_TITLES = HEAD + 1  # the line of the column titles
_NEEDS = {"step": ("text", "week")}


@dataclass(frozen=True, slots=True)
class Issued:
    """A workbook as it was sent: its blocks, rows and cells, and whether the plan was locked then."""

    blocks: tuple[Block, ...]
    rows: Mapping[str, tuple[Kept, ...]]
    cells: Mapping[str, Grid]
    locked: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A field that came back otherwise; with `row` and `field` empty a new row, its fields as JSON in `theirs`."""

    block: str
    row: str
    field: str
    label: str
    base: str
    theirs: str
    place: str


@dataclass(slots=True)
class Compared:
    """What was found; every difference is either a change or listed."""

    changes: list[Change] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(dict.fromkeys(self.differing))


Flaws = Mapping[tuple[str, int, int], str]


def compared(issued: Issued, returned: Mapping[str, Grid], flaws: Flaws, known: Symbols) -> Compared:
    """All that differs between what was sent and what came back."""
    found = Compared()
    sent = [block for block in issued.blocks if block.sheet in issued.cells]
    for block in sent:
        if block.sheet not in returned:
            found.differing.append(Difference(block.sheet, "", "sheet", ""))
            continue
        _Sheet(block, issued, returned[block.sheet], flaws, known, found).compare()
    for name in returned:
        if name not in issued.cells:
            found.differing.append(Difference(name, "", "", "sheet"))
    return found


class _Sheet:
    """One block's sheet while it is compared."""

    def __init__(self, block: Block, issued: Issued, grid: Grid, flaws: Flaws, known: Symbols, found: Compared) -> None:
        self._block, self._issued, self._grid, self._flaws = block, issued, grid, flaws
        self._known, self._found = known, found
        self._was = issued.cells[block.sheet]
        self._rows = {row_name(block, row, n): row for n, row in enumerate(issued.rows[block.key], 1)}
        self._lines = {text: line for (line, column), text in self._was.items() if column == 0 and line > _TITLES}

    def compare(self) -> None:
        if self._block.key == "plan":
            self._upright()
            return
        seen: set[str] = set()
        self._head()
        for line in sorted({line for line, _ in self._grid if line > _TITLES}):
            name = self._grid.get((line, 0), "").strip()
            if name in self._rows and name not in seen:
                seen.add(name)
                self._known_row(name, line)
            elif not name and self._block.grows:
                self._new_row(line)
            else:
                self._strange(line)
        for name in self._rows:
            if name not in seen:
                words = f"row {name}, {self._label(self._rows[name])}"
                self._found.differing.append(Difference(self._block.sheet, "", words, ""))

    def _upright(self) -> None:
        """The front sheet: each field on a line of its own, which does not move."""
        (row,) = self._rows.values()
        last = _TITLES + len(self._block.fields)
        for line, of in enumerate(self._block.fields, _TITLES + 1):
            self._cell(row, of, (line, 2), (line, 2))
        open_places = {(line, 2) for line in range(_TITLES + 1, last + 1)}
        was = {place: text for place, text in self._was.items() if place not in open_places}
        now = {place: text for place, text in self._grid.items() if place not in open_places}
        self._found.differing += differences(self._block.sheet, was, now)

    def _known_row(self, name: str, line: int) -> None:
        row, own = self._rows[name], self._lines[name]
        for column, of in enumerate(self._block.fields, 1):
            self._cell(row, of, (own, column), (line, column))
        beyond = {(line, c): t for c, t in row_of(self._grid, line).items() if c > len(self._block.fields)}
        self._found.differing += differences(self._block.sheet, {}, beyond)

    def _cell(self, row: Kept, of: Field, own: tuple[int, int], place: tuple[int, int]) -> None:
        """One cell that is a field of a row: a change where it is open, else named where it differs."""
        sheet, name = self._block.sheet, f"{letter(place[1])}{place[0]}"
        if not is_open(self._issued.locked, row, of):
            was, now = self._was.get(own, ""), self._grid.get(place, "")
            if was != now:
                self._found.differing.append(Difference(sheet, name, was, now))
            return
        read, base = self._read(of, place), row.values[of.name]
        if read.problem:
            self._found.differing.append(Difference(sheet, name, base, read.problem))
        elif read.text != base:
            label = self._label(row)
            change = Change(self._block.key, row.key, of.name, label, base, read.text, f"{sheet}, {name}")
            self._found.changes.append(change)

    def _read(self, of: Field, place: tuple[int, int]) -> Read:
        flaw = self._flaws.get((self._block.sheet, *place))
        return Read("", flaw.rstrip(".")) if flaw else read_cell(of, self._grid.get(place, ""), self._known)

    def _new_row(self, line: int) -> None:
        """What was written into an empty line; one without its name, or with a cell that cannot be read, is named."""
        read = {of: self._read(of, (line, n)) for n, of in enumerate(self._block.fields, 1) if of.when != NEVER}
        given = as_shares(self._block, {of.name: found for of, found in read.items() if not found.problem})
        wrong = [(of, found.problem) for of, found in read.items() if found.problem]
        missing = [need for need in _NEEDS.get(self._block.key, (self._block.named,)) if need not in given]
        sheet = self._block.sheet
        if not wrong and not missing:
            label, place = given[self._block.named], f"{sheet}, row {line}"
            said = json.dumps(given, ensure_ascii=False, sort_keys=True)
            self._found.changes.append(Change(self._block.key, "", "", label.split("\n")[0][:120], "", said, place))
            return
        titles = {of.name: of.title for of in self._block.fields}
        problems = [f"{of.title}: {problem}" for of, problem in wrong] + [f"no {titles[name]}" for name in missing]
        words = ", ".join(given.values()) or "a line"
        self._found.differing.append(Difference(sheet, f"A{line}", "", f"{words} ({'; '.join(problems)})"))

    def _strange(self, line: int) -> None:
        """A row under a name that was not sent, or twice."""
        cells = {(line, column): text for column, text in row_of(self._grid, line).items()}
        self._found.differing += differences(self._block.sheet, {}, cells)

    def _head(self) -> None:
        """What stands above the rows."""
        was = {place: text for place, text in self._was.items() if place[0] <= _TITLES}
        now = {place: text for place, text in self._grid.items() if place[0] <= _TITLES}
        self._found.differing += differences(self._block.sheet, was, now)

    def _label(self, row: Kept) -> str:
        """What a row was called when it was sent."""
        return label_of(self._block, row)


def label_of(block: Block, row: Kept) -> str:
    """What a row is called: its name, of a cell of the whitespace customer and product."""
    if block.key == "cell":
        return f"{row.values['customer_name']}, {row.values['product_name']}"
    return row.values[block.named].split("\n")[0][:120] if block.named else ""
