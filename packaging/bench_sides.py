"""The product's side of the jobs that `bench.py` measures, each in a process of its own; prints the seconds it took.

What is timed is what the plain program beside it times: imports, the start of the interpreter and the making of the
input are left out on both sides.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ORDERS = ("ResellerSales_201707_202005.csv", "as_published/ResellerSales_202006.csv")


def window() -> None:
    """An empty QMainWindow, painted once; the plain side of the first job."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Empty(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, app.quit)

    app = QApplication(sys.argv[:1])
    empty = Empty()
    empty.resize(1366, 768)
    empty.show()
    app.exec()


def sample(book: str) -> float:
    """The sample book, made where there is none."""
    from partnerdesk.ui.new_book import make_sample

    Path(book).parent.mkdir(parents=True, exist_ok=True)
    return _timed(lambda: make_sample(Path(book), "bench").close())


def importing(data: str, book: str) -> float:
    """Both order files into a new book: preview, then apply, one step each."""
    from partnerdesk.ops import imports
    from partnerdesk.store import Store

    def work() -> None:
        for name in ORDERS:
            shown = store.read(imports.preview, Path(data) / name)
            store.transact(f"Import {name}", imports.apply, shown, by="bench")

    with Store.create(book, user="bench") as store:
        return _timed(work)


def statement(rows: str, target: str) -> float:
    """The workbook of a statement with so many lines."""
    sys.path.insert(0, str(ROOT))
    from partnerdesk.reports.format import Formats
    from partnerdesk.reports.statement.workbook import write_statement
    from tests.reports.statement_samples import northwind, random_lines, with_lines

    document = with_lines(northwind(), random_lines(int(rows), seed=1))
    return _timed(lambda: write_statement(document, Formats(), Path(target)))


def statements(count: str, rows: str, folder: str) -> float:
    """So many partners' statements, each a workbook and its two CSV files, through the gate."""
    sys.path.insert(0, str(ROOT))
    from partnerdesk.reports.atomic import settle
    from partnerdesk.reports.format import Formats
    from partnerdesk.reports.release import Made, Terms, World, release
    from partnerdesk.reports.statement.document import StatementDocument
    from partnerdesk.reports.statement.moves_twin import moves_twin
    from partnerdesk.reports.statement.twin import twin
    from partnerdesk.reports.statement.workbook import workbook
    from tests.reports.statement_samples import northwind, random_lines, with_lines

    names = [f"Partner {n:03} Works" for n in range(int(count))]
    terms = Terms([*names, *(f"P-{n:03}" for n in range(int(count)))])
    Path(folder).mkdir(exist_ok=True)

    def work(document: StatementDocument) -> None:
        partner, name = document.statement.partner, document.partner_name
        world, data = World(partner, name, terms, frozenset({name, partner})), Made(document)
        release(Path(folder) / f"{name}.xlsx", workbook(document, Formats()), world, data, settle=False)
        release(Path(folder) / f"{name}.csv", twin(document), world, data, settle=False)
        release(Path(folder) / f"{name}_movements.csv", moves_twin(document), world, data, settle=False)

    seconds = 0.0
    for seed, name in enumerate(names):
        document = with_lines(northwind(partner_name=name), random_lines(int(rows), seed=seed))
        seconds += _timed(lambda made=document: work(made))
    return seconds + _timed(lambda: settle(Path(folder)))


def plain_statements(program: str, count: str, rows: str, folder: str) -> float:
    """The plain program as often, in one process; the sum of the seconds that it prints."""
    import contextlib
    import io

    code = compile(Path(program).read_text("utf-8"), program, "exec")
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        for number in range(int(count)):
            sys.argv = [program, rows, str(Path(folder) / f"plain {number}.xlsx")]
            exec(code, {"__name__": "__main__"})
    return sum(map(float, told.getvalue().split()))


def plan(book: str) -> float:
    """The growth plan over every reseller, from facts in memory, in plain values, to every line and entry.

    As in the plain program, the totals over them are worked out after the clock has stopped.
    """
    from collections import Counter, defaultdict

    from partnerdesk.engine.evaluate import evaluate, kinds_used
    from partnerdesk.program.reader import read_file
    from partnerdesk.queries.facts import facts
    from partnerdesk.store import Store

    program = read_file(ROOT / "resources" / "programs" / "adventureworks_growth.toml").program
    assert program is not None
    with Store.open(book, user="bench", write=False) as store:
        world = store.read(facts, kinds=kinds_used([program]))

    start = time.perf_counter()
    found = evaluate([program], world, date(2020, 6, 30))
    seconds = time.perf_counter() - start
    tiers: Counter[str] = Counter()
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for outcome in found.partners.values():
        for line in outcome.lines:
            tiers[line.tier] += 1
            totals[line.type] += line.amount
        for entry in outcome.entries:
            totals[entry.kind] += entry.amount
    assert tiers["Platinum"] and totals["COMMISSION"]
    return seconds


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


JOBS: dict[str, Callable[..., float | None]] = {
    "window": window,
    "sample": sample,
    "import": importing,
    "statement": statement,
    "statements": statements,
    "plain_statements": plain_statements,
    "plan": plan,
}

if __name__ == "__main__":
    seconds = JOBS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({"seconds": seconds}))
