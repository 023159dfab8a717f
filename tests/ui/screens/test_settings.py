"""Settings as a user meets them: fields in one line, and a text size that is always named."""

from PySide6.QtCore import QPoint

from tests.ui.screens.conftest import Stage


def test_fields_of_all_sections_stand_under_each_other(stage: Stage) -> None:
    page = stage.go("settings")
    fields = (*page.efforts.values(), page.currency, page.vendor, page.numbers)
    assert len({field.mapTo(page, QPoint()).x() for field in fields}) == 1


def test_a_text_size_between_those_that_have_a_name_is_shown_too(stage: Stage) -> None:
    stage.go("settings")
    stage.act("zoom.in")
    assert stage.window.page.zoom.currentText() == "110%"
    stage.act("zoom.normal")
    assert stage.window.page.zoom.currentText() == "Normal"
    assert "110%" not in [stage.window.page.zoom.itemText(n) for n in range(stage.window.page.zoom.count())]
