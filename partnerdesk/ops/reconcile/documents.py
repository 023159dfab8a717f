"""A reconciliation leaves as a workbook: of the book, or of one partner alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops.folders import made
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.reconcile.classes import DEFINITIONS
from partnerdesk.ops.reconcile.matching import Reconciliation
from partnerdesk.ops.reconcile.row import ReconRow
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.atomic import write
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.reconcile.sheet import ReconLine, ReconSheet, as_workbook
from partnerdesk.reports.release import release


def write_reconciliation(
    session: Session, found: Reconciliation, folder: Path, as_of: date, *, partner: str = ""
) -> Path:
    """Writes the sheet into a folder and returns its path; with a partner it holds that partner's rows alone, and goes
    through the gate.

    Raises Refused where the partner has none, Damaged where the disk is in the way.
    """
    rows = tuple(row for row in found.rows if partner in ("", row.partner))
    if not rows:
        raise Refused(f"{partner} has no row in this reconciliation.", "Leave the partner out.")
    found = replace(found, rows=rows, problems=() if partner else found.problems)
    name = safe_name(f"Reconciliation {found.period} {rows[0].partner_name if partner else ''}".strip())
    path = made(folder) / f"{name}.xlsx"
    sheet = _sheet(session, found, as_of, rows[0].partner_name if partner else "")
    if partner:
        release(path, as_workbook(sheet), Whose(session, as_of).world(partner, rows[0].partner_name), sheet)
    else:
        write(path, as_workbook(sheet))
    return path


def _sheet(session: Session, found: Reconciliation, as_of: date, name: str) -> ReconSheet:
    tolerance = f"tolerance {found.tolerance}" if found.tolerance else "no tolerance"
    return ReconSheet(
        title=f"Reconciliation {found.period}{f', {name}' if name else ''}",
        about=f"{found.official.file} (sha256 {found.official.sha256[:16]}), {tolerance}",
        vendor=book_settings(session).vendor,
        made=as_of,
        currency=found.rows[0].currency,
        definitions=DEFINITIONS,
        lines=tuple(_line(row) for row in found.rows),
        problems=tuple(str(problem) for problem in found.problems),
    )


def _line(row: ReconRow) -> ReconLine:
    return ReconLine(
        row.kind,
        row.partner,
        row.partner_name,
        row.line,
        row.says,
        row.statement,
        row.reference,
        row.currency,
        row.ours,
        row.paid,
        row.because,
        row.place,
        row.dispute,
    )
