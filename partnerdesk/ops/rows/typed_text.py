"""What a person types into a field of a fact, as its value: the same for the window and the command."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Attribute
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.rows.record_fields import chosen, line

Value = str | date | Decimal | int | bool | None
YES, NO = "yes", "no"


def read_field(
    field: Attribute,
    typed: str,
    names: Mapping[str, str],
    *,
    number: Callable[[str], Decimal] = Decimal,
    day: Callable[[str], date | None] = date.fromisoformat,
) -> Value:
    """The value of a typed text; None where nothing is typed. `names` are the rows that a reference may name.

    Raises Refused with the field and what can be written instead.
    """
    text = line(typed, 2000)
    if not text:
        return "" if field.kind == declared.TEXT else None
    if field.kind == declared.TEXT:
        return text
    if field.kind == declared.REF:
        noun = named(field.to)
        return chosen(text, names, noun, f"Name one of this book, or add the {noun} first.")
    try:
        return _plain(field, text, number, day)
    except (ValueError, InvalidOperation):
        raise Refused(f"“{text}” is nothing for “{field.says}”.", _LIKE[field.kind]) from None


def _plain(field: Attribute, text: str, number: Callable[[str], Decimal], day: Callable[[str], date | None]) -> Value:
    if field.kind == declared.DAY:
        return day(text)
    if field.kind == declared.FLAG:
        if text.casefold() not in (YES, NO):
            raise ValueError(text)
        return text.casefold() == YES
    found = number(text)
    if not found.is_finite():
        raise ValueError(text)
    if field.kind == declared.WHOLE:
        if found != int(found):
            raise ValueError(text)
        return int(found)
    return found


_LIKE = {
    declared.DAY: "Write a day, such as 2026-09-30.",
    declared.FLAG: "Write yes or no.",
    declared.WHOLE: "Write a whole number.",
    declared.RATE: "Write a number.",
    declared.MONEY: "Write an amount, such as 1234.56.",
}


def read_free(typed: str) -> dict[str, str]:
    """Free attributes as they are typed: "name: value; name: value". Raises Refused."""
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in typed.split(";"))):
        name, colon, value = part.partition(":")
        if not colon or not name.strip() or not value.strip():
            raise Refused(f"“{part}” is no name and value.", "Write region: North; source: report of June.")
        found[line(name, 60)] = line(value)
    return found


def free_words(attributes: Mapping[str, str]) -> str:
    """Free attributes as they are typed."""
    return "; ".join(f"{name}: {value}" for name, value in attributes.items())
