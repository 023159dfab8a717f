"""Differences become disputes of the lines they are about, and the columns of a file are remembered."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.errors import Refused
from partnerdesk.intake.official.reading import Official
from partnerdesk.ops.imports.remembering import remember
from partnerdesk.ops.reconcile.classes import ABSENT, DEFINITIONS, MISSING
from partnerdesk.ops.reconcile.matching import Reconciliation
from partnerdesk.ops.reconcile.row import ReconRow
from partnerdesk.ops.statements.disputes import Claim, raise_disputes


def remember_columns(session: Session, found: Official, choices: Mapping[str, str] | None = None) -> None:
    """Keeps which column plays which part as it was read, and what `choices` say besides, for the next such file.

    While a question is open, only what was said is kept, so that it is asked again. Of months side by side another one
    is the next file's amount.
    """
    read = {f"column:{header}": part for header, part in found.parts.items()} if found.is_clear else {}
    kept = read | dict(choices or {})
    remember(session, found.key, {k: v for k, v in kept.items() if k.removeprefix("column:") not in found.months})


def raise_differences(
    session: Session,
    found: Reconciliation,
    rows: Sequence[ReconRow],
    *,
    raised_by: str,
    on: date,
    by: str,
    at: str,
    late_because: str = "",
) -> tuple[str, ...]:
    """Opens a dispute of each row that can have one; returns their ids.

    What was paid is the amount expected of the line, except where nothing was paid. Raises Refused where no row can be
    disputed, and as `raise_disputes` does.
    """
    claims = [_claim(found, row, raised_by, late_because) for row in rows if row.can_be_disputed]
    if not claims:
        raise Refused(
            "None of these differences can be disputed.",
            "A dispute is about a line of a closed statement that has none yet, of a partner whom the file names.",
        )
    return raise_disputes(session, claims, on=on, by=by, at=at)


def _claim(found: Reconciliation, row: ReconRow, raised_by: str, late_because: str) -> Claim:
    paid = amount_words(row.paid, row.currency)
    is_unpaid = row.kind in (MISSING, ABSENT)
    words = "nothing was paid" if is_unpaid else f"{paid} was paid, {row.because}"
    return Claim(
        partner=row.partner,
        line=row.line,
        reason=f"Official payout of {found.period}, {row.kind} ({DEFINITIONS[row.kind]}): {words}",
        raised_by=raised_by,
        claimed=None if is_unpaid else row.paid,
        late_because=late_because,
        source=row.place or found.official.file,
    )
