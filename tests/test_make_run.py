"""`make run` on a machine without a display, and the scripts around it."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import openpyxl
import pypdf
import pytest

from tests.conftest import ROOT


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_display_the_sample_book_leaves_its_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    out = tmp_path / "out"
    assert script("demo").main(out) == 0
    told = capsys.readouterr().out
    files = {path.suffix: path for path in out.iterdir()}
    assert set(files) == {".png", ".pdf", ".xlsx", ".csv", ".json"}
    assert all(path.name in told for path in files.values())
    assert files[".png"].stat().st_size > 50_000
    assert len(pypdf.PdfReader(files[".pdf"]).pages) >= 8
    assert openpyxl.load_workbook(files[".xlsx"]).sheetnames[0] == "1 Summary"
    figures = json.loads(files[".json"].read_text("utf-8"))
    assert len(figures["partners"]) == 24
    for partner in figures["partners"].values():
        for statement in partner["statements"].values():
            rows = statement["rows"].values()
            assert all(Decimal(r["held"]) + Decimal(r["payable"]) == Decimal(r["total"]) for r in rows)


@pytest.mark.parametrize("name", ["packaging/set_up.sh", ".ci/run"])
def test_scripts_are_plain_shell(name: str) -> None:
    shell = shutil.which("dash") or "sh"
    done = subprocess.run([shell, "-n", str(ROOT / name)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert os.access(ROOT / name, os.X_OK)


def test_set_up_knows_what_it_is_asked() -> None:
    done = subprocess.run(
        ["sh", str(ROOT / "packaging" / "set_up.sh"), "frobnicate"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "knows 'run' and 'test', not 'frobnicate'" in done.stderr
