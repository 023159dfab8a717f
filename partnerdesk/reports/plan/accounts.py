"""Key accounts under joint care, and the whitespace: customers by products, what is owned, in pipeline and open."""

from decimal import Decimal

from partnerdesk.reports.format import DASH
from partnerdesk.reports.look import CELL, CELL_BOLD, SUB
from partnerdesk.reports.page import MM, Cell, Column, Row, Span, row
from partnerdesk.reports.page.flow import Part
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.data import Account, Ground
from partnerdesk.reports.plan.making import BETWEEN, Making, Section, headed, named, said, strong

_GLYPHS = {"owned": "owned", "pipeline": "pipeline", "gap": "gap", "not eligible": "not_eligible"}
_MOST_PRODUCTS = 8
_CUSTOMER, _SUM, _DAY = 52, 24, 26  # mm
_MOST_STEPS = 6
_WIDEST = 26  # mm of a product's column


def section(making: Making) -> Section:
    data = making.data
    parts = [*_accounts(making), *_matrix(making)]
    return Section("Accounts and whitespace", titles.accounts(data, making.formats) if parts else "", tuple(parts))


def _accounts(making: Making) -> list[Part]:
    data = making.data
    if not data.accounts:
        return []
    columns = (
        Column("Customer", grow=1, least=36),
        Column(f"{data.vendor.short} does", grow=1.4, least=44),
        Column("Owner", grow=0.5, least=22),
        Column(f"{data.partner.short} does", grow=1.4, least=44),
        Column("Owner", grow=0.5, least=22),
        Column("We meet", least=20),
    )
    rows = tuple(_account(account) for account in data.accounts)
    return headed("Key accounts under joint care", columns, rows, making.width, before=0.0)


def _account(account: Account) -> Row:
    return row(
        strong(account.name),
        account.vendor_part or DASH,
        named(account.vendor_owner, "nobody"),
        account.partner_part or DASH,
        named(account.partner_owner, "nobody"),
        account.cadence or DASH,
    )


def _matrix(making: Making) -> list[Part]:
    data = making.data
    if not data.ground:
        return []
    products = data.products[:_MOST_PRODUCTS]
    room = making.width / MM - _CUSTOMER - _SUM - _DAY
    wide = min(_WIDEST, room / max(1, len(products)))
    columns = (
        Column("Customer", grow=1, least=_CUSTOMER - 10),
        *(Column(product, width=wide) for product in products),
        Column(f"Gap, {data.ground_currency}", right=True),
        Column("Renews", gap=2),
    )
    rows = [_ground(making, ground, len(products)) for ground in data.ground]
    total = sum((g.gap for g in data.ground if g.gap is not None), Decimal(0))
    if total:
        blanks = tuple(Cell(_open(making, n)) for n in range(len(products)))
        shown = Cell((Span(making.formats.compact(total), CELL_BOLD),))
        rows.append(Row((Cell((Span("Open gap", CELL_BOLD),)), *blanks, shown, Cell()), CELL, above=True))
    parts = headed("Whitespace", columns, tuple(rows), making.width, sub=_legend(making), before=BETWEEN)
    return [*parts, *_next_steps(making)]


def _legend(making: Making) -> str:
    left = len(making.data.products) - _MOST_PRODUCTS
    words = "Filled: owned. Half: in pipeline. Empty: a gap, its value a year where it is known. Dot: not eligible."
    if making.data.ground_left:
        words += f" {making.data.ground_left} more customers are not shown."
    return f"{words} {left} more products are not shown." if left > 0 else words


def _ground(making: Making, ground: Ground, shown: int) -> Row:
    formats = making.formats
    cells = [
        Cell(formats.compact(cell.value) if cell.value is not None else "", _GLYPHS[cell.state])
        for cell in ground.cells[:shown]
    ]
    gap = formats.compact(ground.gap) if ground.gap is not None else DASH
    renews = formats.day(ground.renews) if ground.renews else DASH
    return Row((Cell(ground.customer), *cells, Cell(gap), Cell(renews)), CELL)


def _open(making: Making, n: int) -> str:
    """The open gap of one product."""
    values = [g.cells[n].value for g in making.data.ground if g.cells[n].state == "gap"]
    known = [value for value in values if value is not None]
    return making.formats.compact(sum(known, Decimal(0))) if known else ""


def _next_steps(making: Making) -> list[Part]:
    """What is done next about a cell, where somebody wrote it."""
    told = [
        f"{ground.customer}, {making.data.products[n]}: {cell.next_step}"
        for ground in making.data.ground
        for n, cell in enumerate(ground.cells)
        if cell.next_step
    ]
    if not told:
        return []
    if len(told) > _MOST_STEPS:
        told[_MOST_STEPS - 1 :] = [f"And {len(told) - _MOST_STEPS + 1} more, which the plan keeps."]
    head = Part(said("Next steps in the whitespace", making.width, CELL_BOLD).block, 4 * MM, keep=True)
    return [head, *(said(text, making.width, SUB, 0.8 * MM) for text in told)]
