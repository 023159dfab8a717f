"""What Today shows, as frozen rows, and the same as bytes for the book's cache of derived data.

Kept apart from the queries that make it, because the first screen of a start shows a kept view without them: nothing
here imports the engine's arithmetic, a program or a table.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk import __version__

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORMAT = 8  # of the bytes; raise it whenever a row below or what is put into it changes


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the whole book: `unit` is a currency or %; `change` compares with `against`.

    `count` and `unowned` are the contracts behind a figure that has no comparison.
    """

    key: str
    label: str
    value: Decimal | None
    unit: str
    change: Decimal | None = None
    change_unit: str = ""  # share, points, amount
    against: str = ""
    count: int | None = None
    unowned: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs somebody. `event` names what happened; its words are made where the locale is known.

    `subject` is a customer, a tier, an action's text or a reason; `period` a label; `figure` points or a score;
    `count` days, partners or quarters; `day` the notice day of a renewal. `target` is what opens: a partner's tab, an
    action, a review, a statement period.
    """

    key: str
    # renewal, tier, signal, statement, action, review, dispute, hold, fund, benefit, escalation, certificate, source
    kind: str
    # renews, proposed, near, edge, drift, late, ready, blocked, due, answer, overdue, deliver, undelivered, expires;
    # clock of an escalation; stands of a hold; ends of a certificate; gone of rows that are gone from their source;
    # decision, claim, proof and payment of a fund, each also with -late
    event: str
    partner: str
    partner_name: str
    value: Decimal | None
    due: date | None
    verb: str
    target: tuple[str, ...]
    subject: str = ""
    about: str = ""  # the tier in force
    period: str = ""
    figure: Decimal | None = None
    count: int = 0
    day: date | None = None
    is_owned: bool = True


@dataclass(frozen=True, slots=True)
class Day:
    """Something dated in the next days: a review of `quarter`, or an action (`title`)."""

    day: date
    time: str
    title: str
    quarter: str
    partner_name: str
    note: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """How one side keeps what it promised: due ones kept, late or dropped, and those not due yet."""

    done: int
    late: int
    dropped: int
    open: int

    @property
    def due(self) -> int:
        return self.done + self.late + self.dropped


@dataclass(frozen=True, slots=True)
class Promised:
    """What both sides promised in a review that was held lately: still open ones, and the first day one is due."""

    review: int
    partner_name: str
    quarter: str
    ours: int
    theirs: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Riser:
    """A partner whose score rose: by so many points to `score`, most of it by `part`."""

    partner: str
    partner_name: str
    points: Decimal
    score: Decimal
    part: str


@dataclass(frozen=True, slots=True)
class Won:
    """What was reached with all partners since the quarter began: counts of deals, renewals and kept commitments."""

    deals: int = 0
    renewals: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """The whole view as of a day, made from the book's state `revision`."""

    as_of: date
    revision: int
    program: str
    version: str
    currency: str
    partners: int
    tiles: tuple[Tile, ...]
    needs: tuple[Need, ...]
    days: tuple[Day, ...]
    ours: Side
    theirs: Side
    entering: int  # renewals that enter the ninety days within a week
    snoozed: int = 0
    promised: tuple[Promised, ...] = ()
    risers: tuple[Riser, ...] = ()
    won: Won = Won()


def cache_key(as_of: date) -> str:
    """Under which a view of a day is kept: another version of the program or of the format finds nothing."""
    return f"today|{FORMAT}|{__version__}|{as_of.isoformat()}"


def to_bytes(view: Today) -> bytes:
    """The view for the cache."""
    from partnerdesk.engine.outcome.record import canonical

    return canonical(view)


def from_bytes(kept: bytes) -> Today:
    """The view of `to_bytes`."""
    import json

    from partnerdesk.engine.restore import restore

    view: Today = restore(Today, json.loads(kept))
    return view


def kept_today(session: "Session", as_of: date) -> Today | None:
    """The view of a day from the cache, if nothing was written since it was made; else None."""
    from sqlalchemy import text

    # In plain SQL: to declare the tables takes longer than to read the row.
    sql = "SELECT value FROM cache WHERE key = :key AND revision = (SELECT coalesce(max(id), 0) FROM op)"
    kept = session.execute(text(sql), {"key": cache_key(as_of)}).scalar()
    return None if kept is None else from_bytes(kept)


def prepare(session: "Session", as_of: date) -> int:
    """Brings the figures into memory, imports included, on the reader's own thread; returns how many partners."""
    from partnerdesk.queries.partners.portfolio import portfolio

    return len(portfolio(session, as_of).rows)
