"""What a long proof remembers, so that one that was stopped goes on instead of starting anew.

    for n in Steps.of("kill_import", 500):
        ...one case, made from random.Random(seed + n)...

A case counts as done when the loop asks for the next one. Without `Steps.start` (in the tests) nothing is kept. With
`SEEDS=a-b` each loop has the cases of those seeds and keeps its own state, so that two processes share a part.
"""

import json
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "out" / "prove"


class Steps:
    """The state of one part: its seed and, per loop, how many cases are done."""

    _running: "Steps | None" = None

    def __init__(self, part: str, seed: int, done: dict[str, int], most: int | None = None) -> None:
        self.part, self.seed, self.done, self.most = part, seed, done, most

    @classmethod
    def kept_seed(cls, part: str) -> int | None:
        """The seed of a run of this part that was stopped."""
        kept = cls._read(part)
        return kept.seed if kept else None

    @classmethod
    def start(cls, part: str, seed: int, most: int | None = None) -> None:
        """Begins a run, or takes up the one with the same seed; of `most` cases in each loop where that is given."""
        kept = cls._read(part)
        cls._running = kept if kept and kept.seed == seed else cls(part, seed, {})
        cls._running.most = most
        cls._running._write()

    @classmethod
    def finish(cls, part: str) -> None:
        """Forgets a run that came to its end."""
        cls._running = None
        cls._file(part).unlink(missing_ok=True)

    @classmethod
    def of(cls, loop: str, count: int) -> Iterator[int]:
        """The numbers of the cases that are still to do."""
        run = cls._running
        count = run.most if run and run.most is not None and count else count
        for number in range(run.done.get(loop, 0) if run else 0, count):
            yield number
            if run:
                run.done[loop] = number + 1
                run._write()
                if count >= 10 and (number + 1) % (count // 10) == 0:
                    print(f"  {loop}: {number + 1} of {count}", flush=True)

    @classmethod
    def has_seeds(cls) -> bool:
        """Whether the run has the cases of some seeds alone, beside other runs."""
        return cls._running is not None and cls._running.most is not None

    @classmethod
    def is_at_start(cls, loop: str) -> bool:
        """Whether no case of a loop is done."""
        return not (cls._running and cls._running.done.get(loop))

    @classmethod
    def _read(cls, part: str) -> "Steps | None":
        try:
            kept = json.loads(cls._file(part).read_text("utf-8"))
            return cls(part, int(kept["seed"]), dict(kept["done"]))
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def _write(self) -> None:
        file = self._file(self.part)
        file.parent.mkdir(parents=True, exist_ok=True)
        temp = file.with_suffix(".part")
        temp.write_text(json.dumps({"seed": self.seed, "done": self.done}), "utf-8")
        temp.replace(file)

    @staticmethod
    def _file(part: str) -> Path:
        return FOLDER / f"{part}.json"
