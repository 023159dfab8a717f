"""Metric audits: which there are of a metric, one with its sample and findings, and what the Why of a metric says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.meant import unknown
from partnerdesk.models.audits import metric_audit, metric_audit_row
from partnerdesk.models.facts import TABLES

RIGHT, WRONG, UNVERIFIABLE = "right", "wrong", "unverifiable"
# Facts that stand behind a metric without being a row that it counts.
_BESIDE = ("rule", "exchange_rate", "partner", "target", "statement")


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row of a sample, and what was found; `changed` says what became of the fact."""

    number: int
    stratum: int
    kind: str
    fact: str
    says: str
    amount: Decimal
    source: str
    finding: str
    evidence: str
    note: str
    changed: str
    day: date | None
    by: str


@dataclass(frozen=True, slots=True)
class AuditView:
    """An audit of a metric of one partner and period; `value` as it was on its day, of `counted` rows."""

    id: str
    partner: str
    partner_name: str
    metric: str
    title: str
    period: str
    version: str
    value: Decimal
    unit: str
    counted: int
    seed: int
    day: date
    by: str
    finished: date | None
    finished_by: str
    conclusion: str
    rows: tuple[AuditRow, ...]

    def found(self, finding: str) -> int:
        """How many rows of the sample were found so; nothing for those that are still to be looked at."""
        return sum(row.finding == finding for row in self.rows)

    @property
    def result(self) -> str:
        """`2 of 20 wrong, 1 not verifiable, 3 to look at`."""
        parts = [f"{self.found(WRONG)} of {len(self.rows)} wrong"]
        for finding, words in ((UNVERIFIABLE, "not verifiable"), ("", "to look at")):
            parts += [f"{self.found(finding)} {words}"] if self.found(finding) else []
        return ", ".join(parts)


def audits(session: Session, partner: str | None = None, metric: str | None = None) -> tuple[AuditView, ...]:
    """Audits of all partners or of one, of all metrics or of one, the newest first."""
    wanted = select(metric_audit).order_by(metric_audit.c.day.desc(), metric_audit.c.id.desc())
    for column, value in ((metric_audit.c.partner, partner), (metric_audit.c.metric, metric)):
        wanted = wanted.where(column == value) if value is not None else wanted
    return tuple(_views(session, wanted))


def audit_named(session: Session, id: str) -> AuditView:
    """One audit. Raises Refused where there is none of this name."""
    found = next(_views(session, select(metric_audit).where(metric_audit.c.id == id)), None)
    if found is None:
        raise unknown(
            "audit", id, session.scalars(select(metric_audit.c.id)), "`partnerdesk audit list` shows those there are."
        )
    return found


def _views(session: Session, wanted: Select[Any]) -> Iterator[AuditView]:
    partner = TABLES["partner"].c
    for row in session.execute(wanted).mappings().all():
        name = session.scalar(select(partner.name).where(partner.id == row["partner"])) or row["partner"]
        values = {field: row[field] for field in AuditView.__slots__ if field in row}
        yield AuditView(**values, partner_name=name, rows=tuple(_rows(session, row["id"])))


def _rows(session: Session, audit: str) -> Iterator[AuditRow]:
    columns = [metric_audit_row.c[name] for name in AuditRow.__slots__]
    wanted = select(*columns).where(metric_audit_row.c.audit == audit).order_by(metric_audit_row.c.number)
    yield from (AuditRow(**row) for row in session.execute(wanted).mappings())


def withdrawal_of(session: Session, kind: str, fact: str, until: date) -> tuple[str, date] | None:
    """The audit that withdrew a fact up to a day, and when; None where none did."""
    row = metric_audit_row.c
    withdrawn = (row.finding == WRONG) & row.changed.endswith(f" {fact} withdrawn", autoescape=True)
    asked = select(row.audit, row.day).where(row.kind == kind, row.fact == fact, withdrawn, row.day <= until)
    found = session.execute(asked.order_by(row.day.desc(), row.id.desc()).limit(1)).one_or_none()
    return None if found is None else (found.audit, found.day)


def next_audit(session: Session) -> str:
    """The id of the next audit."""
    count = session.scalar(select(func.count()).select_from(metric_audit)) or 0
    while session.scalar(select(metric_audit.c.id).where(metric_audit.c.id == f"MA-{count + 1:04d}")):
        count += 1
    return f"MA-{count + 1:04d}"


def metric_of(figure: str) -> tuple[str, str] | None:
    """The metric and the period that a figure's name speaks of; None for any other figure."""
    kind, *parts = figure.split("|")
    return (parts[0], parts[-1]) if kind in ("metric", "measured") and len(parts) == 2 else None


def counted_facts(figure: Figure) -> dict[tuple[str, str], Decimal]:
    """The facts that went into a figure by kind and id, each with the greatest number that it gave."""
    found: dict[tuple[str, str], Decimal] = {}
    ahead = [figure]
    while ahead:
        step = ahead.pop()
        ahead.extend(step.parts)
        if not step.parts and step.origin is not None and step.origin.kind not in _BESIDE:
            key = step.origin.kind, step.origin.id
            found[key] = max(found.get(key, abs(step.value)), abs(step.value))
    return found
