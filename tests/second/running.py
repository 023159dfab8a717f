"""Comparing many pairs, on several processes: what differed, how often each key occurred."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from tests.second.always import broken
from tests.second.compare import compared
from tests.second.coverage import counted
from tests.second.maker.pair import pair
from tests.second.written import written_out

WORKERS = 2
ALWAYS_EVERY = 5  # what always holds takes ten times as long: it is tried on every fifth pair


class Run(NamedTuple):
    """Some pairs: how many, what occurred in their programs, and the differences, each with its pair."""

    pairs: int
    seen: Counter[str]
    differences: tuple[str, ...]


def run(seed: int, numbers: Sequence[int]) -> Run:
    """Pairs one after the other."""
    seen: Counter[str] = Counter()
    differences: list[str] = []
    for number in numbers:
        one = pair(seed, number)
        seen.update(counted(one.programs))
        found = [*map(str, compared(one)), *(broken(one) if number % ALWAYS_EVERY == 0 else ())]
        if found:
            where = written_out(one, f"{seed}-{number}")
            differences.append(f"pair {number} of seed {seed} ({where}): {'; '.join(found[:3])}")
    return Run(len(numbers), seen, tuple(differences))


def run_apart(seed: int, numbers: Sequence[int]) -> Run:
    """The same on two processes."""
    parts = [numbers[i::WORKERS] for i in range(WORKERS)]
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        return together(list(pool.map(run, [seed] * WORKERS, parts)))


def together(runs: Sequence[Run]) -> Run:
    """Several runs as one."""
    seen: Counter[str] = Counter()
    for one in runs:
        seen.update(one.seen)
    return Run(sum(r.pairs for r in runs), seen, tuple(d for r in runs for d in r.differences))
