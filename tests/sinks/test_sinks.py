"""Data text is never markup, formula, path or code: the raw calls that would make it so stand nowhere in the source.

Each sink has one helper module; a rule forbids the raw call everywhere else. Each rule is also shown a snippet that
breaks it and one that keeps it, because a rule that cannot fail proves nothing.
"""

import ast
from pathlib import PurePosixPath

import pytest

from tests.conftest import ROOT
from tests.sinks.finders import Rule, opened_for_writing
from tests.sinks.rules import RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_a_sink_is_reached_through_its_helper_only(rule: Rule) -> None:
    assert list(rule.lines(rule.bad)), "the rule does not see what it forbids"
    assert not list(rule.lines(rule.good)), "the rule forbids what is right"
    sources = [path for path in (ROOT / "partnerdesk").rglob("*.py") if rule.applies(_relative(path))]
    found = [f"{_relative(path)}:{line}" for path in sources for line in rule.lines(path.read_text("utf-8"))]
    assert not found, f"{rule.says}\n" + "\n".join(found)


def _relative(path: object) -> str:
    return str(PurePosixPath(str(path)).relative_to(PurePosixPath(str(ROOT))))


@pytest.mark.parametrize(
    "line",
    [
        'open(path, "w")',
        'open(path, mode="ab")',
        "path.write_text(text)",
        "path.write_bytes(b'')",
        'path.open("r+")',
    ],
)
def test_every_way_of_opening_for_writing_is_seen(line: str) -> None:
    assert any(opened_for_writing(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize("line", ['open("words.txt")', 'path.open("rb")', 'opened("w")', "os.open(path, flags)"])
def test_reading_is_not_taken_for_writing(line: str) -> None:
    assert not any(opened_for_writing(node) for node in ast.walk(ast.parse(line)))


def test_a_helper_is_allowed_what_others_are_not() -> None:
    label = RULES[0]
    assert label.applies("partnerdesk/ui/screens/today.py")
    assert not label.applies("partnerdesk/ui/widgets/text.py")
