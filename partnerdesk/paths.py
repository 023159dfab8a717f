"""Where things lie: data, backups, exports, logs and the resources that ship with the program.

`PARTNERDESK_HOME` moves everything of the user's into one folder (tests, portable use). Folders are made
with mode 0700, so that nobody else on the machine reads a book.
"""

import os
from pathlib import Path

SAMPLE_NAME = "Sample.partnerdesk"
SUFFIX = ".partnerdesk"


def home() -> Path:
    """The user's data folder."""
    return private(_home())


def _home() -> Path:
    chosen = os.environ.get("PARTNERDESK_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("PartnerDesk", appauthor=False))


def folder(name: str) -> Path:
    """A folder of ours inside the data folder: `backups`, `logs`, `temp`, `exports`."""
    return private(home() / name)


def private(path: Path) -> Path:
    """The folder, made where it was missing, readable by its owner only."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def unusable(error: OSError) -> str:
    """What the user is told about a file or folder that the system refuses."""
    place = Path(str(error.filename))
    says = f"{place} cannot be used: {(error.strerror or 'no reason given').lower()}. "
    if place.is_relative_to(_home()):
        return f"{says}Check its rights and the disk, or name another data folder in PARTNERDESK_HOME."
    return f"{says}Check the disk, and the rights of the folder."


def resource(name: str) -> Path:
    """A file that ships with the program, in a checkout, an installed wheel and a frozen application alike."""
    import resources

    return Path(next(iter(resources.__path__))) / name
