"""A program of one earning and facts of two partners, evaluated as a command does it."""

from pathlib import Path

import pytest

from partnerdesk.cli import main

PROGRAM = """
program = "northwind-alliance"
version = "2026-1"
effective_from = 2026-01-01
currency = "EUR"

[metric.revenue]
says = "Revenue of won deals"
of = "deal"
where = { status = "won" }

[score]
every = "quarter"
parts = [{ metric = "revenue", weight = 100, scale = [{ at = 0, points = 0 }, { at = 50000, points = 100 }] }]

[[tier]]
name = "Registered"

[[tier]]
name = "Gold"
requires = { score = 75 }

[earning.upfront]
says = "Anchor commission on new business"
type = "UPFRONT"
on = "deal won"
where = { kind = ["new"] }
base = "amount"
rate = { by_tier = { Registered = 0.08, Gold = 0.12 } }
vests = [{ share = 0.5, at = "event" }, { share = 0.5, at = "event", after_months = 6 }]
"""
DEALS = """id,partner,kind,status,closed,amount
D1,P1,new,won,2026-02-10,30000
D2,P1,new,won,2026-04-10,12000.55
D3,P1,new,lost,2026-04-10,9000
D4,P2,new,won,2026-05-10,100
"""


@pytest.fixture
def case(tmp_path: Path) -> list[str]:
    """A program of one earning, and facts of two partners."""
    (tmp_path / "program.toml").write_text(PROGRAM)
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "partner.csv").write_text("id,name\nP1,AT&T <Labs>\nP2,Evil \x1b[31m\u202e\n", "utf-8")
    (facts / "deal.csv").write_text(DEALS)
    return ["evaluate", str(tmp_path / "program.toml"), str(facts), "--as-of", "2026-09-30"]


def answer(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int = 0) -> str:
    assert main(arguments) == code
    return capsys.readouterr().out
