"""Pathways: which trainings and certificates build on each other, and what of a metric each of them can feed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Certification
from partnerdesk.engine.rules import Metric, Program, Test
from partnerdesk.engine.terms.made_of import made_of
from partnerdesk.engine.world.where import check_of
from partnerdesk.models.enablement import pathway, pathway_need, pathway_step

CERTIFICATE, TRAINING = "certificate", "training"
SESSION_KINDS = ("training", "clinic", "onboarding")  # kinds of activity that teach somebody something


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayStep:
    """A training or certificate; `needs` are the ids of steps that come before it, `months` how long it holds."""

    id: int
    pathway: int
    position: int
    form: str
    title: str
    level: str
    months: int | None
    needs: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The title with its level: Core Engineer (expert)."""
        return f"{self.title} ({self.level})" if self.level else self.title

    def fits(self, title: str, level: str = "") -> bool:
        """Whether a row with this title and level is one of this step."""
        return title.casefold() == self.title.casefold() and self.level.casefold() in ("", level.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    id: int
    name: str
    product: str
    says: str
    steps: tuple[PathwayStep, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything it says, which is the same for every partner."""
        steps = (text for step in self.steps for text in (step.title, step.level))
        return (self.name, self.product, self.says, *steps)

    def before(self, step: PathwayStep) -> tuple[PathwayStep, ...]:
        """The steps that have to be held before one."""
        return tuple(other for other in self.steps if other.id in step.needs)


@dataclass(frozen=True, slots=True)
class Route:
    """A step whose award counts for a requirement, and the pathway that leads to it; empty where none does."""

    pathway: str
    title: str
    level: str = ""

    @property
    def certificate(self) -> str:
        """The title with its level."""
        return f"{self.title} ({self.level})" if self.level else self.title

    @property
    def words(self) -> str:
        """Core Engineer, pathway Delivery."""
        return f"{self.certificate}, pathway {self.pathway}" if self.pathway else self.certificate


def pathways(session: Session) -> tuple[Pathway, ...]:
    """All pathways by name, their steps in order."""
    needs: dict[int, list[int]] = defaultdict(list)
    for step, needed in session.execute(select(pathway_need.c.step, pathway_need.c.needs).order_by(pathway_need.c.id)):
        needs[step].append(needed)
    steps: dict[int, list[PathwayStep]] = defaultdict(list)
    order = (pathway_step.c.position, pathway_step.c.id)
    for row in session.execute(select(pathway_step).order_by(*order)).mappings():
        steps[row["pathway"]].append(PathwayStep(**row, needs=tuple(needs[row["id"]])))
    found = session.execute(select(pathway).order_by(pathway.c.name)).mappings()
    return tuple(Pathway(**row, steps=tuple(steps[row["id"]])) for row in found)


def routes(known: Sequence[Pathway], program: Program, metric: str) -> tuple[Route, ...]:
    """The first certificate of each pathway that counts for a metric; without pathways what the metric itself names.

    A pathway that ends with that certificate comes before one that only passes it.
    """
    bases = certificate_metrics(program, metric)
    firsts = [(way, step) for way in known for step in _first(way, bases)]
    firsts.sort(key=lambda found: len([s for s in found[0].steps if s.needs and found[1].id in s.needs]))
    found = [Route(way.name, step.title, step.level) for way, step in firsts]
    return tuple(found) or tuple(Route("", title) for base in bases for title in _named(base))


def counts(bases: Sequence[Metric], title: str, level: str) -> bool:
    """Whether a certificate passes the filter of one of these metrics, as far as title and level tell."""
    row = Certification(id="", person="", certificate=title, level=level)
    return any(all(check_of(test)(getattr(row, test.attribute)) for test in _own(base)) for base in bases)


def certificate_metrics(program: Program, metric: str) -> tuple[Metric, ...]:
    """The metrics of certificates that a metric is made of, itself included."""
    return tuple(found for found in _made_of(program, metric) if found.of == "certification")


def session_kinds(program: Program, metric: str) -> tuple[str, ...]:
    """The kinds of session that a metric counts; none where it counts something else."""
    asked = (t for found in _made_of(program, metric) if found.of == "activity" for t in found.where)
    named = {value for t in asked if t.attribute == "kind" and not t.negated for value in t.one_of or ()}
    return tuple(kind for kind in SESSION_KINDS if kind in named)


def _made_of(program: Program, name: str) -> Iterator[Metric]:
    ahead, seen = [name], set[str]()
    while ahead:
        found = ahead.pop()
        if found in program.metric and found not in seen:
            seen.add(found)
            yield program.metric[found]
            ahead += made_of(program.metric[found])


def _first(way: Pathway, bases: Sequence[Metric]) -> tuple[PathwayStep, ...]:
    """The first certificate on a pathway that counts."""
    return tuple(s for s in way.steps if s.form == CERTIFICATE and counts(bases, s.title, s.level))[:1]


def _own(metric: Metric) -> list[Test]:
    return [test for test in metric.where if test.attribute in ("certificate", "level")]


def _named(metric: Metric) -> list[str]:
    """The certificates that a metric names itself."""
    return [str(v) for t in _own(metric) if t.attribute == "certificate" and not t.negated for v in t.one_of or ()]
