"""A change in words, for a list, a terminal and a document."""

from partnerdesk.errors import Refused
from partnerdesk.ops.whatif.values import FREE, attribute_of
from partnerdesk.queries.scenarios import ADD, METRIC, REMOVE, RULE, Change


def change_words(change: Change) -> str:
    """`deal D-17, Closed on: 2026-11-19`."""
    kind, value = change.of.replace("_", " "), change.value or "none"
    if change.action == REMOVE:
        return f"{kind} {change.item} taken away"
    if change.action == RULE:
        return f"rule {change.field} of {change.of}: {value}"
    if change.action == METRIC:
        return f"metric {change.of}: {value}"
    new = "new " if change.action == ADD else ""
    return f"{new}{kind} {change.item}, {field_words(change.of, change.field)}: {value}"


def field_words(kind: str, field: str) -> str:
    """What a field is called; its own name where its declaration lists its values, or where nobody declared it."""
    if field.startswith(FREE):
        return field.removeprefix(FREE)
    own = field.replace("_", " ").capitalize()
    try:
        says = attribute_of(kind, field).says.partition(",")[0].partition(";")[0]
    except Refused:
        return own
    return says if says[:1].isupper() else own
