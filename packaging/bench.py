"""`make bench`: jobs of the product beside plain programs that do the same, in turn, as median ratios.

The plain programs and their data lie beside the checkout (`../shared`); without them only the first job can be
measured, against an empty window. What the product does in each job stands in `bench_sides.py`. Absolute times stand
beside the ratios and mean little on another machine; nothing here passes or fails. The last jobs compare the product
with itself: ten times the lines, its memory, and one explained number, beside a figure that says how fast the
machine is.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PROGRAMS = SHARED / "reference" / "bench"
DATA = SHARED / "data" / "adventureworks_resellers"
SIDES = Path(__file__).with_name("bench_sides.py")
PACK = Path(__file__).with_name("bench_pack.py")
PACKS = Path(__file__).with_name("bench_packs.py")
LINES = Path(__file__).with_name("bench_lines.py")
BOOK = Path(__file__).with_name("bench_book.py")
SCENARIOS = Path(__file__).with_name("bench_scenarios.py")
WHAT_IF = Path(__file__).with_name("bench_whatif.py")
ROWS, MANY, FEW, EXPLAINED = 500, 1_000_000, 100_000, 2_000
ITEMS, RUNS = 300, 1_000  # open deals of a partner, and futures
PARTNERS, DEALS = 200, 20_000  # of a book
BATCH, EACH = 200, 100  # statements of a run, and lines of each
ALONE = ("window", "pack", "packs", "growth", "memory", "why", "whatif", "book")  # what needs no plain program

Side = Callable[[], float]


@dataclass(frozen=True)
class Job:
    """One pair of runs; `limit` is the ratio that the product promises."""

    name: str
    limit: float
    product: Side
    plain: Side
    against: str
    unit: str = "ms"  # or MB
    runs: int | None = None  # of each side, whatever was asked for; then nothing runs before to warm the files
    is_absolute: bool = False  # the limit is in the unit, beside what the other side says of the machine


def main() -> int:
    """Measures the jobs that were named, or all."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument(
        "job",
        nargs="*",
        help="window, today, import, plan, statement, statements, pack, packs, lines, growth, memory, why, "
        "scenarios, whatif, book; all by default",
    )
    arguments.add_argument("--runs", type=int, default=5, help="runs of each side")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="partnerdesk-bench-") as folder:
        jobs = _jobs(Path(folder))
        unknown = set(given.job) - set(jobs)
        if unknown:
            print(f"There is no job {', '.join(sorted(unknown))}; there are {', '.join(jobs)}.")
            return 2
        chosen = [jobs[name] for name in given.job or jobs]
        if not PROGRAMS.is_dir() or not DATA.is_dir():
            print(
                f"The plain programs and their data ({SHARED}) are not here: only {', '.join(ALONE)} can be measured."
            )
            chosen = [job for job in chosen if job.name in ALONE]
        print(f"{'job':<10} {'product':>9} {'plain':>9} {'ratio':>7}  {'range':<15} at most  against")
        for job in chosen:
            _measure(job, given.runs)
    return 0


def _measure(job: Job, runs: int) -> None:
    if job.runs is None:
        job.product(), job.plain()  # both sides start with warm files
    pairs = [(job.product(), job.plain()) for _ in range(job.runs or runs)]
    scale = 1000 if job.unit == "ms" else 1
    ratios = sorted(product * scale if job.is_absolute else product / plain for product, plain in pairs)
    product, plain = (statistics.median(side) * scale for side in zip(*pairs, strict=True))
    ratio, span = statistics.median(ratios), f"{ratios[0]:.2f} - {ratios[-1]:.2f}"
    sides = f"{product:>6.0f} {job.unit} {plain:>6.0f} {job.unit}"
    note = "" if ratio <= job.limit else "   OVER"
    print(f"{job.name:<10} {sides} {ratio:>7.2f}  {span:<15} {job.limit:>7}  {job.against}{note}", flush=True)


def _jobs(folder: Path) -> dict[str, Job]:
    """All jobs by name."""
    new = iter(range(10**6))

    def importing() -> float:
        return _side(folder, "import", str(DATA), str(folder / f"import{next(new)}.partnerdesk"))

    def inserting() -> float:
        return _told(folder, [str(PROGRAMS / "import_lines.py"), str(DATA), str(folder / f"plain{next(new)}.db")])

    jobs = [
        *_starts(folder),
        Job("import", 3, importing, inserting, "import_lines.py: both order files, converted, inserted"),
        _plan(folder),
        Job(
            "statement",
            2,
            lambda: _side(folder, "statement", str(ROWS), str(folder / "product.xlsx")),
            lambda: _told(folder, [str(PROGRAMS / "statement.py"), str(ROWS), str(folder / "plain.xlsx")]),
            f"statement.py: {ROWS} lines with XlsxWriter alone",
        ),
        Job(
            "statements",
            3,
            lambda: _side(folder, "statements", str(BATCH), str(EACH), str(folder / "run")),
            lambda: _side(
                folder, "plain_statements", str(PROGRAMS / "statement.py"), str(BATCH), str(EACH), str(folder)
            ),
            f"statement.py: {BATCH} of {EACH} lines; the product's with their CSV, through the gate",
        ),
        _review_pack(folder),
        _packs(folder),
        *_lines(folder),
        _scenarios(folder),
        _what_if(folder),
        _book(folder),
    ]
    return {job.name: job for job in jobs}


def _starts(folder: Path) -> list[Job]:
    """From the start of the process to something painted."""
    sample = folder / "home" / "Sample.partnerdesk"
    window = ["-m", "partnerdesk", "--leave"]
    today = [*window, "page", "--page", "today", "--book", str(sample)]

    def with_sample(arguments: list[str]) -> Side:
        return _after(sample, ["sample", str(sample)], lambda: _wall(folder, arguments), folder)

    return [
        Job(
            "window",
            2,
            lambda: _wall(folder, [*window, "paint"]),
            lambda: _wall(folder, [str(SIDES), "window"]),
            "an empty QMainWindow, start to first paint",
        ),
        Job(
            "today",
            1.5,
            with_sample(today),
            with_sample([str(PROGRAMS / "start.py"), str(sample)]),
            "start.py: Qt, SQLAlchemy, one SELECT, an empty table",
        ),
    ]


def _review_pack(folder: Path) -> Job:
    """A pack of eight pages and its appendix, the gate not counted."""
    texts = folder / "pack.json"

    def plain() -> float:
        if not texts.exists():
            _told(folder, [str(PACK), "record", str(texts)])
        return _told(folder, [str(PACK), "plain", str(texts)])

    what = "matplotlib and reportlab alone: the same charts, lines of text and hairlines"
    return Job("pack", 1.5, lambda: _told(folder, [str(PACK), "product"]), plain, what)


def _packs(folder: Path) -> Job:
    """The packs of the sample book in two processes: at least 0.8 of what two processes can be quicker."""
    sample = folder / "home" / "Sample.partnerdesk"

    def side(what: str) -> Side:
        run = [str(PACKS), what, str(sample), str(folder / "packs")]
        return _after(sample, ["sample", str(sample)], lambda: _told(folder, run), folder)

    what = "half of two independent copies of the run: 24 packs in two processes, through the gate"
    return Job("packs", 1.25, side("processes"), side("copies"), what, runs=1)


def _plan(folder: Path) -> Job:
    orders = folder / "orders.partnerdesk"
    return Job(
        "plan",
        4,
        _after(orders, ["import", str(DATA), str(orders)], lambda: _side(folder, "plan", str(orders)), folder),
        lambda: _told(folder, [str(PROGRAMS / "evaluate_resellers.py"), str(DATA)]),
        "evaluate_resellers.py: a Decimal loop",
    )


def _lines(folder: Path) -> list[Job]:
    """The growth plan over generated lines, and one number of it explained."""
    last: dict[str, float] = {}

    def over(count: int) -> float:
        last.update(json.loads(_run(folder, [str(LINES), "product", str(count)])))
        return last["seconds"]

    def loop() -> float:
        return _told(folder, [str(LINES), "plain", str(PROGRAMS / "evaluate_resellers.py"), str(MANY)])

    def peak() -> float:
        over(MANY)
        return last["peak"]

    what = f"{MANY:,} lines of 2,000 partners"
    return [
        Job("lines", 4, lambda: over(MANY), loop, f"evaluate_resellers.py: {what}"),
        Job("growth", 11, lambda: over(MANY), lambda: over(FEW), "itself with a tenth of the lines"),
        Job("memory", 1.5, peak, lambda: last["facts"] + last["results"], "its facts and results", "MB"),
        Job(
            "why",
            100,
            lambda: _told(folder, [str(LINES), "why", str(EXPLAINED)]),
            lambda: _told(folder, [str(LINES), "calibration"]),
            f"at most 100 ms for one number of {EXPLAINED:,} lines, beside 200,000 additions on this machine",
            is_absolute=True,
        ),
    ]


def _scenarios(folder: Path) -> Job:
    """Many futures of one partner."""
    plain = PROGRAMS / "scenarios.py"
    return Job(
        "scenarios",
        15,
        lambda: _told(folder, [str(SCENARIOS), str(ITEMS), str(RUNS)]),
        lambda: float(_run(folder, [str(plain), str(ITEMS), str(RUNS)]).split()[-1]),
        f"scenarios.py: {RUNS:,} futures of {ITEMS} open deals, an integer loop",
    )


def _what_if(folder: Path) -> Job:
    """One change of one partner of the sample book, as the page tries it."""
    sample = folder / "home" / "Sample.partnerdesk"
    return Job(
        "whatif",
        300,
        _after(sample, ["sample", str(sample)], lambda: _told(folder, [str(WHAT_IF), str(sample)]), folder),
        lambda: _told(folder, [str(LINES), "calibration"]),
        "aim 300 ms for a change on the sample book, beside 200,000 additions on this machine",
        is_absolute=True,
    )


def _book(folder: Path) -> Job:
    """The forecast of a whole book, once: it takes longer than all the others."""
    return Job(
        "book",
        60_000,
        lambda: _told(folder, [str(BOOK), str(PARTNERS), str(DEALS), str(RUNS)]),
        lambda: _told(folder, [str(LINES), "calibration"]),
        f"aim 60 s for {RUNS:,} futures of {PARTNERS} partners with {DEALS:,} deals in two processes, beside the same",
        is_absolute=True,
        runs=1,
    )


def _after(book: Path, making: list[str], side: Side, folder: Path) -> Side:
    """A side that needs a book, which is made the first time."""

    def run() -> float:
        if not book.exists():
            _side(folder, *making)
        return side()

    return run


def _wall(folder: Path, arguments: list[str]) -> float:
    """Seconds from the start of a process to its end."""
    start = time.perf_counter()
    _run(folder, arguments)
    return time.perf_counter() - start


def _side(folder: Path, *arguments: str) -> float:
    return _told(folder, [str(SIDES), *arguments])


def _told(folder: Path, arguments: list[str]) -> float:
    """Seconds that a program says its work took: a number, or `seconds` of a JSON object."""
    told = json.loads(_run(folder, arguments))
    return float(told["seconds"] if isinstance(told, dict) else told)


def _run(folder: Path, arguments: list[str]) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**kept, "QT_QPA_PLATFORM": "offscreen", "PARTNERDESK_HOME": str(folder / "home")}
    done = subprocess.run(
        [sys.executable, "-I", *arguments], env=environment, capture_output=True, text=True, check=False, cwd=folder
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
