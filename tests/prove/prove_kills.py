"""kill -9 at random moments of imports, closes and exports: the old state or the new one, whole (R9, R10, R11).

An import that commits every hundred rows is killed in the same way, and must fail. Undos, restores, migrations and
backups are killed in the part `kill`.
"""

import shutil
from pathlib import Path
from typing import Any

from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.atomic import clean_leftovers
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.prove.closed_writes import CLOSED, DAY, MOMENT, frozen
from tests.prove.home import own_home
from tests.prove.steps import Steps
from tests.store import crash
from tests.store.kills import fails_in_hundreds, kill_imports, resetting

crash.preload(__name__)


def main(full: bool, seed: int) -> None:
    """500 killed imports, 250 closes and 250 exports, each kind on a book of its own; then the wrong variant."""
    with own_home() as folder:
        print("  imports:", kill_imports(_empty(folder / "imports.partnerdesk"), seed, 500 if full else 3))
        book = folder / "sound.partnerdesk"
        make_book(book)
        print("  closes:", kill_closes(book, folder, seed, 250 if full else 3))
        print("  exports:", kill_exports(book, folder, seed, 250 if full else 3))
        kills = fails_in_hundreds(_empty(folder / "wrong.partnerdesk"), seed)
        print(f"  an import that commits every hundred rows: half of it found after kill {kills}", flush=True)


def _empty(path: Path) -> Path:
    Store.create(path, user="maker").close()
    return path


def close_once(path: Path) -> None:
    with Store.open(path, user="child") as store:
        total = store.read(run, CLOSED[0], DAY).total
        names = {"maker": "Ann", "checker": "Ben", "total": total, "at": MOMENT}
        store.transact("Close", close_period, CLOSED[0], DAY, **names)


def kill_closes(sound: Path, folder: Path, seed: int, count: int) -> dict[str, int]:
    """Each killed close leaves nothing closed, or all that a close freezes."""
    path = Path(shutil.copy(sound, folder / "closing.partnerdesk"))
    back = resetting(path)
    old = _frozen(path)
    longest = crash.seconds(close_once, path) * 1.1
    new, found = _frozen(path), {"old": 0, "new": 0}
    assert new != old
    for number in Steps.of("killed closes", count):
        back()
        stopped = crash.kill_after(crash.moment(seed + number, longest), close_once, path)
        now = _frozen(path)
        assert now in (old, new), f"seed {seed + number}: a part of a close"
        assert stopped or now == new, f"seed {seed + number}: a close that was done is lost"
        found["new" if now == new else "old"] += 1
    return found


def _frozen(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with crash.opened(path) as store:
        broken = [f for f in store.check() if f.category in ("file", "references", "schema", "history")]
        assert not broken, broken
        return frozen(store)


def export_once(path: Path, out: Path) -> None:
    with Store.open(path, user="child", write=False) as store:
        store.read(export_statements, CLOSED[0], DAY, out)


def kill_exports(book: Path, folder: Path, seed: int, count: int) -> int:
    """Each killed export leaves whole files only, those of before or new ones; the next start removes the rest."""
    whole, out = folder / "whole", folder / "out"
    longest = crash.seconds(export_once, book, whole) * 1.1
    wanted = {path.name: path.read_bytes() for path in whole.iterdir()}
    finished = 0
    for number in Steps.of("killed exports of a book", count):
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(mode=0o700)
        earlier = dict.fromkeys(list(wanted)[: number % 3], b"an earlier export")
        for name, content in earlier.items():
            (out / name).write_bytes(content)
        crash.kill_after(crash.moment(seed + number, longest), export_once, book, out)
        clean_leftovers()
        for path in out.iterdir():
            assert path.read_bytes() in (wanted.get(path.name), earlier.get(path.name)), f"{path.name} is half a file"
        finished += len(list(out.iterdir())) == len(wanted)
    return finished
