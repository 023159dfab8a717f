"""Program: versions and drafts at the left; rules in words, text, form, changes and worked cases of the chosen one.

A draft is edited and saved as it is typed; publishing shows first what it would have moved. What the pages show of a
text is made in `program_pages.study` and kept in step by `program_pages.drafting`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.screens.program_pages import shelf as shelves
from partnerdesk.ui.screens.program_pages.acts import ProgramActs
from partnerdesk.ui.screens.program_pages.cases import CasesPage, standing
from partnerdesk.ui.screens.program_pages.changes import ChangesPage
from partnerdesk.ui.screens.program_pages.drafting import Drafting
from partnerdesk.ui.screens.program_pages.fields import FieldsPage
from partnerdesk.ui.screens.program_pages.guide import Guide
from partnerdesk.ui.screens.program_pages.publishing import Publishing
from partnerdesk.ui.screens.program_pages.rules import RulesPage
from partnerdesk.ui.screens.program_pages.text import TextPage
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.tabs import TabStrip

if TYPE_CHECKING:
    from partnerdesk.ops.programs.trials import CaseRow
    from partnerdesk.queries.drafts import Shelf
    from partnerdesk.ui.screens.program_pages.study import Study

TABS = (("Rules", "rules"), ("Text", "text"), ("Form", "form"), ("Changes", "changes"), ("Cases", "cases"))
SHELF, NARROW_SHELF = 252, 168
ROOMY = 900  # px of the design below which the shelf is narrow and the menu holds the lesser actions


class ProgramScreen(Screen):
    ID: ClassVar[str] = "program"
    TITLE: ClassVar[str] = "Program"
    READS = frozenset({"program_version", "program_draft", "statement"})

    def build(self) -> None:
        self.shelf: Shelf | None = None
        self.chosen = self.against = ""
        self._reasons: object = None
        self._standings: dict[str, shelves.Standing] = {}
        self.drafting, self.acts = Drafting(self), ProgramActs(self)
        self.drafting.studied.connect(self._studied)
        self.drafting.tried.connect(self._tried)
        self.publishing = Publishing(self)
        self.new = Button("New draft", self.publishing.new_draft, icon="plus", keys="Ctrl+N")
        self.compare = Button("Compare impact", self.publishing.compare, icon="scale")
        self.guide = Guide(self)
        self.pdf = Button("Guide PDF", self.guide.export, icon="file-down", keys="Ctrl+E")
        self.publish = Button("Publish…", self.publishing.ask, icon="lock", kind=PRIMARY)
        self.header.add(self.pdf, self.compare, self.new, self.publish)
        self.list = shelves.shelf_list()
        self.list.picked.connect(self._choose)
        self.list.customContextMenuRequested.connect(self.acts.menu)
        self.list.setContextMenuPolicy(self.list.contextMenuPolicy().CustomContextMenu)
        formats, state = self.desk.formats, self.shell.state
        self.rules = RulesPage(self.acts.show_in_text)
        self.text = TextPage(self.drafting.type, self.publishing.new_draft)
        self.fields = FieldsPage(formats, self.acts.change, self.acts.show_in_text)
        self.changes = ChangesPage(state, formats, self._compare_with, self.publishing.compare)
        self.cases = CasesPage(state, formats, self.acts.show_in_text, self.acts.follow)
        self.pages: dict[str, QWidget] = dict(
            zip((key for _, key in TABS), (self.rules, self.text, self.fields, self.changes, self.cases), strict=True)
        )
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs = TabStrip("Program", TABS, self._tab)
        self.inner = QStackedWidget()
        for page in self.pages.values():
            self.inner.addWidget(page)
        whole, right = QWidget(), QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.tabs)
        right.addWidget(self.inner, 1)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Hairline(upright=True))
        row.addLayout(right, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(shelves.no_program(self.publishing.new_draft, self.acts.choose_file))
        self.body.addWidget(self.stack)

    # Places and commands

    def show_place(self, place: Place) -> None:
        if place.tab:
            self.tabs.show_tab(place.tab)
        if place.sub:
            self.rules.show_rule(place.sub)
        if place.item and place.item != self.chosen:
            self.chosen, self.against = place.item, ""
            if self.shelf is not None:
                self._open()

    def place(self) -> Place:
        return Place(self.ID, self.chosen, self.tabs.current())

    def commands(self) -> dict[str, Callable[[], object]]:
        return {
            "page.new": self.publishing.new_draft,
            "page.edit": self.acts.edit,
            "page.export": self.guide.export,
            "page.preview": self.guide.preview,
            "program.add": self.acts.choose_file,
            "program.compare": self.publishing.compare,
            "program.publish": self.publishing.ask,
            "program.discard": self.publishing.discard,
            "edit.undo": lambda: self.acts.step(self.desk.undo),
            "edit.redo": lambda: self.acts.step(self.desk.redo),
            "partner.next_tab": lambda: self.tabs.step(1),
            "partner.previous_tab": lambda: self.tabs.step(-1),
            "tools.recompute": self.reload,
        }

    def reasons(self) -> dict[str, Callable[[], str]]:
        return {
            "page.export": self.guide.why_not,
            "program.compare": self.publishing.why_not_compare,
            "program.publish": self.publishing.why_not,
            "program.discard": lambda: "" if self.is_draft else "Choose a draft first",
        }

    def first_focus(self) -> QWidget | None:
        return self.list

    def accept_files(self, paths: Sequence[Path]) -> bool:
        programs = [path for path in paths if path.suffix.lower() == ".toml"]
        if programs:
            self.publishing.add_file(programs[0])
        return bool(programs)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.desk.is_open:
            self.drafting.save()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setFixedWidth(theme().px(SHELF if self._is_roomy() else NARROW_SHELF))
        self._show_buttons()

    def _show_buttons(self) -> None:
        """The lesser actions stand in the menu alone where there is no room for them."""
        known, roomy = self.stack.currentIndex() == 0, self._is_roomy()
        self.new.setVisible(known)
        self.publish.setVisible(known and self.is_draft)
        self.compare.setVisible(known and self.is_draft and roomy)
        self.pdf.setVisible(known and roomy)

    def _is_roomy(self) -> bool:
        return self.width() >= theme().px(ROOMY)

    # What is chosen

    @property
    def is_draft(self) -> bool:
        """Whether a draft is shown."""
        return self.drafting.item is not None and self.drafting.item.draft is not None

    @property
    def is_writable(self) -> bool:
        """Whether the book can be written."""
        return self.desk.book is not None and self.desk.book.is_writable

    def reload(self) -> None:
        from partnerdesk.queries.drafts import shelf

        self.read(shelf, self.desk.today(), done=self._show, slot="shelf")

    def _show(self, found: "Shelf") -> None:
        self.shelf = found
        known = shelves.items(found)
        self.stack.setCurrentIndex(0 if known else 1)
        self._show_buttons()
        if not known:
            self.header.set(self.TITLE)
            return
        if self.publishing.begun in known:
            self.chosen, self.publishing.begun = self.publishing.begun, ""
        if self.chosen not in known:
            current = found.in_force
            self.chosen = shelves.version_key(current.version) if current else next(iter(known))
        self._open()

    def _open(self) -> None:
        """Show the chosen text as it is kept."""
        assert self.shelf is not None
        known = shelves.items(self.shelf)
        item = known.get(self.chosen)
        if item is None:
            return
        if self.against not in known or self.against == self.chosen:
            self.against = shelves.usual_base(self.shelf, item.key)
        base = known.get(self.against)
        others = [(v.version, v.text) for v in self.shelf.versions]
        self.drafting.open(item, (base.name, base.text) if base else None, others)
        self._list_entries()
        self.text.show_text(self.drafting.text, self.is_draft and self.is_writable)
        self._show_actions()

    def _list_entries(self) -> None:
        if self.shelf is not None:
            self.list.set_entries(shelves.entries(self.shelf, self.desk.formats, self._standings))
            self.list.show_key(self.chosen)

    def _choose(self, key: str) -> None:
        if key and key != self.chosen:
            self.drafting.save()
            self.chosen, self.against = key, ""
            self.publishing.forget()
            self._open()
            self.shell.moved()

    def _compare_with(self, key: object) -> None:
        self.against = str(key)
        self._open()

    def _tab(self, key: str) -> None:
        self.inner.setCurrentWidget(self.pages[key])
        self.shell.moved()

    # What was found out

    def _studied(self, study: "Study") -> None:
        item = self.drafting.item
        if item is None or self.shelf is None:
            return
        writable = self.is_draft and self.is_writable
        day = study.program.effective_from if study.program else None
        self.text.show_study(study)
        self.rules.show_study(study, item.name, self.desk.formats.day(day) if day else "")
        self.fields.show_study(study, writable)
        others = [(other.name, key) for key, other in shelves.items(self.shelf).items() if key != item.key]
        self.changes.show_study(study, others, self.is_draft)
        self.cases.allow(writable)
        if not self.publishing.is_of(study.text):
            self.publishing.forget()
        self._show_actions()

    def _tried(self, cases: "tuple[CaseRow, ...] | None") -> None:
        study = self.drafting.study
        if cases is None:
            self.cases.show_running()
        elif study is not None:
            self.cases.show_cases(cases)
            self._standings[study.text] = standing(study.stops, cases)
            self._list_entries()
        self._show_actions()

    def _show_actions(self) -> None:
        item, study = self.drafting.item, self.drafting.study
        program = study.program if study else None
        self.header.set(self.TITLE, program.name if program else item.name if item else "")
        self._show_buttons()
        day = program.effective_from if program else None
        self.publish.set_text(f"Publish from {self.desk.formats.day(day)}…" if day else "Publish…")
        reason = self.publishing.why_not()
        self.publish.allow(reason)
        self.compare.allow(self.publishing.why_not_compare())
        self.pdf.allow(self.guide.why_not())
        self.new.allow("" if self.is_writable else "This book is open for reading only")
        if self.isVisible():
            self.shell.status(reason if self.is_draft else "")
        reasons = (reason, self.publishing.why_not_compare(), self.guide.why_not(), self.is_draft)
        if reasons != self._reasons:  # every command looks at itself anew
            self._reasons = reasons
            self.shell.commands.refresh()
