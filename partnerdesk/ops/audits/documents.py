"""The report of a metric audit leaves as a workbook, through the gate: it is about one partner."""

from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.facts import Partner
from partnerdesk.engine.figures.reasons import amount_words, day_words, exact_words
from partnerdesk.engine.figures.writing import written
from partnerdesk.engine.money import rounded
from partnerdesk.models.facts import TABLES
from partnerdesk.ops import sentences
from partnerdesk.ops.folders import made
from partnerdesk.ops.gate.strangers import refuse_strangers, texts_in
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.queries.audits import AuditRow, AuditView, audit_named
from partnerdesk.queries.facts import fact
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.audits.sheet import AuditLine, AuditSheet, as_workbook
from partnerdesk.reports.format import Formats
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.release import release

FINDINGS = {"right": "Right", "wrong": "Wrong", "unverifiable": "Not verifiable", "": "To look at"}


def write_audit(session: Session, id: str, folder: Path) -> Path:
    """Writes the report of an audit into a folder and returns its path. Raises Refused where there is none."""
    found = audit_named(session, id)
    path = made(folder) / f"{safe_name(f'Audit {id} {found.title} {found.partner_name}')}.xlsx"
    with written(_formats(session, found.partner)):
        sheet = AuditSheet(
            title=f"Audit {id}: {found.title}, {found.period}",
            vendor=book_settings(session).vendor,
            made=found.finished or found.day,
            currency=found.unit if found.unit in CODES else "",
            facts=_facts(found),
            findings=tuple(FINDINGS.values()),
            lines=tuple(_line(row, _currency(session, found, row)) for row in found.rows),
        )
    said = [found.title, found.conclusion, found.by, found.finished_by, *texts_in(sheet.lines)]
    refuse_strangers(session, found.partner, found.partner_name, said, "The report")
    release(path, as_workbook(sheet), Whose(session, found.day).world(found.partner, found.partner_name), sheet)
    return path


def _formats(session: Session, partner: str) -> Formats:
    """Numbers as the partner writes them, days in the words of the document."""
    row = fact(session, "partner", partner)
    return Formats((row.language if isinstance(row, Partner) else "") or "en_GB", english=True)


def _currency(session: Session, found: AuditView, row: AuditRow) -> str:
    """In which currency the amount of a row is: its fact's own, where the metric is money and the fact is there."""
    known = fact(session, row.kind, row.fact) if found.unit in CODES and row.kind in TABLES else None
    return str(getattr(known, "currency", ""))


def _value(found: AuditView) -> str:
    if found.unit in CODES:
        return amount_words(found.value, found.unit)
    return f"{exact_words(rounded(found.value, 4))} {found.unit}".strip()


def _facts(found: AuditView) -> tuple[tuple[str, str], ...]:
    ended = f"{day_words(found.finished)} by {found.finished_by}" if found.finished else "not finished"
    return (
        ("Partner", found.partner_name),
        ("Metric", f"{found.title} ({found.metric}), {found.period}, program {found.version}"),
        ("Value on that day", _value(found)),
        ("Drawn on", f"{day_words(found.day)} by {found.by}, seed {found.seed}"),
        ("Sample", f"{len(found.rows)} of {sentences.count(found.counted, 'row')}, by strata of equal money"),
        ("Result", found.result),
        ("Finished", ended),
        ("Conclusion", found.conclusion or "none yet"),
    )


def _line(row: AuditRow, currency: str) -> AuditLine:
    return AuditLine(
        row.number,
        row.stratum,
        row.kind.replace("_", " "),
        row.fact,
        row.says,
        row.amount,
        currency,
        row.source,
        FINDINGS[row.finding],
        row.evidence,
        row.note,
        row.changed,
    )
