"""`make prove`: the full-size proofs, one part at a time, each with a seed that is printed and can be given again.

A part is a module `tests/prove/prove_<part>.py` with `main(full, seed)`, which raises where the proof fails. A part
that was stopped goes on where it stood, with the same seed; what is kept for that lies in `out/prove`, and so does
`report.jsonl`, to which every run adds its line. `SEEDS=a-b` runs the cases of these seeds, shared by two processes (or
by `PROCESSES=n`), each with its own part of them: `make prove PART=leaks SEEDS=0-999`. A part that says how many CASES
it has is shared so at its full size, too.
"""

import argparse
import contextlib
import importlib
import io
import json
import random
import re
import subprocess
import sys
import time
import traceback
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "prove"


def parts() -> dict[str, str]:
    """The parts by name, each with the first sentence of its module."""
    sys.path.insert(0, str(ROOT))
    names = sorted(path.stem.removeprefix("prove_") for path in FOLDER.glob("prove_*.py"))
    return {name: (_module(name).__doc__ or "").strip().partition("\n")[0] for name in names}


def _module(name: str) -> object:
    return importlib.import_module(f"tests.prove.prove_{name}")


def prove(name: str, seed: int | None, quick: bool, seeds: range | None = None, is_share: bool = False) -> bool:
    """Runs one part to its end; says whether it held. A share is remembered as done until all of them are."""
    from tests.prove.steps import Steps

    run = _run(name, seeds)
    kept = Steps.kept_seed(run)
    chosen = seeds.start if seeds is not None else _chosen(name, seed)
    words = f"seed {chosen}" if seeds is None else f"seeds {chosen} to {seeds.stop - 1}"
    print(f"{name}: {words}" + (", going on where it stopped" if kept == chosen else ""), flush=True)
    Steps.start(run, chosen, None if seeds is None else len(seeds))
    began, told = time.monotonic(), Told()
    try:
        with contextlib.redirect_stdout(told):
            _module(name).main(full=not quick, seed=chosen)  # type: ignore[attr-defined]
    except KeyboardInterrupt:
        print(f"{name}: stopped after {time.monotonic() - began:.0f} s; the same command goes on from here")
        raise SystemExit(130) from None
    except Exception:
        traceback.print_exc()
        print(f"{name}: FAILED with {words} after {time.monotonic() - began:.0f} s")
        report(run, words, began, [*told.found, traceback.format_exc().strip().splitlines()[-1]], held=False)
        return False
    if not is_share:
        Steps.finish(run)
    report(run, words, began, told.found, held=True)
    print(f"{name}: held, {words}, {time.monotonic() - began:.0f} s", flush=True)
    return True


def _run(name: str, seeds: range | None) -> str:
    return name if seeds is None else f"{name}-{seeds.start}-{seeds.stop - 1}"


def _chosen(name: str, seed: int | None) -> int:
    """The seed that is given; else that of a run that was stopped; else any."""
    from tests.prove.steps import Steps

    kept = Steps.kept_seed(name)
    return seed if seed is not None else kept if kept is not None else random.SystemRandom().randrange(10**9)


def whole(name: str, seed: int | None, processes: int) -> bool:
    """Runs all cases of a part in several processes, and remembers their seed until they held."""
    from tests.prove.steps import Steps

    chosen = _chosen(name, seed)
    Steps.start(name, chosen)
    cases: int = _module(name).CASES  # type: ignore[attr-defined]
    if not shared(name, range(chosen, chosen + cases), False, processes):
        return False
    Steps.finish(name)
    return True


def shared(name: str, seeds: range, quick: bool, processes: int) -> bool:
    """Runs the cases of a part in several processes, each going on where it stopped; says whether all of them held."""
    from tests.prove.steps import Steps

    command = [
        sys.executable,
        __file__,
        name,
        *(["--quick"] if quick else []),
        "--share",
        "--processes",
        "1",
        "--seeds",
    ]
    shares = split(seeds, processes)
    running = [subprocess.Popen([*command, f"{own.start}-{own.stop - 1}"]) for own in shares]
    try:
        codes = [one.wait() for one in running]
    except KeyboardInterrupt:  # they were interrupted, too, and say how far they came
        codes = [one.wait() for one in running]
        raise SystemExit(130) from None
    if any(codes):
        return False
    for own in shares:
        Steps.finish(_run(name, own))
    return True


def split(seeds: range, count: int) -> list[range]:
    """The seeds in so many parts of nearly the same length, in order."""
    ends = [seeds.start + len(seeds) * n // count for n in range(count + 1)]
    return [range(start, stop) for start, stop in pairwise(ends) if start < stop]


class Told(io.TextIOBase):
    """Standard output as ever, and what a part says of its result."""

    def __init__(self) -> None:
        self._out, self._line, self.found = sys.stdout, "", list[str]()

    def write(self, text: str) -> int:
        *whole, self._line = (self._line + text).split("\n")
        self.found += [line.strip() for line in whole if line.startswith("  ")]
        return self._out.write(text)

    def flush(self) -> None:
        self._out.flush()


def report(run: str, words: str, began: float, found: list[str], *, held: bool) -> None:
    """Adds a line to the one report of all proofs: what ran, on which seeds, how long, and what it said."""
    from tests.prove import steps

    said = [line for line in found if not re.search(r": \d+ of \d+$", line)]
    told = {"part": run, "seeds": words, "held": held, "seconds": round(time.monotonic() - began), "found": said}
    steps.FOLDER.mkdir(parents=True, exist_ok=True)
    with (steps.FOLDER / "report.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **told}) + "\n")


def seed_range(text: str) -> range:
    """Seeds written a-b, both of them included."""
    first, _, last = text.partition("-")
    try:
        found = range(int(first), int(last or first) + 1)
    except ValueError:
        found = range(0)
    if not found:
        raise argparse.ArgumentTypeError(f"“{text}” is no range of seeds; write 0-499")
    return found


def main() -> int:
    """Lists the parts, or runs those that are named; `all` is every one."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("part", nargs="*", help="a part's name, or all")
    arguments.add_argument("--seed", type=int, help="repeat a run")
    arguments.add_argument("--seeds", type=seed_range, help="a-b: the cases of these seeds alone")
    arguments.add_argument("--processes", type=int, default=2, help="that share these seeds")
    arguments.add_argument("--share", action="store_true", help=argparse.SUPPRESS)
    arguments.add_argument("--quick", action="store_true", help="the size that the tests run")
    given = arguments.parse_args()
    known = parts()
    chosen = list(known) if given.part == ["all"] else given.part
    unknown = [name for name in chosen if name not in known]
    if not chosen or unknown:
        print(*(f"There is no part {name}." for name in unknown), "make prove PART=name, or PART=all", sep="\n")
        print(*(f"  {name:<24} {says}" for name, says in known.items()), sep="\n")
        return 2 if unknown else 0
    held = [_held(name, given) for name in chosen]
    return 0 if all(held) else 1


def _held(name: str, given: argparse.Namespace) -> bool:
    if given.seeds is not None and len(given.seeds) > 1 and given.processes > 1:
        return shared(name, given.seeds, given.quick, given.processes)
    if given.seeds is None and not given.quick and given.processes > 1 and hasattr(_module(name), "CASES"):
        return whole(name, given.seed, given.processes)
    return prove(name, given.seed, given.quick, given.seeds, given.share)


if __name__ == "__main__":
    sys.exit(main())
