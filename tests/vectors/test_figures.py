"""Every published figure of our domain comes out of a program's text exactly as it was published."""

from typing import Any

import pytest

from partnerdesk.engine.figures.replay import replay
from tests.vectors.left_out import LEFT_OUT
from tests.vectors.table import agrees, computed, named, programs, published_figures


@pytest.fixture(scope="module")
def found() -> list[Any]:
    return computed()


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    rows = published_figures()
    if not rows:
        pytest.skip("the reference material ../shared is not here")
    return rows


def test_every_case_is_met(found: list[Any]) -> None:
    wrong = [f"{c.file}: {problem}" for c in found for problem in c.result.problems if not problem.warning]
    assert not wrong, "\n".join(wrong)


def test_every_figure_replays(found: list[Any]) -> None:
    for one in found:
        for answered in one.result.answers:
            if answered.figure is not None:
                assert replay(answered.figure) == answered.figure.value, one.figure


def test_every_case_names_its_figure_and_the_keys_it_runs_through(found: list[Any]) -> None:
    for path, program in programs():
        for example in program.example:
            assert named(example.source), f"{path.name}: {example.says}"
    for one in found:
        assert one.keys, f"{one.figure} says no rule that it covers"


def test_no_figure_is_forgotten(found: list[Any], published: dict[str, Any]) -> None:
    ours = [one.figure for one in found]
    assert len(ours) == len(set(ours)), "a figure stands in two cases"
    assert not set(ours) & set(LEFT_OUT)
    assert set(published) == {*ours, *LEFT_OUT}
    assert all(len(reason) > 20 for reason in LEFT_OUT.values())


def test_it_is_the_published_figure(found: list[Any], published: dict[str, Any]) -> None:
    wrong = []
    for one in found:
        row = published[one.figure]
        missing = agrees(row.get("recomputed", row["expected"]), one.result)
        if missing:
            wrong.append(f"{one.figure}: {', '.join(missing)} not given")
    assert not wrong, "\n".join(wrong)
