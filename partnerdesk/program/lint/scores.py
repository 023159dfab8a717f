"""The score: weights that add up, scales that rise, points inside their bounds, tracks and scopes that can apply."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from partnerdesk.engine.money import HUNDRED, ZERO
from partnerdesk.engine.rules import Program, ScorePart, ScoreRule, every_part
from partnerdesk.engine.terms.made_of import kinds_read
from partnerdesk.engine.world.where import known_path
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.lint.found import Found, filter_problems, scale_problems, unknown


def score(program: Program) -> Iterator[Found]:
    rule = program.score
    if rule is None:
        return
    if bool(rule.parts) == bool(rule.track):
        yield "score", "a score has either parts or tracks.", "Give one of parts and track.", False
    if rule.parts:
        yield from _parts(program, "score.parts", rule.parts, rule.out_of)
    for i, track in enumerate(rule.track):
        yield from _parts(program, f"score.track.{i}.parts", track.parts, rule.out_of)
    yield from _tracks(rule)
    yield from _scope(program, rule)
    if rule.decimals < 0:
        yield "score.decimals", "decimals is a count.", "Write 0 or more.", False


def _parts(program: Program, path: str, parts: Sequence[ScorePart], whole: Decimal) -> Iterator[Found]:
    """Parts whose weights make a whole."""
    weighed = [part for part in parts if not part.as_points]
    total = sum((part.weight for part in weighed), ZERO)
    if weighed and total != whole:
        at = path.rpartition(".")[0]
        yield at, f"the weights do not sum to {plain(whole)}, but to {plain(total)}.", "Correct the weights.", False
    names = [part.metric or part.says for part in parts]
    for i, part in enumerate(parts):
        at = f"{path}.{i}"
        if names.index(names[i]) != i:
            yield at, f"{names[i] or 'a part without a name'} stands here twice.", "Drop or rename one.", False
        if bool(part.metric) == bool(part.parts):
            yield at, "a part is a metric or a category with parts.", "Give one of metric and parts.", False
        elif part.metric and part.metric not in program.metric:
            yield unknown(f"{at}.metric", "metric", part.metric, list(program.metric))
        if part.parts:
            if not part.says:
                yield f"{at}.says", "a category has a name.", "Add says.", False
            yield from _parts(program, f"{at}.parts", part.parts, HUNDRED)
        yield from _points(at, part)
        yield from _bounds(at, part)


def _points(path: str, part: ScorePart) -> Iterator[Found]:
    if part.as_points:
        for name in ("weight", "scale", "is_stepped"):
            if getattr(part, name):
                message = f"points that count as they are have no {name}."
                yield f"{path}.{name}", message, "Drop it, or drop as_points.", False
        return
    if part.weight <= ZERO:
        yield f"{path}.weight", "a part has a weight above zero.", "Add it, or as_points = true.", False
    if part.metric or part.scale:
        yield from scale_problems(f"{path}.scale", part.scale, 1 if part.is_stepped else 2)
    elif part.is_stepped:
        yield f"{path}.is_stepped", "there is no scale.", "Add scale, or drop is_stepped.", False
    if any(not ZERO <= p.points <= HUNDRED for p in part.scale):
        yield f"{path}.scale", "points lie between 0 and 100.", "Correct the scale.", False


def _bounds(path: str, part: ScorePart) -> Iterator[Found]:
    most = max((p.points for p in part.scale), default=None if part.as_points else HUNDRED)
    if most is not None and part.minimum is not None and part.minimum > most:
        yield f"{path}.minimum", "the scale never gives so many points.", "Lower it.", False
    if most is not None and part.more_than is not None and part.more_than >= most:
        yield f"{path}.more_than", "the scale never gives more points.", "Lower it.", False
    if part.at_most is not None and part.at_most <= ZERO:
        yield f"{path}.at_most", "the part could add nothing.", "Raise it, or drop the part.", False
    elif part.at_most is not None and not part.as_points and part.at_most >= part.weight:
        yield f"{path}.at_most", "its weight adds no more than that.", "Drop at_most, or lower it.", True


def _tracks(rule: ScoreRule) -> Iterator[Found]:
    names = [track.name for track in rule.track]
    if len(set(names)) != len(names):
        yield "score.track", "two tracks have one name.", "Rename one.", False
    if rule.choose == "assigned" and not rule.track:
        yield "score.choose", "there are no tracks to choose from.", "Add [[score.track]], or drop choose.", False
    for i, track in enumerate(rule.track):
        at = f"score.track.{i}.partner"
        if track.enrolled and rule.choose != "assigned":
            message = "the best track counts, whoever is enrolled in which."
            yield f"score.track.{i}.enrolled", message, 'Write choose = "assigned".', False
        yield from filter_problems(at, "partner", track.partner)
        if track.partner and rule.choose == "best":
            yield at, "the best track counts for every partner.", 'Write choose = "assigned", or drop it.', False
        if rule.choose == "assigned" and not (track.partner or track.enrolled) and i + 1 < len(rule.track):
            message = f"{track.name} fits every partner: the tracks after it never apply."
            yield f"score.track.{i}", message, "Add partner, or move it to the end.", False


def _scope(program: Program, rule: ScoreRule) -> Iterator[Found]:
    if not rule.scope:
        if rule.combine != "greatest":
            yield "score.combine", "there are no scopes to combine.", "Add scope, or drop combine.", False
        return
    parts = [*rule.parts, *(part for track in rule.track for part in track.parts)]
    names = [part.metric for part in every_part(parts)]
    if any(name and name not in program.metric for name in names):
        return
    kinds = kinds_read(program, names)
    if not any(known_path(kind, rule.scope) for kind in kinds):
        message = f"none of {', '.join(kinds) or 'its facts'} has an attribute {rule.scope}."
        yield "score.scope", message, "Name one that tells the facts of the score's metrics apart.", False
