"""The second evaluator agrees with the engine, shares nothing with it, and is able to disagree."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.second import always, compare
from tests.second.coverage import ENOUGH, counted, table, wanted
from tests.second.maker.pair import Pair, pair
from tests.second.running import run

JUDGE = Path(__file__).parent / "judge"
SHARED = {"partnerdesk.engine.facts", "partnerdesk.engine.rules"}


@pytest.mark.parametrize("part", range(3))
def test_the_second_evaluator_agrees(part: int) -> None:
    found = run(1, range(part * 50, part * 50 + 50))
    assert found.differences == ()


@pytest.mark.parametrize("check", always.ALWAYS, ids=lambda check: check.__name__)
def test_what_always_holds_does_so_for_random_programs(check: Callable[[Pair], None]) -> None:
    for number in range(25):
        check(pair(2, number))


def foreign(source: str) -> list[str]:
    """The modules of PartnerDesk that a text imports, but for the types of facts and rules."""
    tree = ast.parse(source)
    named = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    named += [alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names]
    return [name for name in named if name.startswith(("partnerdesk", "tests.")) and not is_shared(name)]


def is_shared(name: str) -> bool:
    return name in SHARED or name.startswith(("partnerdesk.engine.rules.", "tests.second.judge"))


@pytest.mark.parametrize("path", sorted(JUDGE.glob("*.py")), ids=lambda p: p.stem)
def test_it_shares_only_the_types_of_facts_and_rules(path: Path) -> None:
    assert foreign(path.read_text("utf-8")) == []


def test_an_import_of_the_engine_is_found() -> None:
    assert foreign("from partnerdesk.engine.terms.windows import bounds") == ["partnerdesk.engine.terms.windows"]
    assert foreign("import tests.second.compare") == ["tests.second.compare"]


def test_a_wrong_figure_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    one = pair(3, 2)
    assert list(compare.compared(one)) == []
    right = compare.measure
    monkeypatch.setattr(compare, "measure", lambda *asked: (right(*asked) or 0) + 1)
    assert list(compare.compared(one))


def test_a_pair_is_the_same_every_time() -> None:
    assert pair(5, 17) == pair(5, 17)
    assert pair(5, 17).texts != pair(5, 18).texts


def test_a_rare_key_is_named() -> None:
    program = pair(1, 1).programs[0]
    lines, rare = table(counted([program] * ENOUGH))
    assert "Included.version" in rare, "what no figure depends on has to occur, too"
    assert len(rare) > 50
    assert any("Metric.of" in line and "TOO RARE" not in line for line in lines)
    often, none = table(dict.fromkeys(wanted(), ENOUGH))
    assert none == [] and any("Program.note" in line and "spoken only" in line for line in often)


def test_every_key_has_a_row() -> None:
    assert {"Program.currency", "Metric.take = median", "Clawback.shape = contract"} <= set(wanted())


def test_lines_movements_and_totals_are_disputed() -> None:
    found = [
        row for number in range(120) for row in pair(1, number).facts.of("dispute") if row.id.startswith("disputed")
    ]
    assert {"open", "escalated", "approved", "partly", "denied"} <= {row.outcome for row in found}
    assert any(row.line == row.statement for row in found), "totals"
    assert {"line", "movement"} == {
        "movement" if row.line.endswith(":payable") or row.line.startswith("adjustment:") else "line"
        for row in found
        if row.line != row.statement
    }


def test_what_undoes_a_waived_correction_is_itself_waived_without_a_stop() -> None:
    """A correction of what belongs to no line, undone and waived once more: an evaluation ended with an error."""
    assert run(901, [7605]).differences == ()


def test_at_the_start_of_a_period_that_begins_before_the_program_the_first_tier_counts() -> None:
    """Weeks of 2025 begin on 30 December: the judge took the tier of the review of that day."""
    assert run(908, [3419]).differences == ()
