"""Which backups are thrown away: a rule on the days when backups were made, which a wrong clock cannot mislead.

Kept are all of the newest two days with backups, before those the newest of each of 7 days, before those of each of 4
weeks, and before those of each of 12 months that have any. Days are counted, not measured, so a clock that runs years
ahead removes nothing; a backup dated in the future is neither removed nor counted.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from itertools import groupby

from partnerdesk.store.backup import Backup

Bucket = Callable[[Backup], Hashable]


def superfluous(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """The backups that the rule does not keep."""
    rest = sorted((b for b in backups if b.at <= now), key=lambda b: b.at, reverse=True)
    thrown: list[Backup] = []
    for count, bucket, all_of_it in _RULE:
        groups = [list(same) for _, same in groupby(rest, key=bucket)]
        if not all_of_it:
            thrown += [b for group in groups[:count] for b in group[1:]]
        rest = [b for group in groups[count:] for b in group]
    return thrown + rest


def _day(backup: Backup) -> Hashable:
    return backup.at.date()


def _week(backup: Backup) -> Hashable:
    return backup.at.isocalendar()[:2]


def _month(backup: Backup) -> Hashable:
    return backup.at.year, backup.at.month


_RULE: tuple[tuple[int, Bucket, bool], ...] = (
    (2, _day, True),
    (7, _day, False),
    (4, _week, False),
    (12, _month, False),
)


def remove(backup: Backup) -> None:
    """Throw a backup away, its manifest first, so that a half removed one does not count as a backup."""
    backup.manifest.unlink(missing_ok=True)
    backup.path.unlink(missing_ok=True)
