"""What partners were called on the heads of their closed statements, where the book may call them otherwise by now."""

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from partnerdesk.models.restatements import restatement
from partnerdesk.models.statements import statement

# Found in the text as it stands, of which the head comes first: reading the whole of thousands of statements would take
# their weight in seconds.
_OF_HEAD = re.compile(rb'"(?:legal_name|partner_name)":("(?:[^"\\]|\\.)*")')
_LAST = re.compile(rb'"partner_name":"(?:[^"\\]|\\.)*"')
_PIECE = 4096  # bytes of a statement that are unpacked at once
_AT_ONCE = 500  # statements that are read at once

_read: dict[str, frozenset[str]] = {}  # by the digest of a statement, which is never another one


def names_on_heads(session: Session) -> Mapping[str, frozenset[str]]:
    """Partner -> every name that the head of a closed statement or of its restatement calls it."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in (statement, restatement):
        rows = session.execute(select(table.c.id, table.c.partner, table.c.sha256)).all()
        _remember(session, table, [row.id for row in rows if row.sha256 not in _read])
        for row in rows:
            found[row.partner] |= _read[row.sha256]
    return {partner: frozenset(filter(None, names)) for partner, names in found.items()}


def _remember(session: Session, table: Table, ids: Sequence[int]) -> None:
    """Reads the heads of statements that were not read yet."""
    for n in range(0, len(ids), _AT_ONCE):
        wanted = select(table.c.sha256, table.c.canonical).where(table.c.id.in_(ids[n : n + _AT_ONCE]))
        for digest, body in session.execute(wanted):
            _read[digest] = frozenset(json.loads(name) for name in _OF_HEAD.findall(_head(body)))


def _head(body: bytes) -> bytes:
    """The beginning of a statement, up to what it calls its partner."""
    text = b""
    for piece in _unpacked(body):
        text += piece
        if _LAST.search(text):
            break
    return text


def _unpacked(body: bytes) -> Iterator[bytes]:
    reader = zlib.decompressobj()
    while body and not reader.eof:
        yield reader.decompress(body, _PIECE)
        body = reader.unconsumed_tail
