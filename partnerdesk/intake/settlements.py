"""What columns of payouts and remittances are called, in all languages at once; the words are data.

`resources/intake/settlements.toml` names each meaning once: the import of payments makes fields of them, the
reconciliation the parts of a payout.
"""

import tomllib
from functools import lru_cache

from partnerdesk.paths import resource

GROSS, NET, PAID, WITHHELD, VAT, TAX, FEE, PERIOD = "gross", "net", "paid", "withheld", "vat", "tax", "fee", "period"
# What a meaning is of a payment that comes in; a tax that does not say which it is, and one on top, are neither.
PAYMENT = {
    "paid": "amount",
    "net": "amount",
    "gross": "gross",
    "withheld": "tax",
    "fee": "fees",
    "bank_fee": "fees",
    "partner": "partner",
    "value_date": "day",
    "booking_date": "day",
    "currency": "currency",
    "instruction": "instruction",
    "reference": "remittance",
    "statement": "statements",
    "our_reference": "attributes.Our reference",
    "line": "attributes.Line",
    "period": "attributes.Period",
}
# Meanings that say by themselves that rows are payments, as those of an invoice or an order do not.
TELLING = frozenset(("paid", "withheld", "value_date", "instruction", "our_reference", "statement"))


@lru_cache(maxsize=1)
def heads() -> dict[str, tuple[str, ...]]:
    """Meaning -> its headers in every language, as they are written; "n de" stands for "no de" and "num de" as well."""
    read = tomllib.loads(resource("intake/settlements.toml").read_text("utf-8"))
    return {
        meaning: tuple(dict.fromkeys(form for words in languages.values() for word in words for form in _forms(word)))
        for meaning, languages in read.items()
    }


def _forms(word: str) -> tuple[str, ...]:
    return (word, f"no{word[1:]}", f"num{word[1:]}") if word.startswith("n ") else (word,)
