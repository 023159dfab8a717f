"""Every published program here reads without a complaint, and every case in it gives its figures to the last digit."""

from pathlib import Path

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.problem import errors
from partnerdesk.engine.rules import Program
from partnerdesk.ops.programs.cases import CaseResult, case_facts, run_cases, versions_of_case, without_case
from partnerdesk.program.reader import read_versions
from partnerdesk.program.words import rule_words

HERE = Path(__file__).parent
FOLDERS = sorted({path.parent for path in HERE.glob("*/*.toml")})


def versions(folder: Path) -> list[Program]:
    programs, problems = read_versions(sorted(folder.glob("*.toml")))
    assert not errors(problems), "\n".join(map(str, problems))
    return programs


def named(folder: Path) -> str:
    return folder.name


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_its_cases_give_their_figures(folder: Path) -> None:
    results = run_cases(versions(folder))
    assert results, "a program without a case proves nothing"
    wrong = [str(problem) for result in results for problem in errors(result.problems)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_every_figure_replays_and_both_modes_agree(folder: Path) -> None:
    programs = versions(folder)
    for result in run_cases(programs):
        for answered in result.answers:
            if answered.figure is not None:
                assert replay(answered.figure) == answered.figure.value, answered.expected.figure
        same_in_values(programs, result)


def same_in_values(programs: list[Program], result: CaseResult) -> None:
    """The lines and balances of the fast mode are those of the explained one, which the case has checked."""
    from partnerdesk.engine.evaluate import explain

    example = result.example
    facts = case_facts(result.program, example, "case").facts
    meant = versions_of_case(programs, result.program, example)
    plain, traced = evaluate(meant, facts, example.as_of), explain(meant, facts, example.as_of)
    for name, outcome in plain.partners.items():
        other = traced.partners[name]
        assert [(x.id, x.amount) for x in outcome.lines] == [(x.id, x.amount.value) for x in other.lines]
        assert [(e.id, e.amount) for e in outcome.entries] == [(e.id, e.amount.value) for e in other.entries]


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_every_rule_has_a_case_and_a_sentence(folder: Path) -> None:
    for program in versions(folder):
        assert not without_case(program), program.version
        for rule in rule_words(program):
            assert rule.sentence.strip(), rule.key
        assert program.source, "a published program names its source"
