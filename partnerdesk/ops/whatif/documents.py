"""A what-if leaves as a workbook for ourselves, badged on every sheet; there is no document of it for a partner."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.ops.folders import made
from partnerdesk.ops.whatif.beside import Beside, beside
from partnerdesk.ops.whatif.trying import Case
from partnerdesk.ops.whatif.words import change_words
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.atomic import write
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.whatif import WhatIfSheet, as_workbook


def write_whatif(session: Session, partner: str, before: Case, after: Case, today: date, folder: Path) -> Path:
    """Writes both sides into a folder and returns the path; raises what `beside` raises, Damaged for the disk."""
    found = beside(session, partner, before, after, today)
    words = f"{found.partner.name} {after.name} {found.days[1].isoformat()}"
    path = made(folder) / safe_name(words, before="WHAT-IF_", after=".xlsx")
    write(path, as_workbook(sheet_of(found, book_settings(session).vendor, today)))
    return path


def sheet_of(found: Beside, vendor: str, today: date) -> WhatIfSheet:
    """Both sides as rows."""
    why = {left.change: left.why for left in found.left}
    return WhatIfSheet(
        title=f"{found.partner.name}: {found.after.name}",
        vendor=vendor,
        made=today,
        currency=found.currency,
        facts=(
            ("Partner", f"{found.partner.name} ({found.partner.id})"),
            ("Held against", found.before.name),
            ("Looked at on", found.days[1].isoformat()),
            ("Rules", f"version {found.version}"),
            ("Taken as paid", f"{found.taken_as_paid} payments to come"),
        ),
        figures=tuple((r.words, r.unit, r.before, r.after, r.change) for r in found.figures),
        periods=tuple((r.period.label, *r.earned, *r.payable, *r.closing) for r in found.periods),
        lines=tuple((r.id, r.says, r.customer, r.day, r.before, r.after, r.change) for r in found.lines),
        changes=tuple((change_words(c), why.get(c, "")) for c in found.after.changes),
    )
