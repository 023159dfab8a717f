"""An export of a statement that dies or meets a failing disk leaves the file from before."""

import errno
import os
import random
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.errors import Damaged
from partnerdesk.reports.atomic import SUFFIX, clean_leftovers
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.twin import write_csv
from partnerdesk.reports.statement.workbook import write_statement
from tests.reports.faults import failing_disk, kill_an_export
from tests.reports.statement_reader import read
from tests.reports.statement_samples import northwind


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_whichever_touch_of_the_disk_fails_the_previous_file_stays(tmp_path: Path, own_home: Path, number: int) -> None:
    target = tmp_path / "st.csv"
    target.write_bytes(b"previous")
    with failing_disk(0) as disk:
        write_csv(northwind(), tmp_path / "other.csv")
    sentences = 0
    for touch in range(1, disk.calls + 1):
        with failing_disk(touch, number):
            try:
                write_csv(northwind(), target)
            except Damaged:
                sentences += 1
                assert target.read_bytes() == b"previous"
            else:  # the note of where we write, or the folder's flush: the document does without them
                target.write_bytes(b"previous")
        assert not [path for path in tmp_path.iterdir() if path.name.endswith(SUFFIX)]
    assert disk.calls >= 10 and sentences == disk.calls - 5  # three touches for the note, two for the folder
    assert not list((own_home / "temp" / "unfinished").iterdir())


@pytest.mark.skipif(os.name != "posix", reason="kill -9 of POSIX")
def test_a_killed_export_leaves_a_whole_workbook(tmp_path: Path, own_home: Path) -> None:
    write_statement(northwind(), Formats(), tmp_path / "st.xlsx")
    write_csv(northwind(), tmp_path / "st.csv")
    for seed in range(3):
        kill_an_export(tmp_path, random.Random(seed), version=seed)
        assert read((tmp_path / "st.xlsx").read_bytes()).held == Decimal(29_225)
    clean_leftovers()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["st.csv", "st.xlsx"]
    assert not list((own_home / "temp" / "unfinished").iterdir())
