"""What the reference shows of common rules is one program that works, each rule with figures worked out by hand."""

from pathlib import Path

from partnerdesk.ops.programs.cases import run_cases, without_case
from partnerdesk.program.reader import read_program
from partnerdesk.program.reference import reference
from partnerdesk.program.reference.recipes import HEAD, RECIPES, together

CASES = Path(__file__).with_name("recipes.toml").read_text("utf-8")


def test_together_they_give_the_figures_that_are_worked_out() -> None:
    read = read_program(f"{together()}\n{CASES}", "recipes.toml")
    assert read.program is not None, read.problems
    assert not without_case(read.program)
    for result in run_cases([read.program]):
        assert not result.problems, [str(problem) for problem in result.problems]


def test_each_is_printed_and_can_be_read() -> None:
    text, tiers = reference(), RECIPES[0][1]
    for says, rule in RECIPES:
        assert all(line.strip() in text for line in rule.splitlines()), says
        needs = "" if rule is tiers or not ("by_tier" in rule or "tier = " in rule) else tiers
        needs += RECIPES[4][1] if 'earning = "recurring"' in rule else ""
        read = read_program(f"{HEAD}{needs}\n{rule}\n", "one.toml")
        assert read.program is not None, (says, read.problems)
