"""Writing a released payment run as a file for finance, as CSV and XLSX under one name."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.folders import made
from partnerdesk.ops.payments.accounts import account_of
from partnerdesk.queries.facts import facts
from partnerdesk.queries.payments.runs import WITHDRAWN, ItemRow, runs
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.atomic import write
from partnerdesk.reports.format import Formats
from partnerdesk.reports.payments.run_file import PaymentFile, PaymentLine, as_csv, as_workbook
from partnerdesk.reports.release.outgoing import Outgoing, digest_of


@dataclass(frozen=True, slots=True)
class WrittenRun:
    """The files of a run."""

    number: str
    csv: Path
    workbook: Path
    items: int
    outgoing: tuple[Outgoing, ...] = ()


def write_run(session: Session, number: str, folder: Path, formats: Formats | None = None) -> WrittenRun:
    """Writes the items of a run that are not withdrawn. Raises Refused for an unknown run, Damaged for the disk."""
    run = runs(session, number)[0]
    partners = {p.id: p for p in facts(session, kinds=("partner",)).of("partner")}
    lines = tuple(_line(item, partners.get(item.partner)) for item in run.items if item.state != WITHDRAWN)
    vendor = book_settings(session).vendor
    found = PaymentFile(run.number, run.day, run.currency, run.total, run.maker, run.checker, vendor, lines)
    path = made(folder) / f"{run.number}_{run.day.isoformat()}_{run.currency}.csv"
    write(path, as_csv(found))
    write(path.with_suffix(".xlsx"), as_workbook(found, formats or Formats()))
    paths = path, path.with_suffix(".xlsx")
    left = tuple(
        Outgoing("payment file", "", run.number, one.name, digest_of(one), total=run.total, currency=run.currency)
        for one in paths
    )
    return WrittenRun(run.number, *paths, len(lines), left)


def _line(item: ItemRow, partner: Partner | None) -> PaymentLine:
    return PaymentLine(
        reference=item.reference,
        kind=item.kind,
        due=item.due,
        partner=item.partner,
        name=item.name,
        legal_name=(partner.legal_name or partner.name) if partner else item.name,
        tax_id=partner.tax_id if partner else "",
        country=partner.country if partner else "",
        account=account_of(partner) if partner else "",
        currency=item.currency,
        gross=item.gross,
        tax=item.tax,
        net=item.net,
        statements=item.statements,
    )
