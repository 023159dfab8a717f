"""What a person says about Today's list: not now."""

import json
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from partnerdesk.models.book import setting
from partnerdesk.queries.today.ranked import SNOOZED


def snooze(session: Session, key: str, *, until: date, today: date) -> None:
    """Leaves one thing out of Today's list until a day; what has come back by now is forgotten."""
    kept = json.loads(session.execute(select(setting.c.value).where(setting.c.key == SNOOZED)).scalar() or "{}")
    kept = {k: day for k, day in kept.items() if day > today.isoformat()} | {key: until.isoformat()}
    row = insert(setting).values(key=SNOOZED, value=json.dumps(kept, sort_keys=True))
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value}))
