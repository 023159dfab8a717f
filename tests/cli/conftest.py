"""A small book on disk for the commands, and a way to type them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.store import Store
from tests.cli.evaluating import PROGRAM

Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def type_in(capsys: pytest.CaptureFixture[str]) -> Type:
    """Runs a command line: exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def won(id: str, partner: str, day: date, amount: str) -> Deal:
    return Deal(id=id, partner=partner, status="won", closed=day, amount=Decimal(amount))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The book in a folder of its own."""
    path = tmp_path / "my.partnerdesk"
    make_book(path)
    return path


def make_book(path: Path) -> None:
    """Two partners, three won deals, one program of one earning."""
    rows = [
        Partner(id="P1", name="AT&T <Labs>"),
        Partner(id="P2", name="=cmd|' /C calc'!A0"),
        won("D1", "P1", date(2026, 2, 10), "30000"),
        won("D2", "P1", date(2026, 4, 10), "12000.55"),
        won("D4", "P2", date(2026, 5, 10), "100"),
    ]
    with Store.create(path, user="me") as store:
        store.transact("Program", add_version, PROGRAM, "program.toml")
        store.transact("Facts", add_rows, rows)
