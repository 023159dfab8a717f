"""Cases inside a program's text: run on every check, and an exact word where one fails."""

from pathlib import Path

import pytest

from partnerdesk.__main__ import main
from partnerdesk.ops.programs.cases import run_cases, without_case
from partnerdesk.program.reader import read_program
from partnerdesk.program.reference import EXAMPLE


def problems(text: str) -> list[str]:
    read = read_program(text, "harbour.toml")
    assert read.program is not None, read.problems
    return [str(p) for result in run_cases([read.program]) for p in result.problems]


def test_a_figure_that_differs_is_told_with_both_values() -> None:
    (wrong,) = problems(EXAMPLE.replace("value = 9600", "value = 9500"))
    assert "commission:D1 is 9600.00, the case expects 9500" in wrong
    assert "example 1" in wrong


def test_a_line_that_is_missing_says_why_its_fact_did_not_count() -> None:
    text = EXAMPLE.replace('kind = "new"\nstatus', 'kind = "renewal"\nstatus')
    assert any(
        "there is no figure commission:D1: deal kind is renewal, needed: new or cross-sell." in p
        for p in problems(text)
    )
    text = EXAMPLE.replace('base = "amount"', 'base = { attribute = "amount", less = "attributes.rebate" }')
    assert any(
        "there is no figure commission:D1: its rebate is not known. Correct the fact" in p for p in problems(text)
    )


def test_a_line_that_is_known_not_to_be_earned_is_zero() -> None:
    text = EXAMPLE.replace('kind = "new"\nstatus', 'kind = "renewal"\nstatus')
    expected = 'figure = "commission:D1", value = 9600'
    assert expected in text
    told = problems(text.replace(expected, 'figure = "commission:D1", value = 0'))
    assert not any("commission:D1" in p for p in told)
    assert any(
        "no figure commission:D9" in p for p in problems(text.replace(expected, 'figure = "commission:D9", value = 0'))
    )


def test_a_fund_that_never_held_anything_is_zero() -> None:
    fund = '[fund.mdf]\nsays = "MDF"\nevery = "quarter"\naccrues_on = "revenue"\nrate = 0.01\nminimum = 5000\n\n'
    text = EXAMPLE.replace("[[example]]", f"{fund}[[example]]", 1)
    asked = (
        '{ figure = "fund.mdf.expired", value = 0 }, { figure = "fund.mdf.available", value = 0 }, { figure = "tier"'
    )
    assert problems(text.replace('{ figure = "tier"', asked, 1)) == []
    for wrong in problems(text.replace('{ figure = "tier"', asked.replace("mdf", "mfd"), 1)):
        assert "Did you mean fund.mdf." in wrong


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'figure = "tier", text = "Gold"',
            'figure = "tier", text = "Member"',
            "tier of 2026Q1 is Gold, the case expects Member",
        ),
        (
            'figure = "commission:D1"',
            'figure = "commission:D9"',
            "there is no figure commission:D9. Did you mean commission:D1?",
        ),
        (
            'figure = "tier", text = "Gold"',
            'figure = "revenue", period = "2026-01", value = 1',
            "there is no figure revenue of 2026-01. Its periods are 2026Q1, and the months",
        ),
        (
            'figure = "tier", text = "Gold"',
            'figure = "tier", period = "2025Q4", text = "Gold"',
            "there is no figure tier of 2025Q4. Its periods are 2026Q1.",
        ),
        ('figure = "closing.held"', 'figure = "closing.hold"', "there is no figure closing.hold. Did you mean"),
        ("amount = 120000", 'amount = "much"', "amount"),
        ('partner = "Birch"\nkind', 'partner = "Alder"\nkind', "Alder"),
    ],
)
def test_what_cannot_be_answered_is_told(old: str, new: str, told: str) -> None:
    assert old in EXAMPLE
    assert any(told in wrong for wrong in problems(EXAMPLE.replace(old, new, 1)))


def test_a_metric_is_asked_for_in_any_period_of_the_partner() -> None:
    asked = '{ figure = "revenue", period = "2026-02", value = 120_000 }, '
    asked += '{ figure = "revenue", period = "2026", value = 120_000 }, { figure = "tier"'
    assert problems(EXAMPLE.replace('{ figure = "tier"', asked, 1)) == []


def test_what_is_not_evaluated_says_for_which_period_and_why() -> None:
    growth = '[metric.grown]\nsays = "Growth"\ngrowth = "revenue"\n\n[[tier]]'
    text = EXAMPLE.replace("[[tier]]", growth, 1)
    (wrong,) = problems(text.replace('figure = "tier", text = "Gold"', 'figure = "grown", value = 1', 1))
    assert "grown of 2026Q1 is not evaluated (" in wrong and "), the case expects 1." in wrong


def test_a_filter_of_a_period_s_end_is_the_metric_s_own() -> None:
    dated = (
        '[earning.lump]\nsays = "Lump"\ntype = "BONUS"\non = "period end"\namount = 5\nwhere = { day = 2026-01-31 }\n'
    )
    (told,) = [str(p) for p in read_program(f"{EXAMPLE}\n{dated}", "harbour.toml").problems if "lump" in str(p)]
    assert "What the metric counts, and in which days, is said by the metric's own `where`." in told


def test_what_is_paid_once_in_a_year_has_another_key() -> None:
    counted = '[earning.lump]\nsays = "Lump"\ntype = "BONUS"\non = "period end"\namount = 5\ncount = { to = 1 }\n'
    (told,) = [str(p) for p in read_program(f"{EXAMPLE}\n{counted}", "harbour.toml").problems if "lump" in str(p)]
    assert "it looks at a fact, and this earning happens when a period ends." in told
    assert "What is paid once in a year is an amount in bands, with increment_over, of a metric that does not" in told


def test_the_command_runs_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "harbour.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert main(["program", "check", str(file)]) == 0
    shown = capsys.readouterr()
    assert "1 of 1 case met" in shown.out and "no case" not in shown.err
    fewer = EXAMPLE.replace('  { figure = "tier", text = "Gold" },\n', "")
    file.write_text(fewer, encoding="utf-8")
    assert main(["program", "check", str(file)]) == 0
    line = fewer.splitlines().index('name = "Gold"')  # of the table above it, counted from 1
    assert f"harbour.toml, line {line}, tier.Gold: no case works out this rule." in capsys.readouterr().err
    file.write_text(EXAMPLE.replace("value = 9600", "value = 1"), encoding="utf-8")
    assert main(["program", "check", str(file)]) == 1
    line = EXAMPLE.splitlines().index("[[example]]") + 1
    told = capsys.readouterr().err
    assert f"harbour.toml, line {line}, version 2026, example 1" in told and "the case expects 1" in told


def test_a_case_expects_one_thing_of_a_figure() -> None:
    read = read_program(EXAMPLE.replace("value = 9600", 'value = 9600, text = "x"'), "harbour.toml")
    assert read.program is None and "one of value, text and day" in str(read.problems[0])


def test_a_case_may_leave_out_the_currency_and_bring_columns_that_its_rules_read() -> None:
    text = EXAMPLE.replace('currency = "EUR"', 'currency = "USD"').replace(
        'where = { kind = ["new", "cross-sell"] }', 'where = { attributes.channel = "web" }'
    )
    assert not problems(text.replace('kind = "new"\n', 'channel = "web"\n'))
    told = problems(text.replace('kind = "new"\n', 'channel = "web"\nshelf = "3"\n'))
    assert len(told) == 1 and "attributes.shelf" in told[0]


LATER = EXAMPLE.replace('version = "2026"', 'version = "2027"').replace("from = 2026-01-01", "from = 2026-03-01")
RETROACTIVE = '[transition]\napplies_to = "retroactive"\nsince = 2026-01-01\n\n[metric.revenue]'


def test_a_later_version_changes_no_case_of_an_older_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both are in force on 31 March: the later one pays 7 % of what the earlier one's case gives 8 % for."""
    assert "[metric.revenue]" in LATER and "Gold = 0.08" in LATER
    later = LATER.replace("[metric.revenue]", RETROACTIVE, 1).replace("Gold = 0.08", "Gold = 0.07")
    (tmp_path / "2026.toml").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "2027.toml").write_text(later, encoding="utf-8")
    assert main(["program", "check", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert "version 2026: 2 metrics, 1 earning, 1 of 1 case met" in shown.out
    assert "version 2026, example" not in shown.err
    assert "commission:D1 is 8400.00 under the versions 2026 and 2027, the case expects 9600." in shown.err


@pytest.mark.parametrize(
    ("figure", "left"),
    [
        ('figure = "commission:D1", value = 9600', []),
        ('figure = "earned.commission", value = 9600', []),
        ('figure = "payable.commission:D1", day = 2026-02-10', []),
        ('figure = "earned", value = 9600', ["earning.commission"]),
        ('figure = "earned.commissions", value = 0', ["earning.commission"]),
    ],
)
def test_a_figure_that_names_a_rule_works_it_out(figure: str, left: list[str]) -> None:
    text = EXAMPLE.replace('figure = "commission:D1", value = 9600', figure).replace('"earning.commission", ', "", 1)
    assert figure in text
    program = read_program(text, "harbour.toml").program
    assert program is not None and without_case(program) == left


def test_the_score_and_what_tops_up_are_named_by_their_figures() -> None:
    rules = '[safety_net.floor]\nsays = "Floor"\nof = ["commission"]\nevery = "quarter"\nat_least = 100\n\n'
    scale = "[{ at = 0, points = 0 }, { at = 1, points = 100 }]"
    rules += f'[score]\nparts = [{{ metric = "revenue", weight = 100, scale = {scale} }}]\n\n[[example]]'
    text = EXAMPLE.replace("[[example]]", rules, 1)
    both = '{ figure = "score", value = 100 }, { figure = "earned.safety_net.floor", value = 0 }, { figure = "tier"'
    for written, left in ((text, ["safety_net.floor", "score"]), (text.replace('{ figure = "tier"', both, 1), [])):
        read = read_program(written, "harbour.toml")
        assert read.program is not None, read.problems
        assert without_case(read.program) == left


def test_a_figure_that_another_period_has_is_told_with_that_period() -> None:
    late = EXAMPLE.replace("as_of = 2026-03-31", "as_of = 2026-06-30")
    wrong = problems(late.replace('{ figure = "closing.held", value = 4800 }', '{ figure = "opening", value = 0 }'))
    assert any(
        "opening of 2026Q2 is 9600.00, the case expects 0." in told and "It is 0 in 2026Q1: name that `period`" in told
        for told in wrong
    ), wrong


def test_cases_of_last_year_in_a_copy_of_its_text_are_told_why_nothing_comes_out() -> None:
    read = read_program(EXAMPLE.replace("effective_from = 2026-01-01", "effective_from = 2027-01-01"), "next.toml")
    assert read.program is not None
    (result,) = run_cases([read.program])
    (told,) = map(str, result.problems)
    assert "its day 2026-03-31 is before 2027-01-01, on which the version takes effect. Move `as_of`" in told


def test_a_period_that_is_not_there_is_told_beside_those_that_are() -> None:
    late = '{ figure = "closing.payable", period = "2027Q1"'
    read = read_program(EXAMPLE.replace('{ figure = "closing.payable"', late), "p.toml")
    assert read.program is not None
    (result,) = run_cases([read.program])
    (told,) = map(str, result.problems)
    assert told.endswith("there is no figure closing.payable of 2027Q1. Its periods are 2026Q1.")
