"""Reading numbers and days as people type them into a field, in their locale. Files are read by `intake`.

Lenient about spaces, currency codes, brackets for negatives and kinds of minus; strict about everything that could
be read in two ways: a separator in the wrong place is refused, never guessed at.
"""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from partnerdesk.errors import Refused
from partnerdesk.reports.symbols import DEFAULT, Symbols, day_writer, symbols

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u200e\u200f]+")
_CODE = re.compile(r"^([A-Z]{3})(?=[\d(.,+-])|(?<=[\d).,])([A-Z]{3})$")
_EAST_ASIAN = re.compile(r"\s*[年月日년월일]\s*")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2212": "-", "\u2013": "-"})


def number_from(text: str, known: Symbols) -> Decimal:
    """The number that was typed; Refused where there is none, or more than one reading."""
    plain = _SPACES.sub("", text).translate(_APOSTROPHES)
    plain = _CODE.sub("", plain)
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        plain, negative = plain[1:-1], True
    elif plain[:1] in {"-", "+"}:
        plain, negative = plain[1:], plain[0] == "-"
    elif plain.endswith("-"):
        plain, negative = plain[:-1], True
    group = _SPACES.sub("", known.group).translate(_APOSTROPHES)
    whole, _, rest = plain.partition(known.decimal)
    if not _is_number(whole, rest, group, known):
        raise Refused(f"“{text.strip()}” is not a number.", f"Write it like {_example(known)}.")
    value = Decimal((whole.replace(group, "") if group else whole) + "." + rest)
    return -value if negative and value else value


def _is_number(whole: str, rest: str, group: str, known: Symbols) -> bool:
    if not (whole + rest).strip(group) or (rest and not re.fullmatch(r"[0-9]+", rest)):
        return False
    if not group or group not in whole:
        return re.fullmatch(r"[0-9]*", whole) is not None
    last, before = known.sizes
    first, *rest_groups = whole.split(group)
    sizes = [before] * (len(rest_groups) - 1) + [last]
    return (
        re.fullmatch(rf"[0-9]{{1,{before}}}", first) is not None
        and len(whole) <= 40
        and all(re.fullmatch(rf"[0-9]{{{size}}}", part) for size, part in zip(sizes, rest_groups, strict=True))
    )


def _example(known: Symbols) -> str:
    return f"1{known.group}234{known.decimal}50"


def day_from(text: str, known: Symbols) -> date:
    """The day that was typed: `2026-12-14`, `14 Dec 2026`, or digits in the locale's order; else Refused."""
    plain = " ".join(_SPACES.sub(" ", text).split())
    parts = _iso(_EAST_ASIAN.sub("-", plain).rstrip("-")) or _digits(plain, known) or _words(plain, known)
    parts = parts or _as_written(plain, known)
    if parts is not None:
        year, month, day = parts
        try:
            return date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            raise Refused(f"There is no day “{plain}”.", f"Write it like {_sample_day(known)}.") from None
    raise Refused(f"“{plain}” is not a day.", f"Write it like {_sample_day(known)} or 2026-12-14.")


def _iso(text: str) -> tuple[int, int, int] | None:
    found = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _digits(text: str, known: Symbols) -> tuple[int, int, int] | None:
    found = re.fullmatch(r"([0-9]{1,4})([-/. ])\s?([0-9]{1,2})\2\s?([0-9]{1,4})\.?", text)
    if found is None:
        return None
    parts = dict(zip(known.order, (found[1], found[3], found[4]), strict=True))
    if len(parts["y"]) not in (2, 4) or len(parts["m"]) > 2 or len(parts["d"]) > 2:
        return None
    return int(parts["y"]), int(parts["m"]), int(parts["d"])


def _words(text: str, known: Symbols) -> tuple[int, int, int] | None:
    """A month by its name, in the locale's language or in English, the year last or first."""
    names = re.findall(r"[^\W\d_]{3,}", text)
    numbers = re.findall(r"[0-9]+", text)
    month = next((m for name in names if (m := _month(name, known))), 0)
    if not month or len(numbers) != 2:
        return None
    first, second = numbers
    year, day = (first, second) if len(first) == 4 else (second, first)
    return (int(year), month, int(day)) if len(year) in (2, 4) and len(day) <= 2 else None


def _as_written(text: str, known: Symbols) -> tuple[int, int, int] | None:
    """A day exactly as we write it, for languages whose months are numbers or have endings."""
    write = day_writer(known.day, known)
    numbers = {int(n) for n in re.findall(r"[0-9]+", text)}
    for year in (n for n in numbers if 1000 <= n <= 9999):
        for day in (n for n in numbers if 1 <= n <= 31):
            for month in range(1, 13):
                if day <= monthrange(year, month)[1] and write(date(year, month, day)) == text:
                    return year, month, day
    return None


def _month(name: str, known: Symbols) -> int:
    """The number of a month called by its name or by at least three letters of it; 0 for any other word."""
    wanted = name.casefold()
    for months in (known.months, known.short_months, symbols(DEFAULT).months):
        hits = [n for n, month in enumerate(months, 1) if month.rstrip(".").casefold().startswith(wanted)]
        if len(hits) == 1:
            return hits[0]
    return 0


def _sample_day(known: Symbols) -> str:
    return {"dmy": "14 Dec 2026", "mdy": "Dec 14, 2026"}.get(known.order, "2026-12-14")
