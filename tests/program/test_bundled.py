"""The programs that are brought along: every rule is worked out by a case, and every case gives its figures."""

from pathlib import Path

import pytest

from partnerdesk.engine.problem import errors
from partnerdesk.engine.rules import Program
from partnerdesk.ops.programs.cases import run_cases, without_case
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_versions

HERE = Path(resource("programs"))
PROGRAMS = {path.name: [path] for path in sorted(HERE.glob("*.toml"))}
PROGRAMS["fennmark"] = sorted((HERE / "fennmark").glob("*.toml"))


def versions(name: str) -> list[Program]:
    programs, problems = read_versions(PROGRAMS[name])
    assert not errors(problems), "\n".join(map(str, problems))
    return programs


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_case_gives_its_figures(name: str) -> None:
    results = run_cases(versions(name))
    assert results
    assert [str(problem) for result in results for problem in errors(result.problems)] == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_rule_and_every_clawback_has_a_case(name: str) -> None:
    for program in versions(name):
        covered = {key for example in program.example for key in example.covers}
        taken = {f"earning.{e}.clawback.{i}" for e, rule in program.earning.items() for i in range(len(rule.clawback))}
        assert without_case(program) == [], program.version
        assert taken <= covered, program.version
