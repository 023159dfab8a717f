"""The report of a metric audit leaves as a workbook, through the gate: it is about one partner."""

from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.ops.folders import made
from partnerdesk.ops.gate.strangers import refuse_strangers, texts_in
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.queries.audits import AuditRow, AuditView, audit_named
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.audits.sheet import AuditLine, AuditSheet, as_workbook
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.release import release

FINDINGS = {"right": "Right", "wrong": "Wrong", "unverifiable": "Not verifiable", "": "To look at"}


def write_audit(session: Session, id: str, folder: Path) -> Path:
    """Writes the report of an audit into a folder and returns its path. Raises Refused where there is none."""
    found = audit_named(session, id)
    path = made(folder) / f"{safe_name(f'Audit {id} {found.title} {found.partner_name}')}.xlsx"
    sheet = AuditSheet(
        title=f"Audit {id}: {found.title}, {found.period}",
        vendor=book_settings(session).vendor,
        made=found.finished or found.day,
        currency=found.unit if len(found.unit) == 3 else "",
        facts=_facts(found),
        findings=tuple(FINDINGS.values()),
        lines=tuple(_line(row) for row in found.rows),
    )
    said = [found.title, found.conclusion, found.by, found.finished_by, *texts_in(sheet.lines)]
    refuse_strangers(session, found.partner, found.partner_name, said, "The report")
    release(path, as_workbook(sheet), Whose(session, found.day).world(found.partner, found.partner_name), sheet)
    return path


def _facts(found: AuditView) -> tuple[tuple[str, str], ...]:
    ended = f"{day_words(found.finished)} by {found.finished_by}" if found.finished else "not finished"
    return (
        ("Partner", found.partner_name),
        ("Metric", f"{found.title} ({found.metric}), {found.period}, program {found.version}"),
        ("Value on that day", f"{found.value:f} {found.unit}".strip()),
        ("Drawn on", f"{day_words(found.day)} by {found.by}, seed {found.seed}"),
        ("Sample", f"{len(found.rows)} of {found.counted} rows, by strata of equal money"),
        ("Result", found.result),
        ("Finished", ended),
        ("Conclusion", found.conclusion or "none yet"),
    )


def _line(row: AuditRow) -> AuditLine:
    return AuditLine(
        row.number,
        row.stratum,
        row.kind.replace("_", " "),
        row.fact,
        row.says,
        row.amount,
        row.source,
        FINDINGS[row.finding],
        row.evidence,
        row.note,
        row.changed,
    )
