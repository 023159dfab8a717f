"""A document is whole or absent, and what stood there before survives whatever happens."""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.errors import Damaged, Refused
from partnerdesk.reports import atomic
from partnerdesk.reports.atomic import SUFFIX, clean_leftovers, write, written

posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and file modes of POSIX")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "statement.xlsx"
    path.write_bytes(b"the one from before")
    return path


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(SUFFIX)]


def unfinished(home: Path) -> list[Path]:
    return list((home / "temp" / "unfinished").glob("*"))


def test_the_new_content_takes_the_place_of_the_old(target: Path, own_home: Path) -> None:
    with written(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"the one from before", "nothing changes before the end"
    assert target.read_bytes() == b"new"
    assert not leftovers(target.parent) and not unfinished(own_home)


@posix_only
def test_nobody_else_reads_it_not_even_while_it_is_written(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        with written(tmp_path / "new.csv") as file:
            assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o600
    finally:
        os.umask(mask)


def test_an_error_while_writing_leaves_the_old_file(target: Path, own_home: Path) -> None:
    with pytest.raises(ZeroDivisionError), written(target) as file:
        file.write(b"half of")
        raise ZeroDivisionError
    assert target.read_bytes() == b"the one from before"
    assert not leftovers(target.parent) and not unfinished(own_home)


def test_nothing_is_overwritten_where_that_was_not_wanted(target: Path) -> None:
    with pytest.raises(Refused, match="exists already"):
        write(target, b"new", replace=False)
    assert target.read_bytes() == b"the one from before"
    write(target.with_name("other.xlsx"), b"new", replace=False)


@pytest.mark.parametrize("owner", ["~$statement.xlsx", ".~lock.statement.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_named(target: Path, owner: str) -> None:
    target.with_name(owner).write_text("someone")
    with pytest.raises(Damaged, match="open in another program") as damaged:
        write(target, b"new")
    assert owner in damaged.value.remedy
    assert target.read_bytes() == b"the one from before"


def fails_with(number: int) -> Any:
    def failing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return failing


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EIO, "could not be written"), (errno.EROFS, "cannot be")],
)
@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_a_failing_disk_is_a_sentence_and_changes_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, sentence: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, call, fails_with(number))
        with pytest.raises(Damaged, match=sentence) as damaged:
            write(target, b"new")
    assert damaged.value.remedy
    assert target.read_bytes() == b"the one from before"
    assert not leftovers(target.parent)


@posix_only
def test_a_real_limit_of_the_disk_is_noticed_wherever_it_strikes(target: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from partnerdesk.errors import Damaged\n"
        "from partnerdesk.reports.atomic import written\n"
        "path, limit = Path(sys.argv[1]), int(sys.argv[2])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "try:\n"
        "    with written(path) as file:\n"
        "        for _ in range(40): file.write(b'x' * 1000)\n"
        "except Damaged as damaged: print(damaged)\n"
    )
    for limit in (0, 1, 1_000, 8_192, 39_999):
        done = subprocess.run(
            [sys.executable, "-c", script, target, str(limit)], capture_output=True, text=True, check=True
        )
        # With a limit of 0 even the note in the data folder cannot be written; the export says what it met.
        assert "The disk is full" in done.stdout, (limit, done)
        assert target.read_bytes() == b"the one from before"
        assert not leftovers(target.parent)


def test_a_missing_folder_and_a_folder_in_the_way_are_named(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="There is no folder"):
        write(tmp_path / "nowhere" / "a.csv", b"")
    with pytest.raises(Damaged, match="is a folder"):
        write(tmp_path, b"")
    (tmp_path / "file").write_text("")
    with pytest.raises(Damaged, match="There is no folder"):
        write(tmp_path / "file" / "a.csv", b"")
    with pytest.raises(Damaged, match="too long"):
        write(tmp_path / ("x" * 300), b"")


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("for root every folder can be written to")
    tmp_path.chmod(0o500)
    with pytest.raises(Damaged, match="cannot be written to"):
        write(tmp_path / "a.csv", b"")


def test_an_unwritable_data_folder_does_not_stop_an_export(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (target.parent / "not a folder").write_text("")
    monkeypatch.setenv("PARTNERDESK_HOME", str(target.parent / "not a folder"))
    write(target, b"new")
    assert target.read_bytes() == b"new"


@posix_only
def test_a_file_that_is_being_written_is_not_taken_for_a_leftover(target: Path) -> None:
    with written(target) as file:
        file.write(b"new")
        assert clean_leftovers() == clean_leftovers(target.parent) == 0
    assert target.read_bytes() == b"new"


WRITER = (
    "import sys; from pathlib import Path; from partnerdesk.reports.atomic import write\n"
    "print('ready', flush=True)\n"
    "for n in range(10_000): write(Path(sys.argv[1]), bytes([65 + n % 26]) * 300_000)\n"
)


@pytest.fixture
def killed_writers(target: Path) -> Iterator[None]:
    """Eight writers, each killed at another moment of its work."""
    seed = random.Random(11)
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, target], stdout=subprocess.PIPE)
        with writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(seed.uniform(0, 0.03))
            writer.send_signal(signal.SIGKILL)
    yield


@posix_only
@pytest.mark.usefixtures("killed_writers")
def test_a_killed_process_leaves_a_whole_file_and_its_rest_is_cleaned(target: Path, own_home: Path) -> None:
    content = target.read_bytes()
    assert content == b"the one from before" or (len(content) == 300_000 and len(set(content)) == 1)
    left = leftovers(target.parent)
    assert clean_leftovers() == len(left), "our notes know where every rest lies"
    assert not leftovers(target.parent) and not unfinished(own_home)
    assert sorted(path.name for path in target.parent.iterdir()) == [target.name]


@posix_only
@pytest.mark.usefixtures("killed_writers")
def test_a_folder_can_be_cleaned_without_notes(target: Path) -> None:
    (target.parent / "mine.txt").write_text("not ours")
    left = leftovers(target.parent)
    assert clean_leftovers(target.parent) == len(left)
    assert {path.name for path in target.parent.iterdir()} == {target.name, "mine.txt"}


def test_notes_that_say_nothing_are_thrown_away(own_home: Path) -> None:
    notes = own_home / "temp" / "unfinished"
    notes.mkdir(parents=True)
    (notes / "empty").write_bytes(b"")
    (notes / "foreign").write_bytes(os.fsencode(own_home))
    assert clean_leftovers() == 0
    assert own_home.is_dir() and not list(notes.iterdir())
