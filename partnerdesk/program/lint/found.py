"""What a check finds, and the checks that several subjects share: names, filters, scales, covered earnings."""

from collections.abc import Iterable, Iterator, Sequence

from partnerdesk.engine.facts import KINDS
from partnerdesk.engine.rules import Point, Program, Test, Where
from partnerdesk.engine.terms.metrics import unit_of
from partnerdesk.engine.world.where import EARNING, known_path
from partnerdesk.engine.world.where_words import test_words
from partnerdesk.program.foreign import choice, kind_of_fact, trigger
from partnerdesk.program.lint.asked import no_path, strange_words, wrong_type

Found = tuple[str, str, str, bool]  # key path, message, remedy, warning


def unknown(path: str, what: str, name: str, known: Sequence[str]) -> Found:
    remedy = _INSTEAD.get(what, choice)(name, known)
    return path, f"{what} {name} is not defined.", remedy, False


def units_of(program: Program, names: Iterable[str]) -> set[str]:
    """The units of metrics, but plain numbers; none while a kind of fact is not known, which another check says."""
    if any(metric.of and metric.of not in (*KINDS, EARNING) for metric in program.metric.values()):
        return set()
    return {unit_of(program, name, program.currency) for name in names} - {"1"}


_INSTEAD = {"trigger": trigger, "kind of fact": kind_of_fact}


def filter_problems(path: str, kind: str, where: Where) -> Iterator[Found]:
    for test in where:
        if not known_path(kind, test.attribute):
            yield (path, *no_path(kind, test.attribute))
        elif wrong := wrong_type(kind, test):
            yield (path, *wrong)
        elif _is_empty(test):
            yield path, f"no {test.attribute} is {test_words(test)}: nothing passes.", "Correct one bound.", False
        else:
            yield from ((path, *answer) for answer in strange_words(kind, test))


def _is_empty(test: Test) -> bool:
    """Whether no value lies between the bounds of a test."""
    lowest = (test.at_least, False), (test.above, True)
    highest = (test.at_most, False), (test.below, True)
    return any(
        low is not None and type(low) is type(high) and (low > high or (low == high and (is_open or is_shut)))
        for low, is_open in lowest
        for high, is_shut in highest
    )


def scale_problems(path: str, scale: tuple[Point, ...], least: int) -> Iterator[Found]:
    if len(scale) < least:
        remedy = "Write [{ at = 0, points = 0 }, { at = 1000, points = 100 }], for instance."
        yield path, f"a scale needs at least {least} points.", remedy, False
    floors = [p.at for p in scale]
    if floors != sorted(set(floors)):
        yield path, "the scale's values must rise, each one once.", "Sort them.", False


def tier_names(program: Program, path: str, named: list[str]) -> Iterator[Found]:
    if not named:
        return
    known = [t.name for t in program.tier]
    for name in named:
        if name not in known:
            yield unknown(path, "tier", name, known)
    for name in known:
        if name not in named:
            yield path, f"the table has no entry for {name}.", f"Add {name} (0 for nothing).", False


def covers(program: Program, path: str, names: Sequence[str]) -> Iterator[Found]:
    for name in names:
        if name not in program.earning:
            yield unknown(path, "earning", name, list(program.earning))
