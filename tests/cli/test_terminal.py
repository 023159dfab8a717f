"""What a command says on a terminal and into a pipe: the bar, steering characters, Ctrl+C, a reader that leaves."""

import io
import os
import subprocess
import sys

import pytest

from partnerdesk.cli import main, terminal
from tests.cli.evaluating import case as case  # the fixture


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Standard error as a terminal, for the rest of the test."""
    shown = Screen()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(terminal, "_BAR_AFTER", 0.0)
    return shown


def test_long_work_draws_a_bar_on_a_terminal_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = a_screen(monkeypatch)
    with terminal.Bar() as bar:
        bar.step(1, 4, "AT&T \x1b[31m")
    drawn = screen.getvalue()
    assert "[#######                       ] 1/4 AT&T \\x1b[31m" in drawn
    assert drawn.endswith("\r\x1b[K")


def test_short_work_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = a_screen(monkeypatch)
    monkeypatch.setattr(terminal, "_BAR_AFTER", 60.0)
    with terminal.Bar() as bar:
        bar.step(1, 4)
    assert screen.getvalue() == ""


def test_a_pipe_sees_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped)
    monkeypatch.setattr(terminal, "_BAR_AFTER", 0.0)
    with terminal.Bar() as bar:
        bar.step(1, 4)
    assert piped.getvalue() == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain Łódź", "plain Łódź"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("left\u202eright", "left\\u202eright"),
        ("two\nlines", "two\nlines"),
        ("tab\there", "tab\\there"),
    ],
)
def test_characters_that_steer_a_terminal_are_shown(text: str, shown: str) -> None:
    assert terminal.shown(text) == shown


def test_a_terminal_that_lacks_a_letter_still_gets_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    terminal.say("Łódź ≥ 5")
    narrow.seek(0)
    assert narrow.read() == "\\u0141\\xf3d\\u017a \\u2265 5\n"


def test_columns_line_up(capsys: pytest.CaptureFixture[str]) -> None:
    lines = terminal.table(("Name", "Amount"), [("A", "1.00"), ("Longer", "1,000.00")], frozenset({1}))
    assert lines == ["Name      Amount", "------  --------", "A           1.00", "Longer  1,000.00"]


def test_ctrl_c_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("partnerdesk.cli.figures.evaluating.program_files", interrupted)
    assert main(["evaluate", "p.toml", "facts", "--as-of", "2026-09-30"]) == 130
    assert capsys.readouterr().err == "Stopped; nothing half done remains.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a shell")
def test_a_reader_that_leaves_early_is_no_error(case: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-I", "-m", "partnerdesk", *case, "--json"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
