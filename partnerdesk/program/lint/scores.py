"""The score: weights that add up, scales that rise, points inside their bounds."""

from collections.abc import Iterator

from partnerdesk.engine.money import HUNDRED, ZERO
from partnerdesk.engine.rules import Program
from partnerdesk.program.lint.found import Found, scale_problems, unknown


def score(program: Program) -> Iterator[Found]:
    if program.score is None:
        return
    if sum((p.weight for p in program.score.parts), ZERO) != HUNDRED:
        yield "score", "the weights do not sum to 100.", "Correct the weights.", False
    for i, part in enumerate(program.score.parts):
        path = f"score.parts.{i}"
        if part.metric not in program.metric:
            yield unknown(path, "metric", part.metric, list(program.metric))
        yield from scale_problems(f"{path}.scale", part.scale, 2)
        if any(not ZERO <= p.points <= HUNDRED for p in part.scale):
            yield f"{path}.scale", "points lie between 0 and 100.", "Correct the scale.", False
