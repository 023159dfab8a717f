"""Deals, their lines and their history: open or won or lost, and what an order says through its lines."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.question import Option
from partnerdesk.intake.rows import Part, Reference, Rows
from partnerdesk.intake.values import meaning

_STATUSES = ("open", "won", "lost")


def deal(rows: Rows) -> None:
    """Status, the day it closed or is expected to, and the amount that counts."""
    status = _statuses(rows)
    _days(rows, status)
    actual = rows.take("actual_amount")
    if any(a is not None for a in actual):
        amounts = rows.get("amount")
        rows.fields["amount"] = [
            a if s == "won" and a is not None else b for s, a, b in zip(status, actual, amounts, strict=True)
        ]
    if rows.has("mrr"):
        yearly = {id(n): _times(n, 12) for n in rows.fields["mrr"]}
        monthly = rows.take("mrr")
        own = rows.get("recurring")
        rows.fields["recurring"] = [o if o is not None else yearly[id(m)] for o, m in zip(own, monthly, strict=True)]
    rows.fields["status"] = status
    if rows.has("kind"):
        rows.each("kind", lambda text: meaning("deal_kind", text) or text or "new")
    if rows.has("role"):
        rows.each("role", lambda text: meaning("role", text) or text or "sourced")


def _times(number: Any, factor: int) -> Any:
    return None if number is None else number.becomes(number.value * factor)


def _statuses(rows: Rows) -> list[str]:
    won, closed = rows.take("is_won"), rows.take("is_closed")
    given, stages = rows.take("status", ""), rows.get("stage", "")
    has_flags = any(v is not None for v in won) or any(v is not None for v in closed)
    fallback = _fallback(rows, has_flags or any(given))
    found = []
    for i, (w, c, text, stage) in enumerate(zip(won, closed, given, stages, strict=True)):
        if w == 1:
            found.append("won")
        elif c == 1:
            found.append("lost")
        elif text and (known := _known_status(rows, text)):
            found.append(known)
        elif text:
            _unknown_status(rows, i, text)
            found.append("open")
        else:
            found.append("open" if has_flags else meaning("status", stage) or fallback)
    return found


def _known_status(rows: Rows, text: str) -> str:
    chosen = rows.findings.choices.get(f"value:{rows.header('status')}:{text}", "")
    return chosen if chosen in _STATUSES else meaning("status", text)


def _unknown_status(rows: Rows, i: int, text: str) -> None:
    header = rows.header("status")
    rows.reject(i, f"“{text}” is no status that is known here.", "Say what it means, or correct the cell.", "status")
    options = tuple(Option(s, s) for s in _STATUSES)
    rows.findings.ask(
        f"value:{header}:{text}",
        f"What does “{text}” in column {header} mean?",
        "Deals are open, won or lost.",
        options,
    )


def _fallback(rows: Rows, is_said: bool) -> str:
    """What a deal is where no cell says it: an order is won, a day of closing says so too, else it is open.

    `is_said` is whether any deal of the file says how it stands.
    """
    if rows.has("stage"):
        return "open"
    if rows.has("ordered"):
        return "won"
    if rows.has("closed"):
        none = "Where no cell" if is_said else "No column"
        rows.findings.note(f"{none} says whether a deal was won or lost; those with a closing day are taken as won.")
        return "won"
    if rows.has("close") and not is_said:
        options = (Option("won", "Won"), Option("open", "Still open"), Option("lost", "Lost"))
        asks = f"Are these deals won, or do they close on “{rows.header('close')}” only if all goes well?"
        rows.findings.ask("set:deal.status", asks, "No column says how they stand.", options, rows.count)
    return "open"


def _days(rows: Rows, status: list[str]) -> None:
    ordered, lost_on, close = rows.take("ordered"), rows.take("lost_on"), rows.take("close")
    closed, expected, created = rows.get("closed"), rows.get("expected_close"), rows.get("created")
    has_close = any(c is not None for c in close)
    for i, s in enumerate(status):
        first = lost_on[i] if s == "lost" else None
        if s == "open":
            expected[i] = expected[i] or close[i]
            closed[i] = None
        else:
            closed[i] = first or closed[i] or close[i] or ordered[i] or lost_on[i] or _planned(expected[i], has_close)
            if closed[i] is None and not rows.findings.is_out(rows.rows[i]):
                name = next((n for n in ("closed", "close", "ordered") if n in rows.columns), "")
                remedy = "Fill in the day." if name else "Add a column with the closing day."
                rows.reject(i, f"The deal is {s}, and no day says when it closed.", remedy, name)
        created[i] = created[i] or ordered[i]
    rows.fields["closed"] = closed
    if any(e is not None for e in expected) or has_close:
        rows.fields["expected_close"] = expected
    if any(c is not None for c in created):
        rows.fields["created"] = created


def _planned(expected: str | None, has_close: bool) -> str | None:
    """A closed deal whose only day is the one it was expected on."""
    return None if has_close else expected


def deal_line(rows: Rows) -> None:
    """The amount of a line where only quantity and price are given."""
    if rows.has("amount") or not rows.has("unit_price"):
        return
    rows.fields["amount"] = multiplied(rows)
    rows.columns["amount"] = rows.columns["unit_price"]
    rows.findings.note("Amounts are quantity times unit price.")


def multiplied(rows: Rows) -> list[Any]:
    """Quantity times unit price; rounding is asked for later where it is needed."""
    quantities, prices = rows.get("quantity"), rows.get("unit_price")
    made: dict[tuple[int, int], Any] = {}
    for q, p in zip(quantities, prices, strict=True):
        if (id(q), id(p)) not in made:
            factor = q.value if isinstance(q, Number) else Decimal(1)
            made[id(q), id(p)] = None if p is None else p.becomes(p.value * factor)
    return [made[id(q), id(p)] for q, p in zip(quantities, prices, strict=True)]


def derived(lines: Part, whole: bool) -> Part:
    """The deals that lines speak of: first partner, customer, owner and territory, earliest day, sums of amounts.

    `whole` says that the lines describe their deals in full: a deal is then won on its day.
    """
    groups: dict[str, list[int]] = {}
    for i, key in enumerate(lines.fields["deal"]):
        groups.setdefault(key, []).append(i)
    firsts = [members[0] for members in groups.values()]
    fields: dict[str, list[Any]] = {}
    for name in ("partner", "customer", "owner", "account"):
        if name in lines.fields:
            column = lines.fields[name]
            fields[name] = [_first(column, members) for members in groups.values()]
    for name in ("amount", "cost"):
        if name in lines.fields:
            column = lines.fields[name]
            fields[name] = [_sum(column, members) for members in groups.values()]
    fields["currency"] = [lines.fields["currency"][i] for i in firsts]
    if "day" in lines.fields:
        days = [_earliest(lines.fields["day"], members) for members in groups.values()]
        fields |= {"created": days, "closed": days, "known_on": days}
        said = lines.fields.get("status", [""] * len(lines.keys))
        status = [_order_status(said[i], day) for i, day in zip(firsts, days, strict=True)]
        fields["status"] = status
        fields["closed"] = [None if s == "open" else day for s, day in zip(status, days, strict=True)]
        fields["name"] = [f"Order {key}" for key in groups]
    if "territory" in lines.fields:
        fields["attributes"] = [_territory(lines.fields["territory"][i]) for i in firsts]
    references = {name: r for name, r in lines.references.items() if name in fields}
    assumed = [lines.assumed[i] for i in firsts] if lines.assumed else ()
    rows = [lines.rows[i] for i in firsts]
    return Part("deal", rows, list(groups), fields, references, is_derived=True, assumed=assumed)


def _order_status(said: str, day: str | None) -> str:
    """An order is won on its day, unless its lines say that it was cancelled or is still open."""
    return "open" if day is None else meaning("status", said) or "won"


def _first(column: Any, members: list[int]) -> Any:
    return next((column[i] for i in members if column[i]), None)


def _sum(column: Any, members: list[int]) -> int | None:
    values = [column[i] for i in members if column[i] is not None]
    return sum(values) if values else None


def _earliest(column: Any, members: list[int]) -> str | None:
    return min((column[i] for i in members if column[i]), default=None)


def _territory(text: str) -> str:
    return json.dumps({"territory": text}, ensure_ascii=False) if text else "{}"


def without_deal_fields(lines: Part) -> Part:
    """The lines without what they say about their deal only."""
    about = ("customer", "owner", "territory", "number", "status")
    fields: Mapping[str, Any] = {k: v for k, v in lines.fields.items() if k not in about}
    references: Mapping[str, Reference] = {k: v for k, v in lines.references.items() if k not in about}
    return Part(lines.kind, lines.rows, lines.keys, fields, references, lines.defaults, assumed=lines.assumed)
