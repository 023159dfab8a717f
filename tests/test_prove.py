"""`make prove` itself: a part goes on where it stopped, says its seed, and fails loudly."""

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT
from tests.prove import kept_cases, steps
from tests.prove.steps import Steps


@pytest.fixture
def prove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program, with parts of the test's own."""
    spec = importlib.util.spec_from_file_location("prove", ROOT / "packaging" / "prove.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(steps, "FOLDER", tmp_path)
    monkeypatch.setattr(Steps, "_running", None)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return module


class Part:
    """Counts the cases it is given; stops or fails at one of them."""

    def __init__(self, stop_at: int = -1, error: type[BaseException] = KeyboardInterrupt) -> None:
        self.seen: list[int] = []
        self.drawn: list[float] = []
        self.stop_at, self.error = stop_at, error

    def main(self, *, full: bool, seed: int) -> None:
        for number in Steps.of("cases", 20):
            if number == self.stop_at:
                self.stop_at = -1
                raise self.error
            self.seen.append(number)
            self.drawn.append(random.Random(seed + number).random())


def test_a_part_goes_on_where_it_stopped_with_the_same_seed(
    prove: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part, whole = Part(stop_at=7), Part()
    monkeypatch.setattr(prove, "_module", lambda name: part)
    with pytest.raises(SystemExit):
        prove.prove("mine", 42, False)
    assert part.seen == list(range(7))
    assert prove.prove("mine", None, False)
    assert "seed 42, going on where it stopped" in capsys.readouterr().out
    assert part.seen == list(range(20))
    whole.main(full=True, seed=42)
    assert part.drawn == whole.drawn


def test_a_failure_is_told_with_its_seed(
    prove: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prove, "_module", lambda name: Part(3, ValueError))
    assert not prove.prove("mine", 7, False)
    assert "mine: FAILED with seed 7" in capsys.readouterr().out


def test_another_seed_starts_anew(prove: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    part = Part(stop_at=7)
    monkeypatch.setattr(prove, "_module", lambda name: part)
    with pytest.raises(SystemExit):
        prove.prove("mine", 42, False)
    part.seen.clear()
    assert prove.prove("mine", 43, False)
    assert part.seen == list(range(20))


def test_every_part_says_what_it_proves_and_takes_size_and_seed(prove: ModuleType) -> None:
    for name, says in prove.parts().items():
        assert says, name
        assert callable(prove._module(name).main)


def test_without_a_run_nothing_is_kept(tmp_path: Path, prove: ModuleType) -> None:
    assert list(Steps.of("cases", 3)) == [0, 1, 2]
    assert not list(tmp_path.glob("*.json"))


def test_ranges_of_seeds_run_their_own_cases_and_keep_one_report(
    prove: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    part = Part(stop_at=3)
    monkeypatch.setattr(prove, "_module", lambda name: part)
    with pytest.raises(SystemExit):
        prove.prove("mine", None, False, prove.seed_range("40-44"))
    assert prove.prove("mine", None, False, prove.seed_range("45-46")), "another range is another process's"
    assert prove.prove("mine", None, False, prove.seed_range("40-44"))
    assert part.seen == [0, 1, 2, 0, 1, 3, 4]
    assert part.drawn == [random.Random(n).random() for n in (40, 41, 42, 45, 46, 43, 44)]
    failing = Part(1, ValueError)
    monkeypatch.setattr(prove, "_module", lambda name: failing)
    assert not prove.prove("mine", 7, False)
    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text("utf-8").splitlines()]
    assert [(line["part"], line["held"]) for line in lines] == [
        ("mine-45-46", True),
        ("mine-40-44", True),
        ("mine", False),
    ]


def test_seeds_are_shared_by_processes_without_one_left_out(prove: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prove.split(range(5, 12), 3) == [range(5, 7), range(7, 9), range(9, 12)]
    assert prove.split(range(2), 4) == [range(1), range(1, 2)]
    started: list[list[str]] = []

    class Child:
        def __init__(self, command: list[str]) -> None:
            started.append(command)

        def wait(self) -> int:
            return int("600-999" in started[-1])

    monkeypatch.setattr(prove.subprocess, "Popen", Child)
    assert prove.shared("leaks", range(200, 600), True, 2)
    assert [command[-2:] for command in started] == [["--seeds", "200-399"], ["--seeds", "400-599"]]
    assert not prove.shared("leaks", range(600, 1000), False, 1)


def test_what_a_part_says_is_told_line_by_line(prove: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    told = prove.Told()
    print("  imports:", {"old": 2}, "and more", file=told)
    print("not kept", file=told)
    assert told.found == ["imports: {'old': 2} and more"]
    assert "not kept" in capsys.readouterr().out


def doubled(case: int) -> int:
    worked_out.append(case)
    return case * 2


worked_out: list[int] = []


def test_results_of_cases_are_kept_and_added_up_over_runs_of_other_seeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "FOLDER", tmp_path)
    monkeypatch.setattr(kept_cases, "code", lambda: "this")
    for run, first, most, found in (("a", 5, 2, [10, 12]), ("b", 7, 1, [10, 12, 14]), ("c", 5, 3, [10, 12, 14])):
        Steps.start(run, first, most)
        assert kept_cases.gathered("mine", first, 200, doubled) == found
        Steps.finish(run)
    assert worked_out == [5, 6, 7], "what is kept is not worked out again"
    assert kept_cases.gathered("mine", 7, 3, doubled) == [10, 12, 14, 16, 18], "in as many processes as there are cores"
    monkeypatch.setattr(kept_cases, "code", lambda: "other")
    assert [*kept_cases.kept("mine")] == [], "nothing of other code is added up"


def test_all_cases_of_a_part_are_shared_and_their_seed_is_kept_until_they_held(
    prove: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    part, codes, asked = Part(), [0, 1, 0, 0], list[str]()
    part.CASES = 20  # type: ignore[attr-defined]
    monkeypatch.setattr(prove, "_module", lambda name: part)

    class Child:
        def __init__(self, command: list[str]) -> None:
            asked.append(command[-1])
            self.command = command

        def wait(self) -> int:
            prove.prove("mine", None, False, prove.seed_range(self.command[-1]), "--share" in self.command)
            return codes.pop(0)

    monkeypatch.setattr(prove.subprocess, "Popen", Child)
    monkeypatch.setattr(sys, "argv", ["prove", "mine", "--seed", "30"])
    monkeypatch.setattr(prove, "parts", lambda: {"mine": "What it proves"})
    assert prove.main() == 1 and part.seen == [*range(10), *range(10)]
    monkeypatch.setattr(sys, "argv", ["prove", "mine"])
    assert prove.main() == 0 and len(part.seen) == 20, "what held before is not done again"
    assert asked == ["30-39", "40-49", "30-39", "40-49"]
    assert not list(tmp_path.glob("*.json"))
