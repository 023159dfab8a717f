"""The sample facts as if they had been read from four exports, so that every figure leads back to a file and a row."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import KIND_OF, KINDS, Fact, Source
from partnerdesk.models.facts import batch, source_row
from partnerdesk.ops.rows.facts import add_rows

FILES: dict[str, tuple[str, ...]] = {
    "sample_crm.xlsx": (
        "person",
        "partner",
        "customer",
        "product",
        "deal",
        "credit",
        "stage_change",
        "contract",
        "enrolment",
        "tier_decision",
    ),
    "sample_billing.xlsx": ("transaction", "exchange_rate", "adjustment", "target", "fund_entry"),
    "sample_delivery.xlsx": ("deployment", "check", "survey", "case"),
    "sample_academy.xlsx": ("certification", "activity"),
}
AT = "2026-11-19T07:30:00Z"


def add_batches(session: Session, rows: Sequence[Fact], system: str) -> None:
    """Writes the rows, each with the file, sheet and row it would have come from."""
    kinds: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        kinds[KIND_OF[type(row)]].append(row)
    left = set(kinds) - {kind for of_file in FILES.values() for kind in of_file}
    assert not left, f"no file for {left}"
    for number, (file, of_file) in enumerate(FILES.items(), 1):
        _add_batch(session, number, file, {kind: kinds[kind] for kind in of_file if kinds[kind]}, system)


def _add_batch(session: Session, number: int, file: str, kinds: dict[str, list[Any]], system: str) -> None:
    headers = _headers(kinds)
    placed, raw = [], []
    for kind, rows in kinds.items():
        for at, row in enumerate(rows, 2):
            placed.append(replace(row, source=Source(number, file, kind, at)))
            raw.append({"batch": number, "sheet": kind, "row": at, "raw": _cells(row, headers)})
    count = len(placed)
    session.execute(
        insert(batch).values(
            id=number,
            at=AT,
            by="Sample",
            file=file,
            sha256=sha256("".join(str(r["raw"]) for r in raw).encode()).hexdigest(),
            origin="sample",
            system=system,
            mapping=json.dumps(_mapping(kinds, headers)),
            read=count,
            accepted=count,
            rejected=0,
            ignored=0,
            report=json.dumps(_report(kinds)),
        )
    )
    session.execute(insert(source_row), raw)
    add_rows(session, placed, system=system, batch=number, checked=True)


def _headers(kinds: dict[str, list[Any]]) -> list[str]:
    """One row of headers for all sheets of a file: every field once, in the order of its first sheet."""
    named = (f.name for kind in kinds for f in fields(KINDS[kind]) if f.metadata["is"] not in ("source", "map"))
    return list(dict.fromkeys(named))


def _mapping(kinds: dict[str, list[Any]], headers: list[str]) -> dict[str, Any]:
    """What an import of this file keeps: each field was read from the column of its own name."""
    cells = {
        kind: {f.name: [headers.index(f.name)] for f in fields(KINDS[kind]) if f.name in headers} for kind in kinds
    }
    return {
        "kind": next(iter(kinds)),
        "title": "Sample workbook",
        "encoding": "",
        "delimiter": "",
        "line": 1,
        "currency": "EUR",
        "headers": headers,
        "columns": {header: header for header in headers},
        "how": {},
        "cells": cells,
        "choices": {},
    }


def _report(kinds: dict[str, list[Any]]) -> dict[str, Any]:
    count = sum(len(rows) for rows in kinds.values())
    return {
        "counts": [[kind, len(rows), 0, 0, False] for kind, rows in kinds.items()],
        "rows": [count, 0, 0],
        "sums": [],
        "reasons": [],
        "placeholders": 0,
        "problems": [],
        "problem_count": 0,
        "notes": ["Invented data"],
    }


def _cells(row: Any, headers: list[str]) -> str:
    return json.dumps([_text(getattr(row, name, None)) for name in headers], ensure_ascii=False)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
