"""The forecast of the whole book beside the list of partners: drawn in processes, kept, and cancelled as one job."""

import time
from typing import Any

import pytest
from sqlalchemy import func, select

from partnerdesk.models.forecasts import WHOLE_BOOK, kept_forecast
from partnerdesk.queries.book_forecasts import forecast_partners
from partnerdesk.ui.screens import partners_forecast
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.sharing_out import share_out
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_earnings import read


def doubled(factor: int, portion: int) -> int:
    return factor * portion


def never_done(_: int, portion: int) -> int:
    time.sleep(60)
    return portion


def kept(stage: Stage, partner: str) -> Any:
    query = select(func.count()).select_from(kept_forecast).where(kept_forecast.c.partner == partner)
    return stage.desk._open_store().read(lambda session: session.scalar(query))


def test_the_book_is_drawn_in_processes_shown_and_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partners_forecast, "FUTURES", 2)
    stage.window.go(Place("partners", tab="forecast"))
    page = stage.window.page.ahead
    stage.qtbot.waitUntil(lambda: page.found is not None, timeout=240_000)
    stage.quiet()
    partners = stage.desk._open_store().read(forecast_partners)
    assert page.movers.table_model.rowCount() == len(partners)
    moves = [read(words) for words in cells(page.movers, "moves")]
    assert moves == sorted(moves, reverse=True)
    whole = page.found.wholes[0]
    assert stage.desk.formats.number(whole.whole.earned.p50) in page.tiles["median"].number.accessibleName()
    assert page.months.table_model.rowCount() == len(whole.months) == partners_forecast.MONTHS
    assert (kept(stage, WHOLE_BOOK), kept(stage, partners[0])) == (1, 1)
    stage.window.go(Place("partners"))
    assert stage.window.page.is_list and stage.window.page.table.isVisible()


def test_a_piece_of_arithmetic_is_shared_out_and_cancelled_as_one(stage: Stage) -> None:
    found: list[int] = []
    failed: list[Exception] = []
    more = {"done": found.append, "failed": failed.append, "slot": "shares"}
    share_out(stage.desk, doubled, (2,), range(5), sum, label="Doubling", **more)
    stage.qtbot.waitUntil(lambda: bool(found), timeout=120_000)
    job = share_out(stage.desk, never_done, (2,), range(5), sum, label="Waiting", **more)
    stage.qtbot.waitUntil(lambda: stage.desk.processes._busy != set(), timeout=60_000)
    job.cancel()
    stage.qtbot.waitUntil(lambda: job.is_over, timeout=20_000)
    assert found == [20] and not failed
