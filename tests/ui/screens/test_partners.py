"""Partners as a user meets it: the list, its order and filter, the brief beside it, and the way into a partner."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ui.dialogs.new_partner import NewPartnerDialog
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner_words import country_words, type_words
from partnerdesk.ui.screens.partners_columns import short_title
from partnerdesk.ui.widgets.text import LineLabel
from tests.ui.screens.conftest import Stage, cells

Key = Qt.Key
TABS = ["overview", "progress", "earnings", "plan", "history"]
PAGES = [*TABS, "changes"]


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("partners")


def texts(widget: Any) -> str:
    """Everything that a part of the page says."""
    labels = [w.text() for w in widget.findChildren(QLabel)] + [w.text() for w in widget.findChildren(LineLabel)]
    return "\n".join(labels)


def place(stage: Stage) -> Place:
    assert stage.window.page is not None
    return stage.window.page.place()


def test_all_partners_stand_there_by_name_and_fit_the_width(page: Any, stage: Stage) -> None:
    names = cells(page.table, "name")
    assert len(names) == 24
    assert names == sorted(names, key=str.casefold)
    assert page.rules.words() == "Rules v2026.2"
    assert page.filter._count.text() == "24 partners · EUR"
    assert page.table.horizontalScrollBar().maximum() == 0


def test_a_click_on_a_head_sorts_and_another_turns_it_round(page: Any, stage: Stage) -> None:
    at = page.table.table_model.column("score")
    page.table.sort_clicked(at)
    scores = [float(words) for words in cells(page.table, "score")]
    assert scores == sorted(scores)
    page.table.sort_clicked(at)
    assert [float(words) for words in cells(page.table, "score")] == scores[::-1]


def test_tiers_sort_by_rank_not_by_letter(page: Any) -> None:
    page.table.sort_clicked(page.table.table_model.column("tier"))
    order = list(dict.fromkeys(cells(page.table, "tier")))
    assert order == ["Registered", "Silver", "Gold", "Platinum"]


def test_the_filter_keeps_what_matches_and_clear_brings_all_back(page: Any, stage: Stage) -> None:
    stage.act("page.find")
    stage.qtbot.keyClicks(page.filter.field, "tesser")
    assert cells(page.table, "name") == ["Tesserin Cloud"]
    assert page.filter._count.text() == "1 of 24 partners · EUR"
    stage.qtbot.keyClick(page.filter.field, Key.Key_Escape)
    assert len(cells(page.table, "name")) == 24


def test_columns_wait_in_the_chooser(page: Any) -> None:
    model = page.table.table_model
    hidden = {c.key for at, c in enumerate(model.columns) if page.table.isColumnHidden(at)}
    assert {"contact", "owner", "country", "type", "year"} <= hidden
    at = model.column("country")
    page.table.show_column(at, True)
    assert not page.table.isColumnHidden(at)
    assert "Germany" in cells(page.table, "country")


def test_the_brief_follows_the_selection(page: Any, stage: Stage) -> None:
    page.table.select("P-01")
    stage.quiet()
    said = texts(stage.window.side)
    assert "Tesserin Cloud" in said
    assert "1.4 short of Gold" in said
    assert "Gates for Gold" in said
    assert "Certified people ≥ 4" in said
    page.table.select("P-04")
    stage.quiet()
    said = texts(stage.window.side)
    assert "Tesserin Cloud" not in said
    assert "The highest tier" in said


def test_the_status_bar_sums_the_selection(page: Any, stage: Stage) -> None:
    page.table.selectAll()
    assert stage.window.status_bar.middle.text().startswith("24 of 24 rows selected · Earned Q4 ")


def test_enter_opens_the_partner_and_back_returns_to_its_row(page: Any, stage: Stage, qtbot: QtBot) -> None:
    page.table.select("P-13")
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_Return)
    stage.quiet()
    assert place(stage) == Place("partners", "P-13", "overview")
    assert page.header.title.text() == "Brindlemoor Systems"
    assert stage.window.status_bar.middle.text() == "", "what was summed in the list is not said here"
    stage.act("view.back")
    assert place(stage) == Place("partners")
    assert page.table.current_row().id == "P-13"


def test_tabs_by_keyboard_go_around(page: Any, stage: Stage) -> None:
    stage.go("partners", "P-01")
    seen = [place(stage).tab]
    for _ in TABS:
        stage.act("partner.next_tab")
        seen.append(place(stage).tab)
    assert seen == [*TABS, "overview"]
    stage.act("partner.previous_tab")
    assert place(stage).tab == "history"


def test_what_changed_shares_the_tab_of_earnings(page: Any, stage: Stage) -> None:
    stage.go("partners", "P-01", "plan")
    stage.go("partners", "P-01", "changes")
    assert place(stage).tab == "changes"
    assert page.detail.tabs.current() == "earnings"
    page.detail.tabs.show_sub("earnings")
    stage.quiet()
    assert place(stage).tab == "earnings"
    page.detail.tabs.show_sub("changes")
    stage.quiet()
    assert place(stage).tab == "changes"


def test_space_on_a_score_says_why_in_the_list(page: Any, stage: Stage, qtbot: QtBot) -> None:
    model = page.table.table_model
    page.table.select("P-01", model.column("score"))
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_Space)
    stage.quiet()
    inspector = stage.window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    assert inspector.shown.title == cells(page.table, "score")[model.find("P-01")]


def test_a_new_partner_is_added_and_opened(page: Any, stage: Stage) -> None:
    stage.act("partner.new")
    dialog = stage.dialog(NewPartnerDialog)
    dialog.verb.click()
    assert dialog.problem.text() == "A partner needs a name."
    dialog.name.setText("R&D <Labs> =1+1")
    dialog.country.setText("NL")
    dialog.verb.click()
    stage.quiet()
    assert page.header.title.text() == "R&D <Labs> =1+1"
    assert page.header.note.text() == "Netherlands · Reseller"
    assert stage.toast() == "Partner added"
    for tab in PAGES:
        stage.go("partners", place(stage).item, tab)
        assert stage.says() == "", "a partner without facts shows every tab"


def test_a_partner_can_be_added_from_any_page(stage: Stage) -> None:
    stage.go("today")
    stage.act("partner.new")
    assert stage.dialog(NewPartnerDialog)


def test_an_empty_book_offers_what_comes_first(bare_stage: Stage) -> None:
    page = bare_stage.go("partners")
    assert "No partners yet" in texts(page.table)
    assert page.rules.words() == "No program yet"


def test_partners_without_a_program_stand_with_what_is_known(bare_stage: Stage) -> None:
    rows = [Partner(id=f"P{n}", name=f"Partner {n} {'with a very long name ' * 4}", country="SE") for n in range(3)]
    bare_stage.desk.run("Facts", add_rows, rows)
    bare_stage.quiet()
    page = bare_stage.go("partners")
    assert len(cells(page.table, "name")) == 3
    assert cells(page.table, "score") == cells(page.table, "earned") == ["", "", ""]
    said = {tab: texts(bare_stage.go("partners", "P1", tab).detail.page) for tab in PAGES}
    assert bare_stage.says() == ""
    assert all("This book has no partner program yet." in said[tab] for tab in ("progress", "earnings"))
    assert "No program is in this book yet, so there is no score." in said["overview"]


def test_a_column_is_named_by_the_telling_word() -> None:
    labels = ("Renewal rate", "Deployment quality", "Joint revenue growth", "Rate", "")
    assert [short_title(label) for label in labels] == ["Renewal", "Quality", "Growth", "Rate", ""]


def test_codes_in_words() -> None:
    assert [country_words(c) for c in ("DE", "Germany", "ZZ", "")] == ["Germany", "Germany", "ZZ", ""]
    assert [type_words(t) for t in ("msp", "guild")] == ["Managed service provider", "guild"]
