"""Values of facts as texts and back: how a change of a scenario says a day, an amount, yes or no."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Attribute, attributes
from partnerdesk.errors import Refused

FREE = "attributes."  # before the name of a free attribute
YES, NO = "yes", "no"


def text_of(value: Any) -> str:
    """A value as a scenario keeps it; nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def attribute_of(kind: str, field: str) -> Attribute:
    """The declared field of a kind. Raises Refused for a kind or a field that does not exist."""
    if kind not in declared.KINDS:
        raise Refused(f"There is no kind of fact “{kind}”.", f"Kinds are {', '.join(sorted(declared.KINDS))}.")
    found = {a.name: a for a in attributes(kind) if a.name not in ("id", "known_on")}
    if field not in found:
        names = ", ".join(name for name in found if name != "attributes")
        raise Refused(f"A {kind.replace('_', ' ')} has no field “{field}”.", f"Its fields are {names}.")
    return found[field]


def value_of(kind: str, field: str, text: str) -> Any:
    """The value that a text says for a field. Raises Refused with what is wrong, naming the field."""
    if field.startswith(FREE):
        return text
    a, text = attribute_of(kind, field), text.strip()
    if not text:
        if a.required:
            raise Refused(f"“{a.says}” cannot be empty.")
        return a.default
    try:
        return _READ.get(a.kind, str)(text)
    except (ValueError, InvalidOperation):
        raise Refused(f"“{text}” is not {_NOUN[a.kind]} for “{a.says}”.", f"Write {_LIKE[a.kind]}.") from None


def _number(text: str) -> Decimal:
    found = Decimal(text)
    if not found.is_finite():
        raise ValueError(text)
    return found


def _flag(text: str) -> bool:
    if text.lower() not in (YES, NO):
        raise ValueError(text)
    return text.lower() == YES


_READ: dict[str, Any] = {
    declared.DAY: date.fromisoformat,
    declared.MONEY: _number,
    declared.RATE: _number,
    declared.WHOLE: int,
    declared.FLAG: _flag,
}
_NOUN = {
    declared.DAY: "a day",
    declared.MONEY: "an amount",
    declared.RATE: "a number",
    declared.WHOLE: "a whole number",
    declared.FLAG: "yes or no",
}
_LIKE = {
    declared.DAY: "it like 2026-12-31",
    declared.MONEY: "it like 12500.00",
    declared.RATE: "it like 0.25",
    declared.WHOLE: "it like 12",
    declared.FLAG: "yes or no",
}
