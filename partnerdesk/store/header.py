"""What kind of file this is, told from its first hundred bytes, without a database library touching it.

A file that is not a book of ours, or of a later version, is refused before SQLite opens it, because opening may
already change it (recovery, journal mode). The layout is that of https://sqlite.org/fileformat2.html, section 1.3.
"""

import os
import struct
import time
from pathlib import Path

from partnerdesk.errors import Damaged, Refused

APPLICATION_ID = 0x5041_4D44  # "PAMD", at offset 68 of the file
SCHEMA_VERSION = 30  # user_version of a book that this program writes; the newest one it reads

_MAGIC = b"SQLite format 3\0"
_KNOWN = {
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"PK\x05\x06": "an empty ZIP archive",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x1f\x8b": "a compressed file",
}


def version_of(path: Path) -> int:
    """The schema version of a book of ours that this program can read.

    Raises Refused for anything else and Damaged for an incomplete or unreadable file; the file is only read.
    """
    head, size = _first_bytes(path)
    name = path.name
    if size == 0:
        raise Damaged(f"{name} is empty.", "Restore it from a backup, or create a new book under another name.")
    if not head.startswith(_MAGIC):
        raise Refused(f"{name} is not a PartnerDesk book{_guess(head)}.", "Choose a file that ends in .partnerdesk.")
    if len(head) < 100:
        raise _incomplete(name, size, "at least 100")
    version, application = struct.unpack(">i4xi", head[60:72])
    if application != APPLICATION_ID:
        raise Refused(f"{name} is a database of another application.", "Choose a book of PartnerDesk.")
    if version < 1:
        raise Damaged(f"{name} has version {version}, which no PartnerDesk ever wrote.", "Restore it from a backup.")
    if version > SCHEMA_VERSION:
        raise Refused(
            f"{name} was written by a newer PartnerDesk: it has version {version}, and this one reads "
            f"up to version {SCHEMA_VERSION}.",
            "Install the newer PartnerDesk; the file was not changed.",
        )
    if not _is_complete(path, head, size):
        raise _incomplete(name, size, f"{_stated(head):,}")
    return int(version)


def has_journal(path: Path) -> bool:
    """Whether a rollback journal lies beside the book: a writer is at work, or one was interrupted."""
    return journal_of(path).exists()


def journal_of(path: Path) -> Path:
    """Where SQLite keeps the rollback journal of a book."""
    return path.with_name(path.name + "-journal")


def _first_bytes(path: Path) -> tuple[bytes, int]:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # opening a pipe would wait for ever
            raise Refused(f"{path.name} is not an ordinary file.", "Choose a file that ends in .partnerdesk.")
        with path.open("rb") as file:
            return file.read(100), os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise Refused(f"There is no book at {path}.", "Choose another file, or create a new book there.") from None
    except IsADirectoryError:
        raise Refused(f"{path.name} is a folder, not a book.", "Choose a file that ends in .partnerdesk.") from None
    except OSError as error:
        raise Damaged(f"{path.name} cannot be read: {error.strerror}.", "Check that you may read this file.") from None


def _guess(head: bytes) -> str:
    for start, name in _KNOWN.items():
        if head.startswith(start):
            return f" but {name}"
    return ""


def _is_complete(path: Path, head: bytes, size: int) -> bool:
    """Whether the file is as long as its header states; a copy that broke off is shorter.

    While a program commits, the two may differ for a moment; it has a journal beside the file until it is done.
    """
    if size >= _stated(head) or has_journal(path):
        return True
    time.sleep(0.05)
    again, size = _first_bytes(path)
    return size >= _stated(again) or has_journal(path)


def _stated(head: bytes) -> int:
    """The length in bytes that the header states."""
    page = int.from_bytes(head[16:18], "big")
    return int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)


def _incomplete(name: str, size: int, stated: str) -> Damaged:
    return Damaged(
        f"{name} is incomplete: it has {size:,} bytes of {stated}.", "Restore it from a backup or copy it again."
    )
