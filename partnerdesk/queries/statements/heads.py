"""What partners were called on the heads of their closed statements, where the book may call them otherwise by now."""

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.restatements import restatement
from partnerdesk.models.statements import statement

# Found in the text as it stands: reading the whole of thousands of statements would take their weight in seconds.
_OF_HEAD = re.compile(rb'"(?:legal_name|partner_name)":("(?:[^"\\]|\\.)*")')


def names_on_heads(session: Session) -> Mapping[str, frozenset[str]]:
    """Partner -> every name that the head of a closed statement or of its restatement calls it."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in (statement, restatement):
        for partner, body in session.execute(select(table.c.partner, table.c.canonical)):
            found[partner].update(json.loads(name) for name in _OF_HEAD.findall(zlib.decompress(body)))
    return {partner: frozenset(filter(None, names)) for partner, names in found.items()}
