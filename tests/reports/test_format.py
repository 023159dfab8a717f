"""Numbers, money and days, written and read in the locale of whoever reads them."""

import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from partnerdesk.engine.period import FiscalYear, period_at
from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.symbols import read_symbols, symbols

LOCALES = (
    "en_GB en_US de_DE de_CH fr_FR pl_PL sv_SE pt_BR en_IN ja_JP ko_KR el_GR ru_RU vi_VN tr_TR he_IL eu_ES".split()
)
british = Formats()


def test_the_literals_of_british_english_are_those_of_babel() -> None:
    assert symbols("en_GB") == read_symbols("en_GB")


def test_an_unknown_locale_is_written_in_british_english() -> None:
    for name in ("xx", "", "tlh_KLI", "de_DE_DE_DE_DE", "?", "en_GB.UTF-8"):
        assert Formats(name).symbols.locale == "en_GB"
    assert Formats("de-AT").symbols.locale == "de_AT"


@pytest.mark.parametrize(
    ("locale", "amount", "percent", "day", "month"),
    [
        ("en_GB", "−1,234,567.90", "12.3%", "03 Sep 2026", "September 2026"),
        ("en_US", "−1,234,567.90", "12.3%", "Sep 3, 2026", "September 2026"),
        ("de_DE", "−1.234.567,90", "12,3\u00a0%", "03. Sept. 2026", "September 2026"),
        ("de_CH", "−1’234’567.90", "12.3%", "03. Sept. 2026", "September 2026"),
        ("fr_FR", "−1\u202f234\u202f567,90", "12,3\u00a0%", "03 sept. 2026", "septembre 2026"),
        ("en_IN", "−12,34,567.90", "12.3%", "03 Sep 2026", "September 2026"),
        ("tr_TR", "−1.234.567,90", "%12,3", "03 Eyl 2026", "Eylül 2026"),
        ("pl_PL", "−1\u00a0234\u00a0567,90", "12,3%", "03 wrz 2026", "wrzesień 2026"),
        ("ja_JP", "−1,234,567.90", "12.3%", "2026年9月3日", "2026年9月"),
    ],
)
def test_each_locale_has_its_own_marks(locale: str, amount: str, percent: str, day: str, month: str) -> None:
    formats, when = Formats(locale), date(2026, 9, 3)
    assert formats.money(Decimal("-1234567.895")) == amount
    assert formats.percent(Decimal("0.1234")) == percent
    assert formats.day(when) == day
    assert formats.month(when) == month


def test_money_is_rounded_half_up_and_never_shows_a_negative_zero() -> None:
    assert british.money(Decimal("0.125")) == "0.13"
    assert british.money(Decimal("-0.125")) == "−0.13"
    assert british.money(Decimal("-0.004")) == "0.00"
    assert british.money(Decimal("1234.5"), currency="EUR") == "EUR\u00a01,234.50"
    assert british.money(Decimal("1234"), currency="JPY") == "JPY\u00a01,234"


def test_ledgers_write_negatives_in_brackets_and_zero_as_a_dash() -> None:
    assert british.accounting(Decimal("-2700")) == "(2,700.00)"
    assert british.accounting(Decimal("325")) == "325.00"
    assert british.accounting(Decimal(0)) == "0.00"
    assert british.accounting(Decimal("0.00"), dash=True) == "–"
    assert Formats("de_DE").accounting(Decimal("-2700.5")) == "(2.700,50)"
    dinars = Formats(places=3)
    assert (dinars.accounting(Decimal("4326.351")), dinars.accounting(Decimal(7), 2)) == ("4,326.351", "7.00")


def test_an_amount_has_the_decimals_of_its_currency_and_else_those_of_the_document() -> None:
    amount, dinars = Decimal("1234.5"), Formats(places=3)
    assert [dinars.amount(amount, code) for code in ("", "EUR", "JPY")] == ["1,234.500", "1,234.50", "1,235"]
    assert [dinars.change(amount, code) for code in ("", "EUR", "JPY")] == ["+1,234.500", "+1,234.50", "+1,235"]
    assert (dinars.money(amount), dinars.money(amount, currency="EUR")) == ("1,234.500", "EUR\u00a01,234.50")


@pytest.mark.parametrize(
    ("amount", "short"),
    [
        ("0", "0"),
        ("412.4", "412"),
        ("999.4", "999"),
        ("999.5", "1k"),
        ("9000", "9k"),
        ("9240", "9.2k"),
        ("9950", "10k"),
        ("411950", "412k"),
        ("999499", "999k"),
        ("999500", "1.00M"),
        ("1840000", "1.84M"),
        ("12440000", "12.4M"),
        ("124400000", "124M"),
        ("1200000000", "1.20bn"),
        ("-9240", "−9.2k"),
    ],
)
def test_headlines_are_short(amount: str, short: str) -> None:
    assert british.compact(Decimal(amount)) == short


def test_a_difference_carries_its_sign_on_both_sides_of_zero() -> None:
    assert [british.signed(Decimal(v), 1) for v in ("3.6", "-2", "0", "-0.04", "0.04")] == [
        "+3.6",
        "−2.0",
        "0.0",
        "0.0",
        "0.0",
    ]


def test_days_of_a_document_never_break_over_two_lines() -> None:
    assert Formats(hard_spaces=True).day(date(2026, 12, 14)) == "14\u00a0Dec\u00a02026"
    assert british.days(date(2026, 9, 1), date(2026, 9, 30)) == "01 Sep to 30 Sep 2026"
    assert british.days(date(2026, 12, 1), date(2027, 1, 31)) == "01 Dec 2026 to 31 Jan 2027"


def test_periods_are_called_by_their_names() -> None:
    day = date(2026, 9, 30)
    assert british.period(period_at(day, "month")) == "September 2026"
    assert british.period(period_at(day, "quarter")) == "Q3 2026"
    assert british.period(period_at(day, "half")) == "H2 2026"
    assert british.period(period_at(day, "year")) == "2026"
    assert british.period(period_at(day, "quarter", FiscalYear(2))) == "Q3 FY2027"
    assert british.period(period_at(day, "month", FiscalYear(2))) == "September 2026"
    assert british.period(period_at(day, "month", FiscalYear(4, 6))) == "M6 FY2027"
    assert british.short_period(period_at(day, "month", FiscalYear(4, 6))) == "M6 FY2027"


@pytest.mark.parametrize("locale", LOCALES)
def test_what_was_written_is_read_back(locale: str) -> None:
    formats, seed = Formats(locale), random.Random(locale)
    for _ in range(200):
        amount = Decimal(seed.randint(-(10**12), 10**12)).scaleb(-2)
        assert formats.parse_number(formats.money(amount)) == amount
        assert formats.parse_number(formats.accounting(amount)) == amount
        day = date(1990, 1, 1) + timedelta(seed.randint(0, 30_000))
        assert formats.parse_day(formats.day(day)) == day
        assert formats.parse_day(day.isoformat()) == day


def test_numbers_agree_with_an_independent_rounding() -> None:
    seed = random.Random(7)
    for _ in range(2_000):
        value = Decimal(seed.randint(-(10**9), 10**9)).scaleb(-seed.randint(0, 6))
        places = seed.randint(0, 4)
        wanted = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        assert british.parse_number(british.number(value, places)) == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        (" EUR 1,234.5 ", "1234.5"),
        ("1234.5 EUR", "1234.5"),
        ("(12)", "-12"),
        ("12-", "-12"),
        ("−12.5", "-12.5"),
        ("+.5", "0.5"),
        ("7.", "7"),
    ],
)
def test_typing_is_lenient_where_there_is_one_reading(text: str, value: str) -> None:
    assert british.parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1,23",
        "1,2345",
        "1.234,50",
        "12,34,567.00",
        "1_000",
        "NaN",
        "Infinity",
        "1e5",
        "٣",
        "--1",
        "1 EUR USD",
    ],
)
def test_a_number_that_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        british.parse_number(text)
    assert "1,234.50" in refused.value.remedy


def test_the_same_digits_mean_something_else_in_german() -> None:
    german = Formats("de_DE")
    assert german.parse_number("1.234,50") == Decimal("1234.50")
    with pytest.raises(Refused, match=r"1\.234,50"):
        german.parse_number("1,234.50")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_GB", "14/12/2026"),
        ("en_GB", "14 December 2026"),
        ("en_GB", "Dec 14, 2026"),
        ("en_GB", "14.12.26"),
        ("en_US", "12/14/2026"),
        ("de_DE", "14.12.2026"),
        ("de_DE", "14. Dezember 2026"),
        ("de_DE", "14 Dec 2026"),
        ("sv_SE", "2026-12-14"),
    ],
)
def test_days_are_read_in_the_order_of_the_locale(locale: str, text: str) -> None:
    assert Formats(locale).parse_day(text) == date(2026, 12, 14)


@pytest.mark.parametrize("text", ["", "yesterday", "31 Feb 2026", "14/13/2026", "12/2026", "Q3 2026", "14 Dec"])
def test_a_day_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused) as refused:
        british.parse_day(text)
    assert "14 Dec 2026" in refused.value.remedy


@pytest.mark.parametrize(
    ("locale", "day", "short_day", "month", "amount"),
    [
        ("de_DE", "03 Mar 2026", "03 Mar", "March 2026", "1.234,50"),
        ("el_GR", "03 Mar 2026", "03 Mar", "March 2026", "1.234,50"),
        ("sv_SE", "03 Mar 2026", "03 Mar", "March 2026", "1\u00a0234,50"),
        ("es_PR", "Mar 3, 2026", "Mar 3", "March 2026", "1,234.50"),
        ("en_US", "Mar 3, 2026", "Mar 3", "March 2026", "1,234.50"),
    ],
)
def test_an_english_text_has_english_days_and_the_readers_numbers(
    locale: str, day: str, short_day: str, month: str, amount: str
) -> None:
    formats, when = Formats(locale, english=True), date(2026, 3, 3)
    assert (formats.day(when), formats.short_day(when), formats.month(when)) == (day, short_day, month)
    assert formats.number(Decimal("1234.5"), 2) == amount


def test_a_rate_keeps_the_decimals_that_it_has() -> None:
    formats = Formats("en_GB")
    told = [formats.rate(Decimal(rate)) for rate in ("0.1", "0.0375", "0.05125", "0.012345678")]
    assert told == ["10.00%", "3.75%", "5.125%", "1.2346%"]
    assert [formats.rate(Decimal(each), True) for each in ("25", "0.0125")] == ["25.00", "0.0125"]
    assert Formats("de_DE").rate(Decimal("0.05125")) == "5,125\N{NO-BREAK SPACE}%"
