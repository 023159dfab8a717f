"""Writing what a preview showed, as one step: all of it or nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.intake.lineage import lineage
from partnerdesk.intake.mapping import remembered_as
from partnerdesk.ops.imports import also_known, relinking, remembering, writing
from partnerdesk.ops.imports.gone import come_back
from partnerdesk.ops.imports.planning import planned, revision, undisturbed
from partnerdesk.ops.imports.preview import MOST_PROBLEMS, Plan, Preview, made
from partnerdesk.ops.imports.returning import settle
from partnerdesk.ops.vanishing.answering import Answer, answered_with

LATER = Answer()


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did. `batch` is None where the book held all of it already."""

    batch: int | None
    new: int
    changed: int
    same: int
    placeholders: int
    rejected: int
    ignored: int
    gone: int = 0


def apply(session: Session, preview: Preview, *, by: str = "", gone: Answer = LATER) -> Applied:
    """Import what the preview shows, and keep its choices for files with the same headers.

    `gone` answers for the rows that the file lacks; unanswered they are marked, and the statements that they count in
    wait. Where the book changed since the preview, the rows are compared again. Raises Refused while a question is
    open or where no row was accepted; then nothing changes.
    """
    _refuse_open(preview)
    gone.checked()
    with undisturbed():
        plan = preview.plan
        if plan.revision == 0 or plan.revision != revision(session):
            plan = planned(session, plan.draft, preview.choices)
            preview = made(plan, preview.choices, frozenset())
        number = _write(session, plan, preview, by) if preview.has_changes else None
        settle(session, plan.returning)
        come_back(session, preview.system, plan.differences)
        answered_with(session, preview.gone, preview.file, gone, by=by)
    remembering.remember(session, remembered_as(plan.draft.table), _worth_keeping(preview.choices))
    facts = [c for c in preview.counts if not c.derived]
    return Applied(
        number,
        sum(c.new for c in facts),
        sum(c.changed for c in facts),
        sum(c.same for c in facts),
        len(plan.placeholders),
        preview.rejected,
        preview.ignored,
        len(preview.gone),
    )


def _refuse_open(preview: Preview) -> None:
    if preview.questions:
        first = preview.questions[0]
        more = f" {len(preview.questions) - 1} more questions are open." if len(preview.questions) > 1 else ""
        raise Refused(f"{first.asks} {first.because}{more}", "Choose an answer first; nothing was imported.")
    if not preview.accepted and preview.rejected:
        reason = f" {preview.problems[0]}" if preview.problems else ""
        raise Refused(f"No row of {preview.file} can be imported.{reason}", "Nothing was imported.")
    if not preview.read and not preview.rejected:
        raise Refused(f"{preview.file} has no rows.", "Choose a file with a header and rows.")


def _worth_keeping(choices: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in choices.items() if value != "" or name.startswith("column:")}


def _write(session: Session, plan: Plan, preview: Preview, by: str) -> int:
    draft, system = plan.draft, preview.system
    number = writing.batch(session, _batch(plan, preview, by))
    sources = writing.source_rows(session, number, draft.table.sheet.name, _source_rows(plan))
    writing.placeholders(session, plan.placeholders, system, number, draft.currency)
    for d in plan.differences:
        writing.insert(session, d, system, number, sources, draft.currency)
        writing.update(session, d, number, sources)
    if plan.merges:
        relinking.merge(session, plan.merges)
    relinking.move(session, plan.moves)
    if plan.meant:
        also_known.note(session, also_known.answered(system, plan.meant, number))
    return number


def _source_rows(plan: Plan) -> list[tuple[int, int, Any]]:
    """The rows that bring something new or change something."""
    wanted: set[int] = set()
    for d in plan.differences:
        rows = d.part.rows
        wanted.update(rows if len(d.new) == len(rows) else (rows[i] for i in (*d.new, *d.changed)))
    table = plan.draft.table
    indexes, lines, cells = table.indexes, table.sheet.lines, table.sheet.rows
    return [(row, lines[indexes[row]], cells[indexes[row]]) for row in sorted(wanted)]


def _batch(plan: Plan, preview: Preview, by: str) -> dict[str, Any]:
    mapping = {
        "kind": preview.kind,
        "title": preview.title,
        "encoding": preview.encoding,
        "delimiter": preview.delimiter,
        "line": preview.line,
        "currency": preview.currency,
        "headers": list(plan.draft.table.headers),
        "columns": {c.header: c.target for c in preview.columns},
        "how": {c.header: c.how for c in preview.columns if c.how},
        "cells": lineage(plan.draft.columns, [d.part for d in plan.differences]),
        "choices": dict(preview.choices),
    }
    report = {
        "counts": [[c.kind, c.new, c.changed, c.same, c.derived] for c in preview.counts],
        "rows": [preview.rows_new, preview.rows_changed, preview.rows_same],
        "sums": [[s.header, s.target, s.currency, str(s.total), s.count] for s in preview.sums],
        "reasons": [list(r) for r in preview.reasons],
        "placeholders": len(preview.placeholders),
        "problems": [[p.place, p.message, p.remedy, p.warning] for p in preview.problems[:MOST_PROBLEMS]],
        "problem_count": preview.problem_count,
        "notes": list(preview.notes),
        "again": list(plan.gone.again),
    }
    return {
        "by": by,
        "file": preview.file,
        "sha256": preview.sha256,
        "origin": preview.origin,
        "system": preview.system,
        "mapping": json.dumps(mapping, ensure_ascii=False),
        "read": preview.read,
        "accepted": preview.accepted,
        "rejected": preview.rejected,
        "ignored": preview.ignored,
        "report": json.dumps(report, ensure_ascii=False),
    }
