"""The one list of what was promised: every action of every partner with where it came from and how old it is.

An action that was carried over is shown as the one that took over, with how often that happened and since when: a
promise that moves from review to review must not look new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.queries.joint.actions import ActionRow, actions

LATE, WEEK, LATER, UNDATED = "late", "week", "later", "undated"
BUCKETS = (LATE, WEEK, LATER, UNDATED)


@dataclass(frozen=True, slots=True)
class ListedAction:
    """An action with the day it was first promised and how often it was carried over since."""

    row: ActionRow
    carried: int
    since: date

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def age(self) -> int:
        """Days from the first promise to its end, or to the day of the list."""
        return max(0, ((self.row.ended_on or self.row.as_of) - self.since).days)

    @property
    def bucket(self) -> str:
        """Where it stands on the board: late, this week, later or without a day."""
        due, today = self.row.due, self.row.as_of
        if due is None:
            return UNDATED
        if due < today:
            return LATE
        return WEEK if due <= week_end(today) else LATER


def week_end(day: date) -> date:
    """The Sunday of a day's week."""
    return day + timedelta(days=6 - day.weekday())


def action_list(session: Session, as_of: date, partner: str | None = None) -> tuple[ListedAction, ...]:
    """Every action that no later one took over, by due day; of one partner or of all."""
    found = actions(session, as_of, partner)
    known = {row.id: row for row in found}
    return tuple(listed(row, known) for row in found if row.carried_to is None)


def listed(row: ActionRow, known: Mapping[int, ActionRow]) -> ListedAction:
    """An action with its history; `known` holds the earlier ones it was carried over from."""
    count, since, earlier = 0, row.created, known.get(row.carried_from or 0)
    while earlier is not None:
        count, since = count + 1, min(since, earlier.created)
        earlier = known.get(earlier.carried_from or 0)
    return ListedAction(row, count, since)


def owners(rows: Sequence[ListedAction]) -> tuple[str, ...]:
    """Who owns an open action, by name."""
    return tuple(sorted({r.row.owner for r in rows if r.row.owner and r.row.is_open}, key=str.casefold))
