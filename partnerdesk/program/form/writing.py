"""A field's value written into the text: in the manner of the one that stood there, and nothing else changed."""

from datetime import date
from decimal import Decimal

from partnerdesk.errors import Refused
from partnerdesk.program.adding import with_term, without_key
from partnerdesk.program.form.cells import PERCENT, Cell, Value, declared, places_of
from partnerdesk.program.keyed import dotted
from partnerdesk.program.spans import put


def changed(text: str, cell: Cell, value: Value | None) -> str:
    """The text with another value in the place of a cell's; None takes an optional key out.

    Raises Refused where the text is written in a way that the key cannot be added to or taken from.
    """
    if value == cell.value:
        return text
    try:
        if value is None:
            return without_key(text, cell.path) if cell.raw else text
        raw = written(cell, value)
        return with_term(text, cell.path, raw) if not cell.raw else put(text, cell.path, raw)
    except KeyError as error:
        said = f"{dotted(cell.path)} = {written(cell, value)}" if value is not None else dotted(cell.path)
        raise Refused(
            f"The form cannot {'add this' if value is not None else 'take this out'} where the text writes its table.",
            f"Change it under Text: {said}.",
        ) from error


def written(cell: Cell, value: Value) -> str:
    """A value as TOML, in the manner of the one that stood there: its decimals, its thousands."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return quoted(value.strip())
    number = value / 100 if cell.kind == PERCENT else value
    if value == cell.value and cell.raw:
        return cell.raw
    meant = declared(cell.path)
    if meant is not None and meant.type == "whole number" and number == number.to_integral_value():
        return f"{number:.0f}"
    places = max(places_of(number), len(cell.raw.partition(".")[2].replace("_", "")))
    exact = number.quantize(Decimal(1).scaleb(-places))
    return f"{exact:,f}".replace(",", "_") if "_" in cell.raw or abs(exact) >= 10_000 else f"{exact:f}"


def quoted(words: str) -> str:
    """Words as a TOML text on one line."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c if c.isprintable() else " " for c in escaped)}"'
