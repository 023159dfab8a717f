"""Choices that were made for files with the same headers, kept in the book: corrected once, right from then on."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.intake.choices import AGAIN, BELOW_ZERO, OWNER, PARTNER, PAYEE, REMOVED, TWICE
from partnerdesk.models.book import setting

# Choices that belong to one file, not to all files of its kind.
_OF_ONE_FILE = ("sheet", REMOVED, TWICE, PARTNER, OWNER, PAYEE, BELOW_ZERO, AGAIN)


def recalled(session: Session, key: str) -> dict[str, str]:
    """The choices kept under a key of `intake.mapping.remembered_as`."""
    text = session.scalar(select(setting.c.value).where(setting.c.key == key))
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def remember(session: Session, key: str, choices: Mapping[str, str]) -> None:
    """Keep the choices that hold for all files with these headers; writes nothing where they are kept already."""
    kept = {name: value for name, value in choices.items() if name not in _OF_ONE_FILE}
    if kept == recalled(session, key):
        return
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    sql = (
        'INSERT INTO setting ("key", "value") VALUES (?, ?) '
        'ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"'
    )
    session.connection().exec_driver_sql(sql, (key, text))
