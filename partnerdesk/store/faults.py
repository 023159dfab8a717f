"""From what the database library says to what a user reads: `Refused` or `Damaged`, or our own bug unchanged."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from partnerdesk.errors import Damaged, PartnerDeskError, Refused
from partnerdesk.store.triggers import REFUSED

RESTORE = "Restore a verified backup (Data, Backups)."
_RIGHTS = "Check the rights of the file and of its folder; nothing was changed."

# The result codes of https://sqlite.org/rescode.html that a user can do something about.
_READONLY_ROLLBACK = 776
_SENTENCES = {
    _READONLY_ROLLBACK: ("Another program was stopped while it wrote {name}.", "Open the book again."),
    driver.SQLITE_FULL: ("The disk is full.", "Free some space and try again; nothing was changed."),
    driver.SQLITE_CORRUPT: ("{name} is damaged.", RESTORE),
    driver.SQLITE_NOTADB: ("{name} is damaged or encrypted.", RESTORE),
    driver.SQLITE_IOERR: ("The disk reported an error while {name} was used.", "Check the disk, then try again."),
    driver.SQLITE_READONLY: ("{name} may not be written.", _RIGHTS),
    driver.SQLITE_CANTOPEN: ("{name} or the journal beside it cannot be opened.", _RIGHTS),
    driver.SQLITE_PERM: ("{name} may not be opened.", _RIGHTS),
    driver.SQLITE_BUSY: ("{name} is in use by another program.", "Wait until it has finished, then try again."),
    driver.SQLITE_NOMEM: ("There is not enough memory for this.", "Close other programs and try again."),
}


# A copy from one file to another, and a text that is not UTF-8, come as words without a code.
_WORDS = {
    "database or disk is full": driver.SQLITE_FULL,
    "disk I/O error": driver.SQLITE_IOERR,
    "database disk image is malformed": driver.SQLITE_CORRUPT,
    "Could not decode to UTF-8": driver.SQLITE_CORRUPT,
    "attempt to write a readonly database": driver.SQLITE_READONLY,
    "unable to open database file": driver.SQLITE_CANTOPEN,
    "database is locked": driver.SQLITE_BUSY,
}


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what the file, or a rule inside it, says into a sentence about the book `name`; let bugs through."""
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        found = sentence(error.orig if isinstance(error, DBAPIError) else error, name)
        if found is None:
            raise
        raise found from error


@contextmanager
def told_by_system(name: str) -> Iterator[None]:
    """The same for work on files by hand, where the system itself may refuse."""
    try:
        with told(name):
            yield
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise Damaged(f"{name} cannot be used: {what}.", "Check the disk, and the rights of the folder.") from error


def sentence(error: BaseException | None, name: str) -> PartnerDeskError | None:
    """The error as a user should hear it; None where it is a bug of ours."""
    message = str(error)
    if message.startswith(REFUSED):
        text, _, remedy = message.removeprefix(REFUSED).partition("\n")
        return Refused(text, remedy)
    code = getattr(error, "sqlite_errorcode", 0) or _code_of(message)
    found = _SENTENCES.get(code) or _SENTENCES.get(code & 0xFF)
    return Damaged(found[0].format(name=name), found[1]) if found else None


def _code_of(message: str) -> int:
    return next((code for words, code in _WORDS.items() if message.startswith(words)), 0)
