"""The end of a guide: how each figure is measured, and what the program's source leaves open."""

from partnerdesk.program.words import metric_sentence
from partnerdesk.reports.guide.data import GuideData
from partnerdesk.reports.guide.phrases import capital, counted, sentence
from partnerdesk.reports.look import BODY, HEADING, Role
from partnerdesk.reports.page import MM, Span
from partnerdesk.reports.page.flow import Part, Prose, titled
from partnerdesk.reports.page.portrait import WIDTH
from partnerdesk.reports.page.text import TextLine

_NAME = Role(9, 12.5, "semibold")
_CLAUSE = Role(9, 12.5, "regular", "muted")


def title(data: GuideData) -> str:
    count = len(data.program.metric)
    return f"How {counted(count, 'figure is', 'figures are')} measured" if count else _open_title(data)


def parts(data: GuideData) -> list[Part]:
    """Every metric with everything that its rule says, then what was assumed where the published rules are silent."""
    found = [Part(Prose(_metric(data, name), WIDTH, BODY), 2.4 * MM) for name in data.program.metric]
    points = [Part(Prose(_point(n, text), WIDTH, BODY), 2.4 * MM) for n, text in enumerate(data.program.open_points, 1)]
    if not found or not points:
        return found + points
    return [*found, *titled(_open_title(data), points[0].block, WIDTH, HEADING), *points[1:]]


def _metric(data: GuideData, name: str) -> TextLine:
    rule = data.program.metric[name]
    said = metric_sentence(data.program, name).removeprefix(f"{rule.says}: ")
    clause = f" ({rule.reference})" if rule.reference else ""
    return Span(rule.says, _NAME), Span(f"{clause}: ", _CLAUSE), Span(capital(said), BODY)


def _open_title(data: GuideData) -> str:
    return f"{capital(counted(len(data.program.open_points), 'point'))} that the source leaves open"


def _point(number: int, text: str) -> TextLine:
    return Span(f"{number}.  ", _CLAUSE), Span(sentence(text), BODY)
