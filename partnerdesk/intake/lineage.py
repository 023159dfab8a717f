"""From a field of a fact back to the columns it was read from, also where several columns made one field."""

from collections.abc import Mapping, Sequence

from partnerdesk.intake.mapping import Mapped
from partnerdesk.intake.rows import Part
from partnerdesk.intake.targets import ACCOUNT

# Quantity and price, or a gross and its tax, make an amount only where no column holds the amount itself.
_PRODUCT, _LESS = ("quantity", "unit_price"), ("gross", "tax")
_INSTEAD = {"deal_line": _PRODUCT, "transaction": _PRODUCT, "payment": _LESS}
# Fields that are made from readings (see `targets`), by kind; a field is always made from its own column too.
_MADE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "deal": {
        "closed": ("close", "ordered", "lost_on", "expected_close"),
        "expected_close": ("close",),
        "created": ("ordered",),
        "status": ("is_won", "is_closed", "stage", "ordered", "closed"),
        "amount": ("actual_amount",),
        "recurring": ("mrr",),
        "partner": (ACCOUNT,),
        "customer": (ACCOUNT,),
    },
    "deal_line": {"amount": ("quantity", "unit_price"), "partner": (ACCOUNT,)},
    "contract": {
        "recurring": ("amount", "mrr", "quantity", "interval"),
        "cadence": ("interval",),
        "outcome": ("status",),
        "outcome_on": ("end",),
        "partner": (ACCOUNT,),
        "customer": (ACCOUNT,),
    },
    "transaction": {"amount": ("quantity", "unit_price"), "partner": (ACCOUNT,), "customer": (ACCOUNT,)},
    "payment": {"amount": _LESS},
    "certification": {"person": ("first_name", "last_name", "email")},
    "person": {"name": ("first_name", "last_name"), "partner": (ACCOUNT,), "side": (ACCOUNT,)},
    "target": {"start": ("month", "period", "quarter", "year"), "end": ("month", "period", "quarter", "year")},
    "case": {"closed": ("is_closed", "status"), "partner": (ACCOUNT,), "customer": (ACCOUNT,)},
}
# What a deal that was summed from lines takes from their columns.
_FROM_LINES = {
    "partner": ("partner", ACCOUNT),
    "customer": ("customer", ACCOUNT),
    "owner": ("owner",),
    "amount": ("amount", "quantity", "unit_price"),
    "cost": ("cost",),
    "currency": ("currency",),
    "created": ("day",),
    "closed": ("day",),
    "status": ("day",),
    "name": ("deal",),
    "id": ("deal",),
    "attributes": ("territory",),
}


def lineage(columns: Mapped, parts: Sequence[Part]) -> dict[str, dict[str, list[int]]]:
    """Kind -> field -> the columns of the table it was read from, by index."""
    by_target: dict[str, list[int]] = {}
    for use in columns.uses:
        if use.target:
            by_target.setdefault(use.target, []).append(use.column)
    found: dict[str, dict[str, list[int]]] = {}
    for part in parts:
        source = "deal_line" if part.is_derived else columns.kind
        skipped = _INSTEAD.get(source, ()) if f"{source}.amount" in by_target else ()
        fields = {}
        for name in ("id", *part.fields):
            readings = [r for r in _readings(part, name) if name == r or r not in skipped]
            cells = [c for reading in readings for c in by_target.get(f"{source}.{reading}", ())]
            if name == "amount" and columns.wide:
                cells = [c for c, *_ in columns.wide]
            if cells:
                fields[name] = cells
        found[part.kind] = fields
    return found


def title(columns: Mapped, cells: Sequence[int], headers: Sequence[str]) -> str:
    """What a field is called that was made from these columns: one of several amounts, what multiplies it, or what is
    taken off.
    """
    if columns.wide:
        return f"{headers[cells[0]]} to {headers[cells[-1]]}"
    reading = {use.column: use.target.rpartition(".")[2] for use in columns.uses}
    if "gross" in (reading[c] for c in cells):
        return " less ".join(headers[c] for c in sorted(cells, key=lambda c: reading[c] != "gross"))
    amounts = [headers[c] for c in cells if reading[c] not in ("quantity", "interval")]
    return " × ".join((" or ".join(amounts), *(headers[c] for c in cells if reading[c] == "quantity")))


def _readings(part: Part, name: str) -> tuple[str, ...]:
    if part.is_derived:
        return _FROM_LINES.get(name, ())
    own = ("key",) if name == "id" else (name, f"{name}.name")
    return (*own, *_MADE.get(part.kind, {}).get(name, ()))
