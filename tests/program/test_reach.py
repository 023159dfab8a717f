"""What nobody reaches is warned of, where it stands; what is within reach is not."""

from pathlib import Path

import pytest

from partnerdesk.program.reader import read_program, read_versions
from partnerdesk.program.reference import EXAMPLE

SCORED = (
    EXAMPLE[: EXAMPLE.index("[[example]]")]
    .replace("[metric.certified]", "[metric.certified]\nnot_above = 10")
    .replace("Gold = 0.08 }", "Gold = 0.08, Star = 0.1 }")
    + """
[score]
parts = [
  { metric = "revenue", weight = 60, scale = [{ at = 0, points = 0 }, { at = 100_000, points = 100 }] },
  { metric = "certified", weight = 40, at_most = 30, scale = [{ at = 0, points = 0 }, { at = 5, points = 90 }] },
]

[[tier]]
name = "Star"
requires = { score = 90 }

[earning.growth]
says = "The more you sell, the higher the rate"
type = "UPFRONT"
on = "period end"
base = { metric = "revenue" }
rate = { bands = "marginal", by = "certified", steps = [{ from = 0, rate = 0.05 }, { from = 10, rate = 0.10 }] }
"""
)


def warnings(text: str) -> list[str]:
    read = read_program(text, "reach.toml")
    assert read.program is not None, read.problems
    words = ("nobody comes", "out of reach", "promises more")
    return [str(p) for p in read.problems if p.warning and any(word in str(p) for word in words)]


def test_what_is_within_reach_is_not_warned_of() -> None:
    assert warnings(SCORED) == []  # 60 + 30 is 90, and ten certified people come to the upper band


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("score = 90", "score = 91", ("tier.2.requires", "needs a score of 91", "ends at 90")),
        ("from = 10,", "from = 11,", ("earning.growth.rate", "band from 11 is out of reach", "ends at 10")),
        ("rate = 0.10 }]", "rate = 0.04 }]", ("earning.growth.rate", "promises more", "falls to 0.04")),
    ],
)
def test_what_nobody_reaches_is_warned_of(old: str, new: str, words: tuple[str, ...]) -> None:
    assert old in SCORED
    (warning,) = warnings(SCORED.replace(old, new))
    assert all(word in warning for word in words), warning


def test_two_versions_of_one_day_are_named_with_file_line_and_key(tmp_path: Path) -> None:

    folder = tmp_path
    for name, version in (("a.toml", "1"), ("b.toml", "2")):
        (folder / name).write_text(EXAMPLE.replace('version = "2026"', f'version = "{version}"'), encoding="utf-8")
    _, problems = read_versions(list(folder.glob("*.toml")))
    (found,) = [str(problem) for problem in problems if not problem.warning]
    assert "b.toml, line 3, effective_from" in found
    assert "versions 1 and 2" in found
