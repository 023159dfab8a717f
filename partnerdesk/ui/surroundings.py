"""Who sits here, what day it is, and where a new book goes: what the program asks the machine, never a figure."""

from datetime import date, datetime
from pathlib import Path

from partnerdesk import paths


def user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "me"


def today() -> date:
    return datetime.now().astimezone().date()


def free_place() -> Path:
    """Where the next book of one's own lies, unless the user says otherwise: a name that is not taken."""
    from PySide6.QtCore import QStandardPaths

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(documents or Path.home()) / "PartnerDesk"
    names = (f"My book{'' if n == 1 else f' {n}'}{paths.SUFFIX}" for n in range(1, 1000))
    return next(folder / name for name in names if not (folder / name).exists())
