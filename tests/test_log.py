"""The log: codes and numbers, and no way for the user's data to get in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk import log
from partnerdesk.store import Store
from tests.store import steps

SECRET = "Geheim GmbH 4711"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    log.start(tmp_path)
    yield tmp_path / "partnerdesk.log"
    log.stop()


def fail(secret: str) -> None:
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"{secret} is wrong") from error


def test_an_event_is_a_code_and_numbers(written: Path) -> None:
    log.event("book.opened", version=1, seconds=0.25, step=None)
    (line,) = written.read_text(encoding="ascii").splitlines()
    moment, process, level, *rest = line.split(" ")
    assert moment.endswith("Z") and process == str(os.getpid()) and level == "INFO"
    assert rest == ["book.opened", "version=1", "seconds=0.25", "step=None"]


@pytest.mark.parametrize("value", [SECRET, b"x", Path("/home/ann"), ["x"]])
def test_nothing_but_numbers_can_be_noted(written: Path, value: object) -> None:
    with pytest.raises(TypeError, match="takes numbers"):
        log.event("book.opened", name=value)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="begins with a code"):
        log.event(f"opened {SECRET}")
    assert written.read_text(encoding="ascii") == ""


def test_a_failure_tells_types_and_places_and_no_message(written: Path, expected_log: list[str]) -> None:
    expected_log.append("op.failed")
    try:
        fail(SECRET)
    except ValueError as error:
        log.failure("op.failed", error, step=7)
    text = written.read_text(encoding="ascii")
    assert "op.failed step=7 ValueError test_log.py:" in text and "caused by KeyError test_log.py:" in text
    assert ":fail" in text and "Geheim" not in text and "4711" not in text


def test_errors_of_every_layer_leave_no_data(written: Path, tmp_path: Path, expected_log: list[str]) -> None:
    expected_log.append("op.failed")
    with Store.create(tmp_path / "Geheim.partnerdesk", user=SECRET) as store:
        store.transact(SECRET, steps.add_person, SECRET, SECRET)
        for call in (
            lambda: store.transact(SECRET, steps.add_person, SECRET, SECRET),
            lambda: store.transact(SECRET, steps.rename, SECRET, object()),
            lambda: store.read(lambda session: session.connection().exec_driver_sql(f"SELECT '{SECRET}' FROM x")),
            lambda: Store.open(tmp_path / SECRET, user=SECRET),
            lambda: fail(SECRET),
        ):
            with pytest.raises(Exception) as error:
                call()
            log.failure("op.failed", error.value)
    text = written.read_text(encoding="ascii")
    assert text.count("op.failed") == 5 and "SQLITE_CONSTRAINT" in text
    assert "Geheim" not in text and "4711" not in text


def test_the_log_is_private_and_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "SIZE", 1000)
    log.start(tmp_path)
    for number in range(500):
        log.event("tick", number=number)
    log.stop()
    files = list(tmp_path.iterdir())
    assert len(files) == log.FILES and sum(f.stat().st_size for f in files) <= 1000 * log.FILES
    assert all(f.stat().st_mode & 0o077 == 0 for f in files)
    assert "number=499" in (tmp_path / "partnerdesk.log").read_text(encoding="ascii")


def test_without_a_start_nothing_is_written(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log.event("book.opened")
    log.start(tmp_path)
    log.stop()
    log.stop()
    log.event("book.closed")
    assert (tmp_path / "partnerdesk.log").read_text(encoding="ascii") == ""
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_loses_entries_and_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "partnerdesk.log").symlink_to("/dev/full")
    log.start(tmp_path)
    log.event("book.opened")
    log.stop()
    assert capfd.readouterr() == ("", "")
