"""One invented program of what many published ones have, in a currency without cents; figures worked out by hand."""

from pathlib import Path

from partnerdesk.engine.figures.replay import replay
from partnerdesk.ops.programs.cases import run_cases, without_case
from partnerdesk.program.reader import read_program

TEXT = Path(__file__).with_name("whole_yen.toml").read_text("utf-8")


def test_its_cases_give_their_figures_and_every_figure_replays() -> None:
    read = read_program(TEXT, "whole_yen.toml")
    assert read.program is not None and not read.problems, read.problems
    assert not without_case(read.program)
    for result in run_cases([read.program]):
        assert not result.problems, [str(problem) for problem in result.problems]
        for answered in result.answers:
            if answered.figure is not None:
                assert replay(answered.figure) == answered.figure.value, answered.expected.figure
