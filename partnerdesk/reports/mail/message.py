"""The message itself: recipients, text and attachments as an .eml file that mail programs open as a draft.

It has no sender, no day and no number of its own: those belong to whoever sends it. Equal input gives equal bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from partnerdesk.errors import Refused
from partnerdesk.reports.mail.text import MailText

_KINDS = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pdf": ("application", "pdf"),
    ".csv": ("text", "csv"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Who a mail goes to."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document in a mail, by the name of its file."""

    name: str
    content: bytes


def message(to: Sequence[Contact], text: MailText, attachments: Sequence[Attachment]) -> bytes:
    """The bytes of the draft. Raises Refused for an address that is none."""
    mail = EmailMessage(policy=SMTP)
    mail["To"] = [_address(contact) for contact in to]
    mail["Subject"] = text.subject
    mail["X-Unsent"] = "1"  # opens in the composer and not as a mail that came in
    mail.set_content(text.body)
    for one in attachments:
        main, sub = _KINDS[one.name[one.name.rindex(".") :].lower()]
        mail.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    if attachments:
        mail.set_boundary(f"part-{_digest(text, attachments)}")
    return mail.as_bytes()


def _address(contact: Contact) -> Address:
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in contact.name).split())
    try:
        return Address(name, addr_spec=contact.email.strip())
    except (ValueError, IndexError, LookupError) as error:
        raise Refused(
            f"“{contact.email}” of {contact.name} is no mail address.", "Correct it on the person."
        ) from error


def _digest(text: MailText, attachments: Sequence[Attachment]) -> str:
    told = sha256(text.subject.encode() + text.body.encode())
    for one in attachments:
        told.update(one.name.encode() + one.content)
    return told.hexdigest()[:24]
