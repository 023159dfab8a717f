"""Releasing a payment run: what is due becomes items that finance pays, confirmed like a close, and never changes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO, minor
from partnerdesk.errors import Refused
from partnerdesk.meant import unknown
from partnerdesk.models.base import irreversible
from partnerdesk.models.payments import payment_item, payment_run, payment_withdrawal
from partnerdesk.ops.rows.facts import present_row
from partnerdesk.ops.statements.approving import check_two
from partnerdesk.queries.payments.due import DUE, DueRow, due
from partnerdesk.queries.payments.runs import OPEN, PAY, RunRow, all_items, runs


@irreversible
def release_run(
    session: Session,
    on: date,
    as_of: date,
    *,
    maker: str,
    checker: str,
    total: Decimal,
    at: str,
    partners: Sequence[str] | None = None,
) -> RunRow:
    """Releases everything that is due up to the day `on`, or what is due to the named partners.

    `total` is the net that is paid out, as the checker typed it; `at` the UTC moment. Raises Refused where nothing is
    due, a named partner has nothing due, a name is missing, the total differs, or several currencies are due.
    """
    for id in partners or ():
        present_row(session, "partner", id)
    rows = [r for r in due(session, on, as_of) if r.status == DUE and (partners is None or r.partner in partners)]
    missing = sorted(set(partners or ()) - {r.partner for r in rows})
    if missing or not rows:
        who = f" to {missing[0]}" if missing else ""
        raise Refused(f"Nothing is due{who} up to {on.isoformat()}.", "Close the period first, or choose a later day.")
    check_two(session, "A payment run", maker, checker)
    currencies = sorted({r.currency for r in rows})
    if len(currencies) > 1:
        raise Refused(f"{' and '.join(currencies)} are due.", "Release the partners of one currency at a time.")
    expected = sum((r.net for r in rows if r.kind == PAY), ZERO)
    if total != expected:
        raise Refused(
            f"The total typed in, {total:,f} {currencies[0]}, is not the total of this run.",
            "Compare the run with your figures and type the total again.",
        )
    number = _write(session, rows, on, as_of, (maker.strip(), checker.strip(), at), expected)
    return runs(session, number)[0]


def _write(
    session: Session, rows: Sequence[DueRow], on: date, as_of: date, said: tuple[str, str, str], total: Decimal
) -> str:
    """The run with its items; returns its number."""
    id = session.execute(select(func.coalesce(func.max(payment_run.c.id), 0))).scalar_one() + 1
    number, currency = f"PR-{id:04d}", rows[0].currency
    items = [
        {
            "run": id,
            "reference": f"{number}-{n:03d}",
            "partner": row.partner,
            "kind": row.kind,
            "currency": currency,
            "gross": minor(row.gross, currency),
            "tax": minor(row.tax, currency),
            "net": minor(row.net, currency),
            "due": row.day,
            "statements": row.statements,
        }
        for n, row in enumerate(rows, 1)
    ]
    # Items come before the run that seals them, so their reference to it holds only at the end.
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = 1")
    session.execute(insert(payment_item), items)
    values = {"id": id, "number": number, "day": on, "as_of": as_of, "currency": currency}
    values |= {"total": minor(total, currency), "maker": said[0], "checker": said[1], "at": said[2]}
    session.execute(insert(payment_run), values)
    return number


def withdraw_item(session: Session, reference: str, *, reason: str, on: date, by: str, at: str) -> None:
    """Takes an item back that finance did not pay; what it held is due again.

    Raises Refused for an unknown item, one that is settled or withdrawn, and without a reason.
    """
    item = next((i for i in all_items(session) if i.reference == reference), None)
    if item is None:
        known = [i.reference for i in all_items(session)]
        raise unknown(
            "item", reference, known, "`partnerdesk payments show RUN` lists those of a run.", "in a payment run"
        )
    if item.state != OPEN:
        raise Refused(f"{reference} is {item.state}.", "Only an item of which nothing was paid is withdrawn.")
    if not reason.strip():
        raise Refused("A withdrawal says why.", "Enter a reason.")
    id = select(payment_item.c.id).where(payment_item.c.reference == reference).scalar_subquery()
    values = {"item": id, "day": on, "reason": reason.strip(), "by": by, "at": at}
    session.execute(insert(payment_withdrawal).values(**values))
