"""Collects what the people of the sample book wrote and inserts it table by table.

The ops of `plans`, `reviews` and `actions` would say the same row by row, in ten times the time; tests hold the result
to their rules.
"""

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Table, insert, update
from sqlalchemy.orm import Session

from partnerdesk.models import plan_blocks, plans, reviews
from partnerdesk.models.base import Flag

# Owners before what belongs to them.
ORDER: tuple[Table, ...] = (
    plans.plan,
    plans.plan_target,
    plans.quarter_target,
    plans.objective,
    plans.decision_right,
    plans.risk,
    plan_blocks.plan_review,
    plan_blocks.stakeholder,
    plan_blocks.key_account,
    plan_blocks.whitespace_cell,
    plan_blocks.objective_link,
    plan_blocks.ladder_level,
    plan_blocks.rhythm,
    plan_blocks.motion,
    plan_blocks.attachment,
    plan_blocks.escalation,
    plan_blocks.escalation_step,
    reviews.review,
    reviews.attendee,
    reviews.review_item,
    reviews.review_page,
    reviews.note,
    plans.action,
)
LIVING: tuple[Table, ...] = (plans.plan, reviews.review)


class Writing:
    """Rows by table, numbered from one: the book is empty."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._places: Counter[tuple[object, ...]] = Counter()

    def add(self, table: Table, **values: Any) -> int:
        """A row; texts and numbers that are not given take the table's usual value."""
        rows = self._rows[table.name]
        row: dict[str, Any] = {c.name: _usual(c) for c in table.c}
        rows.append(row | values | {"id": len(rows) + 1})
        return len(rows)

    def part(self, table: Table, whole: int, /, **values: Any) -> int:
        """A row of a plan or a review, placed after its siblings."""
        key = "plan" if "plan" in table.c else "review"
        place = (table.name, whole, values.get("kind"))
        self._places[place] += 1
        return self.add(table, position=self._places[place], **{key: whole}, **values)

    def row(self, table: Table, id: int) -> dict[str, Any]:
        """A row that may still change."""
        return self._rows[table.name][id - 1]

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """All rows of a table; they may still change."""
        return self._rows[table.name]

    def write(self, session: Session) -> None:
        """Inserts everything. Plans and reviews are drafts until their parts are there: later they take no more."""
        for table in ORDER:
            rows = self._rows[table.name]
            if table in LIVING:
                rows = [row | {"status": "draft"} for row in rows]
            if rows:
                session.execute(insert(table), rows)
        for table in LIVING:
            for row in self._rows[table.name]:
                if row["status"] != "draft":
                    session.execute(update(table).where(table.c.id == row["id"]).values(status=row["status"]))


def _usual(column: Any) -> Any:
    if column.server_default is None:
        return None
    usual = column.server_default.arg
    return usual != "0" if isinstance(column.type, Flag) else usual
