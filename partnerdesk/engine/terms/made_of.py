"""What metrics are made of: other metrics, and the kinds of fact that they read."""

from collections.abc import Iterable, Iterator

from partnerdesk.engine.rules import Metric, Program, Term
from partnerdesk.engine.world.where import MADE, kinds_through


def made_of(metric: Metric) -> tuple[str, ...]:
    """The names of the metrics that one is made of, in order."""
    single = (metric.growth, metric.series.metric if metric.series else "", metric.power.metric if metric.power else "")
    return (
        *(metric.ratio or ()),
        *(part.metric for part in metric.mix),
        *(term.metric for term in metric.total),
        *metric.product,
        *metric.greatest_of,
        *metric.least_of,
        *(name for name in single if name),
        *([metric.groups.not_above.metric] if metric.groups and isinstance(metric.groups.not_above, Term) else []),
    )


def kinds_read(program: Program, names: Iterable[str]) -> tuple[str, ...]:
    """The kinds of fact that metrics read, also through others, in the order of their names; none that is made."""
    return tuple(dict.fromkeys(kind for kind, _ in kinds_counted(program, names)))


def kinds_counted(program: Program, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The same, each kind with whose facts are counted."""
    found = {("contract" if m.retention else m.of, m.whose) for m in with_parts(program, names)}
    return tuple(sorted(one for one in found if one[0] and one[0] not in MADE))


def with_parts(program: Program, names: Iterable[str]) -> Iterator[Metric]:
    """Metrics with all that they are made of, also through others, each once."""
    ahead, seen = list(names), {""}
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            metric = program.metric[name]
            ahead += made_of(metric)
            yield metric


def kinds_needed(metric: Metric) -> set[str]:
    """The kinds of fact that a metric reads, with those that its attributes lead through."""
    kind = "contract" if metric.retention else metric.of
    if not kind:
        return set()
    paths = [metric.value, *(test.attribute for test in metric.where), *([metric.groups.by] if metric.groups else [])]
    entries = [entry for table in metric.times for entry in table]
    paths += [test.attribute for entry in entries for test in entry.where]
    paths += [entry.attribute for entry in entries if entry.attribute]
    return {kind} | {through for path in paths for through in kinds_through(kind, path)}
