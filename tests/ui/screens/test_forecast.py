"""The forecast of a partner as a user meets it, and its record: kept when shown, scored when its months close."""

from datetime import date
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from partnerdesk import paths
from partnerdesk.errors import Refused
from partnerdesk.forecast.choices import words
from partnerdesk.forecast.counting import within
from partnerdesk.forecast.keeping import read_back
from partnerdesk.models.forecasts import kept_forecast
from partnerdesk.models.plans import action
from partnerdesk.ops.keeping import COMMAND, keep_forecast
from partnerdesk.queries.facts import fact
from partnerdesk.queries.forecast_record import forecast_record
from partnerdesk.queries.forecasts import ahead_of, drawn_of
from partnerdesk.queries.plan_ahead import plan_ahead
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.reports.format import Formats
from partnerdesk.ui.dialogs.draft_mail import DraftMailDialog
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.forecast import page as ahead
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_earnings import read


@pytest.fixture(autouse=True)
def _few_futures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "FUTURES", 12)


def drawn(stage: Stage) -> Any:
    """The page of P-04 once its futures are there; they are drawn in a process of their own."""
    stage.window.go(Place("partners", "P-04", "forecast"))
    stage.qtbot.waitUntil(lambda: getattr(stage.window.page.detail.page, "view", None) is not None, timeout=120_000)
    stage.quiet()
    return stage.window.page.detail.page


def kept(stage: Stage) -> list[Any]:
    return stage.desk._open_store().read(lambda session: list(session.execute(select(kept_forecast))))


def test_a_range_its_months_and_what_moves_it_are_those_of_the_futures(stage: Stage) -> None:
    tab = drawn(stage)
    store = stage.desk._open_store()
    (found,) = store.read(ahead_of, ["P-04"], stage.desk.today(), (12, 1), 6)
    assert tab.view.forecast == found
    assert stage.desk.formats.number(found.whole.earned.p50) in tab.tiles["median"].number.accessibleName()
    assert tab.chart._shown.rows[-1][3] == stage.desk.formats.number(found.months[-1].earned.p50, 2)
    assert [row[0] for row in tab.chart._shown.rows][:2] == ["May 2026", "June 2026"]
    moves = [read(words) for words in cells(tab.drivers, "moves")]
    assert moves == sorted(moves, key=abs, reverse=True)
    assert tab.months.table_model.rowCount() == 6
    paths = store.read(drawn_of, "P-04", stage.desk.today(), ((12, 1), 6)).earned
    assert [sum(path) for path in tab.view.paths] == [within(path, found.whole.period) for path in paths]
    assert tab.paths.words() == "12 sample paths" and not tab.chart._shown.data.paths
    tab.paths.click()
    assert tab.paths.words() == "Hide the paths" and len(tab.chart._shown.data.paths) == 12


def test_the_plan_and_the_next_tier_stand_beside_what_is_from_the_same_futures(stage: Stage) -> None:
    tab, store = drawn(stage), stage.desk._open_store()
    assert tab.plan.found is None
    tab.views._pick("plan", tab._viewed)
    stage.qtbot.waitUntil(lambda: tab.plan.found is not None, timeout=120_000)
    assert tab.plan.found == store.read(plan_ahead, "P-04", stage.desk.today(), (12, 1), 6)
    as_is = tab.plan.found.lines[0].earned[0]
    assert as_is == tab.view.forecast.whole.earned and cells(tab.plan, "says")[0] == "As is"
    (other,) = store.read(plan_ahead, "P-05", stage.desk.today(), (12, 1), 6).lines[1:]
    assert words(other.choice, stage.desk.formats.day).endswith("from 01 Jan 2027")


def test_a_forecast_that_is_shown_is_kept_once_and_is_no_step(stage: Stage) -> None:
    before, undo = kept(stage), stage.desk._open_store().undo_label
    tab = drawn(stage)
    tab.view = None
    tab.reload()
    stage.qtbot.waitUntil(lambda: tab.view is not None, timeout=120_000)
    stage.quiet()
    (row,) = kept(stage)[len(before) :]
    assert (row.partner, row.as_of, row.shown) == ("P-04", stage.desk.today(), "window")
    assert read_back(row.content).months == tab.view.forecast.months
    assert stage.desk._open_store().undo_label == undo


def test_what_was_said_cannot_be_changed_or_taken_back(stage: Stage) -> None:
    store = stage.desk._open_store()
    (found,) = store.read(ahead_of, ["P-02"], stage.desk.today(), (20, 1), 3)
    store.keep(keep_forecast, found, COMMAND, "2026-11-19T08:00:00Z")
    for write in (delete(kept_forecast), update(kept_forecast).values(content="{}")):
        with pytest.raises(Refused, match="stays as it was said"):
            store.keep(lambda session, write=write: session.execute(write))


def test_keeping_changes_nothing_that_history_watches(stage: Stage) -> None:
    store = stage.desk._open_store()
    values = {"partner": "P-01", "text": "x", "side": "vendor", "status": "open", "created": date(2026, 1, 1)}
    with pytest.raises(Exception, match=r"(?i)null|step"):
        store.keep(lambda session: session.execute(insert(action).values(**values)))


def test_months_that_closed_are_scored_by_what_they_brought(stage: Stage) -> None:
    store, then = stage.desk._open_store(), date(2026, 6, 30)
    made = store.read(ahead_of, ["P-01", "P-04"], then, (12, 1), 6)
    for found in made:
        store.keep(keep_forecast, found, COMMAND, "2026-07-01T08:00:00Z")
    record = store.read(forecast_record)
    assert (record.kept, record.since, record.closed) == (2, then, date(2026, 9, 30))
    assert record.whole is not None
    assert record.whole.count == 6, "July, August and September of two partners"
    assert [n for n, _ in record.ahead] == [1, 2, 3]
    own = store.read(forecast_record, "P-04")
    assert own.whole is not None
    came = {row.period: row.earned for row in store.read(closed_statements, "P-04")}
    off = [m.earned.mean - came[m.period.label] for m in made[1].months[:3]]
    assert own.whole.bias == sum(off, Decimal(0)) / 3, "held against what the statements say"


def test_the_range_goes_to_the_partner_by_mail(stage: Stage) -> None:
    tab, folder = drawn(stage), paths.folder("exports") / "mail"
    stage.window.commands.trigger("page.mail")
    stage.quiet()
    stage.dialog(DraftMailDialog).accept()
    stage.qtbot.waitUntil(lambda: bool([*folder.glob("*.eml")]), timeout=60_000)
    stage.quiet()
    (path,) = folder.glob("*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    language = stage.desk._open_store().read(fact, "partner", "P-04").language
    assert Formats(language or "en_GB").number(tab.view.forecast.whole.earned.p90) in mail.get_content()


def test_a_page_that_nothing_is_drawn_on_says_why(stage: Stage) -> None:
    tab = drawn(stage)
    tab._empty()
    assert tab._no_drivers().accessibleName().startswith("Nothing is drawn yet")
    for asked, is_told in ((("P-09", 6), False), (tab._asked, True)):
        tab._failed(asked, Refused("This book has no partner program yet.", "Add one under Program."))
        said = tab._nothing.accessibleName() if tab._nothing is not None else ""
        assert said.startswith("This book has no partner program yet.") is is_told
