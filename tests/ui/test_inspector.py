"""The Why panel: names of parts keep their room beside a formula that is long."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.reports.format import Formats
from partnerdesk.ui.explanation import Explanation
from partnerdesk.ui.formula import FormulaRow
from partnerdesk.ui.inspector import Inspector
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label, LineLabel
from partnerdesk.ui.window.side_panel import WHY_WIDTH

LONG = FormulaRow("closing of August 2026", "17,796.85 + 2,155.50 + 10,777.50", "30,729.85")
PLAIN = FormulaRow("Transfer: holdback withheld", "", "0.00")
SHORT = FormulaRow("rate", "0.40 × 94.0", "37.60")


def test_a_long_formula_stands_below_and_no_name_is_cut(qtbot: QtBot) -> None:
    panel = Inspector(lambda: Formats("en_GB"))
    qtbot.addWidget(panel)
    panel.resize(theme().px(WHY_WIDTH), 700)
    panel.show_explanation(Explanation("x", "28,794.20", "EUR", "", "", rows=(LONG, PLAIN, SHORT)))
    panel.show()
    QApplication.processEvents()
    names = {one.text(): one for one in panel.findChildren(LineLabel)}
    for row in (LONG, PLAIN, SHORT):
        assert names[row.name].width() >= names[row.name].sizeHint().width(), row.name
    formulas = {one.text(): one for one in panel.findChildren(Label)}
    where = {
        row: formulas[row.formula].mapTo(panel, formulas[row.formula].rect().center()).y() for row in (LONG, SHORT)
    }
    assert where[LONG] > names[LONG.name].mapTo(panel, names[LONG.name].rect().bottomLeft()).y()
    assert abs(where[SHORT] - names[SHORT.name].mapTo(panel, names[SHORT.name].rect().center()).y()) < 4
