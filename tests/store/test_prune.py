"""Which backups go: a rule on days of use, which no clock can mislead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.store.backup import Backup
from partnerdesk.store.prune import superfluous

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def made(at: datetime) -> Backup:
    return Backup(Path(f"{at:%Y%m%d%H%M%S}"), "b", "n", "s", at, "r", 1, 1, "h", 1, "x", {})


def kept(backups: list[Backup], now: datetime = NOW) -> list[datetime]:
    gone = superfluous(backups, now)
    return sorted((b.at for b in backups if b not in gone), reverse=True)


def test_two_years_of_daily_work_keep_all_days_weeks_and_months() -> None:
    """Twice a day, pruned each time, as it happens."""
    here: list[Backup] = []
    for half_days in range(2 * 730, -1, -1):
        now = NOW - timedelta(hours=12 * half_days)
        here.append(made(now))
        gone = superfluous(here, now)
        here = [b for b in here if b not in gone]
    left = sorted((b.at for b in here), reverse=True)
    days = [at.date() for at in left]
    assert days[:4] == [NOW.date()] * 2 + [NOW.date() - timedelta(days=1)] * 2
    assert days[4:11] == [NOW.date() - timedelta(days=n) for n in range(2, 9)]
    weeks = left[11:15]
    assert [at.isoweekday() for at in weeks[1:]] == [7, 7, 7]  # of a week that is over its last day
    assert len({at.isocalendar()[:2] for at in weeks}) == 4 and weeks[0] - weeks[3] <= timedelta(days=28)
    months = left[15:]
    assert len(months) == 12 and len({(at.year, at.month) for at in months}) == 12
    assert NOW - left[-1] > timedelta(days=350)


def test_a_backup_of_the_future_is_neither_removed_nor_counted() -> None:
    ahead = [made(NOW + timedelta(days=n)) for n in range(1, 60)]
    past = [made(NOW - timedelta(hours=n)) for n in range(30)]
    assert superfluous(ahead + past, NOW) == superfluous(past, NOW) == []


moments = st.lists(st.integers(0, 24 * 500), max_size=60, unique=True)


@given(moments)
def test_a_wrong_clock_removes_nothing_that_a_right_one_keeps(hours: list[int]) -> None:
    backups = [made(NOW - timedelta(hours=h)) for h in hours]
    right = set(kept(backups))
    for years in (-2, -1, 1, 2):
        assert right <= set(kept(backups, NOW + timedelta(days=365 * years)))


@given(moments)
def test_pruning_twice_is_pruning_once(hours: list[int]) -> None:
    backups = [made(NOW - timedelta(hours=h)) for h in hours]
    left = [b for b in backups if b not in superfluous(backups, NOW)]
    assert superfluous(left, NOW) == []


@given(moments)
def test_the_newest_and_its_day_are_always_kept(hours: list[int]) -> None:
    backups = [made(NOW - timedelta(hours=h)) for h in hours]
    days = sorted({b.at.date() for b in backups}, reverse=True)[:2]
    assert {b.at for b in backups if b.at.date() in days} <= set(kept(backups))
