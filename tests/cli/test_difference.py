"""`partnerdesk difference` on files and in a book."""

import json
from pathlib import Path

import pytest

from partnerdesk.__main__ import main
from partnerdesk.program.reference import EXAMPLE

DEALS = "id,partner,kind,status,closed,amount\nD1,P,new,won,2026-05-01,1000\n"


@pytest.fixture
def sides(tmp_path: Path) -> list[str]:
    """The arguments of two sides: a deal more, and a higher rate."""
    for name, rate, rows in (("old", "0.05", DEALS), ("new", "0.07", f"{DEALS}D2,P,new,won,2026-06-01,500\n")):
        (tmp_path / f"{name}.toml").write_text(EXAMPLE.replace("Member = 0.05", f"Member = {rate}"), encoding="utf-8")
        (tmp_path / name).mkdir()
        (tmp_path / name / "deal.csv").write_text(rows)
    named = [[str(tmp_path / f"{name}.toml"), str(tmp_path / name), "2026-06-30"] for name in ("old", "new")]
    return ["difference", "--before", *named[0], "--after", *named[1]]


def test_two_sides_on_files_as_json(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*sides, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "partnerdesk difference 1"
    assert [told[side]["as_of"] for side in ("before", "after")] == ["2026-06-30", "2026-06-30"]
    found = told["partners"]["P"]
    assert {k: found[k] for k in ("start", "end", "total", "residual", "currency", "of")} == {
        "start": "50.00",
        "end": "105.00",
        "total": "55.00",
        "residual": "0.00",
        "currency": "EUR",
        "of": "balance",
    }
    # 5 % of the new 500, then 2 % more of 1,500.
    assert [(s["cause"], s["amount"]) for s in found["steps"]] == [("new data", "25.00"), ("program version", "30.00")]
    (row,) = found["steps"][0]["parts"][0]["rows"]
    assert (row["kind"], row["id"], row["what"], row["source"]) == ("deal", "D2", "new", "deal.csv, row 3")
    assert found["steps"][1]["keys"] == ["earning.commission.rate"]
    assert found["steps"][1]["parts"][0]["lines"][0]["id"] == "commission:D1"


def test_two_sides_on_files_as_text(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*sides, "--partner", "P"]) == 0
    shown = capsys.readouterr().out
    for words in ("new data", "deal D2", "commission:D2", "program version", "Commission on new business", "105.00"):
        assert words in shown


def test_equal_sides_say_so(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*sides[:5], "--after", *sides[2:5]]) == 0
    assert capsys.readouterr().out == "Nothing moved.\n"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--partner", "X"], "no partner X on either side"),
        (["--since", "2026-05"], "need no book"),
    ],
)
def test_refusals(sides: list[str], more: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*sides, *more]) == 1
    assert words in capsys.readouterr().err


def test_a_day_that_is_none_and_a_side_alone(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*sides[:4], "June", *sides[5:]]) == 1
    assert "not a day" in capsys.readouterr().err
    assert main(sides[:5]) == 1
    assert "two sides" in capsys.readouterr().err
