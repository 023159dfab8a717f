"""Exports are whole or absent, statements read back as they were posted, and no text or name does any harm.

Kill -9 in the middle of exports (R11, R35), a disk that fails at every k-th touch (R12), statements re-read by an
independent reader (R8) and recalculated by LibreOffice where it is installed, dangerous texts (R30), file names
(R32), modes (R34) and metadata (R40).
"""

import errno
import os
import random
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path

from partnerdesk.errors import Damaged
from partnerdesk.reports.atomic import SUFFIX, clean_leftovers
from partnerdesk.reports.format import Formats
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.statement.document import NotCounted
from partnerdesk.reports.statement.twin import write_csv
from partnerdesk.reports.statement.workbook import workbook, write_statement
from tests.prove.steps import Steps
from tests.reports.faults import failing_disk, kill_an_export
from tests.reports.office import has_office, recalculating
from tests.reports.statement_reader import assert_equals_ledger, differences, parts, read
from tests.reports.statement_samples import HOSTILE, northwind, random_lines, with_lines
from tests.reports.test_names import assert_harmless, fold

LOCALES = ("en_GB", "de_DE", "fr_FR", "ja_JP", "pl_PL")
METADATA = re.compile(r"<(?:dc|cp|dcterms):(\w+)")


def main(full: bool, seed: int) -> None:
    """All proofs, in the sizes of the requirements or in small ones."""
    with own_folder() as folder:
        killed(folder, seed, 500 if full else 6)
        failing(folder, 0 if full else 25)
        read_back(seed, 1_000 if full else 10)
        recalculated(folder, seed, 20 if full else 1)
        texts(seed, 10 if full else 1)
        names(folder, seed, 20_000 if full else 500)
        modes_and_metadata(folder, seed, 200 if full else 5)


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that is the data folder as well, so that nothing of the user's is touched."""
    kept = os.environ.get("PARTNERDESK_HOME")
    with tempfile.TemporaryDirectory(prefix="partnerdesk-prove-") as name:
        os.environ["PARTNERDESK_HOME"] = str(Path(name) / "home")
        try:
            yield Path(name)
        finally:
            os.environ.pop("PARTNERDESK_HOME", None)
            if kept is not None:
                os.environ["PARTNERDESK_HOME"] = kept


def killed(folder: Path, seed: int, count: int) -> None:
    """A killed export leaves the previous file or the new one; the next start removes the rest."""
    target = folder / "killed"
    target.mkdir()
    version = 0
    for number in Steps.of("killed exports", count):
        kill_an_export(target, random.Random(seed + number), version)
        workbook_, twin = target / "st.xlsx", target / "st.csv"
        if workbook_.exists():
            found = read(workbook_.read_bytes())
            assert found.held == Decimal(29_225) and found.facts["Statement"] == "ST-2026-09"
        if twin.exists():
            last = twin.read_text("utf-8-sig").splitlines()[-1].split(",")
            assert last[0] == "ST-2026-09" and int(last[1]) >= version, "an older version came back"
            version = int(last[1])
        clean_leftovers()
        left = [path.name for path in target.iterdir() if path not in (workbook_, twin)]
        assert not left, f"left behind: {left}"
        assert not list((folder / "home" / "temp" / "unfinished").iterdir())


def failing(folder: Path, at_most: int) -> None:
    """Whichever touch of the disk fails, the previous file stays and the user reads a sentence."""
    target = folder / "failing.xlsx"
    target.write_bytes(b"previous")
    with failing_disk(0) as disk:
        write_statement(northwind(), Formats(), folder / "other.xlsx")
    touches = disk.calls if not at_most else min(at_most, disk.calls)
    for number in Steps.of("failing disks", 4 * touches):
        with failing_disk(number // 4 + 1, (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT)[number % 4]) as disk:
            try:
                write_statement(northwind(), Formats(), target)
            except Damaged as damaged:
                assert damaged.remedy
                assert target.read_bytes() == b"previous"
            else:  # what failed was the note or the folder's flush, neither of which the document needs
                assert read(target.read_bytes()).held == Decimal(29_225)
                target.write_bytes(b"previous")
        assert not [path for path in folder.iterdir() if path.name.endswith(SUFFIX)]


def read_back(seed: int, count: int) -> None:
    """Random statements equal their ledger when an independent reader reads them."""
    for number in Steps.of("statements read back", count):
        rng = random.Random(seed + number)
        document = with_lines(northwind(), random_lines(rng.randint(0, 120), seed + number))
        assert_equals_ledger(read(workbook(document, Formats(rng.choice(LOCALES)))), document)


def recalculated(folder: Path, seed: int, count: int) -> None:
    """LibreOffice computes every formula again and gets the same figures, ten statements a run."""
    if not has_office():
        print("  no LibreOffice here: nothing was recalculated")
        return
    office = recalculating(folder / "office")
    for number in Steps.of("recalculations of ten", count):
        rng = random.Random(seed + number)
        made = {
            f"s{n}": workbook(
                with_lines(northwind(), random_lines(200, rng.randrange(10**9), partial(rng.choice, HOSTILE))),
                Formats(rng.choice(LOCALES)),
            )
            for n in range(10)
        }
        for name, again in office.recalculated(made).items():
            assert differences(made[name], again) == []


def texts(seed: int, count: int) -> None:
    """A thousand texts at a time begin like formulas, errors and escapes, and come back as they were."""
    for number in Steps.of("thousands of dangerous texts", count):
        rng = random.Random(seed + number)
        starts = ["=", "+", "-", "@", "\t", "\r", "\0", "#", " =", "＝", "'", "_x0041_", ""]
        letters = "=+-@#'\"&<>|!$%_x0041A1(),;:\t\r\n\0\x0b é日𝔘\u202e"
        made = [rng.choice(starts) + "".join(rng.choices(letters, k=rng.randint(1, 24))) for _ in range(1_000)]
        rows = tuple(NotCounted(f"I-{n}", text, "", None, "", "", "", "") for n, text in enumerate(made))
        content = workbook(northwind(uncounted=rows), Formats())
        assert [r["Deal"] for r in read(content).tables["NotCounted"]] == made
        sheet = parts(content)["xl/worksheets/sheet5.xml"]
        assert sheet.count("<f>") == 1 and 't="e"' not in sheet  # the one formula counts the rows


def names(folder: Path, seed: int, count: int) -> None:
    """Random names are harmless, and no two of them are one file, whatever the case of their letters."""
    rng, found = random.Random(seed), set[str]()
    letters = [chr(n) for n in (*range(0x250), *range(0x2000, 0x2070), 0x301, 0xFEFF, 0x1F600, 0xDC00)] + ["con", "nul"]
    for number in range(count):
        text, after = "".join(rng.choices(letters, k=rng.choice((0, 1, 2, 8, 60, 300)))), rng.choice(("", ".csv"))
        name = safe_name(text, key=str(number), after=after)
        if fold(name) in found:
            name = safe_name(text, key=str(number), after=after, taken=[name])
        assert_harmless(name, folder)
        assert fold(name) not in found
        found.add(fold(name))


def modes_and_metadata(folder: Path, seed: int, count: int) -> None:
    """Files are their owner's alone, and say nothing about machine or user."""
    target = folder / "modes"
    target.mkdir()
    for number in Steps.of("modes and metadata", count):
        document = with_lines(northwind(version=number + 1), random_lines(20, seed + number))
        for path, write in ((target / f"{number}.xlsx", None), (target / f"{number}.csv", write_csv)):
            write_statement(document, Formats(), path) if write is None else write(document, path)
            if os.name == "posix":
                assert stat.S_IMODE(path.stat().st_mode) == 0o600
        core = parts((target / f"{number}.xlsx").read_bytes())["docProps/core.xml"]
        known = {"coreProperties", "title", "subject", "creator", "lastModifiedBy", "created", "modified"}
        assert set(METADATA.findall(core)) == known
