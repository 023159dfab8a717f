"""The tab Rules: every rule, tier and metric as a sentence in full; beside it how the chosen one is computed."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from partnerdesk.ui.screens.program_pages.study import word_marks
from partnerdesk.ui.widgets.beside import Beside
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.entries import Entry, EntryList
from partnerdesk.ui.widgets.section import Column, Pairs, SectionTitle
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ui.screens.program_pages.study import RuleRow, Study

SIDE = 288
CHANGES = {"new": ("info", "New"), "changed": ("info", "Changed")}


class RulesPage(QWidget):
    """`show_in_text` gets the key of a rule, `when` the words of the version and its first day."""

    def __init__(self, show_in_text: Callable[[str], object]) -> None:
        super().__init__()
        self._show_in_text = show_in_text
        self._rows: dict[str, RuleRow] = {}
        self._when: tuple[str, str] = ("", "")
        self._study: Study | None = None
        self._shown: object = None
        self._wanted = ""
        self.list = EntryList("Rules in words", lead=64)
        self.list.picked.connect(self._detail)
        self.list.opened.connect(self._detail)
        self.detail = Column(20, 4)
        unreadable = Empty(
            "The rules cannot be read yet",
            "They are put into words from the text; correct its problems first.",
            ("Show the problems", lambda: show_in_text("")),
            icon="scale",
        )
        whole = Beside(self.list, self.detail, SIDE)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(unreadable)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def show_study(self, study: "Study", version: str, from_day: str) -> None:
        """The rules of a text; put on the page when it is looked at."""
        self._study, self._when = study, (version, from_day)
        if self.isVisible():
            self._fill()

    def show_rule(self, key: str) -> None:
        """Choose a rule, now or once it is on the page."""
        self._wanted = key
        if self.isVisible():
            self._fill()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._fill()

    def _fill(self) -> None:
        study = self._study
        if study is None:
            return
        self.stack.setCurrentIndex(0 if study.program is not None else 1)
        if study.program is None:
            return
        self._rows = {row.key: row for row in study.rules}
        self.list.set_entries(_entries(study))
        if self._wanted in self._rows:
            self.list.show_key(self._wanted)
            self._wanted = ""
        if self.list.current() not in self._rows and study.rules:
            self.list.show_key(study.rules[0].key)
        self._detail(self.list.current())

    def _detail(self, key: str) -> None:
        rule = self._rows.get(key)
        if (rule, self._when) == self._shown:
            return
        self._shown = (rule, self._when)
        self.detail.clear()
        if rule is None:
            return
        self.detail.add(SectionTitle(rule.title, rule.reference))
        self.detail.add(Label(rule.sentence, "body", wrap=True, selectable=True))
        for title, words in (("How it is computed", rule.formula), ("Numbers", rule.parameters.replace("; ", "\n"))):
            if words:
                self.detail.add(SectionTitle(title), 12)
                self.detail.add(Label(words, "small", wrap=True, selectable=True))
        if rule.was:
            self.detail.add(SectionTitle("Before"), 12)
            self.detail.add(Label(rule.was, "small", "muted", wrap=True, selectable=True))
        self.detail.add(self._pairs(rule), 12)
        self.detail.add(link("Show in text", lambda: self._show_in_text(rule.key)), 8)

    def _pairs(self, rule: "RuleRow") -> Pairs:
        pairs = Pairs()
        for name, value in (
            ("Clause", rule.reference),
            ("Version", self._when[0]),
            ("In force from", self._when[1]),
            ("Key", rule.key),
        ):
            if value:
                pairs.add(name, value)
        return pairs


def _entries(study: "Study") -> Iterator[Entry]:
    group = ""
    for rule in study.rules:
        if rule.group != group:
            group = rule.group
            yield Entry(f"#{group}", group, is_head=True)
        kind, word = CHANGES.get(rule.change, ("", ""))
        marks = word_marks(rule.was.rpartition(" (")[0] or rule.was, rule.sentence)[1] if rule.was else ()
        yield Entry(rule.key, rule.title, rule.sentence, rule.parameters, rule.reference, kind, word, marks)
