"""Enablement, a sub-page of Progress: gaps above, below them people on pathways, certificates, or sessions."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.enablement import columns
from partnerdesk.ui.screens.partner.enablement.acts import EnablementActs
from partnerdesk.ui.screens.partner.progress.gap_lines import gap_line
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.view import CertificateRow, Enablement, SessionRow
    from partnerdesk.ui.screens.partner.tab import PartnerTab

PATHWAYS, CERTIFICATES, SESSIONS = "pathways", "certificates", "sessions"
PARTS = (("On pathways", PATHWAYS), ("Certificates", CERTIFICATES), ("Sessions", SESSIONS))


class EnablementPage(QWidget):
    """Fills the sub-page for the partner of its tab."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self.tab = tab
        self.view: Enablement | None = None
        self.acts = EnablementActs(tab, lambda: self.view)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(10), 0, 0)
        column.setSpacing(0)
        self._gaps = QVBoxLayout()
        self._gaps.setContentsMargins(px(24), 0, px(24), px(8))
        self._gaps.setSpacing(0)
        column.addLayout(self._gaps)
        column.addWidget(self._bar())
        self.stack = QStackedWidget()
        self.tables = {PATHWAYS: self._people(), CERTIFICATES: self._certificates(), SESSIONS: self._sessions()}
        for table in self.tables.values():
            table.setMinimumHeight(px(220))
            table.summed.connect(tab.shell.status)
            self.stack.addWidget(table)
        column.addWidget(self.stack, 1)

    def _bar(self) -> QWidget:
        bar, px = QWidget(), theme().px
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(4), px(24), px(8))
        row.setSpacing(px(12))
        self.parts = Segmented("Show", PARTS, self._choose, PATHWAYS)
        self.note = Label("", "small", "muted")
        row.addWidget(self.parts)
        row.addWidget(self.note)
        row.addStretch(1)
        row.addWidget(Button("Record certificate…", self.acts.record_certificate, inner=True))
        row.addWidget(Button("Log session…", self.acts.log_session, inner=True))
        return bar

    def _people(self) -> DataTable:
        table = self._table(PATHWAYS, columns.people(self.tab.formats), lambda r: r.key)
        says = "A pathway says which trainings and certificates build on each other. People appear with what they hold."
        table.set_empty(lambda: Empty("Nobody is on a pathway yet", says, ("Pathways", self.acts.open_pathways)))
        table.offer_menu(lambda row: [self._act("Create action for the next step", lambda: self.acts.plan_step(row))])
        return table

    def _certificates(self) -> DataTable:
        table = self._table(CERTIFICATES, columns.certificates(self.tab.formats), lambda r: r.held.fact)
        says = "Certificates come with a file (Data, Import), or one by one."
        act = ("Record certificate…", self.acts.record_certificate)
        table.set_empty(lambda: Empty("No certificate yet", says, act))
        table.offer_menu(self._certificate_menu)
        return table

    def _sessions(self) -> DataTable:
        table = self._table(SESSIONS, columns.sessions(self.tab.formats), lambda r: r.id, "two_lines")
        says = "Trainings and clinics come with a file of activities, or are logged here with who was there."
        table.set_empty(lambda: Empty("No session yet", says, ("Log session…", self.acts.log_session)))
        table.offer_menu(self._session_menu)
        table.opened.connect(self.acts.add_attendees)
        return table

    def _table(self, key: str, made: list[Any], row_key: Callable[[Any], Any], measure: str = "row") -> DataTable:
        says = next(words for words, part in PARTS if part == key)
        state = self.tab.shell.state
        return DataTable(f"enablement.{key}", made, key=row_key, state=state, says=says, measure=measure)

    # Reading

    def load(self) -> None:
        """Read for the tab's partner."""
        from partnerdesk.queries.enablement.view import enablement

        self.tab.read(enablement, self.tab.partner, self.tab.desk.today(), done=self._show, slot="enablement")

    def _show(self, found: "Enablement") -> None:
        self.view = found
        self._show_gaps()
        self.tables[PATHWAYS].set_rows(found.on_pathways)
        self.tables[CERTIFICATES].set_rows(found.certificates)
        self.tables[SESSIONS].set_rows(found.sessions)
        self._tell()

    def _show_gaps(self) -> None:
        assert self.view is not None
        while (item := self._gaps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        gaps = self.view.gaps
        note = "what the next tier, this tier and the stage ask for in certificates and sessions"
        self._gaps.addWidget(SectionTitle(plural(len(gaps), "gap"), note))
        if not gaps:
            self._gaps.addWidget(Label("Nothing is missing, and nothing runs out within 180 days.", "body", "muted"))
        acts = (("Create action", self.acts.plan_gap), ("Start playbook…", self.acts.start_playbook))
        for gap in gaps:
            self._gaps.addWidget(gap_line(gap, self.tab.formats, acts))

    def _choose(self, part: object) -> None:
        self.stack.setCurrentWidget(self.tables[str(part)])
        self._tell()

    def _tell(self) -> None:
        if self.view is None:
            return
        soon = self.view.soon
        words = {
            PATHWAYS: plural(len(self.view.ways), "pathway"),
            CERTIFICATES: f"{soon} end{'s' * (soon == 1)} within 90 days" if soon else "none ends within 90 days",
            SESSIONS: f"{len(self.view.sessions)} logged",
        }
        self.note.setText(words[str(self.parts.value())])

    # Menus

    def _certificate_menu(self, row: "CertificateRow") -> list[QAction | None]:
        renew = self._act("Create action to renew", lambda: self.acts.plan_renewal(row))
        return [renew, None, self._act("Remove certificate", lambda: self.acts.remove_certificate(row))]

    def _session_menu(self, row: "SessionRow") -> list[QAction | None]:
        return [
            self._act("Add people…", lambda: self.acts.add_attendees(row)),
            self._act("Result of one…", lambda: self.acts.set_result(row)),
            None,
            self._act("Remove session", lambda: self.acts.remove_session(row)),
        ]

    def _act(self, words: str, then: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.triggered.connect(lambda _on=False: then())
        return made
