"""`make prove`: the full-size proofs, one part at a time, each with a seed that is printed and can be given again.

A part is a module `tests/prove/prove_<part>.py` with `main(full, seed)`, which raises where the proof fails. A part
that was stopped goes on where it stood, with the same seed; what is kept for that lies in `out/prove`.
"""

import argparse
import importlib
import random
import sys
import time
import traceback
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


def prove(name: str, seed: int | None, quick: bool) -> bool:
    """Runs one part to its end; says whether it held."""
    from tests.prove.steps import Steps

    kept = Steps.kept_seed(name)
    chosen = seed if seed is not None else kept if kept is not None else random.SystemRandom().randrange(10**9)
    print(f"{name}: seed {chosen}" + (", going on where it stopped" if kept == chosen else ""), flush=True)
    Steps.start(name, chosen)
    began = time.monotonic()
    try:
        _module(name).main(full=not quick, seed=chosen)  # type: ignore[attr-defined]
    except KeyboardInterrupt:
        print(f"{name}: stopped after {time.monotonic() - began:.0f} s; the same command goes on from here")
        raise SystemExit(130) from None
    except Exception:
        traceback.print_exc()
        print(f"{name}: FAILED with seed {chosen} after {time.monotonic() - began:.0f} s")
        return False
    Steps.finish(name)
    print(f"{name}: held, seed {chosen}, {time.monotonic() - began:.0f} s", flush=True)
    return True


def main() -> int:
    """Lists the parts, or runs those that are named; `all` is every one."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("part", nargs="*", help="a part's name, or all")
    arguments.add_argument("--seed", type=int, help="repeat a run")
    arguments.add_argument("--quick", action="store_true", help="the size that the tests run")
    given = arguments.parse_args()
    known = parts()
    chosen = list(known) if given.part == ["all"] else given.part
    unknown = [name for name in chosen if name not in known]
    if not chosen or unknown:
        print(*(f"There is no part {name}." for name in unknown), "make prove PART=name, or PART=all", sep="\n")
        print(*(f"  {name:<24} {says}" for name, says in known.items()), sep="\n")
        return 2 if unknown else 0
    held = [prove(name, given.seed, given.quick) for name in chosen]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
