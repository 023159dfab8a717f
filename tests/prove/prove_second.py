"""A second evaluator agrees with the engine on random programs and facts; prints how often each key occurred."""

import json
from collections import Counter

from tests.prove import steps
from tests.prove.steps import Steps
from tests.second.coverage import table
from tests.second.running import Run, run_apart, together

PAIRS, CHUNK = 10_000, 250


def main(full: bool, seed: int) -> None:
    """Compares all pairs, goes on after a difference, and fails at the end with every one of them."""
    chunks = PAIRS // CHUNK if full else 1
    found = _kept(seed)
    for number in Steps.of("chunks", chunks):
        first = number * CHUNK
        found = together([found, run_apart(seed, range(first, first + (CHUNK if full else 60)))])
        _keep(seed, found)
    lines, rare = table(found.seen)
    print(f"  {found.pairs} pairs: how many of their programs had each key and value", *lines, sep="\n")
    if found.differences:
        raise AssertionError("\n".join([f"{len(found.differences)} pairs differ:", *found.differences[:40]]))
    if full and rare:
        raise AssertionError(f"too rare: {', '.join(rare)}")


def _kept(seed: int) -> Run:
    """What was found before a run was stopped."""
    file = steps.FOLDER / f"second-{seed}.json"
    if Steps.is_at_start("chunks") or not file.exists():
        return Run(0, Counter(), ())
    kept = json.loads(file.read_text("utf-8"))
    return Run(int(kept["pairs"]), Counter(kept["seen"]), tuple(kept["differences"]))


def _keep(seed: int, found: Run) -> None:
    steps.FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"pairs": found.pairs, "seen": found.seen, "differences": found.differences})
    (steps.FOLDER / f"second-{seed}.json").write_text(text, "utf-8")
