"""An action or a note in one typed line, from anywhere: `Send the price model >nordlys @tobias fri`.

`>` names the partner by the beginning of its name, `@` the owner (the side follows), a day at the end is the due day,
`!internal` keeps it from the partner and `!shared` shows a note to it; a line that begins with `note:` is a note. A
note keeps every other letter. What is not understood stays in the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.folding import folded
from partnerdesk.errors import Refused
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.joint.quick import quick_action
from partnerdesk.queries.partners.people import Names, PartnerName, names

ACTION, NOTE = "action", "note"
LONGEST = 5  # words of a partner's name that are looked at
_FLAG = re.compile(r"(?:^|\s)!(internal|shared)(?=\s|$)", re.IGNORECASE)
_NOTE = re.compile(r"^\s*note:\s*", re.IGNORECASE)
_PARTNER = re.compile(r"(?:^|\s)>(?=\S)")


@dataclass(frozen=True, slots=True)
class Captured:
    """What a line means. `partner` is empty where none is known yet, `asked` a `>name` that fits none or several."""

    kind: str
    text: str
    partner: str
    partner_name: str
    asked: str
    owner: str
    side: str
    due: date | None
    internal: bool


def captured(line: str, today: date, known: Names, partner: str = "", kind: str = ACTION) -> Captured:
    """What the line means; `partner` is the one at hand, where the line names no other."""
    if _NOTE.match(line):
        line, kind = _NOTE.sub("", line), NOTE
    line, flag = _flag(line)
    line, named, asked = _partner(line, known.partners)
    found = named or next((p for p in known.partners if p.id == partner), None)
    id, name = (found.id, found.name) if found else ("", "")
    if kind == NOTE:
        return Captured(NOTE, line.strip(), id, name, asked, "", "", None, flag != "shared")
    quick = quick_action(line, today, known.with_partner(id or None))
    return Captured(ACTION, quick.text, id, name, asked, quick.owner, quick.side, quick.due, flag == "internal")


def capture(
    session: Session, line: str, *, on: date, author: str, partner: str = "", kind: str = ACTION, **source: Any
) -> int:
    """Writes down what the line means; `source` says where an action comes from, as `add_action` takes it.

    Returns the id of the action or note. Raises Refused where no partner is named and none is at hand.
    """
    found = captured(line, on, names(session), partner, kind)
    said: dict[str, Any] = {"text": found.text, "internal": found.internal}
    if not found.partner:
        raise Refused("This needs a partner.", "Name one in the line: > and the beginning of its name.")
    if found.kind == NOTE:
        return add_note(session, found.partner, day=on, author=author, review=source.get("review"), **said)
    said |= {"side": found.side, "owner": found.owner, "due": found.due, **source}
    return add_action(session, found.partner, on=on, **said)


def _flag(line: str) -> tuple[str, str]:
    """The line without `!internal` or `!shared`, and which it was."""
    match = _FLAG.search(line)
    return (line, "") if match is None else (line[: match.start()] + line[match.end() :], match[1].lower())


def _partner(line: str, partners: Sequence[PartnerName]) -> tuple[str, PartnerName | None, str]:
    """The line without `>name`, the partner that it names, and the word that names none or several.

    As many words are taken as still fit one name.
    """
    match = _PARTNER.search(line)
    if match is None:
        return line, None, ""
    words = list(re.finditer(r"\S+", line[match.end() :]))[:LONGEST]
    for count in range(len(words), 0, -1):
        end = match.end() + words[count - 1].end()
        found = _named(line[match.end() : end], partners)
        if len(found) == 1:
            return line[: match.start()] + line[end:], found[0], ""
    return line, None, words[0][0]


def _named(typed: str, partners: Sequence[PartnerName]) -> list[PartnerName]:
    """The partner of exactly that name, else those of whose name it begins a word."""
    wanted = " ".join(folded(typed).split())
    plain = [(p, " ".join(folded(p.name).split())) for p in partners]
    return [p for p, name in plain if name == wanted] or [p for p, name in plain if f" {wanted}" in f" {name}"]
