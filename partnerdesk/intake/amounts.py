"""Numbers of a row to money in the row's own currency: whole minor units, or a located problem.

The currency comes from its column, from the sign beside the amount, from the header, from the layout or from the book,
in this order; where a sign says something else than what is assumed, the user is asked.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from partnerdesk.engine import facts
from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.facts import MONEY, RATE
from partnerdesk.engine.figures.reasons import amount_words, exact_words
from partnerdesk.engine.money import decimals
from partnerdesk.intake import number_columns
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.question import Option
from partnerdesk.intake.rows import Rows
from partnerdesk.intake.targets import SHARE, targets

_NAMES = {
    "usdollar": "USD", "dollar": "USD", "euro": "EUR", "poundsterling": "GBP", "britishpound": "GBP", "pound": "GBP",
    "swissfranc": "CHF", "japaneseyen": "JPY", "yen": "JPY", "canadiandollar": "CAD", "australiandollar": "AUD",
    "swedishkrona": "SEK", "danishkrone": "DKK", "norwegiankrone": "NOK", "polishzloty": "PLN", "czechkoruna": "CZK",
    "indianrupee": "INR", "brazilianreal": "BRL", "mexicanpeso": "MXN", "euros": "EUR", "usdollars": "USD",
}  # fmt: skip
_SIGNS = {"€": "EUR", "£": "GBP", "$": "dollar", "¥": "yen"}
_SHARED = {
    "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD"),
    "yen": ("JPY", "CNY"),
    "krone": ("SEK", "NOK", "DKK", "ISK"),
}
ASSUMED = "currency.assumed"
_LARGEST = Decimal(10) ** 15
_THOUSANDS = re.compile(
    r"\b(?:in|en|em) (?:thousands?|tausend|tsd|milliers|miles|migliaia|duizenden|milhares)\b"
    r"|\b[Tk](?:€|EUR|USD)|\(000s?\)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")


def settle(rows: Rows) -> None:
    """Every amount and rate of the rows to its stored form, and their currency beside them."""
    declared = {a.name: a for a in facts.attributes(rows.kind)}
    money = [name for name, a in declared.items() if a.kind == MONEY and name in rows.fields]
    if "currency" in declared and (money or "currency" in rows.fields):
        currencies = _currencies(rows, money)
        for name in money:
            _no_shares(rows, name)
            rows.fields[name] = _minor(rows, name, currencies)
        rows.fields["currency"] = currencies
    for name, a in declared.items():
        if a.kind == RATE and name in rows.fields:
            rows.fields[name] = _rates(rows, name, targets(rows.kind)[name].shape == SHARE)


def _currencies(rows: Rows, money: Sequence[str]) -> list[str]:
    said = rows.findings.choices.get("currency") or _headed(rows, money)
    assumed = said or rows.context.currency
    if not said and not rows.context.says_currency:
        _note_assumed(rows, money)
    if "currency" in rows.fields:
        return _from_column(rows, money, assumed)
    signs = [_signs(rows.fields[name]) for name in money]
    if not any(signs):
        return [assumed] * rows.count
    return [_signed(rows, i, money, assumed) for i in range(rows.count)]


def _note_assumed(rows: Rows, money: Sequence[str]) -> None:
    """Which rows say no currency, neither in a cell of their own nor beside an amount."""
    texts = rows.get("currency", "")
    columns = [rows.fields[name] for name in money if _signs(rows.fields[name])]
    if all(texts):
        return
    rows.fields[ASSUMED] = [
        not text and not any(isinstance(column[i], Number) and column[i].sign for column in columns)
        for i, text in enumerate(texts)
    ]


def _headed(rows: Rows, money: Sequence[str]) -> str:
    """The currency that the headers of the amounts name: "Amount (USD)", "Umsatz in €"; a row has one."""
    named = {code: name for name in reversed(money) if (code := _code_in(rows.header(name)))}
    if len(named) > 1:
        says = " and ".join(f"“{rows.header(name)}”" for name in money if name in named.values())
        for i in range(rows.count):
            rows.reject(i, f"{says} are in different currencies.", "Leave one of the columns out.")
    return next(reversed(named), "")


def _code_in(header: str) -> str:
    for code in _CODE.findall(header):
        if code in CODES:
            return str(code)
    return next((code for sign, code in _SIGNS.items() if sign in header and code in CODES), "")


def _from_column(rows: Rows, money: Sequence[str], assumed: str) -> list[str]:
    """The currency that the row's own cell says; where it is empty, that of the signs beside the amounts."""
    read: dict[str, str] = {}
    for text in set(rows.fields["currency"]):
        code = currency_code(text)
        read[text] = code if text else assumed
    for i, text in enumerate(rows.fields["currency"]):
        if not read[text]:
            rows.reject(i, f"“{text}” is no currency.", "Write its code, such as EUR or USD.", "currency")
    has_signs = any(_signs(rows.fields[name]) for name in money)
    return [
        _signed(rows, i, money, assumed) if has_signs and not text else read[text] or assumed
        for i, text in enumerate(rows.fields["currency"])
    ]


def currency_code(text: str) -> str:
    """The ISO 4217 code that a text means, or ""."""
    from partnerdesk.intake.lexicon import squash

    code = text.strip().upper()
    if code in CODES:
        return code
    found = _SIGNS.get(text.strip(), _NAMES.get(squash(text), ""))
    return found if found in CODES else ""


def _signs(column: Sequence[Any]) -> set[str]:
    return {n.sign for n in {id(n): n for n in column}.values() if isinstance(n, Number) and n.sign}


def _signed(rows: Rows, i: int, money: Sequence[str], assumed: str) -> str:
    """The currency of the signs in one row."""
    found = {n.sign for name in money if isinstance(n := rows.fields[name][i], Number) and n.sign}
    if len(found) > 1:
        rows.reject(
            i, f"The amounts carry several currencies: {', '.join(sorted(found))}.", "Give each row one.", money[0]
        )
    sign = min(found, default="")
    shared = _SHARED.get(sign)
    if shared is None:
        return sign or assumed
    if assumed in shared:
        return assumed
    options = tuple(Option(code, code) for code in shared)
    because = f"The file says “{sign}”, and the book counts in {assumed}."
    rows.findings.ask(
        "currency", f"Which {sign} is meant in column {rows.header(money[0])}?", because, options, rows.count
    )
    return shared[0]


def _no_shares(rows: Rows, name: str) -> None:
    """5 % is no amount, however the cell came to it."""
    column = rows.fields[name]
    if any(isinstance(n, Number) and n.is_percent for n in {id(n): n for n in column}.values()):
        for i, n in enumerate(column):
            if isinstance(n, Number) and n.is_percent:
                rows.reject(i, f"{exact_words(n.value)} % is a share, not an amount.", "Write the amount.", name)


def _minor(rows: Rows, name: str, currencies: Sequence[str]) -> list[int | None]:
    column = rows.fields[name]
    scale = _scale(rows, name)
    if len(set(currencies)) == 1:
        units = {key: _units(n, currencies[0], scale) for key, n in {id(n): n for n in column}.items()}
        if not any(u is None and key != id(None) for key, u in units.items()):
            _contradictions(rows, name, currencies)
            return [units[id(n)] for n in column]
    cache: dict[tuple[int, str], int | None] = {}
    fine: list[int] = []
    out: list[int | None] = []
    for i, (number, currency) in enumerate(zip(column, currencies, strict=True)):
        known = cache.get((id(number), currency), "new")
        if known == "new":
            known = cache[id(number), currency] = _units(number, currency, scale)
        if known is None and number is not None:
            fine.append(i)
        out.append(known)  # type: ignore[arg-type]
    _finer(rows, name, fine, currencies, scale, out)
    _contradictions(rows, name, currencies)
    return out


def _scale(rows: Rows, name: str) -> Decimal:
    """What an amount is multiplied by: thousands in the header or by choice, hundredths by choice."""
    header = rows.header(name)
    chosen = rows.findings.choices.get(f"units:{header}", "")
    if chosen == "thousands" or (
        not chosen and re.search(r"(?i)\bin thousands\b|\bT€|\bk€|\bTEUR\b|\(k\)|\(000s?\)", header)
    ):
        return Decimal(1000)
    if not chosen and (said := _thousands_above(rows)):
        options = (Option("thousands", "Yes, in thousands"), Option("units", "No, as they stand"))
        rows.findings.ask(f"units:{header}", f"Is column {header} in thousands?", f"Above it stands “{said}”.", options)
    if not chosen and rows.context.asks_units:
        _ask_units(rows, name, header)
    return Decimal("0.01") if chosen == "hundredths" else Decimal(1)


def _thousands_above(rows: Rows) -> str:
    """What the lines above a table say of thousands."""
    above = rows.table.sheet.rows[: max(rows.table.header.index, 0)]
    return next((cell.strip()[:60] for row in above for cell in row if _THOUSANDS.search(cell)), "")


def _ask_units(rows: Rows, name: str, header: str) -> None:
    """Billing systems write 4900 for 49.00 in some of their exports."""
    values = [abs(_value(n)) for n in {id(n): n for n in rows.fields[name]}.values() if n is not None]
    if values and all(v == int(v) for v in values) and max(values) >= 100:
        column = rows.table.columns[rows.columns[name]] if name in rows.columns else ()
        example = next((c.strip() for c in column if c.strip()), f"{values[0]:f}")
        first = Decimal(example) if example.isdecimal() else values[0]
        options = tuple(
            Option(how, amount_words(first / by, "").strip()) for how, by in (("units", 1), ("hundredths", 100))
        )
        asks = f"What amount is {example} in column {header}?"
        rows.findings.ask(
            f"units:{header}", asks, "All amounts are whole numbers; they may be cents.", options, rows.count
        )


def _units(number: Any, currency: str, scale: Decimal) -> int | None:
    if number is None:
        return None
    value = number.value if isinstance(number, Number) else number
    return number_columns.minor_units(value * scale, currency)


def _finer(
    rows: Rows, name: str, fine: Sequence[int], currencies: Sequence[str], scale: Decimal, out: list[int | None]
) -> None:
    """Amounts finer than a cent: rounded where the user says so, else left out with their rows."""
    if not fine:
        return
    header = rows.header(name)
    chosen = rows.findings.choices.get(f"round:{header}") or rows.findings.choices.get("round")
    finer = [i for i in fine if abs(_value(rows.fields[name][i]) * scale) < _LARGEST]
    for i in fine:
        value, currency = _value(rows.fields[name][i]) * scale, currencies[i]
        if abs(value) >= _LARGEST:
            rows.reject(i, f"{exact_words(value)} is too large for an amount.", "Correct the amount.", name)
        elif chosen == "half up":
            out[i] = number_columns.rounded_units(value, currency)
        else:
            remedy = "Choose to round the column, or correct the amount."
            rows.reject(i, f"{exact_words(value)} is finer than the smallest unit of {currency}.", remedy, name)
    if not finer:
        return
    first, places = _value(rows.fields[name][finer[0]]), decimals(currencies[finer[0]])
    rows.findings.ask(
        f"round:{header}",
        f"Round the amounts of column {header} to {places} decimals?",
        f"{len(finer):,} of them are finer, such as {exact_words(first)}.",
        (Option("half up", "Round each half up"), Option("no", "Leave these rows out")),
        len(finer),
    )


def _value(number: Any) -> Decimal:
    value = number.value if isinstance(number, Number) else number
    return value if isinstance(value, Decimal) else Decimal(value)


def _contradictions(rows: Rows, name: str, currencies: Sequence[str]) -> None:
    """A sign that names another currency than the row's own column."""
    if not _signs(rows.fields[name]):
        return
    for i, (number, currency) in enumerate(zip(rows.fields[name], currencies, strict=True)):
        sign = number.sign if isinstance(number, Number) and not number.is_shown else ""
        if sign and sign != currency and currency not in _SHARED.get(sign, ()) and "currency" in rows.columns:
            rows.reject(i, f"The amount says {sign}, the currency column {currency}.", "Correct one of them.", name)


def _rates(rows: Rows, name: str, is_share: bool) -> list[str | None]:
    column = rows.fields[name]
    numbers = {id(n): n for n in column if n is not None}.values()
    percents = is_share and _are_percents(rows, name, list(numbers))
    read: dict[int, str | None] = {id(None): None}
    for n in numbers:
        value = _value(n)
        divided = percents or (isinstance(n, Number) and n.is_percent)
        read[id(n)] = number_columns.plain(value / 100 if divided else value)
    if is_share:
        for i, n in enumerate(column):
            text = read[id(n)]
            if text is not None and not 0 <= Decimal(text) <= 1:
                rows.reject(i, f"{exact_words(_value(n))} is not from 0 to 100 %.", "Correct the share.", name)
    return [read[id(n)] for n in column]


def _are_percents(rows: Rows, name: str, numbers: Sequence[Any]) -> bool:
    """Whether a column of shares counts in hundredths: its header or its largest value says so."""
    plain = [abs(_value(n)) for n in numbers if not (isinstance(n, Number) and n.is_percent)]
    headed = "%" in rows.header(name) or "percent" in rows.header(name).casefold()
    return headed or rows.by.get(f"{name}:reading") == "percent" or any(v > 1 for v in plain)
