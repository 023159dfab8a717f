"""The regions to choose from, each in its own words, and what a language is called."""

LOCALES = (
    ("English, United Kingdom", "en_GB"),
    ("English, United States", "en_US"),
    ("English, Ireland", "en_IE"),
    ("Deutsch, Deutschland", "de_DE"),
    ("Deutsch, Österreich", "de_AT"),
    ("Deutsch, Schweiz", "de_CH"),
    ("Français, France", "fr_FR"),
    ("Italiano, Italia", "it_IT"),
    ("Español, España", "es_ES"),
    ("Português, Portugal", "pt_PT"),
    ("Português, Brasil", "pt_BR"),
    ("Nederlands, Nederland", "nl_NL"),
    ("Dansk, Danmark", "da_DK"),
    ("Svenska, Sverige", "sv_SE"),
    ("Norsk bokmål, Norge", "nb_NO"),
    ("Suomi, Suomi", "fi_FI"),
    ("Polski, Polska", "pl_PL"),
    ("Čeština, Česko", "cs_CZ"),
    ("Ελληνικά, Ελλάδα", "el_GR"),
    ("Українська, Україна", "uk_UA"),
    ("Tiếng Việt, Việt Nam", "vi_VN"),
    ("日本語, 日本", "ja_JP"),
    ("English, India", "en_IN"),
)


def language_named(language: str) -> str:
    """A language as its speakers call it, where it is one of these; else its code."""
    names = {code.partition("_")[0]: name.partition(",")[0] for name, code in LOCALES}
    return names.get(language, language)
