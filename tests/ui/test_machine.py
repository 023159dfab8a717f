"""A window that cannot open is a sentence with a remedy and exit code 1; Qt would end the process by a signal."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.ui import machine
from tests.conftest import ROOT

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
NO_DISPLAYS = [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "wayland-4711"}, {"DISPLAY": "nowhere.invalid:0"}]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PARTNERDESK_HOME", str(tmp_path / "home"))


@ON_LINUX
@pytest.mark.parametrize("variables", NO_DISPLAYS)
def test_a_display_that_nobody_answers_is_none(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert not machine.has_display()


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="xvfb is not installed")
def test_a_display_that_answers_is_one() -> None:
    command = "from partnerdesk.ui import machine; print(machine.has_display())"
    done = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr


@ON_LINUX
def test_the_window_without_a_display_is_refused_with_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "partnerdesk"], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "There is no display here, so the window cannot open. "
        "Start it where a desktop runs; every job is also a command: partnerdesk --help.\n"
    )


def test_a_chosen_platform_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert machine.trouble() == ""


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.missing_library() == ""
    monkeypatch.setattr(machine, "has_display", lambda: True)
    monkeypatch.setattr(machine, "_platform_plugins", lambda: ["libqnosuch.so"])
    assert "libqnosuch.so" in machine.missing_library()
    assert machine.trouble().startswith("Qt cannot start: ")
    assert machine.WINDOW_LIBRARIES in machine.trouble()
    monkeypatch.setattr(machine, "_platform_plugins", lambda: ["libqnosuch.so", "libqoffscreen.so"])
    assert machine.missing_library() == ""


def test_the_packages_are_those_of_the_set_up() -> None:
    script = (ROOT / "packaging" / "set_up.sh").read_text("utf-8")
    assert f'\nlibraries="{machine.LIBRARIES}"\n' in script
    assert f'\nwindow_libraries="{machine.WINDOW_LIBRARIES}"\n' in script


def test_a_data_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("PARTNERDESK_HOME", str(tmp_path / "file" / "home"))
    assert machine.trouble() == (
        f"{tmp_path / 'file' / 'home'} cannot be used: not a directory. "
        "Check its rights and the disk, or name another data folder in PARTNERDESK_HOME."
    )
