"""The account that a partner is paid on: its own attribute of one of these names, as finance is told it."""

from partnerdesk.engine.facts import Partner

_NAMES = ("iban", "account", "bank account")  # in lower case, the first that is filled in


def account_of(partner: Partner) -> str:
    """The number as it stands in the record; nothing where there is none."""
    own = {name.lower(): value for name, value in partner.attributes.items()}
    return next((own[name] for name in _NAMES if own.get(name)), "")
