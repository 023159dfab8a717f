"""How business went on from where it stood, in the whole book's record: the spread of what is to come, and its check.

The next windows of a partner are its level times a ratio that some partner of the book, of about its size and
tenure, has shown before; its own ratios and those of the same season count more. How such a spread would have done at
every past window is known as well: where the truth came out in it. A spread that was too wide or too narrow then is
corrected by that record now, and only by what was known then.

A ratio counts by the level it was a ratio to, so that their mean is what came over what had been the level. A plain
mean of ratios would be too high: a level that was low by bad luck gives a high ratio. A few ratios that any book might
show stand beside the record; they matter where it is short.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from math import exp, log
from statistics import NormalDist, median

from partnerdesk.forecast.business import MOST_WINDOWS, SEASON, Habit
from partnerdesk.forecast.weighted import Weighted
from partnerdesk.forecast.windows import edges

OWN = 8.0  # how much more a partner's own ratio counts
RECENT = 0.96  # each window before counts so much less
SIZE_STEP = 0.7  # of the logarithm of the level: how far a size is like another
TENURES, APART = 4, 0.7
FADES, CLEARLY = (0.9, 0.75, 0.5), 1.05  # each window before counts so much less; how much better a faster one must be
LEAST = 0.15  # of the book's middle level; added to each, as next to nothing is no measure
NO_RECORD, EARLIER, SHORTER = 40.0, 0.8, 0.25  # of the check: a flat record, an earlier window, a shorter way ahead
# Ratios of any book, and what they count together: about as much as so many windows of like partners.
ANY, ANY_COUNTS = (0.0, 0.2, 0.5, 0.75, 1.0, 1.25, 1.6, 2.2, 3.0), 3.0
COMMON, FEW, MOST = 0.1, 8, 0.8  # common luck: where nothing tells, as if so many windows had told it, and at most
Class = tuple[int, int]  # tenure, size


class Record:
    """The record of one kind of business of a book, and what it says of the next windows."""

    def __init__(self, habits: Mapping[tuple[str, str], Habit], kind: str, as_of: date) -> None:
        self.habits = {partner: habit for (partner, of), habit in habits.items() if of == kind}
        self.days = edges(as_of, MOST_WINDOWS)
        self.oldest = max((habit.tenure for habit in self.habits.values()), default=0)
        self._pools: dict[tuple[int, int, Class], Weighted] = {}
        self._ratios: dict[int, list[tuple[str, int, Class, float]]] = {}

    @cached_property
    def levels(self) -> dict[tuple[str, int], float]:
        """The level of every partner at the end of every past window, where there was any.

        It fades slowly, or else it would jump with each large deal; but faster where that would clearly have been
        better of late, as business grows or was cut.
        """
        found = [self._levels(fades) for fades in FADES]
        missed = [self._missed(levels) * CLEARLY**n for n, levels in enumerate(found)]
        return found[missed.index(min(missed))]

    def _levels(self, fades: float) -> dict[tuple[str, int], float]:
        found = {(p, back): h.level(back, fades) for p, h in self.habits.items() for back in range(h.tenure)}
        found = {key: level for key, level in found.items() if level > 0}
        least = LEAST * median(found.values()) if found else 0.0
        return {key: level + least for key, level in found.items()}

    def _missed(self, levels: Mapping[tuple[str, int], float]) -> float:
        """By how much such levels missed the window after next, in all; the latest windows count most."""
        rows = [
            (EARLIER**back, self.habits[p].total(back - 2), level) for (p, back), level in levels.items() if back > 1
        ]
        return sum(weight * abs(came - level) for weight, came, level in rows)

    def class_of(self, partner: str, back: int) -> Class:
        tenure = min(TENURES, self.habits[partner].tenure - 1 - back)
        return tenure, int(log(self.levels[partner, back]) / SIZE_STEP + 0.5)

    def ratios(self, ahead: int) -> list[tuple[str, int, Class, float]]:
        """What each window brought against the level `ahead` windows before: (partner, back, class then, ratio)."""
        if ahead not in self._ratios:
            self._ratios[ahead] = [
                (p, back, self.class_of(p, back), self._came(p, back, ahead) / level)
                for (p, back), level in self.levels.items()
                if back >= ahead
            ]
        return self._ratios[ahead]

    def _came(self, partner: str, back: int, ahead: int) -> float:
        return self.habits[partner].fresh(back - ahead, self.days[back])

    def pool(self, back: int, ahead: int, seen: Class) -> Weighted:
        """The ratios known at the end of the window `back`, weighted for a class of partners."""
        key = (back, ahead, seen)
        if key not in self._pools:
            near = _nearness(seen)
            known = (r for r in self.ratios(ahead) if r[1] >= back + ahead)
            own = ((ratio, near[of] * self._counts(who, origin, back, seen)) for who, origin, of, ratio in known)
            self._pools[key] = Weighted([*own, *any_ratio()])
        return self._pools[key]

    def own(self, partner: str, back: int, ahead: int, seen: Class) -> Weighted:
        """A partner's own ratios known at the end of the window `back`, with what they count for it besides."""
        near, level = _nearness(seen), self.levels
        return Weighted(
            (
                self._came(partner, origin, ahead) / level[partner, origin],
                OWN * near[self.class_of(partner, origin)] * self._counts(partner, origin, back, seen),
            )
            for origin in range(back + ahead, self.habits[partner].tenure)
            if (partner, origin) in level
        )

    def spread(self, partner: str, ahead: int) -> Weighted:
        """The ratios that the window `ahead` may bring, as the record of the book and the partner's own say."""
        seen = self.class_of(partner, 0)
        near = _nearness(seen)
        found = (
            (ratio, near[of] * self._counts(who, origin, 0, seen) * (1 + OWN if who == partner else 1.0))
            for who, origin, of, ratio in self.ratios(ahead)
        )
        return Weighted([*found, *any_ratio()])

    def _counts(self, partner: str, origin: int, back: int, seen: Class) -> float:
        """How much a ratio counts by its season and by the level that it is a ratio to."""
        season = SEASON if (origin - back) % 4 == 0 else 1.0
        return season * RECENT ** (origin - back) * self.levels[partner, origin] / exp(SIZE_STEP * seen[1])

    @cached_property
    def came_out(self) -> dict[int, list[tuple[int, int, float]]]:
        """Where the truth lay in what would have been said, by windows ahead: (window it ended in, tenure, share)."""
        found: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for ahead in range(1, 5):
            for partner, back, seen, ratio in self.ratios(ahead):
                pool = self.pool(back, ahead, seen)
                own = self.own(partner, back, ahead, seen)
                share = pool.weight * pool.share_below(ratio)
                share += own.weight * own.share_below(ratio) if own else 0.0
                found[ahead].append((back - ahead, seen[0], share / (pool.weight + own.weight)))
        return found

    @cached_property
    def common(self) -> float:
        """How far partners had the same luck in the same window: the correlation of where their truths lay, drawn
        towards a little where there are few windows to tell."""
        normal, windows = NormalDist().inv_cdf, defaultdict[int, list[float]](list)
        for ended, _, share in self.came_out.get(1, ()):
            windows[ended].append(normal(min(max(share, 0.01), 0.99)))
        told = [scores for scores in windows.values() if len(scores) > 1]
        pairs = sum(len(scores) * (len(scores) - 1) for scores in told)
        squares = sum(score * score for scores in told for score in scores)
        if not pairs or not squares:
            return COMMON
        both = (sum(sum(scores) ** 2 for scores in told) - squares) / pairs
        found = both / (squares / sum(len(scores) for scores in told))
        return min(MOST, max(0.0, (len(told) * found + FEW * COMMON) / (len(told) + FEW)))

    def corrected(self, partner: str, ahead: int) -> Weighted:
        """The shares that even chances stand for, after what the record of such spreads was."""
        tenure = self.class_of(partner, 0)[0]
        return Weighted([*(((n + 0.5) / 50, NO_RECORD / 50) for n in range(50)), *self._shares(tenure, ahead)])

    def _shares(self, tenure: int, ahead: int) -> Iterator[tuple[float, float]]:
        for shorter in range(1, ahead + 1):
            for ended, then, share in self.came_out.get(shorter, ()):
                weight = EARLIER**ended * SHORTER ** (ahead - shorter) * exp(-APART * abs(then - tenure))
                yield share, weight


def any_ratio() -> Iterator[tuple[float, float]]:
    """Ratios that any book might show, with what they count."""
    return ((ratio, ANY_COUNTS / len(ANY)) for ratio in ANY)


class _Near(dict[Class, float]):
    """How much a partner of another class tells about one of this class."""

    def __init__(self, seen: Class) -> None:
        super().__init__()
        self.seen = seen

    def __missing__(self, other: Class) -> float:
        apart, size = abs(other[0] - self.seen[0]), other[1] - self.seen[1]
        found = self[other] = exp(-APART * apart - size * size / 2)
        return found


def _nearness(seen: Class) -> _Near:
    return _Near(seen)
