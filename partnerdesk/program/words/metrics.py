"""What a metric measures, in one line."""

from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.where import plain, spoken
from partnerdesk.program.words.phrases import metric_says, where_words


def definition(program: Program, name: str) -> str:
    """What a metric measures, in one line."""
    metric = program.metric[name]
    if metric.ratio:
        return f"{metric_says(program, metric.ratio[0])} divided by {metric_says(program, metric.ratio[1])}"
    if metric.growth:
        how = {"share": "growth of", "ratio": "ratio of", "amount": "increase of"}[metric.growth_as]
        floor = f", where last year's is above {plain(metric.minimum_base)}" if metric.minimum_base else ""
        return f"{how} {metric_says(program, metric.growth)} against the same window a year before{floor}"
    if metric.mix:
        parts = ", ".join(f"{metric_says(program, p.metric)} {plain(p.weight)}" for p in metric.mix)
        return f"weighted mean of {parts}; what is not evaluated leaves its weight to the others"
    if metric.retention:
        return f"{_RETENTION[metric.retention]}, contracts that ended in the {metric.window}"
    return _aggregate(metric)


_RETENTION = {
    "gross revenue": "recurring value renewed, at most what was due, divided by what was due",
    "net revenue": "recurring value renewed, with expansion, divided by what was due",
    "logo": "contracts renewed divided by contracts due",
}


def _aggregate(metric: Metric) -> str:
    kind = metric.of.replace("_", " ")
    how = {"sum": "sum of", "count": "number of", "distinct": "number of different"}.get(
        metric.take, metric.take + " of"
    )
    what = f"{kind}s" if metric.take == "count" else f"{spoken(metric.value)} of {kind}s"
    least = f"; at least {metric.minimum_rows} needed" if metric.minimum_rows else ""
    return f"{how} {what}{where_words(metric.where)}, {metric.window}{least}"
