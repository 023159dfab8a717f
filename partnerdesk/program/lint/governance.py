"""Transitions, modules, clauses, eligibility and stages: what they name exists, what they say can happen."""

from collections.abc import Iterator
from itertools import combinations

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.rules import FEWEST_OTHERS, Module, Program, Test, Where
from partnerdesk.engine.terms.modules import KINDS, added, changes
from partnerdesk.program.lint.found import Found, filter_problems, unknown
from partnerdesk.program.lint.tiers import need_problems


def governance(program: Program) -> Iterator[Found]:
    """All problems of who takes part and on which terms."""
    if program.currency not in CODES:
        yield "currency", f"{program.currency} is no currency code.", "Write its three letters, such as EUR.", True
    yield from _transition(program)
    yield from _modules(program)
    yield from _clauses(program)
    yield from _eligibility(program)
    yield from _stages(program)
    yield from _benchmark(program)
    for name in ("within_days", "answer_days"):
        if getattr(program.disputes, name) < 0:
            yield f"disputes.{name}", "it is below zero.", "Write zero or more.", False


def _transition(program: Program) -> Iterator[Found]:
    transition, path = program.transition, "transition"
    if transition.applies_to != "retroactive":
        if transition.since is not None:
            yield f"{path}.since", "only a retroactive version is run again.", "Drop since, or say retroactive.", False
    elif transition.since is None:
        yield path, "a retroactive version says from which day on it is run again.", "Add since.", False
    elif transition.since >= program.effective_from:
        yield f"{path}.since", "the day lies not before effective_from.", "Give an earlier day.", False


def _modules(program: Program) -> Iterator[Found]:
    droppable = [f"{kind}.{name}" for kind in KINDS[1:] for name in getattr(program, kind)]
    for name, module in program.module.items():
        path = f"module.{name}"
        yield from filter_problems(f"{path}.partner", "partner", module.partner)
        for dropped in module.drops:
            if dropped not in droppable:
                yield unknown(f"{path}.drops", "rule", dropped, droppable)
            elif dropped in added(module):
                yield f"{path}.drops", f"{dropped} is dropped and changed.", "Do one of both.", False
        if not (module.partner or module.enrolled):
            message, remedy = "the module is for every partner.", "Say for which, or write enrolled = true."
            yield path, message, remedy, True
        if not changes(module):
            yield path, "the module changes nothing.", "Give it a rule, or drop one.", True
    for (one, first), (other, second) in combinations(program.module.items(), 2):
        both = sorted(changes(first) & changes(second))
        if both and _may_meet(first, second):
            message = f"a partner that {one} fits as well gets {both[0]} of {other}, which stands last."
            yield f"module.{other}", message, "Let their partners differ, if that is not meant.", True


def _clauses(program: Program) -> Iterator[Found]:
    for name, clause in program.clause.items():
        path, begins = f"clause.{name}", clause.since or program.effective_from
        yield from filter_problems(f"{path}.partner", "partner", clause.partner)
        if not clause.text.strip():
            yield f"{path}.text", "the clause says nothing.", "Write it in whole sentences.", False
        if clause.until is not None and clause.since is not None and clause.until < clause.since:
            yield f"{path}.until", "the last day lies before the first one.", "Give a later day.", False
        elif clause.until is not None and clause.until < begins:
            yield f"{path}.until", "the clause ends before the version begins.", "Drop it, or give a later day.", True
        if clause.kind == "regional" and not clause.partner:
            yield path, "a regional clause names no region.", "Add partner = { region = ... } or a country.", True


def _may_meet(one: Module, other: Module) -> bool:
    """Whether a partner may pass both filters: no attribute is asked for two different values."""
    mine, theirs = _choices(one.partner), _choices(other.partner)
    return all(mine[name] & theirs[name] for name in mine.keys() & theirs.keys())


def _choices(where: Where) -> dict[str, frozenset[object]]:
    """The values that each attribute may have, where a filter lists them."""
    return {test.attribute: frozenset(test.one_of or ()) for test in where if _lists(test)}


def _lists(test: Test) -> bool:
    return test.one_of is not None and not test.negated


def _eligibility(program: Program) -> Iterator[Found]:
    rule = program.eligibility
    if rule.join is not None:
        yield from need_problems(program, rule.join, "eligibility.join")
    for name, gate in (("earn", rule.earn), ("pay", rule.pay)):
        if gate is not None:
            yield from need_problems(program, gate.when, f"eligibility.{name}.when")


def _stages(program: Program) -> Iterator[Found]:
    seen: set[str] = set()
    for i, stage in enumerate(program.stage):
        path = f"stage.{i}"
        if stage.name in seen:
            yield f"{path}.name", f"two stages are called {stage.name}.", "Rename one.", False
        seen.add(stage.name)
        if stage.done_when is not None:
            yield from need_problems(program, stage.done_when, f"{path}.done_when")
        elif i + 1 < len(program.stage):
            yield path, f"{stage.name} is never done and hides the stages after it.", "Add done_when.", True
        for earning in stage.incentive:
            if earning not in program.earning:
                yield unknown(f"{path}.incentive", "earning", earning, list(program.earning))


def _benchmark(program: Program) -> Iterator[Found]:
    rule, path = program.benchmark, "benchmark"
    for metric in rule.metrics:
        if metric not in program.metric:
            yield unknown(f"{path}.metrics", "metric", metric, list(program.metric))
    if rule.least < FEWEST_OTHERS:
        message = f"of fewer than {FEWEST_OTHERS} others a single one could be worked out."
        yield f"{path}.least", message, f"Write {FEWEST_OTHERS} or more.", False
    if rule.score and program.score is None:
        yield f"{path}.score", "the program has no score.", "Drop it.", False
