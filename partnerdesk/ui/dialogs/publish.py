"""The confirmation of a publication: the money it would have moved, by partner, and the words of what changes."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.screens.program_pages.changes import change_entries, changes_list
from partnerdesk.ui.screens.program_pages.money import money_basis, money_table, money_words, show_money
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.text import Label
from partnerdesk.ui.widgets.wiring import calling

if TYPE_CHECKING:
    from partnerdesk.ops.programs.trials import Money
    from partnerdesk.program.diff import Change
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.state import State

WIDTH = 680


class PublishDialog(BaseDialog):
    """`then` runs after the verb was pressed; the keyboard starts on Cancel's side."""

    def __init__(
        self,
        parent: QWidget,
        version: str,
        from_day: str,
        money: "Money | None",
        changes: "Sequence[Change]",
        against: str,
        formats: "Formats",
        state: "State",
        then: Callable[[], object],
    ) -> None:
        super().__init__(parent, f"Publish {version} from {from_day}?", WIDTH)
        words = (
            f"From {from_day} on, figures follow version {version}. A published version never changes, and publishing "
            "cannot be undone."
        )
        self.body.addWidget(Label(words, "body", wrap=True))
        self._add_money(money, formats, state)
        self._add_changes(changes, against)
        self.verb = self.offer(f"Publish {version}")
        self.cancel.setFocus()  # Enter harms nothing
        self.accepted.connect(calling(then))

    def _add_money(self, money: "Money | None", formats: "Formats", state: "State") -> None:
        px = theme().px
        self.finding = Label("", "section", wrap=True)
        self.basis = Label("", "small", "muted", wrap=True)
        self.body.addSpacing(px(4))
        self.body.addWidget(self.finding)
        self.body.addWidget(self.basis)
        if money is None:
            self.finding.setText("No period to compare")
            self.basis.setText("No period is over yet, so no amount can be shown.")
            return
        self.finding.setText(money_words(formats, money))
        self.basis.setText(money_basis(formats, money))
        self.table = money_table(formats, state, "publish_money", wide=False)
        show_money(self.table, formats, money)
        rows = min(len(money.rows), 4) + 2
        self.table.setFixedHeight(theme().measure("figures_row") * rows + px(8))
        self.body.addWidget(self.table)

    def _add_changes(self, changes: "Sequence[Change]", against: str) -> None:
        self.body.addSpacing(theme().px(4))
        count = len(changes)
        note = f"against {against}" if against else ""
        if not count:
            self.body.addWidget(SectionTitle("No rule differs" if against else "The first version", note))
            return
        self.body.addWidget(SectionTitle(f"{count} rule{'s' if count > 1 else ''} changed", note))
        self.list = changes_list(0)
        self.list.set_entries(change_entries(changes))
        self.list.setFixedHeight(theme().px(190))
        self.body.addWidget(self.list)
