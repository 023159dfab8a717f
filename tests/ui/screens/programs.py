"""The program screen as its tests use it: a draft, what is typed, a field."""

from typing import Any

from PySide6.QtCore import Qt

from partnerdesk.queries.drafts import Shelf, shelf
from partnerdesk.ui.screens.program_pages.drafting import READ_MS
from partnerdesk.ui.widgets.editors import PAUSE_MS, AutosaveLine
from partnerdesk.ui.widgets.entries import Entry, EntryList
from tests.ui.screens.conftest import Stage

CASE = """
[[example]]
says = "A deal of 10,000 <b>in</b> Registered & co"
as_of = 2026-03-31
covers = ["earning.anchor"]
expect = [{ figure = "earned", period = "2026-03", value = 800.00 }]

[example.facts]
partner = [{ id = "P1", name = "A partner" }]
deal = [{ id = "D1", partner = "P1", kind = "new", status = "won", amount = 10_000.00, closed = 2026-03-10 }]
"""


def rows(entries: EntryList) -> list[Entry]:
    return [entry for entry in entries.entries() if not entry.is_head]


def kept(stage: Stage) -> Shelf:
    assert stage.desk._store is not None
    return stage.desk._store.read(shelf, stage.desk.today())


def settle(stage: Stage) -> None:
    """What was typed is read, saved and worked out."""
    stage.qtbot.wait(max(READ_MS, PAUSE_MS) + 50)
    stage.quiet()
    stage.quiet()


def draft(stage: Stage) -> Any:
    """The page on a new draft of the version in force."""
    page = stage.go("program")
    stage.act("page.new")
    stage.quiet()
    return page


def typed(stage: Stage, page: Any, before: str, after: str) -> None:
    """Something is typed over in the text."""
    text = page.drafting.text
    assert before in text
    page.tabs.show_tab("text")
    page.text.editor.setPlainText(text.replace(before, after, 1))
    settle(stage)


def field(page: Any, name: str) -> AutosaveLine:
    found = [f for f in page.fields.findChildren(AutosaveLine) if f.accessibleName() == name]
    assert len(found) == 1, [f.accessibleName() for f in page.fields.findChildren(AutosaveLine)]
    return found[0]


def enter(stage: Stage, page: Any, name: str, words: str) -> None:
    """A field of the form is typed over and left with Enter."""
    page.tabs.show_tab("form")
    stage.qtbot.waitUntil(lambda: not page.fields._left)
    line = field(page, name)
    line.selectAll()
    stage.qtbot.keyClicks(line, words)
    stage.qtbot.keyClick(line, Qt.Key.Key_Return)
    stage.quiet()
    stage.quiet()
