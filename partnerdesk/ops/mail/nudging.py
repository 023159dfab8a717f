"""A reminder of what is open on a partner's side, as a text to paste: in its language, without internal rows or words.

The words are a template like those of mails (`nudge.de.txt`). Only one partner's actions can stand in it, and a text
that names somebody else is refused as a document would be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.errors import Refused
from partnerdesk.ops.gate.strangers import refuse_strangers
from partnerdesk.ops.mail.texts import template
from partnerdesk.queries.facts import fact
from partnerdesk.queries.joint.actions import ActionRow, actions
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.format import Formats
from partnerdesk.reports.mail.text import NUDGE, filled


@dataclass(frozen=True, slots=True)
class Nudge:
    """The text, for whom, about how many actions; `left_out` were ours, internal or not open."""

    partner: str
    partner_name: str
    text: str
    count: int
    left_out: int


def nudge(session: Session, ids: Sequence[int], as_of: date, user: str) -> Nudge:
    """The reminder for one partner. Raises Refused for actions of several, or where none can be shown to it."""
    chosen = [row for row in actions(session, as_of) if row.id in set(ids)]
    if len({row.partner for row in chosen}) != 1:
        raise Refused("A reminder is for one partner.", "Select actions of one partner only.")
    shown = [row for row in chosen if _is_theirs(row)]
    if not shown:
        raise Refused("Nothing of this is open on the partner's side.", "Select open actions that are theirs.")
    partner = fact(session, "partner", shown[0].partner)
    locale = (partner.language if isinstance(partner, Partner) else "") or "en_GB"
    said = book_settings(session)
    values = {
        "contact": _owners(shown) or shown[0].partner_name,
        "partner": shown[0].partner_name,
        "sender": said.sender or user,
        "vendor": said.vendor,
        "actions": "\n".join(_line(row, Formats(locale)) for row in shown),
    }
    text = filled(template(session, NUDGE, locale).text, NUDGE, values).body
    written = [text for row in shown for text in (row.text, row.owner)]
    refuse_strangers(session, shown[0].partner, shown[0].partner_name, written, "The reminder")
    return Nudge(shown[0].partner, shown[0].partner_name, text, len(shown), len(chosen) - len(shown))


def lines_of(session: Session, partner: str, as_of: date, formats: Formats) -> tuple[str, str]:
    """Who owns what is open on a partner's side, and a line for each; both empty where nothing is."""
    shown = [row for row in actions(session, as_of) if row.partner == partner and _is_theirs(row)]
    return _owners(shown), "\n".join(_line(row, formats) for row in shown)


def _is_theirs(row: ActionRow) -> bool:
    return row.side == "partner" and row.is_open and not row.internal


def _owners(shown: Sequence[ActionRow]) -> str:
    return ", ".join(dict.fromkeys(row.owner for row in shown if row.owner))


def _line(row: ActionRow, formats: Formats) -> str:
    due = f" ({formats.day(row.due)})" if row.due is not None else ""
    return f"\N{EN DASH} {' '.join(row.text.split())}{due}"
