"""`partnerdesk evaluate` as a person types it: figures, JSON, explanations, and its words when something is wrong."""

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.cli import main
from tests.cli.evaluating import DEALS, PROGRAM, answer
from tests.cli.evaluating import case as case  # the fixture


def test_all_partners_stand_in_a_table(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = answer(capsys, case)
    line = next(text for text in out.splitlines() if text.startswith("P1"))
    assert line.split() == ["P1", "AT&T", "<Labs>", "Registered", "0.0", "2026-09", "480.02", "2,880.02", "EUR"]


def test_a_name_does_not_steer_the_terminal(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = answer(capsys, case)
    assert "\x1b" not in out
    assert "Evil \\x1b[31m\\u202e" in out


def test_json_holds_every_figure_as_exact_text(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, [*case, "--json"]))
    partner = found["partners"]["P1"]
    assert [(e["id"], e["amount"]) for e in partner["earnings"]] == [
        ("upfront:D1", "2400.00"),
        ("upfront:D2", "960.04"),
    ]
    assert partner["statements"]["2026-04"]["rows"]["closing"] == {
        "label": "Closing balance",
        "held": "1680.02",
        "payable": "1680.02",
        "total": "3360.04",
    }
    assert partner["scores"]["2026Q1"]["total"] == "60.0"
    gold = partner["standing"]["2026Q1"]["tiers"][1]["requirement"]
    assert (gold["met"], gold["value"], gold["needed"], gold["gap"]) == (False, "60.0", "75", "15.0")
    assert partner["metrics"]["revenue"]["2026Q2"]["value"] == "12000.55"
    entries = sum(Decimal(e["amount"]) for e in partner["entries"])
    assert entries == Decimal("3360.04")
    assert partner["balances"]["2026-09"]["closing"]["total"] == "3360.04"


def test_json_says_what_is_due_when_and_what_could_be_taken_back(
    case: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = 'clawback = [{ if = "churned", within_months = 12 }]\n[settlement]\nminimum = 1000\n'
    (tmp_path / "program.toml").write_text(PROGRAM + more)
    partner = json.loads(answer(capsys, [*case, "--json"]))["partners"]["P1"]
    first, second = list(partner["payouts"].items())[:2]
    assert (first[0], first[1]["paid"], first[1]["day"]) == ("2026-02", "1200.00", "2026-03-15")
    assert (second[0], second[1]["paid"], second[1]["carried"]) == ("2026-04", "0.00", "480.02")
    (risk,) = partner["at_risk"]["upfront:D1"]
    assert (risk["cause"], risk["amount"], risk["until"]) == ("churned", "2400.00", "2027-02-10")
    shown = answer(capsys, [*case, "--partner", "P1"])
    assert "2026-03-15" in shown
    assert "At risk of clawback, EUR: 3,360.04 of 2 lines" in shown
    assert "At risk of clawback: 3,360.04 EUR" in answer(capsys, [*case, "--partner", "P1", "--explain", "at_risk"])
    steps = answer(capsys, [*case, "--explain", "payout|2026-02", "--explain", "at_risk|upfront:D1|churned"])
    assert "payout: 1,200.00 EUR (added; paid on 15 Mar 2026)" in steps


def test_the_same_facts_give_the_same_bytes(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, [*case, "--json"]) == answer(capsys, [*case, "--json"])


def test_one_partner_is_shown_in_detail(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = answer(capsys, [*case, "--partner", "P2"])
    assert "Tier Registered in 2026Q3; next Gold, 75.0 points short" in out
    assert "P1" not in out
    lines = answer(capsys, [*case[:-1], "2026-04-30", "--partner", "P1"])
    assert "Lines in 2026-04\n    upfront:D2: 960.04 EUR = 12,000.55 EUR × 8\xa0%" in lines


def test_problems_are_listed_all_at_once_and_nothing_is_computed(
    case: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "program.toml").write_text(PROGRAM.replace('base = "amount"', 'bsae = "amount"'))
    (tmp_path / "facts" / "deal.csv").write_text(DEALS.replace("12000.55", "12k").replace("2026-02-10", "10.2."))
    assert main([*case, "--json"]) == 1
    told = capsys.readouterr()
    assert [line for line in told.err.splitlines() if line.startswith("deal.csv line 2, column closed")]
    assert [line for line in told.err.splitlines() if line.startswith("deal.csv line 3, column amount")]
    assert [line for line in told.err.splitlines() if line.startswith("program.toml, line") and "base" in line]
    found = json.loads(told.out)
    assert "partners" not in found
    assert len(found["problems"]) >= 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (["--partner", "P9"], "There is no partner P9 among the facts."),
        (["--as-of", "30/09/2026"], "“30/09/2026” is not a day; write 2026-09-30"),
        (
            ["--frobnicate"],
            "partnerdesk evaluate: error: unrecognized arguments: --frobnicate\n“partnerdesk evaluate --help”",
        ),
    ],
)
def test_a_wrong_command_line_is_a_sentence(
    case: list[str], capsys: pytest.CaptureFixture[str], change: list[str], sentence: str
) -> None:
    try:
        code: object = main([*case, *change])
    except SystemExit as ended:
        code = ended.code
    assert code == (1 if "--partner" in change else 2)
    assert sentence in capsys.readouterr().err


def test_facts_that_are_not_there_are_told_apart_from_those_of_another_kind(
    case: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*case[:2], str(tmp_path / "nowhere"), *case[3:]]) == 1
    assert f"There is no file or folder {tmp_path / 'nowhere'}. Check the name" in capsys.readouterr().err
    (tmp_path / "facts.pdf").write_text("x")
    assert main([*case[:2], str(tmp_path / "facts.pdf"), *case[3:]]) == 1
    assert "is neither a folder of CSV files nor a TOML or JSON file. Name one of these." in capsys.readouterr().err


def test_a_folder_of_versions_is_one_program(
    case: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "1.toml").write_text(PROGRAM)
    later = PROGRAM.replace("2026-01-01", "2026-04-01").replace('"2026-1"', '"2026-2"').replace("0.08", "0.09")
    (versions / "2.toml").write_text(later)
    found = json.loads(answer(capsys, ["evaluate", str(versions), *case[2:], "--json"]))
    assert found["version"] == "2026-2"
    assert [e["amount"] for e in found["partners"]["P1"]["earnings"]] == ["2400.00", "1080.05"]


@pytest.mark.parametrize("missing", ["program.toml", "facts"])
def test_a_file_that_is_not_there_is_a_sentence(
    case: list[str], tmp_path: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / missing).rename(tmp_path / "elsewhere")
    assert main(case) == 1
    told = capsys.readouterr().err
    assert missing in told
    assert "Traceback" not in told


def test_a_version_has_one_hash_wherever_it_is_named(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, [*case, "--json"]))
    checked = json.loads(answer(capsys, ["program", "check", case[1], "--json"]))
    assert found["versions"] == checked["versions"]
    assert found["versions"][0]["sha256"] != found["program_hash"] == versions_hash_of(found)


def versions_hash_of(found: dict[str, Any]) -> str:
    """The hash of an evaluation as --help describes it."""
    return sha256("\n".join(v["sha256"] for v in found["versions"]).encode()).hexdigest()


def test_slips_of_the_pen_in_facts_are_told(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    program, facts = Path(case[1]), Path(case[2])
    program.write_text(program.read_text().replace('kind = ["new"]', 'kind = ["new"], attributes.channel = "web"'))
    (facts / "deal.csv").write_text(
        "id,partner,kind,status,closed,amount,Chanel\nD1,P1,neww,won,2026-02-10,30000,web\n"
    )
    assert main(case) == 0
    told = capsys.readouterr().err
    assert "deal.csv line 2, column kind: “neww” is no usual kind of a deal. Did you mean new?" in told
    assert "column Chanel: A deal has no such field" in told
    assert "The program reads attributes.channel: did you mean that?" in told


def test_a_program_of_points_blames_no_row_for_its_currency(
    case: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    program = Path(case[1])
    program.write_text(program.read_text().replace('currency = "EUR"', 'currency = "PTS"'))
    assert main([*case, "--partner", "P1", "--explain", "upfront:D1"]) == 0
    told = capsys.readouterr()
    assert "2,400.00 PTS" in told.out and told.err.count("is no currency code") == 1
    deals = Path(case[2]) / "deal.csv"
    deals.write_text("id,partner,kind,status,closed,amount,currency\nD1,P1,new,won,2026-02-10,30000,EURO\n")
    assert main(case) == 1 and "“EURO” is no currency code" in capsys.readouterr().err


def test_two_programs_of_one_day_are_told_apart(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(case[1]).parent / "programs"
    folder.mkdir()
    (folder / "a.toml").write_text(PROGRAM)
    (folder / "b.toml").write_text(PROGRAM.replace("northwind-alliance", "southwind"))
    assert main(["evaluate", str(folder), *case[2:]]) == 1
    told = capsys.readouterr().err
    assert "northwind-alliance, southwind: these are different programs." in told and "take effect" not in told


def test_a_day_before_the_program_is_told(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*case[:-1], "2025-06-30"]) == 0
    assert "the program takes effect on 2026-01-01; nothing counts before. Name a later day." in capsys.readouterr().err


def test_a_line_that_rests_on_all_before_it_is_traced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its trace, with every step written out inside each that rests on it, had no end."""
    program = 'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n\n[earning.fee]\nsays = "Fee"\ntype = "FEE"\n'
    bands = 'rate = { bands = "marginal", over = "year", floors_of = "paid", steps = [{ from = 0, rate = 0.1 }] }\n'
    (tmp_path / "p.toml").write_text(f'{program}on = "payment received"\nbase = "amount"\n{bands}')
    rows = [f"T{n},A,payment,2026-02-{n:02},100" for n in range(1, 29)]
    (tmp_path / "transaction.csv").write_text("\n".join(["id,partner,kind,day,amount", *rows]))
    asked = ["evaluate", str(tmp_path / "p.toml"), str(tmp_path), "--as-of", "2026-03-31", "--json", "--explain"]
    trace = json.loads(answer(capsys, [*asked, "fee:T28"]))["partners"]["A"]["traces"]["fee:T28"]
    leaves = [step["origin"]["id"] for step in trace["steps"].values() if "parts" not in step]
    assert trace["value"] == "10.00" and sorted(leaves) == sorted(f"T{n}" for n in range(1, 29))
