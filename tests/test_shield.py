"""What lies in the working folder, the home folder and the environment runs no code and changes no document."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from partnerdesk import shield
from tests.cli.conftest import make_book

CANARY = "import os, pathlib; pathlib.Path(os.environ['CANARY']).open('a').write(__name__ + '\\n')\n"
IN_WORKING_FOLDER = (
    "reportlab_settings.py",
    "reportlab_mods.py",
    "sitecustomize.py",
    "usercustomize.py",
    "decimal.py",
    "csv.py",
    "sqlalchemy.py",
    "sqlcipher3.py",
    "matplotlib.py",
    "argparse.py",
    "resources.py",
)
SETTINGS = "font.size: 30\naxes.facecolor: red\nfont.family: fantasy\nsavefig.facecolor: red\n"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder that is working folder, home and PYTHONPATH at once, full of files that want to be read."""
    folder = tmp_path / "hostile"
    for name in (*IN_WORKING_FOLDER, ".reportlab_settings", ".reportlab_mods"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(CANARY + "pageCompression = 0\nrl_safe_eval = 0\n")
    for name in ("matplotlibrc", ".config/matplotlib/matplotlibrc", ".matplotlib/matplotlibrc"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SETTINGS)
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small book."""
    folder = tmp_path_factory.mktemp("place")
    make_book(folder / "my.partnerdesk")
    return folder


def run(place: Path, folder: Path, *interpreter: str, **variables: str) -> dict[str, str]:
    """Writes statements and a pack by the command line, from a folder; the hashes of the files by name."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTHON", "RL_", "MPL", "XDG_"))}
    environment = {**kept, "HOME": str(folder), "PARTNERDESK_HOME": str(place), **variables}
    target = Path(tempfile.mkdtemp(dir=place))
    for command in (["statement", "2026-09"], ["qbr", "P1", "2026Q3"]):
        line = [*interpreter, "-m", "partnerdesk", *command, "--out", str(target), "--as-of", "2026-09-30"]
        done = subprocess.run(
            [sys.executable, *line], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(target.iterdir())}


@pytest.fixture(scope="module")
def expected(place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the same commands write with nothing planted."""
    found = run(place, tmp_path_factory.mktemp("clean"), "-I")
    assert len(found) == 8  # a workbook and two CSV files each, their list, a pack
    return found


VARIABLES = {
    "RL_rl_safe_eval": "0",
    "RL_trustedHosts": "*",
    "RL_pageCompression": "0",
    "RL_invariant": "1",
    "QT_API": "pyqt5",
    "MPLBACKEND": "module://decimal",
}


@pytest.mark.parametrize("interpreter", [(), ("-I",)], ids=["plain", "isolated"])
def test_planted_files_and_variables_change_nothing(
    place: Path, hostile: Path, expected: dict[str, str], tmp_path: Path, interpreter: tuple[str, ...]
) -> None:
    canary = tmp_path / "canary"
    places = {"MPLCONFIGDIR": str(hostile), "MATPLOTLIBRC": str(hostile / "matplotlibrc"), "CANARY": str(canary)}
    assert run(place, hostile, *interpreter, **VARIABLES, **places) == expected
    assert not canary.exists(), canary.read_text()


def test_the_planted_files_would_run_if_nothing_stopped_them(hostile: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    environment = {**os.environ, "HOME": str(hostile), "CANARY": str(canary)}
    done = subprocess.run(
        [sys.executable, "-c", "import reportlab.rl_config"],
        cwd=hostile,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert canary.read_text(), done.stderr


def test_pythonpath_gives_nothing_after_the_first_line(
    place: Path, hostile: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    """A sitecustomize there has run before us; nothing else of it is imported."""
    canary = tmp_path / "canary"
    (hostile / "sitecustomize.py").unlink()
    (hostile / "usercustomize.py").unlink()
    assert run(place, hostile, PYTHONPATH=str(hostile), CANARY=str(canary)) == expected
    assert not canary.exists(), canary.read_text()


def test_the_module_path_keeps_what_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = str(Path(shield.__file__).parent.parent)
    library = str(Path(os.__file__).parent)
    assert shield.trusted_path(["", str(tmp_path), ".", home, library]) == [home, library]


def test_a_checkout_may_be_the_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    home = str(Path(shield.__file__).parent.parent)
    monkeypatch.chdir(home)
    assert shield.trusted_path(["", "lib"]) == ["", "lib"]


def test_commands_find_relative_paths_from_where_they_are_typed(place: Path) -> None:
    environment = {**os.environ, "PARTNERDESK_HOME": str(place)}
    line = [sys.executable, "-I", "-m", "partnerdesk", "backup", "--book", "my.partnerdesk"]
    done = subprocess.run(line, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
