"""The value of a fact's field from the text that a person types: amounts 1234.56, days 2026-09-30, yes or no."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import KINDS, Attribute, attributes
from partnerdesk.errors import Refused

_READ: Mapping[str, Callable[[str], Any]] = {
    declared.TEXT: str,
    declared.REF: lambda text: text or None,
    declared.DAY: date.fromisoformat,
    declared.MONEY: Decimal,
    declared.RATE: Decimal,
    declared.WHOLE: int,
    declared.FLAG: lambda text: {"yes": True, "no": False}[text.lower()],
}


def correctable(kind: str) -> tuple[Attribute, ...]:
    """The fields of a kind that a correction may change."""
    return tuple(a for a in attributes(kind) if a.kind in _READ and a.name not in ("id", "known_on"))


def value_of(kind: str, name: str, text: str) -> Any:
    """What a text says of a field; nothing where it is empty and the field may be. Raises Refused."""
    found = next((a for a in correctable(kind) if a.name == name), None) if kind in KINDS else None
    if found is None:
        names = ", ".join(a.name for a in correctable(kind)) if kind in KINDS else "none"
        raise Refused(f"{kind} has no field “{name}”.", f"Its fields are {names}.")
    if not text.strip() and found.kind not in (declared.TEXT, declared.REF):
        return None
    try:
        return _READ[found.kind](text.strip())
    except (ValueError, KeyError, InvalidOperation):
        raise Refused(f"“{text}” is nothing for “{found.says}”.", "Write 1234.56, 2026-09-30, yes or no.") from None
