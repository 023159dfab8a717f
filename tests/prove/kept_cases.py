"""Results of the cases of a long proof, each kept in a file of its own: runs of some seeds add up to one proof.

A case that is kept is not worked out again, whoever asks: the run that was stopped, or another one of other seeds. Its
file names the code that made it, so that nothing of other code is added up.
"""

import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.prove import steps
from tests.prove.steps import Steps

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("partnerdesk/engine", "partnerdesk/forecast", "partnerdesk/program", "tests/forecast", "resources/programs")
Work = Callable[[int], Any]


def gathered(name: str, seed: int, count: int, work: Work) -> list[Any]:
    """Works out the cases `seed` to `seed + count - 1`, those of the run's seeds alone where it has some.

    Gives the results of all that are kept of this code, those of other runs as well, by their number. A run of some
    seeds is one process; any other shares its cases among as many as there are cores.
    """
    if Steps.has_seeds():
        for number in Steps.of(name, count):
            one(name, work, seed + number)
    else:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            for done, _ in enumerate(pool.map(partial(_worked, name, work), range(seed, seed + count)), 1):
                if done % max(1, count // 10) == 0:
                    print(f"  {name}: {done} of {count}", flush=True)
    return [found for _, found in sorted(kept(name), key=lambda pair: pair[0])]


def one(name: str, work: Work, case: int) -> Any:
    """The result of a case: as it is kept, or worked out and kept."""
    path = folder(name) / f"{case}.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes())
    found, part = work(case), path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(pickle.dumps(found))
    part.replace(path)
    return found


def kept(name: str) -> Iterator[tuple[int, Any]]:
    """All that is kept of a proof by the code as it is: number and result of each case."""
    for path in folder(name).glob("*.pickle"):
        yield int(path.stem), pickle.loads(path.read_bytes())


def folder(name: str) -> Path:
    """Where the results of a proof lie, by the code that they are of."""
    return steps.FOLDER / "kept" / name / code()


@lru_cache(maxsize=1)
def code() -> str:
    """What the results depend on, as a short name."""
    found = sha256()
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*")):
            if path.suffix in (".py", ".toml"):
                found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _worked(name: str, work: Work, case: int) -> None:
    one(name, work, case)
