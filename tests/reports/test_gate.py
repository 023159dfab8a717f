"""Nothing of whoever starts the program changes or runs in the making of a document (R31)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.reports import gate
from tests.conftest import ROOT

MAKE = """
import hashlib, sys
sys.path.insert(0, {root!r})
from tests.reports.pack.world import FORMATS, pack
from partnerdesk.reports.pack import write_pack
print(hashlib.sha256(write_pack(pack(), FORMATS)).hexdigest())
"""
CANARY = "open({canary!r}, 'a').write('run')\n"


def made_in(folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", MAKE.format(root=str(ROOT))],
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_planted_files_and_variables_change_no_byte_and_run_nothing(tmp_path: Path) -> None:
    clean, home = tmp_path / "clean", tmp_path / "home"
    planted = tmp_path / "planted"
    for folder in (clean, home, planted, home / ".config" / "matplotlib", home / ".matplotlib"):
        folder.mkdir(parents=True, exist_ok=True)
    canary = tmp_path / "canary"
    code = CANARY.format(canary=str(canary))
    for name in ("reportlab_settings.py", "reportlab_mods.py"):
        (planted / name).write_text(code + "invariant = 0\n")
    for name in (".reportlab_settings", ".reportlab_mods"):
        (home / name).write_text(code)
    rc = "font.size: 31\nlines.linewidth: 9\ntext.color: red\nhatch.linewidth: 5\npath.sketch: 3, 4, 5\n"
    (planted / "matplotlibrc").write_text(rc)
    (home / ".config" / "matplotlib" / "matplotlibrc").write_text(rc)
    (home / ".matplotlib" / "matplotlibrc").write_text(rc)
    outside = {
        "HOME": str(home),
        "RL_invariant": "0",
        "RL_toColorCanUse": "rl_safe_eval",
        "RL_trustedHosts": "*",
        "RL_ttfAsciiReadable": "0",
        "MPLCONFIGDIR": str(planted),
        "MATPLOTLIBRC": str(planted / "matplotlibrc"),
        "SOURCE_DATE_EPOCH": "1234567890",
        "PYTHONPATH": str(planted),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "USER": "somebody",
    }
    plain = made_in(clean, {"HOME": str(tmp_path / "nobody")})
    assert made_in(planted, outside) == plain
    assert not canary.exists()


def test_a_broken_settings_file_in_the_working_folder_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_bytes(b"\xff\xfe\x00 not text")
    assert made_in(tmp_path, {"HOME": str(tmp_path)})


def test_the_two_libraries_come_up_as_we_need_them() -> None:
    assert gate.reportlab().__name__ == "reportlab.pdfgen.canvas"
    assert gate.pdf("rl_config").trustedHosts is None
    assert sys.modules["reportlab_settings"].__doc__ == sys.modules["reportlab_mods"].__doc__
    assert "matplotlib.pyplot" not in sys.modules


def test_an_unsafe_setting_is_not_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    config = gate.pdf("rl_config")
    monkeypatch.setattr(config, "trustedHosts", ["*"])
    gate.reportlab.cache_clear()
    try:
        with pytest.raises(RuntimeError, match="trustedHosts"):
            gate.reportlab()
    finally:
        monkeypatch.undo()
        gate.reportlab.cache_clear()


def test_the_environment_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RL_anything", "1")
    monkeypatch.setenv("MPLCONFIGDIR", "somewhere")
    gate.shut_out()
    assert not [name for name in os.environ if name.startswith(("RL_", "MPLCONFIG"))]


def test_figures_belong_to_nobody() -> None:
    figure = gate.new_figure(100, 50)
    assert figure.get_size_inches() * 25.4 == pytest.approx((100, 50))
    assert figure.canvas.manager is None
