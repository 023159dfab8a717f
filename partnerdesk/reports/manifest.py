"""The list of what a run of documents left behind: every file with its digest, and what it was computed from.

It names all partners of the run, so it is for the house alone, and its file says so. Equal runs give equal bytes: there
is no clock in it.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from partnerdesk.engine.outcome.record import plain
from partnerdesk.errors import Refused
from partnerdesk.reports import atomic
from partnerdesk.reports.names import safe_name

FORMAT = "partnerdesk manifest 1"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of the run; `run` is the run that the document itself names, `sha256` the digest of the file's bytes."""

    partner: str
    name: str
    number: str
    status: str
    run: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that a run could not write, or all files of a partner where `file` is empty, and what helps."""

    partner: str
    name: str
    file: str
    why: str
    remedy: str

    @property
    def refused(self) -> Refused:
        """The same as an error."""
        return Refused(self.why, self.remedy)

    @property
    def says(self) -> str:
        """The same as one text: whose, which file, why, and what helps."""
        what = f"{self.file} was not written" if self.file else "nothing was written"
        return f"{self.name}: {what}. {self.refused}"


def not_reached(partner: str, name: str) -> LeftOut:
    """A partner for whom a run that was stopped has made nothing."""
    return LeftOut(partner, name, "", "The run was stopped before it.", "Run it again for all of them.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A run: its period, the day its figures are of, the program in force, the files, and what could not be written."""

    book: str
    period: str
    as_of: date
    program: str
    version: str
    program_sha256: str
    engine: str
    files: tuple[ListedFile, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def run(self) -> str:
        """What the run is called: the same for the same book, period, figures and program."""
        told = "|".join([self.book, self.period, self.program_sha256, self.engine, *(f.run for f in self.files)])
        return f"R-{sha256(told.encode()).hexdigest()[:12]}"


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Writes it beside the files; returns its place. Raises Damaged where the disk is in the way."""
    path = manifest_path(folder, manifest.period)
    told = {"format": FORMAT, "run": manifest.run, **plain(asdict(manifest))}
    atomic.write(path, json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
    return path


def forget_manifest(folder: Path, period: str) -> None:
    """Takes the list of an earlier run away, before its files give way to others."""
    with suppress(OSError):
        manifest_path(folder, period).unlink(missing_ok=True)


def changed_files(path: Path) -> Sequence[str]:
    """The files of a manifest that are missing, or that are not what the run wrote, by name.

    Raises Refused where there is no manifest, or the file is none.
    """
    try:
        listed = [(Path(row["file"]).name, row["sha256"]) for row in json.loads(path.read_text("utf-8"))["files"]]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Refused(f"There is no list of a run at {path}.", "A run of all partners leaves one.") from error
    return [name for name, digest in listed if _digest(path.parent / name) != digest]


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def manifest_path(folder: Path, period: str) -> Path:
    """Where the list of a period's run is."""
    return folder / safe_name(period, before="INTERNAL_manifest_", after=".json", key=period)
