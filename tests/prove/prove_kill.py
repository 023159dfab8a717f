"""kill -9 at random moments of imports, undos, backups, restores and migrations: the old state or the new one, whole.

R9 and R10 (500 imports, 500 undos and restores), R19 (200 migrations), R20 (100 backups).
"""

from pathlib import Path

from partnerdesk.store import Store
from tests.prove.home import own_home
from tests.store.kills import kill_backups, kill_imports, kill_migrations, kill_restores, kill_undos


def main(full: bool, seed: int) -> None:
    """Each kind of work on a book of its own."""
    with own_home() as folder:
        print("  imports:", kill_imports(_book(folder, "imports"), seed, 500 if full else 5))
        kill_undos(_book(folder, "undos"), seed, 250 if full else 3)
        kill_restores(_book(folder, "restores"), seed, 250 if full else 3)
        print("  migrations:", kill_migrations(_book(folder, "migrations"), folder, seed, 200 if full else 4))
        print("  backups that stayed:", kill_backups(_book(folder, "backups"), seed, 100 if full else 3))


def _book(folder: Path, name: str) -> Path:
    path = folder / f"{name}.partnerdesk"
    Store.create(path, user="maker").close()
    return path
