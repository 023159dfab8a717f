"""The files of one partner's statement: each is made and passes the gate for itself, so that one stops no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.manifest import LeftOut, ListedFile
from partnerdesk.reports.release import Made, World, release
from partnerdesk.reports.release.outgoing import Issue, Outgoing
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.moves_twin import moves_twin
from partnerdesk.reports.statement.printed import compose, rests
from partnerdesk.reports.statement.twin import funds_twin, twin
from partnerdesk.reports.statement.workbook import file_name, workbook


@dataclass(frozen=True, slots=True)
class ExportedStatement:
    """One partner's files; `replaced` says that an earlier export of the same name gave way.

    `listed` has what was written, `left_out` what could not be, and why.
    """

    partner: str
    name: str
    number: str
    status: str
    workbook: Path
    csv: Path
    movements: Path  # what sums to its closing balances, as CSV
    replaced: bool
    pdf: Path | None = None  # where pages to print were asked for
    funds: Path | None = None  # the movements of its funds, where there are any
    listed: tuple[ListedFile, ...] = ()  # each file with its digest
    total: Decimal | None = None  # its closing balance
    currency: str = ""
    left_out: tuple[LeftOut, ...] = ()
    issue: Issue | None = None  # of a closed statement

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What its files say of themselves for the record."""
        of, money = (self.partner, f"{self.number} {self.status.lower()}"), (self.total, self.currency)
        found = []
        for f in self.listed:
            issue = self.issue if f.file == self.workbook.name else None
            found.append(Outgoing("statement", *of, f.file, f.sha256, self.name, "", *money, issue=issue))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class StatementRun:
    """What a run wrote, and what it could not write: whole partners, and single files of partners.

    `not_reached` has the partners that a run which was cancelled did not come to.
    """

    written: tuple[ExportedStatement, ...]
    left_out: tuple[LeftOut, ...]
    not_reached: tuple[LeftOut, ...] = ()

    @property
    def stopped(self) -> int:
        """How many partners were not reached; none where the run was not stopped."""
        return len(self.not_reached)

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What its files say of themselves for the record."""
        return tuple(file for one in self.written for file in one.outgoing)


def release_statement(
    document: StatementDocument,
    formats: Formats,
    world: World,
    folder: Path,
    taken: Sequence[str],
    issued: Callable[[str, bytes], Issue | None],
    *,
    pages: bool,
) -> ExportedStatement:
    """Writes a statement's files through the gate; `issued` gives what the record keeps of the workbook that left.

    Raises Damaged where the disk is in the way.
    """
    path = folder / file_name(document, taken=tuple(taken))
    replaced = path.exists()
    paths, files = files_of(document, formats, path, pages=pages)
    partner, name = document.statement.partner, document.partner_name
    told = partner, name, document.number, document.status
    made = Made(document, rests(document) if pages else ())
    listed, left_out, issue = [], [], None
    for file, make in files.items():
        try:
            digest = release(file, content := make(), world, made, settle=False)
        except Refused as refused:
            left_out.append(LeftOut(partner, name, file.name, refused.sentence, refused.remedy))
        else:
            listed.append(ListedFile(*told, document.run, file.name, digest))
            issue = issued(file.name, content) if file == path else issue
    money = (document.statement.row("closing").total, document.currency)
    twins = paths.workbook, paths.csv, paths.movements
    more = paths.pdf, paths.funds
    return ExportedStatement(*told, *twins, replaced, *more, tuple(listed), *money, tuple(left_out), issue)


@dataclass(frozen=True, slots=True)
class StatementPaths:
    """Where the files of a statement lie; None for those that it has not."""

    workbook: Path
    csv: Path
    movements: Path
    funds: Path | None
    pdf: Path | None


def files_of(
    document: StatementDocument, formats: Formats, path: Path, *, pages: bool
) -> tuple[StatementPaths, dict[Path, Callable[[], bytes]]]:
    """The files of a statement beside its workbook, and how each is made, the workbook first."""
    csv, moves = path.with_suffix(".csv"), path.with_name(f"{path.stem}_movements.csv")
    files: dict[Path, Callable[[], bytes]] = {path: lambda: workbook(document, formats), csv: lambda: twin(document)}
    files[moves] = lambda: moves_twin(document)
    funds = path.with_name(f"{path.stem}_funds.csv") if document.funds and document.funds.moves else None
    if funds is not None:
        files[funds] = lambda: funds_twin(document)
    pdf = path.with_suffix(".pdf") if pages else None
    if pdf is not None:
        files[pdf] = lambda: compose(document, formats).content
    return StatementPaths(path, csv, moves, funds, pdf), files
