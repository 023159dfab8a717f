"""What a new book assumes of where it is made."""

from datetime import date

import pytest

from partnerdesk.ops.region import system_locale, usual_settings

DAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("locale", "currency", "month"),
    [
        ("en_US.UTF-8", "USD", 1),
        ("de_CH", "CHF", 1),
        ("de_AT.UTF-8@euro", "EUR", 1),
        ("hr_HR", "EUR", 1),  # since 2023
        ("bg_BG", "EUR", 1),  # since 2026
        ("ja_JP.UTF-8", "JPY", 4),
        ("hi-IN", "INR", 4),
        ("zh_Hant_TW", "TWD", 1),
        ("en_AU", "AUD", 7),
        ("es_PA", "PAB", 1),
    ],
)
def test_a_region_has_its_usual_currency_and_year(locale: str, currency: str, month: int) -> None:
    assert usual_settings(locale, DAY) == {"currency": currency, "year_start": month}


@pytest.mark.parametrize("locale", ["", "C", "C.UTF-8", "POSIX", "en", "eo", "en_001", "xx_ZZ", "nonsense"])
def test_where_nothing_is_known_nothing_is_assumed(locale: str) -> None:
    assert usual_settings(locale, DAY) == {}


def test_amounts_have_a_locale_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LC_MONETARY", "nb_NO.UTF-8")
    assert system_locale() == "nb_NO.UTF-8"
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    assert system_locale() == "sv_SE.UTF-8"
