"""How the cells of a statement look: one name per look, each made once per workbook.

Widths, borders and number formats are those of the documents' design; colours are tokens of the page. Zero in a
ledger column is a dash, a closing balance of zero is 0.00, negatives stand in parentheses.
"""

from functools import cached_property
from typing import Any

from partnerdesk.engine.money import decimals
from partnerdesk.reports.sheet import Book

INK, MUTED, ACCENT, GREY = "#1F2933", "#52606D", "#0B5FA5", "#9AA5B1"
SOFT, CLOSING, INPUT, INPUT_TITLE = "#F4F6F8", "#E8F0F8", "#FFFCF2", "#FFF8E1"
HAIRLINE, GOOD, BAD, WARN = "#E3E8ED", "#0F766E", "#7A0C35", "#B45309"
THIN, MEDIUM, HAIR = 1, 2, 7
DAY, MONTH, RATE, FACTOR = "dd mmm yyyy", "mmm yyyy", "0.00##%", "0.00##"
EACH = "#,##0.00####"  # an amount for each one of what is counted
ABSENT = '"–"'  # a rate that a flat amount does not have: the cell holds zero and shows a dash


class Styles:
    """The looks of one workbook in one currency."""

    def __init__(self, book: Book, currency: str) -> None:
        self._book = book
        self._rows: dict[tuple[tuple[str, Any], ...], Any] = {}
        places = decimals(currency)
        digits = "0." + "0" * places if places else "0"
        self.ledger = f'#,##{digits}_);(#,##{digits});"–"_)'
        self.balance = f"#,##{digits}_);(#,##{digits});{digits}_)"

    def plain(self, **more: Any) -> Any:
        """A cell without a border."""
        return self._book.format(**{"font_color": INK, "valign": "vcenter", **more})

    def row(self, **more: Any) -> Any:
        """A cell in a row of a table or list: a hairline below."""
        key = tuple(more.items())
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = self.plain(**{"bottom": HAIR, "bottom_color": HAIRLINE, **more})
        return found

    def note(self, **more: Any) -> Any:
        """Small muted words."""
        return self.plain(**{"font_size": 9, "font_color": MUTED, **more})

    @cached_property
    def title(self) -> Any:
        return self.plain(bold=True, font_size=18)

    @cached_property
    def section(self) -> Any:
        return self.plain(bold=True, font_size=11)

    @cached_property
    def muted(self) -> Any:
        return self.plain(font_color=MUTED)

    @cached_property
    def sample(self) -> Any:
        return self.plain(font_color=WARN, bold=True, font_size=9)

    @cached_property
    def head(self) -> Any:
        """A column title over text."""
        return self.plain(bold=True, font_size=9, bg_color=SOFT, bottom=THIN, bottom_color=INK)

    @cached_property
    def indented_head(self) -> Any:
        """A column title over text that follows a column of numbers."""
        return self.plain(bold=True, font_size=9, bg_color=SOFT, bottom=THIN, bottom_color=INK, indent=1)

    @cached_property
    def number_head(self) -> Any:
        """A column title over numbers."""
        return self.plain(bold=True, font_size=9, bg_color=SOFT, bottom=THIN, bottom_color=INK, align="right")

    @cached_property
    def input_head(self) -> Any:
        return self.plain(bold=True, font_size=9, bg_color=INPUT_TITLE, bottom=THIN, bottom_color=INK)

    @cached_property
    def input(self) -> Any:
        return self.row(bg_color=INPUT, text_wrap=True)

    @cached_property
    def cell(self) -> Any:
        return self.row()

    @cached_property
    def fitted(self) -> Any:
        """Text that shrinks before it is cut off: identifiers and labels of fixed columns."""
        return self.row(shrink=True)

    @cached_property
    def muted_wrapped(self) -> Any:
        return self.row(font_color=MUTED, text_wrap=True)

    @cached_property
    def indented(self) -> Any:
        """Text that follows a column of numbers."""
        return self.row(indent=1)

    @cached_property
    def wrapped(self) -> Any:
        return self.row(text_wrap=True)

    @cached_property
    def wrapped_indented(self) -> Any:
        return self.row(text_wrap=True, indent=1)

    @cached_property
    def muted_cell(self) -> Any:
        return self.row(font_color=MUTED)

    @cached_property
    def money(self) -> Any:
        return self.row(num_format=self.ledger, align="right")

    @cached_property
    def strong_money(self) -> Any:
        return self.row(num_format=self.ledger, align="right", bold=True)

    @cached_property
    def strong_ledger(self) -> Any:
        return self.plain(num_format=self.ledger, align="right", bold=True)

    @cached_property
    def difference(self) -> Any:
        return self.row(num_format=self.balance, align="right")

    @cached_property
    def muted_difference(self) -> Any:
        return self.row(num_format=self.balance, align="right", font_color=MUTED)

    @cached_property
    def total(self) -> Any:
        return self.plain(num_format=self.balance, align="right", bold=True)

    @cached_property
    def plain_difference(self) -> Any:
        return self.plain(num_format=self.balance, align="right")

    @cached_property
    def count(self) -> Any:
        return self.plain(num_format="#,##0_)", align="right")

    @cached_property
    def counted(self) -> Any:
        """A count in a row of a table."""
        return self.row(num_format="#,##0_)", align="right")

    @cached_property
    def verdict(self) -> Any:
        """OK or Differs beside a check; the word tells, the colour only helps."""
        return self.plain(bold=True, font_color=GOOD)

    @cached_property
    def right(self) -> Any:
        return self.plain(font_color=MUTED, align="right")

    @cached_property
    def day(self) -> Any:
        return self.row(num_format=DAY, font_color=MUTED, align="left")

    @cached_property
    def indented_day(self) -> Any:
        return self.row(num_format=DAY, font_color=MUTED, align="left", indent=1)

    @cached_property
    def muted_indented(self) -> Any:
        return self.row(font_color=MUTED, indent=1)

    @cached_property
    def rate(self) -> Any:
        return self.row(num_format=RATE, align="right")

    @cached_property
    def each(self) -> Any:
        return self.row(num_format=EACH, align="right")

    @cached_property
    def share(self) -> Any:
        return self.row(num_format="0%", align="right")

    @cached_property
    def factor(self) -> Any:
        return self.row(num_format=FACTOR, align="right")

    @cached_property
    def absent(self) -> Any:
        return self.row(num_format=ABSENT, align="right")

    def exchange(self, currency: str) -> Any:
        """A rate of exchange behind its currency code: `USD 0.9213`, a number all the same."""
        code = currency.replace('"', "")
        return self.row(num_format=f'"{code}" 0.0000##', font_color=MUTED, align="left", indent=1)
