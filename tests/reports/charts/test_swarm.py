"""Circles of one day stand beside each other."""

from itertools import combinations

from partnerdesk.reports.charts.swarm import MOST, swarm


def overlaps(circles: list[tuple[float, float, float]]) -> int:
    return sum(1 for (x, y, r), (a, b, q) in combinations(circles, 2) if (x - a) ** 2 + (y - b) ** 2 < (r + q) ** 2)


def test_circles_are_moved_apart_within_their_band_and_the_largest_keeps_its_place() -> None:
    circles = [(20.0, 10.0, 1.0 + n / 20) for n in range(8)]
    found = swarm(circles, half=5.0, reach=6.0)
    assert overlaps(circles) == 28 and overlaps(found) == 0
    assert found[7][:2] == (20.0, 10.0) and [r for _, _, r in found] == [r for _, _, r in circles]
    assert all(abs(y - 10) + r <= 5.0 and abs(x - 20) <= 6.0 for x, y, r in found)


def test_a_crowd_is_drawn_smaller_alike_and_what_is_apart_stays() -> None:
    crowd = swarm([(20.0, 10.0, 2.0)] * 12, half=5.0, reach=6.0)
    assert overlaps(crowd) == 0 and {r for _, _, r in crowd} <= {1.7, 1.44, 1.2}
    apart = [(0.0, 5.0, 1.0), (9.0, 5.0, 2.0)]
    assert swarm(apart, half=5.0, reach=6.0) == apart
    many = [(1.0, 1.0, 1.0)] * (MOST + 1)
    assert swarm(many, half=5.0, reach=6.0) == many
