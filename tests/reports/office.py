"""LibreOffice as a second opinion: it computes every formula of a workbook again and says what it got.

By default it keeps the values that a file brings along, so the profile made here tells it to recalculate always.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

_SETTING = "/org.openoffice.Office.Calc/Formula/Load"
_PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="{_SETTING}"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="{_SETTING}"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def has_office() -> bool:
    """Whether there is a LibreOffice here."""
    return bool(shutil.which("soffice") or shutil.which("libreoffice"))


needs_office = pytest.mark.skipif(
    not has_office(),
    reason="no LibreOffice here (Debian: apt-get install libreoffice-calc)",
)


def recalculating(folder: Path) -> "Office":
    """An office whose profile, in the folder, always recalculates."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    return Office(folder)


class Office:
    """Converts files one batch at a time in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def recalculated(self, contents: dict[str, bytes]) -> dict[str, bytes]:
        """The workbooks, by name, after every formula was computed again."""
        return {name: path.read_bytes() for name, path in self._converted(contents, "xlsx").items()}

    def pages(self, contents: dict[str, bytes]) -> dict[str, bytes]:
        """The workbooks as PDF, as they would be printed."""
        return {name: path.read_bytes() for name, path in self._converted(contents, "pdf").items()}

    def _converted(self, contents: dict[str, bytes], kind: str) -> dict[str, Path]:
        source, target = self.folder / "in", self.folder / f"out-{kind}"
        shutil.rmtree(source, ignore_errors=True)
        source.mkdir(parents=True)
        for name, content in contents.items():
            (source / f"{name}.xlsx").write_bytes(content)
        command = _command(self.folder / "profile", kind, target, [str(source / f"{name}.xlsx") for name in contents])
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        found = {name: target / f"{name}.{kind}" for name in contents}
        missing = [name for name, path in found.items() if not path.exists()]
        assert not missing, f"LibreOffice did not convert {missing}: {done.stdout} {done.stderr}"
        return found


def _command(profile: Path, kind: str, target: Path, files: list[str]) -> list[str]:
    program = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    return [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML" if kind == "xlsx" else kind,
        "--outdir",
        str(target),
        *files,
    ]
