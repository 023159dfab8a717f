"""Auditing a metric: a sample is drawn, each row is found right or wrong by evidence, and what is wrong is corrected.

A correction is an ordinary change of the fact, so a period that is closed gets its true-up, with its cause, in the next
open one. Nothing of the sample changes by it: it says what was counted, and what was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Fact, attributes
from partnerdesk.engine.outcome import MetricResult
from partnerdesk.errors import Refused
from partnerdesk.models.audits import metric_audit, metric_audit_row, withdrawn_row
from partnerdesk.models.facts import TABLES
from partnerdesk.ops import sentences
from partnerdesk.ops.audits.sampling import Counted, sample
from partnerdesk.ops.edits import required
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.rows.facts import change_row, present_row, remove_row
from partnerdesk.queries.audits import (
    RIGHT,
    UNVERIFIABLE,
    WRONG,
    AuditRow,
    AuditView,
    audit_named,
    counted_facts,
    next_audit,
)
from partnerdesk.queries.facts import fact
from partnerdesk.queries.figures import explained, needed_programs


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of a row: right, wrong or unverifiable, by which evidence.

    A wrong row may be corrected, by field, or withdrawn from the book.
    """

    finding: str
    evidence: str = ""
    note: str = ""
    changes: Mapping[str, Any] | None = None
    withdraw: bool = False


def start_audit(
    session: Session, partner: str, metric: str, period: str, *, size: int, seed: int, on: date, by: str, at: str
) -> str:
    """Draws a sample of the rows that a metric counts in a period, as of a day; returns the id of the audit.

    Raises Refused for a metric that is not evaluated or counts no row, and for a size below one.
    """
    if size < 1:
        raise Refused("A sample has at least one row.", "Choose how many.")
    found = _measured(session, partner, metric, period, on)
    assert found.value is not None
    rows = [_counted(session, kind, id, value) for (kind, id), value in counted_facts(found.value).items()]
    drawn = sample(rows, size, seed)
    if not drawn:
        raise Refused(f"No row of the book counts in “{found.label}” in {period}.", "There is nothing to look at.")
    id = next_audit(session)
    version = [p for p in needed_programs(session) if p.effective_from <= on][-1:] or needed_programs(session)[:1]
    values: dict[str, Any] = {"id": id, "partner": partner, "metric": metric, "title": found.label, "period": period}
    values |= {"version": version[0].version, "value": found.value.value, "unit": found.unit, "counted": len(rows)}
    values |= {"seed": seed, "day": on, "by": required(by, "An audit names who makes it."), "at": at}
    session.execute(insert(metric_audit), values)
    session.execute(insert(metric_audit_row), [_drawn(id, n, *one) for n, one in enumerate(drawn, 1)])
    return id


def _drawn(audit: str, number: int, stratum: int, row: Counted) -> dict[str, Any]:
    values: dict[str, Any] = {"audit": audit, "number": number, "stratum": stratum, "kind": row.kind, "fact": row.id}
    return values | {"says": row.says, "amount": row.amount, "source": row.source}


def _measured(session: Session, partner: str, metric: str, period: str, on: date) -> MetricResult[Any]:
    """A metric with its trace. Raises Refused where there is none, or it is not evaluated."""
    present_row(session, "partner", partner)
    outcome = explained(session, partner, on)
    if (metric, period) not in outcome.metrics:
        raise Refused(f"There is no metric {metric} of {period}.", "Its key stands in the program, [metric.KEY].")
    found = outcome.metrics[metric, period]
    if found.value is None:
        raise Refused(f"“{found.label}” is not evaluated in {period}: {found.missing}.", "There is nothing to look at.")
    return found


def _counted(session: Session, kind: str, id: str, value: Decimal) -> Counted:
    """A row with the amount that it stands for, what it is called, and where it was read."""
    row = fact(session, kind, id)
    if row is None:
        return Counted(kind, id, value)
    money = (getattr(row, a.name) for a in attributes(kind) if a.kind == declared.MONEY)
    amount = next((n for n in money if n is not None), value)
    texts = (getattr(row, name, "") for name in ("name", "title", "certificate", "person"))
    says = next((str(text) for text in texts if text), "") or _customer(session, row)
    return Counted(kind, id, amount, says, str(row.source) if row.source else "typed")


def _customer(session: Session, row: Fact) -> str:
    """The name of the customer whose business a row is."""
    id = getattr(row, "customer", None) or ""
    found = fact(session, "customer", id) if id else None
    return str(getattr(found, "name", id))


def record_finding(session: Session, id: str, number: int, given: Finding, *, on: date, by: str) -> None:
    """Records what was found of a row of a sample, and corrects or withdraws its fact where that is asked for.

    Raises Refused for a finished audit, without evidence, where only a wrong row is changed, and where the fact cannot
    be changed so.
    """
    row = _row(_unfinished(session, id), number)
    if given.finding not in (RIGHT, WRONG, UNVERIFIABLE):
        raise Refused(f"“{given.finding}” is no finding.", f"Choose {RIGHT}, {WRONG} or {UNVERIFIABLE}.")
    if given.finding == UNVERIFIABLE:
        required(given.note, "What cannot be verified says why.")
    else:
        required(given.evidence, "A finding names its evidence: the document, or who confirmed it.")
    if (given.changes or given.withdraw) and given.finding != WRONG:
        raise Refused("Only a row that is wrong is corrected.", "Record it as wrong, or leave it as it is.")
    changed = "; ".join(part for part in (row.changed, _corrected(session, id, row, given, by)) if part)
    values: dict[str, Any] = {"finding": given.finding, "evidence": given.evidence.strip(), "note": given.note.strip()}
    values |= {"changed": changed, "day": on, "by": required(by, "A finding names who made it.")}
    where = (metric_audit_row.c.audit == id) & (metric_audit_row.c.number == number)
    session.execute(update(metric_audit_row).where(where).values(**values))


def _corrected(session: Session, audit: str, row: AuditRow, given: Finding, by: str) -> str:
    """Changes or removes the fact; what was done, in words."""
    if given.withdraw:
        if given.changes:
            raise Refused("A row is corrected or withdrawn, not both.", "Choose one.")
        _withdraw(session, audit, row)
        return f"{named(row.kind)} {row.fact} withdrawn"
    if not given.changes:
        return ""
    before = present_row(session, row.kind, row.fact)
    change_row(session, row.kind, row.fact, before, by=by, **given.changes)
    return "; ".join(_moved(before, field, value) for field, value in given.changes.items())


def _withdraw(session: Session, audit: str, row: AuditRow) -> None:
    """Removes the fact, and remembers by which key its source calls it: a second import does not bring it back."""
    table = TABLES[row.kind]
    found = session.execute(select(table.c.system, table.c.key).where(table.c.id == row.fact)).one_or_none()
    remove_row(session, row.kind, row.fact)
    if found is not None:
        values = {"kind": row.kind, "system": found.system, "key": found.key, "audit": audit}
        session.execute(insert(withdrawn_row).prefix_with("OR IGNORE").values(**values))


def _moved(before: Fact, field: str, value: Any) -> str:
    return f"{field} from {sentences.value(getattr(before, field))} to {sentences.value(value)}"


def finish_audit(session: Session, id: str, *, conclusion: str, on: date, by: str) -> None:
    """Ends an audit with what follows from it. Raises Refused while rows are still to be looked at."""
    found = _unfinished(session, id)
    if left := found.found(""):
        raise Refused(
            f"{left} row{'s are' if left > 1 else ' is'} still to be looked at.", "Record a finding for each."
        )
    values = {
        "finished": on,
        "finished_by": required(by, "An audit names who finished it."),
        "conclusion": required(conclusion, "An audit ends with a conclusion."),
    }
    session.execute(update(metric_audit).where(metric_audit.c.id == id).values(**values))


def _unfinished(session: Session, id: str) -> AuditView:
    found = audit_named(session, id)
    if found.finished is not None:
        raise Refused(f"Audit {id} is finished.", "Draw another sample.")
    return found


def _row(found: AuditView, number: int) -> AuditRow:
    row = next((one for one in found.rows if one.number == number), None)
    if row is None:
        raise Refused(f"Audit {found.id} has no row {number}.", f"Its rows are 1 to {len(found.rows)}.")
    return row
