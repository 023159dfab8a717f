"""A document is written whole or not at all: temporary file in the target folder, flushed to the disk, then renamed.

Whatever goes wrong, the file that stood there before stays as it was. A process that is killed leaves a temporary
file behind; a note in our own data folder says where, and `clean_leftovers` removes it at the next start. The
temporary file is locked while it is written, so that another window's start does not take it away. What a document
contains is none of this module's business.
"""

import contextlib
import errno
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from partnerdesk import paths
from partnerdesk.errors import Damaged, Refused

SUFFIX = ".partnerdesk-part"
_NOTES = "unfinished"
_PATIENCE = 2.5  # seconds in which a virus scanner or a sync client may let go of the target (Windows)
_PRIVATE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextlib.contextmanager
def written(path: Path, *, replace: bool = True, settles: bool = True) -> Iterator[BinaryIO]:
    """A file to write the new content of `path` into; at the end it takes the place of the old one.

    Whoever writes many files into one folder says `settles=False` and calls `settle` once. An exception inside leaves
    the old file alone. Raises Refused where a file stands there and `replace` is off;
    Damaged, with what to do, where disk, folder or another program stand in the way.
    """
    path = Path(path).absolute()
    part = path.with_name(f".{secrets.token_hex(8)}{SUFFIX}")
    note: Path | None = None
    try:
        _look_first(path, replace)
        note = _noted(part)
        with _private_file(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put(part, path)
        if settles:
            _sync_folder(path.parent)
    except OSError as error:
        if error.filename not in (None, str(part), str(path)):
            raise
        raise _in_words(error, path) from error
    finally:
        _remove(part)
        if note is not None:
            _remove(note)


def write(path: Path, content: bytes, *, replace: bool = True) -> None:
    """The whole content at once, as `written` does it."""
    with written(path, replace=replace) as file:
        file.write(content)


def settle(folder: Path) -> None:
    """Names that were put into a folder without it reach the disk."""
    _sync_folder(folder)


def clean_leftovers(folder: Path | None = None) -> int:
    """Remove what killed exports left behind, in the folder or wherever our notes say; how many files it were."""
    if folder is not None:
        return sum(_is_removed(part) for part in folder.glob(f".*{SUFFIX}"))
    removed = 0
    for note in _notes().glob("*"):
        part = Path(os.fsdecode(note.read_bytes()))
        is_ours = part.name.endswith(SUFFIX)
        if is_ours and part.exists():
            removed += _is_removed(part)
        if not (is_ours and part.exists()):
            _remove(note)
    return removed


def _look_first(path: Path, replace: bool) -> None:
    """What can be known to be in the way, before any work is done."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder", str(path))
    if not replace and path.exists():
        raise Refused(f"{path.name} exists already.", "Choose another name, or say that it is to be replaced.")
    for owner in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if owner.exists():
            raise Damaged(
                f"{path.name} is open in another program.",
                f"Close it there and export again. If it is not open, delete {owner.name} beside it.",
            )


def _notes() -> Path:
    return paths.private(paths.folder("temp") / _NOTES)


def _noted(part: Path) -> Path | None:
    """Where a killed process would leave its file; a home folder that cannot be written costs the note only."""
    note: Path | None = None
    try:
        note = _notes() / part.stem.strip(".")
        with os.fdopen(os.open(note, _PRIVATE, 0o600), "wb") as file:
            file.write(os.fsencode(part))
        return note
    except OSError:
        if note is not None:
            _remove(note)
    return None


@contextlib.contextmanager
def _private_file(part: Path) -> Iterator[BinaryIO]:
    while True:
        with os.fdopen(os.open(part, _PRIVATE, 0o600), "w+b") as file:
            _lock(file.fileno(), wait=True)
            if part.exists():  # else another process cleaned up between the two calls
                yield file
                return


if sys.platform == "win32":

    def _lock(descriptor: int, *, wait: bool) -> bool:
        """Nothing to do: Windows does not remove a file that is open."""
        return True

    def _sync_folder(folder: Path) -> None:
        """Nothing to do: NTFS journals the rename."""

else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> bool:
        """Hold the file until it is closed; False where another process holds it or nothing can be locked."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            return False
        return True

    def _sync_folder(folder: Path) -> None:
        """The rename itself reaches the disk; a file system that cannot say so keeps its own promises."""
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _put(part: Path, path: Path) -> None:
    """Rename over the target; on Windows a target in use is tried again for a while."""
    deadline = time.monotonic() + (_PATIENCE if os.name == "nt" else 0)
    while True:
        try:
            os.replace(part, path)  # noqa: PTH105 # the one call this module is about
            return
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)


def _is_removed(part: Path) -> bool:
    """Whether a leftover is gone now; one that is being written by a living process is left alone."""
    try:
        with part.open("r+b") as file:
            if not _lock(file.fileno(), wait=False):
                return False
            if os.name != "nt":
                part.unlink()
        if os.name == "nt":
            part.unlink()
    except OSError:
        return False
    return True


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def _in_words(error: OSError, path: Path) -> Damaged:
    """What the user reads instead of a system's error number."""
    folder, number = path.parent, error.errno
    if number in _FULL:
        return Damaged(f"The disk is full; {path.name} was not written.", "Free some space or choose another folder.")
    if number in _FORBIDDEN and path.exists() and os.access(folder, os.W_OK):
        return Damaged(f"{path.name} cannot be replaced; is it open?", "Close it in Excel and export again.")
    if number in _FORBIDDEN:
        return Damaged(f"The folder {folder} cannot be written to.", "Choose another folder.")
    if number == errno.EISDIR:
        return Damaged(f"{path} is a folder.", "Choose another name.")
    if number in (errno.ENOENT, errno.ENOTDIR):
        return Damaged(f"There is no folder {folder}.", "Choose another folder.")
    if number == errno.ENAMETOOLONG:
        return Damaged(f"The name {path.name[:40]}… is too long for this disk.", "Choose a shorter name.")
    return Damaged(f"{path.name} could not be written: {error.strerror or error}.", "Choose another folder.")
