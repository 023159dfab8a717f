"""The tab Changes: every rule that differs from another version, in words; below it the money that would have moved."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.program_pages.money import money_basis, money_table, money_words, show_money
from partnerdesk.ui.screens.program_pages.study import word_marks
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.chip import Chip
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.entries import Entry, EntryList
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.text import LineLabel

if TYPE_CHECKING:
    from partnerdesk.ops.programs.trials import Money
    from partnerdesk.program.diff import Change
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.program_pages.study import Study
    from partnerdesk.ui.state import State

WORDS = {"new": ("info", "New"), "gone": ("blocked", "Gone"), "changed": ("info", "Changed")}
IMPACT = 252


class ChangesPage(QWidget):
    """`choose` gets the key of what to compare with, `compare` is asked for the money."""

    def __init__(
        self,
        state: "State",
        formats: "Formats",
        choose: Callable[[object], object],
        compare: Callable[[], object],
    ) -> None:
        super().__init__()
        self._formats, self._choose = formats, choose
        px = theme().px
        bar = QHBoxLayout()
        bar.setContentsMargins(px(24), px(8), px(24), px(8))
        bar.setSpacing(px(12))
        self.against = Chip("", "scale", says="Compared with", then=lambda: None)
        self.note = LineLabel("", "small", "muted")
        bar.addWidget(self.against)
        bar.addWidget(self.note, 1)
        self.list = changes_list()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self._empty: QWidget | None = None
        self._study: tuple[Study, bool] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        column.addWidget(self._impact(state, compare))

    def _impact(self, state: "State", compare: Callable[[], object]) -> QWidget:
        self.impact, px = QWidget(), theme().px
        self.finding = SectionTitle("Impact", "", link("Compare impact", compare))
        self.basis = LineLabel("", "small", "muted")
        self.table = money_table(self._formats, state, "program_money", wide=True)
        column = QVBoxLayout(self.impact)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(4))
        inset = QHBoxLayout()
        inset.setContentsMargins(px(24), 0, px(24), 0)
        inset.addWidget(self.finding)
        column.addLayout(inset)
        lower = QHBoxLayout()
        lower.setContentsMargins(px(24), 0, px(24), 0)
        lower.addWidget(self.basis)
        column.addLayout(lower)
        column.addWidget(self.table, 1)
        return self.impact

    def show_study(self, study: "Study", choices: Sequence[tuple[str, object]], is_draft: bool) -> None:
        """What differs; `choices` are what it can be compared with."""
        self._study = study, bool(choices)
        self.impact.setVisible(is_draft)
        self.against.setVisible(bool(choices))
        self.against.offer(choices, self._choose)
        self.against.set_text(f"Against {study.against}" if study.against else "Choose a version")
        count = len(study.changes)
        self.note.set_text(f"{count} rule{'s' if count != 1 else ''} changed" if study.program and count else "")
        if self.isVisible():
            self._fill()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._fill()

    def _fill(self) -> None:
        if self._study is not None:
            self.list.set_entries(change_entries(self._study[0].changes))
            self._show_empty(*self._study)

    def _show_empty(self, study: "Study", has_others: bool) -> None:
        if self._empty is not None:
            self.stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if study.changes:
            return
        if study.program is None:
            made = Empty("Changes are told once the text can be read", "Correct its problems first.", icon="scale")
        elif not has_others:
            made = Empty("Nothing to compare with", "This is the only version of the program.", icon="scale")
        else:
            made = Empty("No rule differs", f"The rules are those of {study.against}, word for word.", icon="scale")
        self._empty = made
        self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)

    def show_money(self, money: "Money | None") -> None:
        """The comparison; None takes an older one away."""
        self.table.setVisible(money is not None)
        self.impact.setFixedHeight(theme().px(IMPACT if money is not None else 64))
        if money is None:
            self.finding.set("Impact")
            self.basis.set_text("What this draft would have paid in the last closed period, by partner")
            return
        self.finding.set(money_words(self._formats, money))
        self.basis.set_text(money_basis(self._formats, money))
        show_money(self.table, self._formats, money)


def changes_list(margin: int = 24) -> EntryList:
    """A list for `change_entries`."""
    return EntryList("Changed rules", margin=margin)


def change_entries(changes: "Sequence[Change]") -> Iterator[Entry]:
    """Each change with its words before and after; what went and what came is tinted."""
    for change in changes:
        kind, word = WORDS[change.what]
        went, came = word_marks(change.before, change.after)
        if change.what == "changed":
            before = tuple(type(m)(m.start + len("Was: "), m.length, m.token) for m in went)
            note = f"Was: {change.before}"
            yield Entry(change.key, change.title, change.after, note, "", kind, word, came, before)
        else:
            yield Entry(change.key, change.title, change.after or change.before, "", "", kind, word)
