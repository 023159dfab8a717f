"""What else a partner of the book is called by the files that come: ids of another row that was the same company.

A person says so once, for a row of a file or by making one of two partners; later files follow. Kept in the book's
settings, so that undo takes it back with the step that noted it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.book import setting

_KEY = "partners also known"


@dataclass(frozen=True, slots=True)
class Also:
    """`key` of files of `system` is the partner `id`; with `system` empty, of tables that name rows by the book's ids.

    `names` are what that row was called. `batch` is the import that brought the answer, None for a merge by hand.
    """

    system: str
    key: str
    id: str
    names: tuple[str, ...] = ()
    batch: int | None = None


def also_known(session: Session) -> list[Also]:
    """All that is kept."""
    text = session.scalar(select(setting.c.value).where(setting.c.key == _KEY))
    return [Also(**row | {"names": tuple(row["names"])}) for row in json.loads(text or "[]")]


def note(session: Session, found: Iterable[Also]) -> None:
    """Keeps these too: of one key the last answer counts, and a partner that became another one is followed."""
    new = list(found)
    became = {one.key: one.id for one in new if not one.system}
    kept = {(one.system, one.key): one for one in also_known(session)}
    moved = [Also(one.system, one.key, became.get(one.id, one.id), one.names, one.batch) for one in kept.values()]
    _write(session, [*(one for one in moved if (one.system, one.key) not in {(n.system, n.key) for n in new}), *new])


def forget(session: Session, batch: int) -> None:
    """The answers that came with an import which is taken back."""
    kept = also_known(session)
    left = [one for one in kept if one.batch != batch]
    if left != kept:
        _write(session, left)


def answered(system: str, meant: Mapping[str, str], batch: int) -> list[Also]:
    """Answers of an import, by key of the file."""
    return [Also(system, key, id, batch=batch) for key, id in meant.items()]


def _write(session: Session, rows: Sequence[Also]) -> None:
    text = json.dumps([asdict(row) for row in rows], ensure_ascii=False, sort_keys=True)
    sql = (
        'INSERT INTO setting ("key", "value") VALUES (?, ?) '
        'ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"'
    )
    session.connection().exec_driver_sql(sql, (_KEY, text))
