"""Numbers, money and days as words, in one locale: the user's on the screen, the partner's on documents.

What a locale says is read once (`reports.symbols`) and then filled by plain string work, because a table asks for
thousands of them. Nothing here converts, rounds for the ledger or reads a clock: what comes in is shown, rounded half
up to the places asked for. Reading what people type is `reports.typed`.
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from partnerdesk.engine.money import decimals
from partnerdesk.engine.period import Period, has_calendar_name
from partnerdesk.reports.symbols import DEFAULT, day_writer, english_days, symbols
from partnerdesk.reports.typed import day_from, number_from

MINUS, DASH, HARD_SPACE = "\u2212", "\u2013", "\u00a0"
Number: TypeAlias = Decimal | int | float


class Formats:
    """The words for numbers and days in one locale.

    With `english` days suit an English text, as every document is; with `hard_spaces` a day never breaks over lines.
    `places` are those of amounts of which nobody says how many they have: the decimals of the currency of the book
    or of the document.
    """

    __slots__ = ("_days", "_fill", "_group", "_indian", "_point", "_spaces", "places", "symbols")

    def __init__(
        self, locale: str = DEFAULT, *, english: bool = False, hard_spaces: bool = False, places: int = 2
    ) -> None:
        known = english_days(symbols(locale)) if english else symbols(locale)
        self.symbols = known
        self._group, self._point = known.group, known.decimal
        self._indian = known.sizes[0] != known.sizes[1]
        self._spaces, self.places = hard_spaces, places
        self._days: dict[tuple[str, date], str] = {}
        self._fill: dict[str, Callable[[date], str]] = {}

    def number(self, value: Number, places: int = 0) -> str:
        """`1,234.50`; below zero with a real minus sign."""
        digits, negative = self._digits(value, places)
        return MINUS + digits if negative else digits

    def money(self, amount: Decimal | int, places: int | None = None, currency: str = "") -> str:
        """`1,234.50`, or `EUR 1,234.50` with the currency's own decimals where it is named."""
        digits = self.amount(amount, currency) if places is None else self.number(amount, places)
        return f"{currency}{HARD_SPACE}{digits}" if currency else digits

    def accounting(self, amount: Decimal | int, places: int | None = None, *, dash: bool = False) -> str:
        """`1,234.50` or `(1,234.50)`, as ledgers write it; with `dash`, zero is a dash."""
        digits, negative = self._digits(amount, self.places if places is None else places)
        if dash and not amount:
            return DASH
        return f"({digits})" if negative else digits

    def amount(self, amount: Decimal | int, currency: str = "") -> str:
        """`1,234.50`: with the decimals of its currency, which stands elsewhere; of none named, with `places`."""
        return self.number(amount, decimals(currency) if currency else self.places)

    def change(self, amount: Decimal | int, currency: str = "") -> str:
        """`+1,234.50`: an amount with its sign, with the decimals that `amount` gives it."""
        return self.signed(amount, decimals(currency) if currency else self.places)

    def compact(self, amount: Number) -> str:
        """For headlines and axes: `412`, `9.2k`, `412k`, `1.84M`, `12.4M`, `1.2bn`."""
        size = abs(_decimal(amount))
        for floor, unit, letter in _SCALES:
            if size >= floor:
                digits, negative = self._digits(amount, _places(size / unit, letter), unit)
                if letter == "k":
                    digits = digits.removesuffix(f"{self._point}0")
                return (MINUS if negative else "") + digits + letter
        return self.number(amount)

    def percent(self, share: Number, places: int = 1) -> str:
        """A share of one as `12.0%`."""
        before, after = self.symbols.percent
        digits, negative = self._digits(share, places, _HUNDREDTH)
        return f"{MINUS if negative else ''}{before}{digits}{after}"

    def rate(self, rate: Decimal, is_each: bool = False) -> str:
        """By what a line's base is multiplied, with the decimals that it has, at most four: percent, or an amount."""
        if is_each:
            return self.number(rate, decimals_of(rate, 2))
        return self.percent(rate, decimals_of(rate * 100, 2))

    def signed(self, value: Number, places: int = 0) -> str:
        """With its sign on both sides of zero: `+3.6`, `−2.0`, `0.0`."""
        digits, negative = self._digits(value, places)
        if negative:
            return MINUS + digits
        return f"+{digits}" if any(c in "123456789" for c in digits) else digits

    def day(self, day: date) -> str:
        """`14 Dec 2026`."""
        return self._date(self.symbols.day, day)

    def short_day(self, day: date) -> str:
        """`14 Dec`."""
        return self._date(self.symbols.short_day, day)

    def month(self, day: date) -> str:
        """`December 2026`."""
        return self._date(self.symbols.month, day)

    def short_month(self, day: date) -> str:
        """`Dec 2026`."""
        return self._date(self.symbols.short_month, day)

    def days(self, first: date, last: date) -> str:
        """`01 Sep to 30 Sep 2026`; both years where they differ."""
        start = self.short_day(first) if first.year == last.year else self.day(first)
        return f"{start} to {self.day(last)}"

    def period(self, period: Period) -> str:
        """`September 2026`, `Q3 2026`, `H1 FY2027`, `M8 FY2027` or `2026`."""
        return self.month(period.start) if has_calendar_name(period) else self.label(period.label)

    def short_period(self, period: Period) -> str:
        """A month in short, any other period in words: `Dec 2026`, `Q3 2026`, `M8 FY2027`."""
        return self.short_month(period.start) if has_calendar_name(period) else self.label(period.label)

    def label(self, label: str) -> str:
        """The label of a period in words: `September 2026`, `Q3 2026`; one that is neither stays as it is."""
        year, dash, month = label.partition("-")
        if dash and year.isdigit() and month.isdigit():
            return self.month(date(int(year), int(month), 1))
        for letter in "QHM":
            before, found, index = label.rpartition(letter)
            if found and index.isdigit() and " " not in before:
                return f"{letter}{int(index)} {before}"
        return label

    def parse_number(self, text: str) -> Decimal:
        """The number that was typed in this locale; Refused, with an example, where it is none."""
        return number_from(text, self.symbols)

    def parse_day(self, text: str) -> date:
        """The day that was typed in this locale; Refused, with an example, where it is none."""
        return day_from(text, self.symbols)

    def _digits(self, value: Number, places: int, unit: Decimal | None = None) -> tuple[str, bool]:
        exact = _decimal(value)
        if unit is not None:
            exact = exact / unit
        shown = exact.quantize(_EXPONENTS[places], ROUND_HALF_UP)
        text = f"{abs(shown):,f}"
        if self._indian:
            text = _regrouped(text, *self.symbols.sizes)
        if self._group != "," or self._point != ".":
            text = text.replace(",", "\0").replace(".", self._point).replace("\0", self._group)
        return text, shown < 0

    def _date(self, pattern: str, day: date) -> str:
        key = (pattern, day)
        found = self._days.get(key)
        if found is None:
            fill = self._fill.get(pattern) or self._fill.setdefault(pattern, day_writer(pattern, self.symbols))
            found = fill(day)
            if self._spaces:
                found = found.replace(" ", HARD_SPACE)
            if len(self._days) < 10_000:
                self._days[key] = found
        return found


_EXPONENTS = tuple(Decimal(1).scaleb(-n) for n in range(13))
_HUNDREDTH = Decimal("0.01")
_SCALES = (
    (Decimal("999500000"), Decimal(1_000_000_000), "bn"),
    (Decimal("999500"), Decimal(1_000_000), "M"),
    (Decimal("999.5"), Decimal(1_000), "k"),
)


def _places(scaled: Decimal, letter: str) -> int:
    if letter == "k":
        return 1 if scaled < Decimal("9.95") else 0
    if scaled < Decimal("9.995"):
        return 2
    return 1 if scaled < Decimal("99.95") else 0


def _decimal(value: Number) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _regrouped(text: str, last: int, before: int) -> str:
    whole, point, rest = text.replace(",", "").partition(".")
    groups = [whole[-last:]]
    whole = whole[:-last]
    while whole:
        groups.append(whole[-before:])
        whole = whole[:-before]
    return ",".join(reversed(groups)) + point + rest


def decimals_of(value: Decimal, least: int = 0) -> int:
    """The decimals that a number has, from so many to four."""
    return next((places for places in range(least, 4) if value == round(value, places)), 4)
