"""Who a row is in its own source: its identifier, or what tells it apart where the file has none.

A second import finds the rows of the first by these keys. Equal rows without an identifier are kept, numbered by
occurrence; two companies of one name without an identifier are not told apart by guessing.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from partnerdesk.intake.number_columns import Number, plain
from partnerdesk.intake.rows import Rows
from partnerdesk.intake.tokens import is_nothing

_LONGEST = 150

# What tells rows apart where no column holds an identifier; the first group that has values counts.
NATURAL: dict[str, tuple[tuple[str, ...], ...]] = {
    "partner": (("name",),),
    "customer": (("name",),),
    "account": (("name",),),
    "product": (("name",),),
    "territory": (("name",),),
    "person": (("employee",), ("email",), ("name", "partner", "account")),
    "deal": (
        ("partner", "account", "customer", "name"),
        ("partner", "account", "customer", "created", "closed", "amount"),
    ),
    "deal_line": (("deal", "number"), ("deal", "product"), ("deal", "day", "amount")),
    "credit": (("deal", "partner", "role"),),
    "stage_change": (("deal", "day", "stage"),),
    "contract": (("partner", "account", "customer", "product", "start"),),
    "transaction": (
        ("number",),
        ("day", "partner", "account", "customer", "product", "kind", "amount", "deal", "contract"),
    ),
    "deployment": (("partner", "account", "customer", "deal", "product", "name"),),
    "check": (("deployment", "group", "item", "day"),),
    "survey": (("day", "partner", "account", "customer", "deployment", "kind", "score", "comment"),),
    "certification": (("person", "certificate", "partner", "awarded"),),
    "activity": (("day", "partner", "account", "customer", "kind", "title"),),
    "observation": (("partner", "metric", "day"),),
    "fund_entry": (("partner", "fund", "kind", "day", "amount", "activity"),),
    "adjustment": (("partner", "day", "reason_code", "reason", "line", "amount"),),
    "dispute": (("partner", "line", "day"),),
    "hold": (("partner", "deal", "customer", "day"),),
    "payment": (("remittance",), ("partner", "day", "amount")),
    "opening": (("partner", "day", "kind", "line", "due", "amount"),),
    "exchange_rate": (("table", "day", "base", "quote"),),
    "coverage": (("person", "territory"),),
    "target": (("partner", "person", "metric", "span"),),
    "case": (("opened", "partner", "account", "customer", "title"),),
    "enrolment": (("partner", "program", "day"),),
    "tier_decision": (("partner", "day"),),
}
NAMED = ("partner", "customer", "account", "product", "territory", "person")


def keys(rows: Rows, composed: Sequence[str] = ()) -> list[str]:
    """The key of each row; rejects rows that have none, and those that repeat a key with other content."""
    explicit = "key" in rows.fields and not composed
    if explicit:
        found = [str(k) for k in rows.fields["key"]]
    elif composed:
        found = _joined(rows, composed)
    else:
        found = _natural(rows)
    _reject_empty(rows, found, explicit)
    by_name = not explicit and not composed and rows.kind in NAMED
    return _told_apart(rows, found, is_identity=explicit or by_name)


def _natural(rows: Rows) -> list[str]:
    found = [""] * rows.count
    for group in NATURAL[rows.kind]:
        present = [name for name in group if rows.has(name) or (name == "span" and rows.has("start"))]
        if not present or (len(group) == 2 and len(present) < 2 and rows.kind == "deal_line"):
            continue
        joined = _joined(rows, present)
        found = [f or j for f, j in zip(found, joined, strict=True)]
        if all(found):
            break
    return found


def _joined(rows: Rows, names: Sequence[str]) -> list[str]:
    columns = [_spans(rows) if name == "span" else _texts(rows.get(name, "")) for name in names]
    if rows.kind == "target" and "metric" in names:
        columns[names.index("metric")] = ["" if m == "revenue" else m for m in columns[names.index("metric")]]
    if len(columns) == 1:
        return [_short(text) for text in columns[0]]
    if len(columns) == 2:
        return [_short(f"{a}/{b}" if a and b else a or b) for a, b in zip(*columns, strict=True)]
    return [_short("/".join(part for part in parts if part)) for parts in zip(*columns, strict=True)]


def _texts(column: Sequence[Any]) -> list[str]:
    if set(map(type, column)) == {str}:
        return list(column)
    texts: dict[int, str] = {}
    for value in column:
        if id(value) not in texts:
            texts[id(value)] = plain(value.value) if isinstance(value, Number) else "" if value is None else str(value)
    return [texts[id(value)] for value in column]


def _spans(rows: Rows) -> list[str]:
    """A month as 2026-09, any other span by its first and last day."""
    spans = []
    for start, end in zip(rows.get("start"), rows.get("end"), strict=True):
        is_month = start and end and start[:7] == end[:7] and start.endswith("-01")
        spans.append(start[:7] if is_month else f"{start or ''}..{end or ''}" if start else "")
    return spans


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST - 17]}~{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _reject_empty(rows: Rows, found: Sequence[str], explicit: bool) -> None:
    if all(found):
        return
    for i, key in enumerate(found):
        if not key or is_nothing(key):
            what = "The identifier is empty." if explicit else "Nothing in the row tells it apart from others."
            rows.reject(i, what, "Fill it in, or choose another column as the identifier.", "key")


def _told_apart(rows: Rows, found: list[str], is_identity: bool) -> list[str]:
    if len(set(found)) == len(found):
        return found
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    out = []
    for i, key in enumerate(found):
        if key not in first or rows.findings.is_out(rows.rows[first[key]]):
            first[key] = i
            counts[key] = 1
            out.append(key)
        elif not is_identity:
            counts[key] += 1
            out.append(f"{key}#{counts[key]}")
        else:
            _repeated(rows, i, first[key], key)
            out.append(key)
    return out


def _repeated(rows: Rows, i: int, first: int, key: str) -> None:
    """The same row again is left out; another row under the same identifier is a problem."""
    if not key or rows.findings.is_out(rows.rows[i]):
        return
    ours, theirs = rows.rows[i], rows.rows[first]
    if all(column[ours] == column[theirs] for column in rows.table.columns):
        rows.ignore(i, "repeated row")
        return
    line = rows.table.line(theirs)
    what = f"“{key[:80]}” stands in line {line} already, with other values."
    if rows.has("key"):
        rows.reject(i, what, "Correct the identifier of one of the rows.", "key")
    else:
        rows.reject(i, what, "Add a column with an identifier, or choose one: a name does not tell them apart.", "name")
