"""Effect on figures: what an import would move, now, then and by how much, while its preview is looked at.

It is worked out away from the window on a copy that is forgotten; leaving the preview, another answer and *Stop* end
it.
"""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from partnerdesk.ops.imports.effect import TRUEUP
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.section import Hairline, SectionTitle
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Answer
    from partnerdesk.ops.imports.effect import Effect, Moved, PartnerEffect
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.jobs import Job
    from partnerdesk.ui.screens.base import Screen

TITLE, LABEL = "Effect on figures", "Working out what the import would move"

MOST = 4  # partners with rows of their own
AMOUNTS = 92  # px of a column
WORDS = {
    "tier": "Tier",
    "score": "Score",
    "earned": "Earned",
    "clawed_back": "Clawed back",
    "trueup": "True-up",
    "payable": "Payable",
    "held": "Held",
}
SUMMED = ("earned", "clawed_back", "trueup", "payable", "held")  # over all partners of a currency
NONE = "\N{EN DASH}"


class EffectPart(QWidget):
    """The section of a preview: it is begun once the file could be applied, and ended with `stop`."""

    def __init__(self, host: "Screen") -> None:
        super().__init__()
        self._host = host
        self._job: Job | None = None
        self._is_over = False
        self.table: EffectTable | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self.end = link("Stop", self._give_up)
        self.end.hide()
        self.title = SectionTitle(TITLE, "", self.end)
        self._column.addWidget(self.title)

    def say(self, words: str) -> None:
        """Say why nothing is worked out."""
        self.title.set(TITLE, words)

    def begin(self, path: Path, choices: "dict[str, str]", gone: "Answer") -> None:
        """Work it out, after the writes that are under way."""
        from partnerdesk.ui.exporting import effect_from, export_away

        self.title.set(TITLE, "being worked out")
        self.end.show()
        today = self._host.desk.today()
        export_away(
            self._host,
            LABEL,
            effect_from,
            path,
            choices,
            today,
            gone,
            done=self._show,
            failed=self._failed,
            started=self._began,
        )

    def stop(self) -> None:
        """End the work; what it still brings is not shown."""
        self._is_over = True
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _began(self, job: "Job") -> None:
        self._job = job
        if self._is_over:
            self.stop()

    def _give_up(self) -> None:
        self.stop()
        self.end.hide()
        self.title.set(TITLE, "not worked out")

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not self._is_over:
            self.end.hide()
            self.title.set(TITLE, "could not be worked out")
            self._column.addWidget(Label(str(error), "small", "bad", wrap=True))

    def _show(self, found: "Effect") -> None:
        self._job = None
        if self._is_over:
            return
        formats = self._host.desk.formats
        self.end.hide()
        self.title.set(TITLE, finding(found, formats))
        if any(one.moved for one in found.partners):
            self.table = EffectTable(found, formats)
            self._column.addWidget(self.table)
        if words := closed_words(found, formats):
            self._column.addWidget(Label(words, "small", "muted", wrap=True))
        for line in problem_words(found)[:MOST]:
            self._column.addWidget(Label(line, "small", "bad", wrap=True))


class EffectTable(QWidget):
    """A row per figure of the partners that move most, and of all of them together."""

    def __init__(self, found: "Effect", formats: "Formats") -> None:
        super().__init__()
        self._formats = formats
        self.rows: list[tuple[str, str, str, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._add("What changes", "Now", "Then", "Change", token="muted", role="small_strong")
        moving = [one for one in found.partners if one.moved]
        self._totals(moving)
        for one in moving[:MOST]:
            self._partner(one)
        if rest := len(moving) - MOST if len(moving) > MOST else 0:
            self._add(f"{rest} more partner{'s' if rest > 1 else ''}", "", "", "", token="muted")

    def _partner(self, one: "PartnerEffect") -> None:
        self._add(f"{one.name}, {one.currency}", "", "", "", role="small_strong")
        for moved in one.moved:
            self._row(moved.what, moved.now, moved.then)

    def _row(self, what: str, now: "str | Decimal | None", then: "str | Decimal | None") -> None:
        places = 1 if what == "score" else 2
        change = then - now if isinstance(now, Decimal) and isinstance(then, Decimal) else None
        self._add(WORDS[what], self._side(now, places), self._side(then, places), self._change(change, places))

    def _totals(self, partners: "Sequence[PartnerEffect]") -> None:
        """What all of a currency move together, where there are several."""
        for currency in sorted({one.currency for one in partners}):
            of = [one for one in partners if one.currency == currency]
            if len(of) > 1:
                self._add(f"All {len(of)} partners, {currency}", "", "", "", role="small_strong")
            for what in SUMMED if len(of) > 1 else ():
                having = [m for one in of for m in one.moved if m.what == what]
                if having:
                    now, then = (sum((_amount(m, side) for m in having), Decimal(0)) for side in ("now", "then"))
                    self._row(what, now, then)

    def _side(self, value: "str | Decimal | None", places: int) -> str:
        if isinstance(value, Decimal):
            return self._formats.accounting(value, places)
        return value or NONE

    def _change(self, value: Decimal | None, places: int) -> str:
        if value is None:
            return NONE
        return ("+" if value > 0 else "") + self._formats.number(value, places)

    def _add(self, *cells: str, token: str = "text", role: str = "small") -> None:
        what, now, then, change = cells
        self.rows.append((what, now, then, change))
        row = 2 * self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, theme().px(25))
        for column, text in enumerate(cells):
            align = brush.RIGHT if column else brush.LEFT
            cell = LineLabel(text, role, token, align)
            if not column and not any(cells[1:]):
                self._grid.addWidget(cell, row, 0, 1, 4, Qt.AlignmentFlag.AlignVCenter)
                break
            if column:
                cell.setFixedWidth(theme().px(AMOUNTS))
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(Hairline("line2"), row + 1, 0, 1, 4)


def _amount(moved: "Moved", side: str) -> Decimal:
    value = getattr(moved, side)
    return value if isinstance(value, Decimal) else Decimal(0)


def finding(found: "Effect", formats: "Formats") -> str:
    """What the section says beside its name."""
    if not found.evaluated:
        return "this book has no program yet"
    if not any(one.moved for one in found.partners):
        return "no figure moves"
    return f"periods open since {formats.day(found.since)}"


def closed_words(found: "Effect", formats: "Formats") -> str:
    """What becomes of closed periods: they stay, and true-ups say what is different."""
    corrected = [one for one in found.partners if one.corrected]
    if not corrected:
        return "Closed statements stay, without a true-up." if found.evaluated else ""
    labels = sorted({label for one in corrected for label in one.corrected})
    named = ", ".join(formats.label(label) for label in labels[-3:])
    more = f" and {len(labels) - 3} earlier" if len(labels) > 3 else ""
    who = f"{len(corrected)} partner{'s' if len(corrected) > 1 else ''}"
    return f"Closed statements stay; {who} would get true-ups of {named}{more}."


def true_up_words(found: "Effect", formats: "Formats") -> str:
    """How much the next statements would correct of closed ones, for the three partners with most."""
    changes = [(one, one.change(TRUEUP)) for one in found.partners if one.corrected]
    most = sorted(changes, key=lambda change: -abs(change[1]))[:3]
    told = [f"{one.name} {formats.change(change, one.currency)} {one.currency}" for one, change in most]
    return f"Their next statement corrects {', '.join(told)}{' and more' if len(changes) > len(most) else ''}."


def problem_words(found: "Effect") -> list[str]:
    """What would be wrong afterwards, a line a partner."""
    return [f"{one.name}: {one.problems[0]}" for one in found.partners if one.problems]
