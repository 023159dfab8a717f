"""The partner's figures beside those of the others: quartiles without names, with how many they are made of."""

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL_MUTED, Role
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import Beside, PackData
from partnerdesk.reports.page import Column, Row, Span, Table, row
from partnerdesk.reports.page.blocks import Block, Titled

_SUB = "Rounded means of several other partners; no number is anybody's own"


def blocks(data: PackData, formats: Formats, width: float, role: Role) -> list[Block]:
    """One table; nothing where the program lets nobody compare, or no figure can be told."""
    rows = data.appendix.beside
    if not any(found.others for found in rows):
        return []
    titles = (words.short_period(data.period), "Lower quartile", "Median", "Upper quartile", "Others")
    columns = (Column("Measure", grow=1, least=30), *(Column(title, right=True) for title in titles))
    table = Table(columns, tuple(_row(found, formats, role) for found in rows))
    return [Titled("Beside other partners", table.laid(width), _SUB)]


def _row(found: Beside, formats: Formats, role: Role) -> Row:
    def shown(places: int, *values: object) -> list[str]:
        return [words.quantity(formats, value, found.unit, places=places) for value in values]  # type: ignore[arg-type]

    own = shown(1, found.own)
    if not found.others:
        label = (Span(found.label, role), Span(f": not shown, {found.refused}", CELL_MUTED))
        return row(label, *own, "", "", "", "", role=role)
    told = shown(0, found.lower, found.median, found.upper)
    return row(found.label, *own, *told, formats.number(found.others), role=role)
