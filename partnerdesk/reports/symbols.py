"""What locales say about numbers and days, and how their day patterns are filled.

Babel knows the locales; its patterns are read once per locale. British English is held here as literals (a test
compares them with Babel's), so that the first window needs no Babel.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from partnerdesk.errors import Refused

DEFAULT = "en_GB"


@dataclass(frozen=True, slots=True)
class Symbols:
    """What a locale says about numbers and days. Patterns are CLDR's, such as `d MMM y`."""

    locale: str
    group: str
    decimal: str
    sizes: tuple[int, int]  # of the last group and of those before it
    percent: tuple[str, str]  # what stands before and after the number
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    lone_months: tuple[str, ...]  # as they stand without a day: Polish wrzesień, but 1 września
    short_lone_months: tuple[str, ...]
    day: str
    short_day: str
    month: str
    short_month: str
    order: str  # of the parts of a day in digits: dmy, mdy or ymd


_MONTHS = tuple("January February March April May June July August September October November December".split())
_SHORT_MONTHS = tuple(name[:3] for name in _MONTHS)
_BRITISH = Symbols(
    locale="en_GB",
    group=",",
    decimal=".",
    sizes=(3, 3),
    percent=("", "%"),
    months=_MONTHS,
    short_months=_SHORT_MONTHS,
    lone_months=_MONTHS,
    short_lone_months=_SHORT_MONTHS,
    day="dd MMM y",
    short_day="dd MMM",
    month="MMMM y",
    short_month="MMM y",
    order="dmy",
)


_AMERICAN_DAYS = {"day": "MMM d, y", "short_day": "MMM d", "month": "MMMM y", "short_month": "MMM y"}
_ENGLISH_FIELDS = ("months", "short_months", "lone_months", "short_lone_months", *_AMERICAN_DAYS)


@lru_cache(maxsize=64)
def english_days(known: Symbols) -> Symbols:
    """The locale's numbers with days as an English text writes them: nobody reads "released by März".

    The month comes first only where the locale puts it first; years never do.
    """
    if known.locale.partition("_")[0] == "en":
        return known
    words = {name: getattr(_BRITISH, name) for name in _ENGLISH_FIELDS}
    return replace(known, **words | (_AMERICAN_DAYS if known.order == "mdy" else {}))


@lru_cache(maxsize=64)
def symbols(locale: str) -> Symbols:
    """The symbols of a locale such as de_DE or de-AT; British English where nobody knows it."""
    name = locale.partition(".")[0].replace("-", "_")
    return _BRITISH if name == DEFAULT else (read_symbols(name) or _BRITISH)


def known_locale(name: str) -> str:
    """A locale that somebody named. Raises Refused for one that nobody knows."""
    if name.replace("-", "_") != DEFAULT and read_symbols(name.replace("-", "_")) is None:
        raise Refused(f"No locale is called “{name}”.", "Write it as language and country, such as de_DE.")
    return name


def read_symbols(name: str) -> Symbols | None:
    """The symbols as Babel has them, or None for a locale that it does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    signs = known.number_symbols["latn"]
    percent = known.percent_formats[None]
    skeletons = known.datetime_skeletons
    digits = known.date_formats["short"].pattern.lower()
    return Symbols(
        locale=str(known),
        group=signs["group"],
        decimal=signs["decimal"],
        sizes=known.decimal_formats[None].grouping,
        percent=tuple(text.replace("%", signs["percentSign"]) for text in (percent.prefix[0], percent.suffix[0])),
        months=_month_names(known, "format", "wide"),
        short_months=_month_names(known, "format", "abbreviated"),
        lone_months=_month_names(known, "stand-alone", "wide"),
        short_lone_months=_month_names(known, "stand-alone", "abbreviated"),
        day=_two_digits(skeletons["yMMMd"].pattern),
        short_day=_two_digits(skeletons["MMMd"].pattern),
        month=skeletons["yMMMM"].pattern if "yMMMM" in skeletons else "MMMM y",
        short_month=skeletons["yMMM"].pattern,
        order="".join(sorted("dmy", key=digits.index)),
    )


def _month_names(known: Any, use: str, width: str) -> tuple[str, ...]:
    names = tuple(known.months[use][width][n] for n in range(1, 13))
    # CLDR's "Sept" is the one short English month of four letters.
    return tuple(name[:3] for name in names) if known.language == "en" and width == "abbreviated" else names


def _two_digits(pattern: str) -> str:
    """Days that stand first get two digits, so that columns of them align as they do in a workbook."""
    return f"d{pattern}" if pattern.startswith(("d ", "d.")) else pattern


@lru_cache(maxsize=256)
def day_writer(pattern: str, known: Symbols) -> Callable[[date], str]:
    """A function that fills a CLDR day pattern."""
    fields: dict[str, Callable[[date], str]] = {
        "d": lambda d: str(d.day),
        "dd": lambda d: f"{d.day:02}",
        "M": lambda d: str(d.month),
        "L": lambda d: str(d.month),
        "MM": lambda d: f"{d.month:02}",
        "MMM": lambda d: known.short_months[d.month - 1],
        "LLL": lambda d: known.short_lone_months[d.month - 1],
        "MMMM": lambda d: known.months[d.month - 1],
        "LLLL": lambda d: known.lone_months[d.month - 1],
        "y": lambda d: str(d.year),
        "yy": lambda d: f"{d.year % 100:02}",
    }
    parts = [fields[text] if is_field else text for text, is_field in _tokens(pattern)]
    return lambda day: "".join(part if isinstance(part, str) else part(day) for part in parts)


def _tokens(pattern: str) -> list[tuple[str, bool]]:
    """Fields and literals of a CLDR pattern; quoted text is literal."""
    tokens: list[tuple[str, bool]] = []
    for index, piece in enumerate(pattern.split("'")):
        if index % 2:
            tokens.append((piece or "'", False))
            continue
        run = ""
        for letter in piece:
            if run and letter != run[0]:
                tokens.append((run, run[0].isascii() and run[0].isalpha()))
                run = ""
            run += letter
        if run:
            tokens.append((run, run[0].isascii() and run[0].isalpha()))
    return tokens
