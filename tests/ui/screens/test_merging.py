"""Making one of two partners in the window: what moves is shown before, one undo takes it back."""

from typing import Any

from partnerdesk.queries.facts import facts
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.ui.dialogs.merge_partner import MergeDialog
from tests.ui.screens.conftest import Stage


def ids(stage: Stage) -> set[str]:
    return {p.id for p in stage.desk._open_store().read(facts).of("partner")}


def added(stage: Stage, name: str) -> str:
    """A new partner that is selected in the list."""
    before = ids(stage)
    page = stage.go("partners")
    page._add(name, "reseller", "DE")
    stage.quiet()
    (id,) = ids(stage) - before
    return id


def choose(stage: Stage, dialog: Any, into: str) -> None:
    dialog.into.show_value(into)
    dialog._chose(into)
    stage.quiet()


def test_a_partner_is_merged_from_its_row_and_undone(stage: Stage) -> None:
    id = added(stage, "A & B <b>x</b>")
    page = stage.go("partners")
    row = next(r for r in page.found.rows if r.id == id)
    next(a for a in page._menu(row) if a.text() == "Merge into another partner…").trigger()
    stage.quiet()
    dialog = stage.dialog(MergeDialog)
    assert not dialog.verb.isEnabled()
    into = dialog.into.itemData(1)
    choose(stage, dialog, into)
    assert dialog.verb.isEnabled() and "Nothing moves" in dialog.what.text()
    dialog.accept()
    stage.quiet()
    assert id not in ids(stage) and "A & B <b>x</b> is " in stage.toast()
    stage.desk.undo()
    stage.quiet()
    assert id in ids(stage)


def test_a_partner_with_closed_statements_is_not_offered(stage: Stage) -> None:
    id = added(stage, "Havsnes")
    closed = stage.desk._open_store().read(closed_statements)[0].partner
    stage.window.set_partner(closed, closed)
    stage.act("partner.merge")
    dialog = stage.dialog(MergeDialog)
    choose(stage, dialog, id)
    assert not dialog.verb.isEnabled() and "closed statements" in dialog.problem.text()
    dialog.accept()
    stage.quiet()
    assert {closed, id} <= ids(stage)
