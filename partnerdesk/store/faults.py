"""From what the database library says to what a user reads: `Refused` or `Damaged`, or our own bug unchanged."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from partnerdesk.errors import Damaged, PartnerDeskError, Refused
from partnerdesk.store.triggers import REFUSED

RESTORE = "Restore a verified backup (Data, Backups)."

# Parts of SQLite's own messages (https://sqlite.org/rescode.html), in the order in which they are tried.
_SENTENCES = (
    ("database or disk is full", "The disk is full.", "Free some space and try again; nothing was changed."),
    ("image is malformed", "{name} is damaged.", RESTORE),
    ("not a database", "{name} is damaged or encrypted.", RESTORE),
    ("disk I/O error", "The disk reported an error while {name} was used.", "Check the disk, then try again."),
    ("readonly database", "{name} may not be written.", "Check the rights of the file and its folder."),
    ("unable to open", "{name} cannot be opened for writing.", "Check the rights of the file and its folder."),
    ("locked", "{name} is in use by another program.", "Wait until it has finished, or close it, and try again."),
)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what the file or a rule of it says into a sentence about the book `name`; let bugs through."""
    try:
        yield
    except PartnerDeskError:
        raise
    except DBAPIError as error:
        raise sentence(error.orig, name) or error from error
    except driver.Error as error:
        raise sentence(error, name) or error from error
    except OSError as error:
        raise Damaged(f"{name} cannot be used: {error.strerror or error}.", "Check the disk and its rights.") from error


def sentence(error: BaseException | None, name: str) -> PartnerDeskError | None:
    """The error as a user should hear it; None where it is a bug of ours."""
    message = str(error)
    if message.startswith(REFUSED):
        text, _, remedy = message.removeprefix(REFUSED).partition("\n")
        return Refused(text, remedy)
    if isinstance(error, driver.IntegrityError):
        return None
    for part, text, remedy in _SENTENCES:
        if part in message:
            return Damaged(text.format(name=name), remedy)
    return None
