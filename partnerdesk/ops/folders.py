"""The folder that documents are written to."""

from pathlib import Path

from partnerdesk import paths
from partnerdesk.errors import Damaged, Refused


def made(folder: Path) -> Path:
    """The folder, made where it was missing, readable by its owner only; its parent must be there.

    A mistyped path would otherwise grow a tree that nobody looks into.
    """
    if not folder.parent.exists():
        raise Refused(f"There is no folder {folder.parent}.", "Make it first, or choose another folder.")
    try:
        return paths.private(folder)
    except FileExistsError:
        raise Refused(f"{folder} is a file.", "Choose a folder.") from None
    except OSError as error:
        raise Damaged(f"The folder {folder} cannot be made: {error.strerror}.", "Choose another folder.") from None
