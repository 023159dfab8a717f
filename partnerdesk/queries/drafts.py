"""The shelf of a program: its published versions with the days they hold, and the drafts that are being written."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.drafts import program_draft
from partnerdesk.models.statements import program_version
from partnerdesk.queries.statements.archive import closed_statements

IN_FORCE, COMING, ENDED = "in force", "coming", "ended"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version: in force, coming or ended on the day that was asked about; `until` is its last day."""

    sha256: str
    program: str
    version: str
    effective_from: date
    until: date | None
    state: str
    text: str
    file: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as it is kept; `changed` is UTC."""

    id: int
    name: str
    text: str
    based_on: str
    changed: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Versions oldest first, drafts newest first, and the last day that is closed."""

    versions: tuple[VersionRow, ...]
    drafts: tuple[DraftRow, ...]
    closed_until: date | None

    @property
    def in_force(self) -> VersionRow | None:
        return next((v for v in self.versions if v.state == IN_FORCE), None)

    def before(self, version: str) -> VersionRow | None:
        """The version before another; the newest for a name that is not published."""
        names = [v.version for v in self.versions]
        at = names.index(version) if version in names else len(names)
        return self.versions[at - 1] if at else None


def shelf(session: Session, today: date) -> Shelf:
    """Everything that the program screen lists."""
    closed = closed_statements(session)
    drafts = session.execute(select(program_draft).order_by(program_draft.c.id.desc())).mappings()
    return Shelf(
        _versions(session, today),
        tuple(DraftRow(**row) for row in drafts),
        max((row.end for row in closed), default=None),
    )


def _versions(session: Session, today: date) -> tuple[VersionRow, ...]:
    rows = session.execute(select(program_version).order_by(program_version.c.effective_from)).all()
    ends: list[date | None] = [row.effective_from - timedelta(days=1) for row in rows[1:]]
    return tuple(
        VersionRow(
            row.sha256,
            row.program,
            row.version,
            row.effective_from,
            until,
            _state(row.effective_from, until, today),
            row.text,
            row.file,
        )
        for row, until in zip(rows, [*ends, None], strict=False)
    )


def _state(start: date, until: date | None, today: date) -> str:
    if start > today:
        return COMING
    return ENDED if until is not None and until < today else IN_FORCE
