"""A table with four rows that stands open."""

import pytest
from pytestqt.qtbot import QtBot

from partnerdesk.ui.state import State
from partnerdesk.ui.table.view import DataTable
from tests.ui.table.rows import ROWS, columns


@pytest.fixture
def table(qtbot: QtBot, state: State) -> DataTable:
    made = DataTable("test", columns(), key=lambda row: row.id, state=state, says="Partners")
    made.set_rows(ROWS)
    made.resize(900, 400)
    qtbot.addWidget(made)
    made.show()
    return made
