"""Names of a program's own that are taken already: by figures that every program has, or by another of its rules."""

from collections.abc import Iterator

from partnerdesk.engine.built_in import ASKED_FIRST, ROWS
from partnerdesk.engine.rules import Program, every_part
from partnerdesk.program.lint.found import Found


def names(program: Program) -> Iterator[Found]:
    for name in program.metric:
        if name in ASKED_FIRST:
            message = f"a case or --explain that asks for {name} gets what every program calls so, never this metric."
            yield f"metric.{name}", message, _free(f"{name}_metric", program), True
        elif name in ROWS:
            message = f"a case or --explain that asks for {name} gets this metric, never the statement's row."
            yield f"metric.{name}", message, _free(f"{name}_metric", program), True
    for name in program.earning:
        if name in ASKED_FIRST or name in ROWS:
            message = f"every program has a figure that is called {name}; lines of this earning are called {name}:..."
            yield f"earning.{name}", message, _free(f"{name}_pay", program), True
    yield from _categories(program)


def _categories(program: Program) -> Iterator[Found]:
    """Categories of the score are found by their names, as its metrics are."""
    rule = program.score
    lists = [("score.parts", rule.parts)] if rule else []
    lists += [(f"score.track.{i}.parts", track.parts) for i, track in enumerate(rule.track)] if rule else []
    for path, parts in lists:
        for part in every_part(parts):
            if part.parts and part.says in program.metric:
                message = f"a category of the score and a metric are both called {part.says}."
                yield path, message, "Rename the category: its points are asked for by its name.", True


def _free(name: str, program: Program) -> str:
    while name in program.metric or name in program.earning:
        name += "_"
    return f"Rename it, to {name} for instance."
