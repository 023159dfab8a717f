"""The desk: reads and writes away from the window, results in it, nothing lost and nothing delivered twice."""

import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.settings import set_book_setting
from partnerdesk.queries.settings import book_settings
from partnerdesk.store import Store
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.jobs import Job, Jobs
from tests.cli.evaluating import PROGRAM

Settled = Callable[[Desk], None]


def slow_query(session: Session, answer: str, release: threading.Event) -> str:
    release.wait(5)
    return answer


def failing_op(session: Session) -> None:
    set_book_setting(session, "vendor", "Half done")
    raise Refused("This is not allowed.", "Ask first.")


def broken_op(session: Session) -> None:
    raise KeyError("a bug of ours")


def long_op(session: Session, progress: Any) -> int:
    set_book_setting(session, "vendor", "Half done")
    for step in range(1000):
        progress.step(step, 1000, f"row {step}")
        time.sleep(0.01)
    return 1000


def squares(numbers: list[int], progress: Any = None) -> list[int]:
    if progress is not None:
        progress.step(len(numbers), len(numbers), "all")
    return [n * n for n in numbers]


def sleeps(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def fails(text: str) -> None:
    raise Refused(text, "Try another.")


def test_a_write_comes_back_with_its_changes_and_can_be_read(desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    seen: list[Any] = []
    with qtbot.waitSignal(desk.changed) as signal:
        desk.run("Change currency", set_book_setting, "currency", "SEK", done=seen.append)
    assert signal.args is not None
    changes = signal.args[0]
    assert changes.label == "Change currency"
    assert "setting" in changes.tables
    assert desk.undo_label == "Change currency"
    desk.read(book_settings, done=lambda s: seen.append(s.currency))
    settled(desk)
    assert seen == [None, "SEK"]


def test_amounts_are_written_in_the_decimals_of_the_books_currency(desk: Desk, settled: Settled) -> None:
    formats = desk.formats
    for currency, words in (("KWD", "1.500"), ("JPY", "2"), ("EUR", "1.50")):
        desk.run("Set", set_book_setting, "currency", currency)
        settled(desk)
        assert formats is desk.formats and formats.accounting(Decimal("1.5")) == words


def test_amounts_of_a_program_in_another_currency_keep_their_decimals(desk: Desk, settled: Settled) -> None:
    """A book in euros whose program pays dinars; and one in yen whose program pays euros."""
    desk.run("Add", add_version, PROGRAM.replace('"EUR"', '"KWD"'), "dinars.toml")
    settled(desk)
    assert desk.formats.accounting(Decimal("1.125")) == "1.125"
    desk.undo()
    settled(desk)
    desk.run("Add", add_version, PROGRAM, "euros.toml")
    desk.run("Set", set_book_setting, "currency", "JPY")
    settled(desk)
    assert desk.formats.accounting(Decimal("1.12")) == "1.12"


def test_undo_and_redo_take_the_same_way(desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    found: list[str] = []
    desk.run("Change currency", set_book_setting, "currency", "SEK")
    settled(desk)
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert (desk.undo_label, desk.redo_label) == (None, "Change currency")
    desk.read(book_settings, done=lambda s: found.append(s.currency))
    settled(desk)
    with qtbot.waitSignal(desk.changed):
        desk.redo()
    desk.read(book_settings, done=lambda s: found.append(s.currency))
    settled(desk)
    assert found == ["EUR", "SEK"]


def test_callbacks_run_in_the_windows_thread(desk: Desk, settled: Settled) -> None:
    threads: list[threading.Thread] = []
    desk.read(book_settings, done=lambda _s: threads.append(threading.current_thread()))
    settled(desk)
    assert threads == [threading.main_thread()]


def test_a_newer_read_of_a_slot_drops_the_older_delivery(desk: Desk, settled: Settled) -> None:
    found: list[str] = []
    release = threading.Event()
    desk.read(slow_query, "old", release, done=found.append, slot="rows")
    desk.read(slow_query, "new", release, done=found.append, slot="rows")
    release.set()
    settled(desk)
    assert found == ["new"]


def test_a_dropped_slot_delivers_nothing(desk: Desk, settled: Settled) -> None:
    found: list[str] = []
    release = threading.Event()
    desk.read(slow_query, "late", release, done=found.append, slot="palette")
    desk.jobs.drop("palette")
    release.set()
    settled(desk)
    assert found == []


def test_reads_go_on_while_a_long_write_runs(desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    found: list[str] = []
    writing = desk.run("Import", long_op, progress=True)
    desk.read(book_settings, done=lambda s: found.append(s.vendor))
    qtbot.waitUntil(lambda: bool(found), timeout=3000)
    assert found == [""], "what is not committed is not seen"
    assert not writing.is_over
    writing.cancel()
    settled(desk)


def test_cancel_leaves_the_book_as_it_was(desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    done: list[int] = []
    failed: list[Exception] = []
    found: list[str] = []
    job = desk.run("Import", long_op, done=done.append, failed=failed.append, progress=True)
    qtbot.waitUntil(lambda: job.step_total == 1000)
    job.cancel()
    settled(desk)
    desk.read(book_settings, done=lambda s: found.append(s.vendor))
    settled(desk)
    assert (done, failed, found) == ([], [], [""])
    assert desk.undo_label is None


def test_a_refusal_is_handed_to_the_caller_and_changes_nothing(desk: Desk, settled: Settled) -> None:
    refused: list[Exception] = []
    found: list[str] = []
    desk.run("Try", failing_op, failed=refused.append)
    settled(desk)
    desk.read(book_settings, done=lambda s: found.append(s.vendor))
    settled(desk)
    assert [str(e) for e in refused] == ["This is not allowed. Ask first."]
    assert found == [""]


def test_a_failure_that_nobody_handles_is_told_with_its_label(
    desk: Desk, qtbot: QtBot, expected_log: list[str]
) -> None:
    expected_log.append("job.failed KeyError")
    with qtbot.waitSignal(desk.failed) as signal:
        desk.run("Break", broken_op)
    assert signal.args is not None
    assert isinstance(signal.args[0], KeyError)
    assert signal.args[1] == "Break"


def test_long_arithmetic_runs_in_another_process(desk: Desk, settled: Settled) -> None:
    found: list[list[int]] = []
    steps: list[tuple[int, int, str]] = []
    desk.compute(squares, [1, 2, 3], done=found.append, progress=lambda *step: steps.append(step))
    settled(desk)
    assert found == [[1, 4, 9]]
    assert steps == [(3, 3, "all")]


def test_a_computation_can_be_ended_and_the_next_one_runs(desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    found: list[Any] = []
    failed: list[Exception] = []
    job = desk.compute(sleeps, 60.0, done=found.append, failed=failed.append)
    qtbot.waitUntil(lambda: job.stop is not None, timeout=5000)
    job.cancel()
    settled(desk)
    assert (found, failed) == ([], [])
    desk.compute(squares, [4], done=found.append)
    settled(desk)
    assert found == [[16]]


def test_what_a_computation_raises_comes_back(desk: Desk, settled: Settled) -> None:
    failed: list[Exception] = []
    desk.compute(fails, "Too little data.", done=lambda _v: None, failed=failed.append)
    settled(desk)
    assert isinstance(failed[0], Refused)
    assert str(failed[0]) == "Too little data. Try another."


def test_a_missing_book_is_refused_and_none_is_open(empty_desk: Desk, tmp_path: Path, settled: Settled) -> None:
    refused: list[Exception] = []
    empty_desk.open(tmp_path / "nowhere.partnerdesk", failed=refused.append)
    settled(empty_desk)
    assert "There is no book" in str(refused[0])
    assert not empty_desk.is_open


def test_a_book_that_another_window_writes_is_opened_for_reading(
    empty_desk: Desk, book: Path, qtbot: QtBot, settled: Settled
) -> None:
    with Store.open(book, user="Bob"):
        with qtbot.waitSignal(empty_desk.opened):
            empty_desk.open(book)
        assert empty_desk.book is not None
        assert not empty_desk.book.is_writable
        found: list[str] = []
        empty_desk.read(book_settings, done=lambda s: found.append(s.currency))
        settled(empty_desk)
        assert found == ["EUR"]


def test_another_book_takes_the_place_of_the_first_which_is_let_go(
    desk: Desk, tmp_path: Path, qtbot: QtBot, settled: Settled, book: Path
) -> None:
    other = tmp_path / "Other.partnerdesk"
    with qtbot.waitSignal(desk.opened):
        desk.create(other, lambda path, user: Store.create(path, user=user), "Making a book")
    settled(desk)
    assert desk.path == other
    Store.open(book, user="Bob").close()  # not locked any more


def test_closing_during_a_read_waits_and_leaves_no_thread(empty_desk: Desk, book: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(empty_desk.opened):
        empty_desk.open(book)
    release = threading.Event()
    empty_desk.read(slow_query, "never shown", release, done=lambda _v: pytest.fail("delivered after closing"))
    release.set()
    empty_desk.close()
    Store.open(book, user="Bob").close()
    with pytest.raises(RuntimeError):
        empty_desk.jobs.start("reads", Job("late", lambda _job: None))


def test_progress_is_told_at_most_twenty_times_a_second(qtbot: QtBot) -> None:
    jobs = Jobs()
    told: list[int] = []

    def work(job: Job) -> None:
        for step in range(20_000):
            job.step(step, 20_000)

    jobs.start("work", Job("count", work, moved=lambda done, _total, _label: told.append(done)))
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=5000)
    jobs.close()
    assert len(told) < 200
    assert told == sorted(told)


def test_a_result_that_waits_while_the_window_closes_reaches_nobody(qtbot: QtBot) -> None:
    jobs, second = Jobs(), threading.Event()
    heard: list[int] = []
    jobs.start("work", Job("first", lambda job: 1, done=heard.append))
    jobs.start("work", Job("second", lambda job: second.set()))
    assert second.wait(5)  # so the first result is sent, and waits for the event loop
    jobs.close()
    QCoreApplication.processEvents()
    assert not heard and not jobs.running
