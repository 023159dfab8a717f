"""What a row must have and what cannot be, before anything is written: each a located problem with its remedy.

A few rules of sense, the same for every origin: a required reference, an amount where the amount is the fact, days in
their order. What only a book can tell is decided in `ops.imports`.
"""

from collections.abc import Sequence

from partnerdesk.engine import facts
from partnerdesk.intake.rows import Rows
from partnerdesk.intake.targets import targets

REQUIRED: dict[str, tuple[str, ...]] = {
    "deal_line": ("deal", "amount"),
    "credit": ("deal", "partner", "share"),
    "stage_change": ("deal", "day"),
    "transaction": ("amount", "day"),
    "check": ("deployment",),
    "certification": ("person",),
    "observation": ("partner", "value"),
    "fund_entry": ("partner", "amount"),
    "adjustment": ("partner", "amount"),
    "dispute": ("partner", "line", "day"),
    "hold": ("partner", "day", "reason"),
    "payment": ("partner", "amount", "day"),
    "opening": ("partner", "kind", "amount", "day"),
    "exchange_rate": ("base", "quote", "rate", "day"),
    "coverage": ("person", "territory"),
    "target": ("amount", "start"),
    "enrolment": ("partner", "program"),
    "tier_decision": ("partner", "tier", "day"),
}
# One of these must be there where any of them has a column.
_ONE_OF: dict[str, tuple[str, ...]] = {
    "deal_line": ("partner", "customer", "account"),
    "contract": ("partner", "customer", "account"),
    "transaction": ("partner", "customer", "account", "deal", "contract"),
    "target": ("partner", "person"),
    "survey": ("partner", "customer", "account", "deployment"),
}
# Kinds whose rows may be without a partner, and then count for nobody.
_COUNTS_FOR_A_PARTNER = frozenset("deal contract transaction deployment survey certification activity case".split())
_ORDER = {
    "contract": (("start", "end"),),
    "target": (("start", "end"),),
    "certification": (("awarded", "expires"),),
    "partner": (("joined", "left"),),
    "case": (("opened", "closed"),),
    "hold": (("day", "released"),),
}


def check(rows: Rows, required: Sequence[str] = ()) -> None:
    """Rejects rows that lack what they need, or whose days run backwards."""
    declared = [a.name for a in facts.attributes(rows.kind) if a.required and a.name != "id"]
    for name in dict.fromkeys((*declared, *REQUIRED.get(rows.kind, ()), *required)):
        _present(rows, name)
    _one_of(rows, _ONE_OF.get(rows.kind, ()))
    for first, last in _ORDER.get(rows.kind, ()):
        _ordered(rows, first, last)
    if rows.kind == "survey":
        _on_scale(rows)
    if rows.kind in _COUNTS_FOR_A_PARTNER and "partner" in rows.columns:
        _without_partner(rows, rows.get("partner"))


def _present(rows: Rows, name: str) -> None:
    column = rows.fields.get(name)
    if column is not None and None not in column and "" not in column:
        return
    says = rows.header(name) if name in rows.columns else targets(rows.kind)[name].says
    for i, value in enumerate(rows.get(name)):
        if (value is None or value == "") and not rows.findings.is_out(rows.rows[i]):
            rows.reject(i, f"“{says}” is empty and is needed.", "Fill it in, or leave the row out.", name)


def _one_of(rows: Rows, names: Sequence[str]) -> None:
    present = [name for name in names if rows.has(name)]
    if not present:
        return
    columns = [rows.fields[name] for name in present]
    if len(columns) == 1 and all(columns[0]):
        return
    says = " or ".join(f"“{rows.header(name)}”" for name in present)
    for i, values in enumerate(zip(*columns, strict=True)):
        if not any(values) and not rows.findings.is_out(rows.rows[i]):
            rows.reject(i, f"{says} is empty and is needed.", "Fill it in, or leave the row out.", present[0])


def _without_partner(rows: Rows, column: Sequence[str]) -> None:
    """A direct deal has no partner, and one that was forgotten looks the same: it is said, not refused."""
    empty = [i for i, partner in enumerate(column) if not partner and not rows.findings.is_out(rows.rows[i])]
    if empty:
        place = rows.table.place(rows.rows[empty[0]], rows.columns["partner"])
        count = "1 row names" if len(empty) == 1 else f"{len(empty):,} rows name"
        verb = "it counts for none" if len(empty) == 1 else "they count for none"
        rows.findings.note(f"{count} no partner, so {verb}; see {place}.")


def _ordered(rows: Rows, first: str, last: str) -> None:
    if not rows.has(first) or not rows.has(last):
        return
    for i, (a, b) in enumerate(zip(rows.fields[first], rows.fields[last], strict=True)):
        if a and b and b < a:
            message = f"“{rows.header(last)}” ({b}) is before “{rows.header(first)}” ({a})."
            rows.reject(i, message, "Correct one of the days.", last)


def _on_scale(rows: Rows) -> None:
    from decimal import Decimal

    columns = (rows.get("score"), rows.get("scale_min"), rows.get("scale_max"))
    for i, (score, low, high) in enumerate(zip(*columns, strict=True)):
        if None not in (score, low, high) and not Decimal(low) <= Decimal(score) <= Decimal(high):
            message = f"The answer {score} is not on the scale from {low} to {high}."
            rows.reject(i, message, "Correct the answer, or choose another scale.", "score")
