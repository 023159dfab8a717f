"""What a person typed beside what a file says: rows that it would set back, and rows that it would bring a second time.

Neither is changed unseen: the preview names them before anything is written.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import plural
from partnerdesk.engine.problem import Problem
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.rawsql import fetched, fetched_in
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.rows.facts import TYPED as BY_HAND
from partnerdesk.ops.sentences import listed

# By kind, what two rows have in common that say the same thing.
SAME = {
    "observation": ("partner", "metric", "day"),
    "tier_decision": ("partner", "day"),
    "enrolment": ("partner", "program", "day"),
    "target": ("partner", "metric", "start", "end"),
    "activity": ("partner", "kind", "title", "day"),
    "certification": ("partner", "person", "certificate", "awarded"),
    "deployment": ("partner", "customer", "name"),
    "check": ("deployment", "item", "day"),
    "case": ("partner", "title", "opened"),
    "transaction": ("partner", "kind", "number", "day"),
}


def beside(session: Session, file: str, differences: Sequence[Difference]) -> Iterator[Problem]:
    """A warning for each kind whose rows were changed by hand and would be set back, or would stand there twice."""
    for d in differences:
        if d.changed:
            yield from _set_back(session, file, d)
        if d.new and d.part.kind in SAME:
            yield from _twice(session, file, d)


def _set_back(session: Session, file: str, d: Difference) -> Iterator[Problem]:
    kind = d.part.kind
    sql = f'SELECT "typed_by" FROM "{kind}" WHERE "typed_by" <> ? AND "id" IN ({{}})'
    by = [who for (who,) in fetched_in(session, sql, ("",), [d.ids[i] for i in d.changed])]
    if by:
        people = listed(sorted(set(by)))
        verb = "was" if len(by) == 1 else "were"
        message = f"{_counted(kind, len(by))} {verb} changed by hand by {people}, and the file says otherwise."
        yield Problem(
            file, message, "Applying sets what the file says; leave those rows out to keep yours.", warning=True
        )


def _twice(session: Session, file: str, d: Difference) -> Iterator[Problem]:
    kind, names = d.part.kind, SAME[d.part.kind]
    if not set(names) <= set(d.part.fields):
        return
    columns = ", ".join(f'"{name}"' for name in names)
    typed = Counter(fetched(session, f'SELECT {columns} FROM "{kind}" WHERE "system" = ?', (BY_HAND,)))
    count = sum(tuple(d.part.fields[name][i] for name in names) in typed for i in d.new) if typed else 0
    if count:
        verb = "says" if count == 1 else "say"
        message = f"{_counted(kind, count)} {verb} what somebody typed already; both would count."
        yield Problem(
            file, message, "Remove the typed ones (partner, Overview, Facts), or leave them out here.", warning=True
        )


def _counted(kind: str, count: int) -> str:
    return f"1 {named(kind)}" if count == 1 else f"{count:,} {plural(kind)}"
