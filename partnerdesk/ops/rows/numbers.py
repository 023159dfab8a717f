"""Identifiers of rows that a person types: a letter for the kind and the next free number, such as D-1043."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES

_LETTERS = {
    "partner": "P",
    "customer": "C",
    "product": "PR",
    "person": "H",
    "deal": "D",
    "credit": "CR",
    "stage_change": "SC",
    "contract": "K",
    "adjustment": "J",
    "activity": "Y",
    "certification": "Z",
    "fund_entry": "F",
    "opening": "O",
    "hold": "HO",
    "observation": "OB",
    "tier_decision": "TD",
    "enrolment": "EN",
    "target": "TG",
    "deployment": "DP",
    "check": "CK",
    "survey": "SV",
    "case": "CS",
    "transaction": "T",
}
_FIRST = 1001  # typed rows start high, so that they do not look like those of a file


def next_id(session: Session, kind: str) -> str:
    """The next free identifier of a kind."""
    prefix = f"{_LETTERS[kind]}-"
    table = TABLES[kind]
    taken = session.scalars(select(table.c.id).where(table.c.id.startswith(prefix, autoescape=True)))
    numbers = [int(match[1]) for id in taken if (match := re.fullmatch(re.escape(prefix) + r"(\d{1,9})", id))]
    return f"{prefix}{max([_FIRST - 1, *numbers]) + 1}"
