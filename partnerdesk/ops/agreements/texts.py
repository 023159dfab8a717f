"""The texts that agreements begin with: the standard one that PartnerDesk brings, and those that people write.

`at` is the moment of the change as UTC text: an op does not read the clock.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.agreements import agreement_template
from partnerdesk.ops import edits
from partnerdesk.paths import resource
from partnerdesk.program.agreement.template import problems
from partnerdesk.queries.agreements import templates

STANDARD = "Standard"
NOUN = "agreement text"


def standard_text() -> str:
    """The text that PartnerDesk brings."""
    return resource("agreements/standard.txt").read_text(encoding="utf-8")


def text_names(session: Session) -> tuple[str, ...]:
    """The names to choose from: Standard is always one of them."""
    return tuple(dict.fromkeys((STANDARD, *(row.name for row in templates(session)))))


def text_named(session: Session, name: str) -> str:
    """A text by its name. Raises Refused where there is none."""
    found = session.scalar(select(agreement_template.c.text).where(agreement_template.c.name == name))
    if found is not None:
        return str(found)
    if name != STANDARD:
        known = ", ".join(text_names(session))
        raise Refused(f"There is no agreement text called “{name}”.", f"Choose one of {known}.")
    return standard_text()


def write_text(session: Session, name: str, before: str, text: str, *, at: str) -> None:
    """Puts a text in the place of `before`, what its editor saw; for a new name `before` is empty.

    Raises Refused where it was changed meanwhile. A text with problems is kept: it is used once they are corrected.
    """
    name = edits.required(name, "A text needs a name.")
    row = session.execute(select(agreement_template).where(agreement_template.c.name == name)).mappings().one_or_none()
    seen = row["text"] if row is not None else standard_text() if name == STANDARD else ""
    if before != seen:
        raise Refused(f"The text “{name}” was changed since you opened it.", "Look at it again, then change it.")
    id = edits.add(session, agreement_template, name=name, changed=at) if row is None else row["id"]
    change = update(agreement_template).where(agreement_template.c.id == id)
    session.execute(change.values(text=text, changed=at))


def remove_text(session: Session, name: str) -> None:
    """Takes a text away; of the standard one the changes, so that it is again what PartnerDesk brings."""
    found = session.scalar(select(agreement_template.c.id).where(agreement_template.c.name == name))
    if found is None:
        raise Refused(f"There is no agreement text called “{name}” in this book.", "It may have been removed.")
    edits.remove(session, agreement_template, found)


def usable(session: Session, name: str) -> str:
    """A text that can be filled. Raises Refused with its first problem."""
    text = text_named(session, name)
    wrong = problems(text, f"The text “{name}”")
    if wrong:
        raise Refused(f"{wrong[0].place}: {wrong[0].message}", wrong[0].remedy)
    return text
