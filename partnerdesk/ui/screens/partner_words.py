"""What a partner is, in words: its type and its country, which the book holds as codes."""

from PySide6.QtCore import QLocale

TYPES = (
    ("Reseller", "reseller"),
    ("Integrator", "integrator"),
    ("Value-added provider", "value-added"),
    ("Referral partner", "referral"),
    ("Managed service provider", "msp"),
    ("Distributor", "distributor"),
)


def type_words(kind: str) -> str:
    """The words of a type; one that only a program knows stays as it is."""
    return next((words for words, value in TYPES if value == kind), kind)


def country_words(country: str) -> str:
    """The name of a two-letter country; anything else stays as it is."""
    if len(country) != 2 or not country.isupper():
        return country
    found = QLocale.codeToTerritory(country)
    return country if found == QLocale.Country.AnyTerritory else QLocale.territoryToString(found)
