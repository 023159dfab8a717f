"""Figures explained at a terminal: step by step, down to rows, bands and reasons."""

import json
from pathlib import Path

import pytest

from partnerdesk.cli import main
from tests.cli.evaluating import PROGRAM, answer
from tests.cli.evaluating import case as case  # the fixture


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        (
            "upfront:D1",
            ["2,400.00 EUR (multiplied", "30,000.00 EUR  [deal D1: deal.csv, row 2]", "rate: 8\xa0%"],
        ),
        ("score:2026Q1", ["Score: 60 points", "amount: 30,000.00 EUR  [deal D1: deal.csv, row 2]"]),
        ("revenue:2026Q2", ["12,000.55 EUR", "[deal D2: deal.csv, row 3]"]),
        ("row|closing|held|2026-02", ["Closing balance, held: 1,200.00 EUR"]),
        ("2026-02:closing", ["Closing balance: 2,400.00 EUR", "held: 1,200.00 EUR", "[deal D1: deal.csv, row 2]"]),
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
        "Made good, less what earlier lines paid: 0.00 EUR (the second taken from the first)",
        "paid before in the year: 10.00 EUR\n",
        "no other value of it would change this figure: amount 100.00 EUR",
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


UNKNOWN = """
[metric.observed]
says = "Observed"
of = "observation"
take = "latest"
value = "value"
missing = "not evaluated"
"""


def test_a_metric_without_a_value_says_why(case: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "unknown.toml"
    program.write_text(PROGRAM + UNKNOWN, "utf-8")
    asked = [case[0], str(program), *case[2:], "--partner", "P1"]
    for name in ("observed", "observed:2026Q1"):
        assert main([*asked, "--explain", name]) == 1
        said = capsys.readouterr().err
        assert f"{name} is not evaluated: 0 of 1 observations needed" in said and "No figure" not in said, said


def test_an_explanation_is_printed_alone(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--partner", "P1"]):
        out = answer(capsys, [*case, *more, "--explain", "score:2026Q1"])
        assert out.splitlines()[0].endswith(": score:2026Q1") and "as of" not in out and "Statement" not in out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2026-02:closing.held", "Closing balance, held: 1,200.00 EUR"),
        ("2026-02:closing.payable", "Closing balance, payable: 1,200.00 EUR"),
        ("2026-02:earned.UPFRONT.payable", "payable: 2,400.00 EUR"),
        ("2026-02:earned.upfront", "earned: 2,400.00 EUR"),
        ("2026-02:payout", "paid: 1,200.00 EUR"),
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


def test_steps_name_their_rows_and_stop_at_an_earlier_closing(
    case: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = answer(capsys, [*case, "--partner", "P1", "--explain", "2026-04:closing"])
    assert "amount: 12,000.55 EUR  [deal D2: deal.csv, row 3]" in out
    assert "how it came about: --explain 2026-02:closing" in out
    assert "deal D1" not in out


def test_a_step_that_others_rest_on_is_unfolded_once(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    program = Path(case[1])
    program.write_text(program.read_text() + 'clawback = [{ if = "refunded" }]\n')
    refund = "id,partner,deal,kind,day,amount\nT1,P1,D1,payment,2026-02-11,30000\nT2,P1,D1,refund,2026-03-01,-10000\n"
    (Path(case[2]) / "transaction.csv").write_text(refund)
    out = answer(capsys, [*case, "--partner", "P1", "--explain", "2026-03:clawback"])
    assert out.count("rate: 8\xa0%") == 1, out
    assert (
        "clawed back: 800.00 EUR (the first divided by the second; refund T2 of 1 Mar 2026; its steps stand above)"
        in out
    )


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


QUARTERLY = """
[earning.quarterly]
says = "Quarter"
type = "REBATE"
on = "period end"
when = { metric = "revenue", above = 30000 }
base = { metric = "revenue" }
rate = 0.01
"""


def test_a_period_that_pays_nothing_says_why(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    program = Path(case[1])
    program.write_text(program.read_text() + QUARTERLY)
    assert main([*case, "--partner", "P1", "--explain", "quarterly:2026Q1"]) == 1
    told = capsys.readouterr().err
    assert "quarterly:2026Q1 pays nothing: the condition of the rule is not met: " in told
    assert "30,000, needed more than 30,000 (2026Q1). Its line would have had that name." in told
    program.write_text(program.read_text().replace("above = 30000", "at_least = 0"))
    assert main([*case, "--partner", "P1", "--explain", "quarterly:2026Q1"]) == 0


GROWING = """
[earning.growing]
says = "Growing"
type = "G"
on = "deal won"
base = "amount"
increment_over = "ever"
rate = { bands = "whole amount", steps = [{ from = 0, rate = 0.1 }, { from = 50000, rate = 0.2 }] }
"""


def test_a_sum_that_grew_line_by_line_is_one_sum_and_other_lines_are_named(
    case: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(case[1]).write_text(PROGRAM + GROWING)
    more = "".join(f"D{n},P1,new,won,2026-0{n}-10,1000\n" for n in (5, 6, 7))
    deals = Path(case[2]) / "deal.csv"
    deals.write_text(deals.read_text() + more)
    told = answer(capsys, [*case, "--partner", "P1", "--explain", "growing:D7"]).replace("\xa0", " ")
    lines = told.splitlines()
    assert told.count("bases up to now: 45,000.55 EUR") == 2 and "44,000.55" not in told
    for earlier in ("D1", "D2", "D5", "D6"):
        assert sum(line.endswith(f"how it came about: --explain growing:{earlier}") for line in lines) == 1, told
    assert sum("amount: 30,000.00 EUR" in line for line in lines) == 1


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
        "from 0.00 EUR to 40,000.00 EUR: 10,000.00 EUR × 4 % = 400.00 EUR",
        "from 40,000.00 EUR: 2,000.55 EUR × 5 % = 100.0275 EUR",
        "from 0.00 EUR: 4 %",
        "from 10,000.00 EUR: 5 %, reached",
        "from 0.00 EUR: 10.00 EUR, entered",
        "from 20,000.00 EUR: 90.00 EUR",
        "from 0.00 EUR to 5,000.00 EUR: 5,000.00 EUR × 4 % = 200.00 EUR",
        "from 5,000.00 EUR: 7,000.55 EUR × 5 % = 350.0275 EUR",
        "Registered: 8 %, applies",
        "Gold: 12 %",
    ):
        assert line in [text.strip() for text in said.splitlines()]


def test_a_fine_rate_is_explained_with_all_its_digits(case: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(case[1]).write_text(PROGRAM.replace("Registered = 0.08", "Registered = 0.00055"))
    assert "rate: 0.055\xa0% (" in answer(capsys, [*case, "--explain", "upfront:D4"])


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
    assert (
        "Base in 2026Q1; its figures reach Base" in told
        and "People: not met (1 person; needed: at least 2 people)" in told
    )
    assert main([*asked, "2026Q1:tier"]) == 0, "the period may stand first"
    assert capsys.readouterr().out == told
    assert main([*asked, "2026-02:tier"]) == 1, "no review ends with that month"
    assert "The nearest are tier:2026Q1" in capsys.readouterr().err
    assert main([*asked, "payout.carried:2026-01"]) == 0
    assert "the condition for payment is not met: one certified person; carried over" in capsys.readouterr().out
    assert main([*asked, "payout:2026-02"]) == 0
    assert "paid on 15 Mar 2026; 18.00 EUR of it are withheld as tax" in capsys.readouterr().out


def test_a_cap_that_is_used_up_says_its_bound_and_what_was_earned_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, facts = tmp_path / "p.toml", tmp_path / "facts.toml"
    program.write_text(
        """program = "p"
version = "1"
effective_from = 2026-01-01
earning.fee = { says = "Fee", type = "F", on = "deal won", amount = 90 }
cap.top = { says = "Most of a year", of = ["fee"], every = "year", at_most = 90 }
""",
        encoding="utf-8",
    )
    deals = (f'{{ id = "D{n}", partner = "P", status = "won", closed = 2026-01-0{n} }}' for n in (1, 2))
    facts.write_text(f"deal = [{', '.join(deals)}]\n", encoding="utf-8")
    assert main(["evaluate", str(program), str(facts), "--as-of", "2026-03-31", "--explain", "fee:D2"]) == 0
    told = capsys.readouterr().out
    assert "Fee: 0.00 EUR (the smallest counts; Most of a year reached)" in told
    assert "Most of a year: 90.00 EUR  [rule cap.top]" in told
    assert "earned before under the cap: 90.00 EUR" in told and "--explain fee:D1" in told
