"""Nothing of another partner leaves the house: random books through every export, and every planted leak is caught.

R1 (no foreign string), R2 (no foreign number), R3 (each planted leak is found, no false alarm), R4 (what is caught is
deleted). The clean files are inspected by a detector of the test's own as well.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused
from partnerdesk.ops.calendars.exports import export_partner_calendar
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.pack import fan
from partnerdesk.ops.pack.exports import export_pack, pack_to_print
from partnerdesk.ops.pack.onepage_exports import export_digest
from partnerdesk.ops.plan.documents import export_plan, plan_named
from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.ops.statements.exports import _Documents, export_statements
from partnerdesk.queries.figures import evaluation
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack import build
from partnerdesk.reports.release import Made, World, release
from partnerdesk.reports.statement.twin import twin
from partnerdesk.reports.statement.workbook import file_name, workbook
from tests.books import empty_book
from tests.prove.home import own_home
from tests.prove.leak_books import DAY, TOKEN, LeakBook
from tests.prove.leak_mutants import CSV, PDF, WORKBOOK, Mutant
from tests.prove.leak_odd import OddBook
from tests.prove.leak_reader import agrees, read
from tests.prove.steps import Steps

CASES = 1_000
QUARTER = "2026Q3"
FEW = 4  # digits below which a number may be anybody's, as the gate holds it
HASH = re.compile(r"\b(?=[0-9]*[a-f])(?:[0-9a-f]{12}|[0-9a-f]{64})\b")  # whose digits are no amount's
FUTURES = 6  # of a pack's range: what is proven is whose its numbers are, and not how well they are drawn


def main(full: bool, seed: int) -> None:
    """1,000 books; in each, every export of every partner and every leak in one partner's files."""
    fan.FUTURES = FUTURES
    with own_home() as folder:
        caught = Counter[str]()
        for number in Steps.of("books", CASES if full else 2):
            caught += one_book(folder, seed + number)
        print(f"  {sum(caught.values())} leaks of {len(caught)} kinds, each caught and deleted", flush=True)


def one_book(folder: Path, seed: int) -> Counter[str]:
    """Exports a book and leaks it; returns how many leaks of each kind were caught. Every eighth is an odd one."""
    made = OddBook(seed) if seed % 8 == 3 else LeakBook(seed)
    with empty_book() as session, tempfile.TemporaryDirectory(dir=folder) as out:
        made.fill(session)
        partners = [partner.id for partner in made.partners]
        for partner in partners:
            exported(session, made, partner, Path(out) / partner)
        for partner in partners:  # a sheet is kept in the book as it was sent: last, for that makes the rest stale
            send_sheet(session, plan_named(session, partner, DAY), DAY, Path(out) / partner)
            holds_nothing_foreign(made, partner, Path(out) / partner)
        if seed % 4 == 0:
            agrees(made.draw.choice(sorted(Path(out).rglob("*.pdf"))))
        return leaked(session, made, Path(out), seed)


def exported(session: Session, made: LeakBook, partner: str, out: Path) -> None:
    """Every export but the sheet to fill in; the gate lets each of them go."""
    if made.label in evaluation(session, DAY).partners[partner].statements:
        export_statements(session, made.label, DAY, out, partners=[partner], pages=True)
    export_pack(session, partner, QUARTER, DAY, out)
    export_plan(session, plan_named(session, partner, DAY), DAY, out)
    export_digest(session, partner, DAY, out)
    export_partner_calendar(session, partner, DAY, out, datetime(2026, 9, 30, 8, tzinfo=UTC))
    if isinstance(made, OddBook):
        made.exported(session, partner, out)


def holds_nothing_foreign(made: LeakBook, partner: str, out: Path) -> None:
    """No file of a partner holds a token or an amount of anyone else; numbers of a few digits are anybody's."""
    secrets = made.foreign(partner)
    figures = {
        digits
        for a in made.foreign_amounts(partner)
        if len(digits := telling(f"{a:.{decimals(made.currency)}f}")) >= FEW
    }
    least = min(map(len, figures), default=FEW)
    for path in sorted(out.iterdir()):
        found = read(path)
        held = secrets.intersection(tokens(f"{path.name}\n{found.words}\n{found.inner}"))
        assert not held, f"seed {made.seed}: {path.name} holds {held}"
        words = HASH.sub("", found.words)
        hits = (hit for hit in re.findall(r"\d[\d.,\u202f\xa0]*\d", words) if len(hit) >= least)
        numbers = {telling(hit) for hit in hits}
        assert not numbers & figures, f"seed {made.seed}: {path.name} holds {numbers & figures}"


def telling(number: str) -> str:
    """The digits of a number without those in front that say nothing."""
    return re.sub(r"\D", "", number).lstrip("0")


def tokens(text: str) -> Iterator[str]:
    """Whatever in a text may be a token, also inside longer words."""
    for run in re.findall(rf"[A-Z]{{{TOKEN},}}", text):
        yield from (run[start : start + TOKEN] for start in range(len(run) - TOKEN + 1))


def leaked(session: Session, made: LeakBook, out: Path, seed: int) -> Counter[str]:
    """Plants every leak into the files of a partner that has a statement, one with lines if there is any."""
    caught = Counter[str]()
    outcomes = evaluation(session, DAY).partners
    having = [p.id for p in made.partners if made.label in outcomes[p.id].statements]
    partner = max(having, key=lambda id: bool(outcomes[id].statements[made.label].lines))
    secret = made.secret(partner)
    for what, name, content, world, data in planted(session, made, partner, secret):
        path = out / name
        path.write_bytes(b"what stood here before")
        try:
            release(path, content(), world, data)
        except Refused as refused:
            assert refused.remedy
            caught[what] += 1
        else:
            raise AssertionError(f"seed {seed}: {what} was released")
        assert path.read_bytes() == b"what stood here before" and not list(out.glob(".*part"))
        path.unlink()
    return caught


def planted(session: Session, made: LeakBook, partner: str, secret: str) -> Iterator[tuple[str, str, Any, World, Any]]:
    """What is leaked, the file's name, how it is made, the world and the data it is compared with."""
    documents = _Documents(session, made.label, DAY)
    document, formats = documents.of(partner), documents.formats(partner)
    world, data = documents.world(document), Made(document)
    book, csv_file = workbook(document, formats), twin(document)
    pack = pack_to_print(session, partner, QUARTER, DAY)
    pdf = build.compose(pack.pack, Formats(pack.locale)).content
    kinds: tuple[tuple[dict[str, Mutant], str, bytes, Any], ...] = (
        (WORKBOOK, file_name(document), book, data),
        (CSV, "twin.csv", csv_file, data),
        (PDF, pack.name, pdf, Made(pack.pack)),
    )
    for mutants, name, content, data in kinds:
        for what, mutant in mutants.items():
            yield f"{what} of {name[-4:]}", name, lambda m=mutant, c=content: m(c, secret), world, data
        yield f"the name of {name[-4:]}", f"{secret}{Path(name).suffix}", lambda c=content: c, world, data
    yield from _of_data(session, partner, secret, document, formats, pack, world)


def _of_data(
    session: Session, partner: str, secret: str, document: Any, formats: Formats, pack: Any, world: World
) -> Iterator[tuple[str, str, Any, World, Any]]:
    """Leaks that a wrong query would cause: they are in the data already when a document is laid out."""
    line = document.statement.lines[0] if document.statement.lines else None
    if line:
        other = replace(document, details={**document.details, line.id: replace(document.detail(line), deal=secret)})
        yield "a line's deal", "a.xlsx", lambda: workbook(other, formats), world, other
        yield "a line's deal in the twin", "a.csv", lambda: twin(other), world, other
    named = replace(document, contact=secret)
    yield "a contact", "a.xlsx", lambda: workbook(named, formats), world, named
    figures = pack.pack.figures
    total = max(Whose(session, DAY)._totals(partner), default=Decimal(0))
    if figures and total:
        summed = replace(pack.pack, figures=(replace(figures[0], value=total), *figures[1:]))
        yield "a sum of all", "a.pdf", lambda: build.compose(summed, Formats(pack.locale)).content, world, summed
    labelled = replace(pack.pack, figures=(replace(figures[0], label=secret), *figures[1:]))
    yield "a label", "a.pdf", lambda: build.compose(labelled, Formats(pack.locale)).content, world, labelled
