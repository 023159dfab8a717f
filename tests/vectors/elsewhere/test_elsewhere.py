"""Every one of these figures comes out of a program's text as it was published."""

from pathlib import Path

import pytest

from partnerdesk.engine.figures.replay import replay
from partnerdesk.ops.programs.cases import run_cases, without_case
from partnerdesk.program.reader import read_file

TEXTS = sorted(Path(__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_figure_is_given_and_replays(path: Path) -> None:
    read = read_file(path)
    assert read.program is not None, [str(problem) for problem in read.problems]
    assert not without_case(read.program)
    for result in run_cases([read.program]):
        assert result.example.source and result.example.covers, result.example.says
        assert not result.problems, [str(problem) for problem in result.problems]
        for answered in result.answers:
            assert answered.figure is None or replay(answered.figure) == answered.figure.value
