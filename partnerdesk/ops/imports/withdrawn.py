"""Rows that an audit withdrew: a file that still holds them does not bring them back without anybody noticing.

The fact is gone from the book, so a second import would take it for a new one. What was withdrawn is remembered by
the key that its source gave it; undoing the finding forgets it again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.rawsql import fetched
from partnerdesk.ops.imports.returning import take_out
from partnerdesk.ops.rows.fact_checks import named


def left_out(session: Session, system: str, file: str, differences: Sequence[Difference]) -> list[Problem]:
    """Takes withdrawn rows, and new ones that name them, out of what a file would bring; a warning for each audit."""
    sql = 'SELECT "kind", "key", "audit" FROM withdrawn_row WHERE "system" = ?'
    audits = {(kind, key): audit for kind, key, audit in fetched(session, sql, (system,))}
    if not audits:
        return []
    gone: dict[tuple[str, str], str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for d in differences:
        for i in d.new:
            if audit := audits.get((d.part.kind, d.part.keys[i]), ""):
                gone[d.part.kind, d.ids[i]] = audit
                counts[audit, d.part.kind] += 1
    take_out(differences, gone)
    return list(_told(file, counts))


def _told(file: str, counts: Counter[tuple[str, str]]) -> Iterator[Problem]:
    for (audit, kind), count in sorted(counts.items()):
        rows = f"1 {named(kind)} was" if count == 1 else f"{count:,} rows of {named(kind)} were"
        stays = "It stays out." if count == 1 else "They stay out."
        remedy = "Correct the source; if the finding was wrong, add the row by hand or undo the finding."
        yield Problem(file, f"{rows} withdrawn in audit {audit}. {stays}", remedy, warning=True)
