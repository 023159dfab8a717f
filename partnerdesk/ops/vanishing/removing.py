"""Taking rows out of the book that are gone from their source, with what is part of them, and remembering what closed
statements had posted of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import posted_entry, statement
from partnerdesk.models.vanished import vanished_entry
from partnerdesk.ops.rows.namers import refuse_named
from partnerdesk.ops.vanishing.describing import PARTS, Place

_SUMMED = ("amount", "cost")  # of a deal, where they are the sums of its lines


def remember(session: Session, rows: Mapping[int, Place]) -> None:
    """Keeps which posted entries rest on rows, by the ids of `vanished_row`, so that their true-ups say why.

    Raises Refused for a dispute that a closed statement holds money for.
    """
    _refuse_disputes(session, rows.values())
    about = _about(session, rows)
    closed = select(statement.c.partner, func.max(statement.c.end)).group_by(statement.c.partner)
    last = dict(session.execute(closed).all())
    found = [
        {"vanished": id, "partner": partner, "closed_to": last[partner], "entry": entry}
        for partner, entry in session.execute(select(posted_entry.c.partner, posted_entry.c.entry).distinct())
        for id in {about[part] for part in _named(entry) if part in about}
    ]
    if found:
        session.execute(insert(vanished_entry), found)


def _refuse_disputes(session: Session, places: Iterable[Place]) -> None:
    """What a dispute held was in no payout: its row alone says since when, and until when."""
    posted = posted_entry.c
    for id in (id for kind, id in places if kind == "dispute"):
        holds = select(posted.partner).where(posted.entry.startswith(f"dispute:{id}:", autoescape=True))
        if session.scalars(holds).first() is not None:
            raise Refused(
                f"A closed statement holds money for dispute {id}.",
                "Keep its row with the evidence, and decide the dispute: denied, it frees what it holds.",
            )


def _about(session: Session, rows: Mapping[int, Place]) -> dict[str, int]:
    """By the id that entries name: a row's own, and the deal's that it is a part of."""
    about: dict[str, int] = {}
    for id, (kind, row) in rows.items():
        about[row] = id
        if kind in PARTS["deal"]:
            table = TABLES[kind].c
            about.setdefault(session.scalar(select(table.deal).where(table.id == row)) or "", id)
    return about


def _named(entry: str) -> set[str]:
    """What an entry's id may name: every run of its parts, because the id of a row may hold a colon itself."""
    parts = entry.split(":")
    return {":".join(parts[i:j]) for i in range(1, len(parts)) for j in range(i + 1, len(parts) + 1)}


def remove(session: Session, places: Sequence[Place]) -> None:
    """Takes rows out with their parts; a deal whose amount is the sum of its lines follows them.

    Raises Refused where a row stays that names one of them.
    """
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, id in places:
        by_kind[kind].append(id)
    deals = _summed(session, by_kind["deal_line"])
    for whole, parts in PARTS.items():
        for part in parts:
            _delete(session, part, whole, by_kind[whole])
    for kind, ids in by_kind.items():
        _delete(session, kind, "id", ids)
    for kind, id in places:
        refuse_named(session, kind, id, "Keep it, or change those first.")
    _sum_again(session, deals)


def _delete(session: Session, kind: str, column: str, ids: Iterable[str]) -> None:
    table = TABLES[kind]
    for id in ids:
        session.execute(delete(table).where(table.c[column] == id))


def _summed(session: Session, lines: Sequence[str]) -> set[tuple[str, str]]:
    """Deals of these lines with the columns that are the sums of their lines."""
    line, deal = TABLES["deal_line"].c, TABLES["deal"].c
    found = set()
    for id in {session.scalar(select(line.deal).where(line.id == one)) or "" for one in lines}:
        for name in _SUMMED:
            held = session.scalar(select(deal[name]).where(deal.id == id))
            if held is not None and held == session.scalar(select(func.sum(line[name])).where(line.deal == id)):
                found.add((id, name))
    return found


def _sum_again(session: Session, deals: Iterable[tuple[str, str]]) -> None:
    line, deal = TABLES["deal_line"].c, TABLES["deal"]
    for id, name in sorted(deals):
        total = session.scalar(select(func.sum(line[name])).where(line.deal == id))
        session.execute(update(deal).where(deal.c.id == id).values(**{name: total or 0}))
