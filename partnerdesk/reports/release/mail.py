"""Everything in a mail: its headers, its text, and each attachment taken apart as the file that it is."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import Any

from partnerdesk.reports.release.contents import Contents


def read_mail(content: bytes, found: Contents, taken_apart: Callable[[str, bytes], Contents]) -> None:
    """Adds everything in a message's bytes to `found`, an attachment as `taken_apart(name, its bytes)` finds it."""
    mail = message_from_bytes(content, policy=default)
    for header, value in mail.items():
        if header.lower() not in ("mime-version", "content-type"):
            found.texts.setdefault(str(value), f"the mail's {header}")
    for part in mail.walk():
        if (name := part.get_filename()) is not None:
            body: Any = part.get_payload(decode=True)  # its bytes: as text it would lose what is not ASCII
            found.add(taken_apart(name, body))
        elif part.get_content_type() == "text/plain":
            found.pages.append(("the mail's text", str(part.get_content())))
        elif not part.is_multipart():
            found.strangers.append(f"a part of a mail that is {part.get_content_type()}")
