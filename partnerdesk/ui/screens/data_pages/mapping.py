"""The mapping of a file's columns to fields: what each became, its first value, how it was read, and the choice."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import LineLabel, literal, set_tip

if TYPE_CHECKING:
    from partnerdesk.intake.targets import Target
    from partnerdesk.ops.imports import ColumnRow, Preview

LEAVE_OUT = "Leave out"


class MappingTable(QWidget):
    """A row per column; another choice reads the file again."""

    def __init__(self, found: "Preview", choose: Callable[[str, str], object]) -> None:
        super().__init__()
        self._choose = choose
        self._fields = _fields(found)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(0)
        for column, stretch in ((0, 2), (1, 3), (2, 2), (3, 3)):
            grid.setColumnStretch(column, stretch)
        for at, head in enumerate(("Column in file", "Becomes", "First value", "How")):
            grid.addWidget(LineLabel(head, "header", "muted"), 0, at)
        grid.setRowMinimumHeight(0, theme().px(28))
        for n, row in enumerate(found.columns):
            line = 1 + 2 * n
            grid.addWidget(Hairline("line2"), line, 0, 1, 4)
            grid.setRowMinimumHeight(line + 1, theme().px(34))
            grid.addWidget(LineLabel(row.header or "(no header)", "name"), line + 1, 0)
            grid.addWidget(self._field(row), line + 1, 1)
            grid.addWidget(LineLabel(row.first, "body", "muted"), line + 1, 2)
            grid.addWidget(_how(row), line + 1, 3)

    def _field(self, row: "ColumnRow") -> QComboBox:
        box = _Box()
        box.setAccessibleName(f"{row.header} becomes")
        names = [says for _, says in self._fields]
        box.setModel(QStringListModel([LEAVE_OUT, *map(literal, names)], box))
        known = [name for name, _ in self._fields]
        if row.target in known:
            box.setCurrentIndex(1 + known.index(row.target))
        elif row.target:
            box.setModel(QStringListModel([LEAVE_OUT, *map(literal, names), literal(row.says)], box))
            box.setCurrentIndex(len(names) + 1)
        set_tip(box, row.says)
        box.activated.connect(lambda at, header=row.header: self._picked(header, at))
        return box

    def _picked(self, header: str, at: int) -> None:
        if at <= len(self._fields):
            self._choose(f"column:{header}", "" if at == 0 else self._fields[at - 1][0])


class _Box(QComboBox):
    """A choice that the wheel does not change by accident."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(10)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]


def _fields(found: "Preview") -> list[tuple[str, str]]:
    """The fields that a column of this file can become: those of the kinds in it."""
    from partnerdesk.intake.targets import said, targets

    kinds = {c.target.partition(".")[0] for c in found.columns if c.target} or {found.kind}
    fields = [t for kind in sorted(kinds) if kind for t in targets(kind).values()]
    names = [_name(t) if len(kinds) == 1 else f"{_name(t)} ({said(t.kind)})" for t in fields]
    return [(t.name, n if names.count(n) == 1 else t.says) for t, n in zip(fields, names, strict=True)]


def _name(target: "Target") -> str:
    """A field in a word or two: `Deal id`, `Kind`; what it may hold, which its description lists, is for the tip."""
    from partnerdesk.intake.targets import KEY, said

    if target.shape == KEY:
        return f"{said(target.kind).capitalize()} id"
    name = target.says.partition(";")[0].partition(":")[0]
    is_list = name[:1].islower() or ", " in name
    return target.field.replace("_", " ").capitalize() if is_list else name


def _how(row: "ColumnRow") -> Status:
    if not row.target:
        return Status("warn", row.how or "Not mapped", "small")
    words = row.how or row.state
    return Status("good", f"{words[:1].upper()}{words[1:]}", "small")
