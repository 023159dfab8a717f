"""`partnerdesk evaluate` as a person types it: figures, JSON, explanations, and its words when something is wrong."""

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

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
    assert "At risk of clawback: 3360.04 EUR" in answer(capsys, [*case, "--partner", "P1", "--explain", "at_risk"])
    steps = answer(capsys, [*case, "--explain", "payout|2026-02", "--explain", "at_risk|upfront:D1|churned"])
    assert "payout: 1200.00 EUR (sum), because paid on 15 Mar 2026" in steps


def test_the_same_facts_give_the_same_bytes(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, [*case, "--json"]) == answer(capsys, [*case, "--json"])


def test_one_partner_is_shown_in_detail(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = answer(capsys, [*case, "--partner", "P2"])
    assert "Tier Registered in 2026Q3; next Gold, 75.0 points short" in out
    assert "P1" not in out
    lines = answer(capsys, [*case[:-1], "2026-04-30", "--partner", "P1"])
    assert "Lines in 2026-04\n    upfront:D2: 960.04 EUR = 12,000.55 EUR × 8\xa0%" in lines


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        ("upfront:D1", ["2400.00 EUR (round)", "amount: 30000 EUR (given)  [deal D1: deal.csv, row 2]", "rate: 8.00%"]),
        ("score:2026Q1", ["Score: 60.0 points", "amount: 30000 EUR (given)  [deal D1: deal.csv, row 2]"]),
        ("revenue:2026Q2", ["12000.55 EUR", "[deal D2: deal.csv, row 3]"]),
        ("row|closing|held|2026-02", ["Closing balance, held: 1200.00 EUR"]),
        ("2026-02:closing", ["Closing balance: 2400.00 EUR", "held: 1200.00 EUR", "[deal D1: deal.csv, row 2]"]),
    ],
)
def test_a_figure_is_explained_step_by_step(
    case: list[str], capsys: pytest.CaptureFixture[str], asked: str, steps: list[str]
) -> None:
    out = answer(capsys, [*case, "--explain", asked])
    assert all(step in out for step in steps), out
    traced = json.loads(answer(capsys, [*case, "--explain", asked, "--json"]))["partners"]["P1"]["traces"]
    assert asked in traced


MADE_GOOD = """
[metric.so_far]
says = "Revenue so far"
of = "deal"
where = { status = "won" }
window = "year to date"
[earning.made_good]
says = "Made good"
type = "BONUS"
on = "period end"
base = { metric = "so_far" }
rate = 0.1
increment_over = "year"
increment_of = "latest"
"""


def test_amounts_that_cancel_out_are_shown(case: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "program.toml").write_text(PROGRAM + MADE_GOOD)
    steps = answer(capsys, [*case, "--partner", "P2", "--explain", "made_good:2026Q3"])
    for told in (
        "Made good, less what earlier lines paid: 0.00 EUR (difference)",
        "paid before in the year: 10.00 EUR (sum)",
        "without effect here, whatever it is: amount 100 EUR",
    ):
        assert told in steps, steps


@pytest.mark.parametrize(
    "asked", ["nonsense", "row|nonsense|held|2026-02", "score|", "row|closing", "2026-02:nonsense"]
)
def test_a_figure_that_does_not_exist_is_refused(
    case: list[str], capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    assert main([*case, "--explain", asked]) == 1
    assert f"No figure is called “{asked}”." in capsys.readouterr().err


def test_an_explanation_is_printed_alone(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--partner", "P1"]):
        out = answer(capsys, [*case, *more, "--explain", "score:2026Q1"])
        assert out.splitlines()[0].endswith(": score:2026Q1") and "as of" not in out and "Statement" not in out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2026-02:closing.held", "Closing balance, held: 1200.00 EUR"),
        ("2026-02:closing.payable", "Closing balance, payable: 1200.00 EUR"),
        ("2026-02:earned.UPFRONT.payable", "payable: 2400.00 EUR"),
        ("2026-02:earned.upfront", "earned: 2400.00 EUR"),
        ("2026-02:payout", "paid: 1200.00 EUR"),
    ],
)
def test_every_total_of_the_overview_can_be_asked_for(
    case: list[str], capsys: pytest.CaptureFixture[str], asked: str, told: str
) -> None:
    out = answer(capsys, [*case[:-1], "2026-04-30", "--partner", "P1", "--explain", asked])
    assert f": {asked}\n" in out and told in out, out


def test_a_name_that_is_nearly_a_total_is_told_the_nearest(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for asked, near in (("2026-02:closing.payble", "2026-02:closing.payable"), ("payout.owd:2026-02", "payout.owed")):
        assert main([*case, "--partner", "P1", "--explain", asked]) == 1
        assert f"The nearest are {near}" in capsys.readouterr().err
    assert main([*case, "--partner", "P1", "--explain", "2026-02:earned.nothing"]) == 1
    assert "No figure is called “2026-02:earned.nothing”." in capsys.readouterr().err


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
        (["--partner", "P9"], "There is no partner “P9” among the facts."),
        (["--as-of", "30/09/2026"], "“30/09/2026” is not a day; write 2026-09-30"),
        (["--frobnicate"], "unrecognized arguments: --frobnicate"),
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


def test_steps_name_their_rows_and_stop_at_an_earlier_closing(
    case: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = answer(capsys, [*case, "--partner", "P1", "--explain", "2026-04:closing"])
    assert "amount: 12000.55 EUR (given)  [deal D2: deal.csv, row 3]" in out
    assert "how it came about: --explain 2026-02:closing" in out
    assert "deal D1" not in out


def test_a_step_that_others_rest_on_is_unfolded_once(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    program = Path(case[1])
    program.write_text(program.read_text() + 'clawback = [{ if = "refunded" }]\n')
    refund = "id,partner,deal,kind,day,amount\nT1,P1,D1,payment,2026-02-11,30000\nT2,P1,D1,refund,2026-03-01,-10000\n"
    (Path(case[2]) / "transaction.csv").write_text(refund)
    out = answer(capsys, [*case, "--partner", "P1", "--explain", "2026-03:clawback"])
    assert out.count("rate: 8.00%") == 1, out
    assert "clawed back: 800.00 EUR (round), because refund T2 of 1 Mar 2026; its steps stand above" in out


def test_a_name_that_is_a_text_or_a_day_is_answered(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*case, "--partner", "P1", "--explain", "tier", "--explain", "payable.upfront:D1"]) == 0
    shown = capsys.readouterr().out
    assert "tier is " in shown and "payable.upfront:D1 is 2026-08-10" in shown
    assert main([*case, "--partner", "P1", "--json", "--explain", "tier:2026Q2"]) == 0
    traces = json.loads(capsys.readouterr().out)["partners"]["P1"]["traces"]
    assert traces == {"tier:2026Q2": traces["tier:2026Q2"]} and traces["tier:2026Q2"] in ("Registered", "Gold")


def test_an_event_without_a_line_says_why(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    program = Path(case[1])
    program.write_text(program.read_text() + 'when = { metric = "revenue", at_least = 20000 }\n')
    assert main([*case, "--partner", "P1", "--explain", "upfront:D2"]) == 1
    told = capsys.readouterr().err.replace("12,", "12").replace("20,", "20")
    assert "D2 does not count in 2026-04" in told and "is 12000.55, needed at least 20000" in told
    assert main([*case, "--partner", "P1", "--explain", "upfrnt:D1"]) == 1
    assert "The nearest are upfront:D1" in capsys.readouterr().err


BANDS = """
[earning.banded]
says = "Banded"
type = "B"
on = "deal won"
base = "amount"
rate = { bands = "marginal", over = "year", steps = [{ from = 0, rate = 0.04 }, { from = 40000, rate = 0.05 }] }

[earning.stepped]
says = "Stepped"
type = "S"
on = "deal won"
base = "amount"
rate = { bands = "whole amount", steps = [{ from = 0, rate = 0.04 }, { from = 10000, rate = 0.05 }] }

[earning.fixed]
says = "Fixed"
type = "F"
on = "deal won"
base = "amount"
rate = { bands = "marginal", steps = [{ from = 0, amount = 10 }, { from = 20000, amount = 90 }] }

[earning.excess]
says = "Excess"
type = "E"
on = "deal won"
base = "amount"
[earning.excess.rate]
bands = "step on excess"
excess_over = 5000
steps = [{ from = 0, rate = 0.04 }, { from = 10000, rate = 0.05 }]
"""


def test_an_explanation_says_the_bands_one_by_one(
    case: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """30,000 in February, 12,000.55 in April: 10,000 of it up to 40,000 in the year, 2,000.55 above."""
    (tmp_path / "program.toml").write_text(PROGRAM + BANDS)
    asked = [part for name in ("banded", "stepped", "fixed", "excess") for part in ("--explain", f"{name}:D2")]
    said = answer(capsys, [*case, "--partner", "P1", *asked, "--explain", "upfront:D2"]).replace("\xa0", " ")
    for line in (
        "from 0 EUR to 40000 EUR: 10000 EUR × 4 % = 400 EUR",
        "from 40000 EUR: 2000.55 EUR × 5 % = 100.0275 EUR",
        "from 0 EUR: 4 %",
        "from 10000 EUR: 5 %, reached",
        "from 0 EUR: 10 EUR, entered",
        "from 20000 EUR: 90 EUR",
        "from 0 EUR to 5000 EUR: 5000 EUR × 4 % = 200 EUR",
        "from 5000 EUR: 7000.55 EUR × 5 % = 350.0275 EUR",
        "Registered: 8 %, applies",
        "Gold: 12 %",
    ):
        assert line in [text.strip() for text in said.splitlines()]


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


def test_two_programs_of_one_day_are_told_apart(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(case[1]).parent / "programs"
    folder.mkdir()
    (folder / "a.toml").write_text(PROGRAM)
    (folder / "b.toml").write_text(PROGRAM.replace("northwind-alliance", "southwind"))
    assert main(["evaluate", str(folder), *case[2:]]) == 1
    told = capsys.readouterr().err
    assert "northwind-alliance, southwind: these are different programs." in told and "take effect" not in told


def test_a_fine_rate_is_explained_with_all_its_digits(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(case[1]).write_text(PROGRAM.replace("Registered = 0.08", "Registered = 0.00055"))
    assert "rate: 0.055% (" in answer(capsys, [*case, "--explain", "upfront:D4"])


def test_a_day_before_the_program_is_told(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*case[:-1], "2025-06-30"]) == 0
    assert "the program takes effect on 2026-01-01; nothing counts before. Name a later day." in capsys.readouterr().err


def test_a_tier_and_a_payout_say_why_they_are_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program, facts = tmp_path / "p.toml", tmp_path / "facts.toml"
    program.write_text(
        """program = "p"
version = "1"
effective_from = 2026-01-01
metric.people = { says = "People", of = "certification", take = "distinct", value = "person", window = "in force" }
tier = [{ name = "Base" }, { name = "Gold", requires = { metric = "people", at_least = 2 } }]
earning.fee = { says = "Fee", type = "F", on = "deal won", amount = 90 }
settlement = { minimum = 50, tax = [{ rate = 0.1, says = "Withholding tax" }] }
eligibility.pay = { when = { metric = "people", at_least = 1 }, otherwise = "suspend", says = "one certified person" }
""",
        encoding="utf-8",
    )
    facts.write_text(
        """deal = [
  { id = "D1", partner = "P", status = "won", closed = 2026-01-05 },
  { id = "D2", partner = "P", status = "won", closed = 2026-02-05 },
]
certification = [{ partner = "P", person = "Ada", awarded = 2026-02-01 }]
""",
        encoding="utf-8",
    )
    asked = ["evaluate", str(program), str(facts), "--as-of", "2026-03-31", "--explain"]
    assert main([*asked, "tier:2026Q1"]) == 0
    told = capsys.readouterr().out
    assert "Base in 2026Q1; its figures reach Base" in told and "People: not met (1 people, bound 2 people)" in told
    assert main([*asked, "payout.carried:2026-01"]) == 0
    assert "because the condition for payment is not met: one certified person; carried over" in capsys.readouterr().out
    assert main([*asked, "payout:2026-02"]) == 0
    assert "because paid on 15 Mar 2026; 18.00 EUR of it are withheld as tax" in capsys.readouterr().out
