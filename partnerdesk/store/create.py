"""Making a new book: complete under a temporary name first, then there, so that no half book ever has the name."""

import os
from collections.abc import Mapping
from pathlib import Path

from partnerdesk.errors import Refused
from partnerdesk.store import connection, journal, schema
from partnerdesk.store.faults import told_by_system


def create(path: Path, user: str, sample: bool, settings: Mapping[str, str | int]) -> None:
    """A book at a path where nothing is yet, with the settings it starts with.

    Raises Refused where something is, Damaged where it cannot be made.
    """
    if os.path.lexists(path):
        raise taken(path)
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.", "Choose a folder that exists.")
    temp = path.with_name(f".{path.name}.{os.getpid()}.part")
    with told_by_system(path.name):
        temp.unlink(missing_ok=True)
        try:
            _fill(temp, path.stem, user, sample, settings)
            place(temp, path)
        finally:
            temp.unlink(missing_ok=True)


def taken(path: Path) -> Refused:
    """What is said where a file stands in the way."""
    return Refused(f"{path.name} exists already.", "Choose another name, or open it.")


def place(temp: Path, path: Path) -> None:
    """Give a finished file its name without replacing anything that took the name meanwhile."""
    try:
        os.link(temp, path)
    except FileExistsError:
        raise taken(path) from None
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise taken(path) from None
        temp.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _fill(path: Path, name: str, user: str, sample: bool, settings: Mapping[str, str | int]) -> None:
    import json
    import uuid

    connection.make_file(path)
    raw = connection.connect(path, write=True)
    try:
        raw.execute("BEGIN IMMEDIATE")
        schema.create(raw)
        _, number = journal.begin(raw)
        row = (str(uuid.uuid4()), name, journal.now(), sample)
        raw.execute("INSERT INTO book(one, id, name, created, sample) VALUES (1, ?, ?, ?, ?)", row)
        chosen = [(key, json.dumps(value)) for key, value in settings.items()]
        raw.executemany("INSERT INTO setting(key, value) VALUES (?, ?)", chosen)
        journal.seal(raw, None, number, user, "Create book", "create")
        raw.execute("COMMIT")
    finally:
        raw.close()
