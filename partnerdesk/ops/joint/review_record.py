"""What a review showed, frozen when it was held: its pack as canonical text with a digest, read back as it was.

The same program makes the same pages of it again, byte for byte.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.outcome.record import digest, plain
from partnerdesk.engine.period import Period
from partnerdesk.engine.restore import restore
from partnerdesk.errors import Damaged
from partnerdesk.models.reviews import review_record
from partnerdesk.reports.pack.data import PackData

FORMAT = "partnerdesk pack 1"


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of a held review: the pack, the locale and file name it had, and the digest of its data."""

    pack: PackData
    locale: str
    file: str
    sha256: str
    engine: str


def record_of(session: Session, review: int) -> Record | None:
    """The record of a review; None where it was not held, or was held in a book without figures.

    Raises Damaged where the data are not those that were frozen.
    """
    row = session.execute(select(review_record).where(review_record.c.review == review)).one_or_none()
    if row is None:
        return None
    try:
        body = zlib.decompress(row.canonical)
        data = json.loads(body)
        if digest(body) != row.sha256 or data.get("format") != FORMAT:
            raise ValueError(row.sha256)
        pack: PackData = restore(PackData, data["pack"])
    except (zlib.error, ValueError, KeyError, TypeError) as wrong:
        raise Damaged("The figures frozen with this review cannot be read.", "Restore a backup.") from wrong
    return Record(pack, row.locale, row.file, row.sha256, row.engine)


def canonical_pack(pack: PackData) -> bytes:
    """The one text of a pack: sorted keys, periods with their days, so that `restore` reads it back as it was."""
    data = {"format": FORMAT, "pack": _plain(pack)}
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return [value.label, value.start.isoformat(), value.end.isoformat()]
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return plain(value)
