"""The columns of a list of facts: its fields as declared, and where each row comes from."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.engine import facts as declared
from partnerdesk.ops.rows.typed import fields_of
from partnerdesk.ops.rows.typed_text import free_words
from partnerdesk.ui.dialogs.fact import plain_number, title_of
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Attribute, Fact
    from partnerdesk.queries.partners.typed import PartnerFacts
    from partnerdesk.reports.format import Formats

WIDTHS = {declared.DAY: 104, declared.FLAG: 84, declared.MONEY: 112, declared.RATE: 96, declared.WHOLE: 84}
WIDE = {"evidence": 220, "reason": 220, "title": 220, "comment": 220, "item": 200, "metric": 190, "person": 170}
TEXT_WIDTH = 130


def fact_columns(kind: str, found: "Callable[[], PartnerFacts]", formats: "Formats") -> list[Column]:
    """What a row of a kind is called stands first; free attributes and the source at the end."""
    columns = [_column(field, found, formats, place == 0) for place, field in enumerate(_ordered(kind))]
    free = Column("attributes", "Further", _further, width=150, hidden=True)
    source = Column("source", "Where from", lambda row: source_words(row, formats), kind=kinds.MUTED, width=210)
    return [*columns, free, source]


def _ordered(kind: str) -> list["Attribute"]:
    """A text that is filled in every row goes first; a currency stands in its amount."""
    fields = [a for a in fields_of(kind) if a.name != "currency"]
    first = _FIRST.get(kind, fields[0].name)
    return sorted(fields, key=lambda a: a.name != first)


_FIRST = {
    "activity": "title",
    "deployment": "name",
    "check": "item",
    "case": "title",
    "tier_decision": "tier",
    "survey": "kind",
    "transaction": "kind",
}


def _column(field: "Attribute", found: "Callable[[], PartnerFacts]", formats: "Formats", is_first: bool) -> Column:
    name, title = field.name, title_of(field)
    width = WIDTHS.get(field.kind, WIDE.get(name, TEXT_WIDTH))

    def value(row: Any) -> Any:
        return getattr(row, name)

    if is_first:
        return Column(name, title, lambda row: _text(value(row), field, found()) or row.id, kind=kinds.NAME, width=190)
    if field.kind == declared.DAY:
        return Column(name, title, value, formats.day, kinds.DATE, width)
    if field.kind in (declared.MONEY, declared.RATE, declared.WHOLE):
        show = partial(_number, formats=formats)
        unit = (lambda row: (value(row), row.currency)) if field.kind == declared.MONEY else value
        return Column(name, title, unit, show, kinds.NUMBER, width, sort=value)
    return Column(name, title, lambda row: _text(value(row), field, found()), width=width, says=field.says)


def _number(value: Any, formats: "Formats") -> str:
    """A number, or an amount with its currency; nothing where it is not known."""
    if not isinstance(value, tuple):
        return plain_number(value, formats)
    amount, currency = value
    return f"{formats.amount(amount, currency)} {currency}" if isinstance(amount, Decimal) else ""


def _text(value: Any, field: "Attribute", found: "PartnerFacts") -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date | Decimal):
        return str(value)
    if field.name.endswith("_by"):  # often the identifier of somebody
        return found.named("person", value)
    return found.named(field.to, value) if field.kind == declared.REF else str(value or "")


def _further(row: "Fact") -> str:
    return free_words(row.attributes)


def source_words(row: "Fact", formats: "Formats") -> str:
    """Where a row comes from: its place in a file and who changed it, or who typed it and when."""
    source = row.source
    if source is not None and source.file:
        return f"{source}, changed by {source.by}" if source.by else str(source)
    who = f"typed by {source.by}" if source is not None and source.by else "typed"
    return f"{who} on {formats.day(row.known_on)}" if row.known_on is not None else who
