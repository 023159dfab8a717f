"""The fields of a partner's own record, and how what is typed into one is read; what cannot be taken says the remedy.

Window and command read with the same functions. What only a book can tell, and the writing, is in `record.py`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partnerdesk.engine.currencies import CODES
from partnerdesk.errors import Refused
from partnerdesk.ops.sentences import listed
from partnerdesk.reports.symbols import known_locale

LONGEST = 200
STATUSES = ("active", "prospect", "suspended", "left")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_EMAIL = re.compile(r"[^@\s<>,;\"()]+@[^@\s<>,;\"()]+\.[^@\s<>,;\"().]{2,}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a typed text is compared with: partners and our own people by id, and how a day is read."""

    partners: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    day: Callable[[str], date | None] = lambda text: date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field: its name for the command, its title on the page, a hint, and how a text becomes its value.

    `attribute` is the name under which a partner's free attributes hold it, where its declaration has no such field.
    """

    name: str
    title: str
    hint: str
    read: Callable[[str, Known], Any]
    attribute: str = ""


def line(typed: str, most: int = LONGEST) -> str:
    """One line of text, its blanks made single."""
    text = " ".join(_HIDDEN.sub(" ", typed).split())
    if len(text) > most:
        raise Refused(f"This is longer than {most} characters.", "Shorten it.")
    return text


def email(typed: str) -> str:
    """A mail address, or nothing."""
    text = line(typed)
    if text and not _EMAIL.fullmatch(text):
        raise Refused(f"“{text}” is no mail address.", "Write one, such as ilse@nordlys.example.")
    return text


def person_name(typed: str) -> str:
    """What somebody is called."""
    text = line(typed)
    if not text:
        raise Refused("A contact needs a name.", "Type one, or remove the contact.")
    return text


def chosen(typed: str, known: Mapping[str, str], noun: str, remedy: str) -> str | None:
    """The id of what was named by its name or id; nothing typed is nothing chosen."""
    text = line(typed)
    if not text or text in known:
        return text or None
    found = [id for id, name in known.items() if text.casefold() in (name.casefold(), f"{name} ({id})".casefold())]
    if len(found) > 1:
        raise Refused(f"{listed(sorted(found))} are all called {text}.", "Name one by its identifier.")
    if not found:
        raise Refused(f"No {noun} is called {text}.", remedy)
    return found[0]


def _name(typed: str, _known: Known) -> str:
    text = line(typed)
    if not text:
        raise Refused("A partner needs a name.", "Type one.")
    return text


def _line(typed: str, _known: Known) -> str:
    return line(typed)


def _tax(typed: str, _known: Known) -> str:
    text = line(typed, 40)
    if text and not any(c.isdigit() for c in text):
        raise Refused("A tax number has digits.", "Write it as on its invoices, such as NL812345678B01.")
    return text


def _country(typed: str, _known: Known) -> str:
    """Two letters, or a name; the code where the English name of a country was typed."""
    from babel import Locale

    text, names = line(typed), Locale("en").territories
    if len(text) == 2 and text.isalpha():
        if text.upper() not in names:
            raise Refused(f"No country has the code {text.upper()}.", "Write its name, or two letters such as NL.")
        return text.upper()
    return next((code for code, name in names.items() if len(code) == 2 and name.lower() == text.lower()), text)


def _currency(typed: str, _known: Known) -> str:
    code = line(typed).upper()
    if code not in CODES:
        raise Refused(f"“{code}” is no currency code.", "Write three letters, such as EUR or USD.")
    return code


def _language(typed: str, _known: Known) -> str:
    text = line(typed).replace("-", "_")
    return known_locale(text) if text else ""


def _status(typed: str, _known: Known) -> str:
    text = line(typed).lower()
    if text not in STATUSES:
        raise Refused(f"“{text}” is no status.", f"It is one of {', '.join(STATUSES)}.")
    return text


def _day(typed: str, known: Known) -> date | None:
    try:
        return known.day(typed.strip())
    except ValueError:
        raise Refused(f"“{typed}” is no day.", "Write it as 2026-09-30, or leave it empty.") from None


def _parent(typed: str, known: Known) -> str | None:
    return chosen(typed, known.partners, "partner", "Add it first, or choose one of the list.")


def _owner(typed: str, known: Known) -> str | None:
    return chosen(typed, known.people, "person of ours", "Add it under Our people first, or choose one of the list.")


def _iban(typed: str, _known: Known) -> str:
    """An account by its IBAN, whose two check digits must be right (ISO 13616, modulo 97)."""
    text = "".join(typed.split()).upper()
    if not text:
        return ""
    if not _IBAN.fullmatch(text):
        raise Refused("This is no IBAN.", "It begins with a country and two digits; others belong in Account number.")
    if int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 != 1:
        raise Refused("The check digits of this IBAN do not fit.", "Compare it with the partner's own letter.")
    return text


FIELDS: tuple[RecordField, ...] = (
    RecordField("name", "Name", "", _name),
    RecordField("legal_name", "Legal name", "the name, where empty", _line),
    RecordField("document_name", "Name on documents", "where the usual one cannot be printed", _line),
    RecordField("tax_id", "Tax number", "such as NL812345678B01", _tax),
    RecordField("address", "Address", "street, postcode and town", _line, "Address"),
    RecordField("city", "City", "", _line),
    RecordField("country", "Country", "a name, or two letters", _country),
    RecordField("status", "Status", "", _status),
    RecordField("type", "Type", "reseller, integrator …", _line),
    RecordField("segment", "Segment", "", _line),
    RecordField("region", "Region", "", _line),
    RecordField("parent", "Parent", "the partner it belongs to", _parent),
    RecordField("owner", "Account manager", "one of our people", _owner),
    RecordField("joined", "Joined", "a day", _day),
    RecordField("left", "Left", "a day", _day),
    RecordField("language", "Language", "of documents, such as de_DE", _language),
    RecordField("currency", "Currency", "of statements, such as EUR", _currency),
    RecordField("iban", "IBAN", "for the payment file", _iban, "IBAN"),
    RecordField("account", "Account number", "where there is no IBAN", _line, "Account"),
    RecordField("agreement", "Agreement", "its reference", _line),
    RecordField("agreement_signed", "Agreement signed", "a day", _day),
    RecordField("compliance_attested", "Compliance", "attested on", _day),
    RecordField("data_sharing_attested", "Data sharing", "attested on", _day),
)
BY_NAME: Mapping[str, RecordField] = {f.name: f for f in FIELDS}
OWN = "attribute:"  # before the name of a free attribute, where a field is named


def named(name: str) -> RecordField:
    """A field by the name of the command; a free attribute of the partner as `attribute:NAME`."""
    if name.startswith(OWN) and (own := line(name.removeprefix(OWN), 60)):
        return RecordField(name, own, "", _line, own)
    if name not in BY_NAME:
        known = ", ".join(BY_NAME)
        raise Refused(f"A partner has no field “{name}”.", f"It is one of {known}, or {OWN}NAME for one of your own.")
    return BY_NAME[name]


def attribute_key(attributes: Iterable[str], wanted: str) -> str:
    """Under which name a partner's free attributes hold one, whatever its case; the usual name where they do not."""
    return next((key for key in attributes if key.lower() == wanted.lower()), wanted)


def value_of(partner: Any, of: RecordField) -> Any:
    """What a partner's row holds in a field."""
    if not of.attribute:
        return getattr(partner, of.name)
    return partner.attributes.get(attribute_key(partner.attributes, of.attribute), "")


_PERSON: Mapping[str, Callable[[str], str]] = {"name": person_name, "role": line, "email": email, "phone": line}


def person_fields(given: Mapping[str, str]) -> dict[str, str]:
    """Fields of a contact as typed, read. Raises Refused for a field that a contact has not."""
    for name in given:
        if name not in _PERSON:
            raise Refused(f"A contact has no field “{name}”.", f"It is one of {', '.join(_PERSON)}.")
    return {name: _PERSON[name](text) for name, text in given.items()}
