"""kill -9 at random moments of undos, restores, migrations and backups: the old state or the new one, whole.

R10 (500 undos and restores), R19 (200 migrations), R20 (100 backups). Imports, closes and exports: the part `kills`.
"""

from pathlib import Path

from partnerdesk.store import Store
from tests.prove.home import own_home
from tests.store.kills import kill_backups, kill_migrations, kill_restores, kill_undos


def main(full: bool, seed: int) -> None:
    """Each kind of work on a book of its own."""
    with own_home() as folder:
        kill_undos(_book(folder, "undos"), seed, 250 if full else 3)
        kill_restores(_book(folder, "restores"), seed, 250 if full else 3)
        print("  migrations:", kill_migrations(_book(folder, "migrations"), folder, seed, 200 if full else 4))
        print("  backups that stayed:", kill_backups(_book(folder, "backups"), seed, 100 if full else 3))


def _book(folder: Path, name: str) -> Path:
    path = folder / f"{name}.partnerdesk"
    Store.create(path, user="maker").close()
    return path
