"""`partnerdesk difference`: why two evaluations differ, on plain files or between two points of a book."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.figures.evaluating import plain_facts
from partnerdesk.cli.figures.versions import plain_version, program_files
from partnerdesk.engine.problem import Problem, errors
from partnerdesk.errors import Refused
from partnerdesk.meant import unknown

if TYPE_CHECKING:
    from decimal import Decimal

    from partnerdesk.engine.difference import Difference, Part, Side
    from partnerdesk.ops.statements.differences import Compared, Point


def run(arguments: argparse.Namespace) -> int:
    """Prints the waterfall of each partner."""
    on_files = bool(arguments.before or arguments.after)
    if on_files and not (arguments.before and arguments.after):
        raise Refused("A difference has two sides.", "Name both with --before and --after.")
    if on_files and (arguments.since or arguments.until or arguments.book):
        raise Refused("Two sides on files need no book.", "Leave out --since, --until and --book.")
    return _on_files(arguments) if on_files else _in_book(arguments)


def _on_files(arguments: argparse.Namespace) -> int:
    from partnerdesk.engine.difference import difference
    from partnerdesk.reports.differences import FORMAT, difference_json

    problems: list[Problem] = []
    with terminal.Bar() as bar:
        sides = [_side(named, problems) for named in (arguments.before, arguments.after)]
        if errors(problems):
            return terminal.report(problems)
        chosen = _partners(sides, arguments.partner)
        found = []
        for done, partner in enumerate(chosen):
            bar.step(done, len(chosen), partner)
            found.append(_refusing(difference, *sides, partner, of=arguments.of))
    if arguments.json:
        ends = {name: _plain_side(side) for name, side in zip(("before", "after"), sides, strict=True)}
        told = {"format": FORMAT, **ends, "partners": {d.partner: difference_json(d) for d in found}}
        terminal.say_json(told)
        return terminal.report(problems)
    titles = {**_titles(sides[0]), **_titles(sides[1])}
    for one in found:
        if one.steps or arguments.partner:
            say_waterfall(one, titles)
    if not any(one.steps for one in found):
        terminal.say("Nothing moved.")
    return terminal.report(problems)


def _side(named: Sequence[str], problems: list[Problem]) -> "Side":
    """A side of files; what is wrong with them joins `problems`."""
    from partnerdesk.cli.command import day
    from partnerdesk.engine.difference import Side
    from partnerdesk.program.reader import read_versions

    program, rows = (Path(text).absolute() for text in named[:2])
    try:
        as_of = day(named[2])
    except argparse.ArgumentTypeError as error:
        raise Refused(f"The day of a side: {error}.", "Write PROGRAM FACTS DAY.") from None
    versions, wrong = read_versions(program_files([program]))
    facts, more = plain_facts(rows, versions)
    problems += [*wrong, *more]
    return Side(tuple(versions), facts, as_of)


def _partners(sides: "Sequence[Side]", asked: list[str] | None) -> list[str]:
    known = {p.id: p.name for side in sides for p in side.facts.of("partner")}
    for partner in asked or []:
        if partner not in known:
            raise unknown("partner", partner, known, "Their ids stand in the partner table.", "on either side")
    return asked or sorted(known)


def _refusing(difference: Any, *sides: Any, **more: Any) -> "Difference[Decimal]":
    """A difference, or a refusal where the two sides have none."""
    try:
        found: Difference[Decimal] = difference(*sides, **more)
    except ValueError as error:
        raise Refused(f"The two sides cannot be compared: {error}.", "Compare versions in one currency.") from None
    return found


def _plain_side(side: "Side") -> dict[str, Any]:
    return {"as_of": side.as_of.isoformat(), "versions": [plain_version(p) for p in side.programs]}


def _titles(side: "Side") -> Mapping[str, str]:
    return {f"earning.{name}": rule.says for program in side.programs for name, rule in program.earning.items()}


def _in_book(arguments: argparse.Namespace) -> int:
    from partnerdesk.ops.statements.differences import compared
    from partnerdesk.reports.differences import FORMAT

    if not arguments.partner:
        raise Refused("In a book a difference is one partner's.", "Add --partner ID.")
    with books.reading(arguments) as store:
        day, since, until = books.day_of(store, arguments), arguments.since or "", arguments.until
        found = [store.read(compared, p, since, until, day, of=arguments.of) for p in arguments.partner]
    is_off = int(any(any(c.off) or c.residual for c in found))
    if arguments.json:
        terminal.say_json({"format": FORMAT, "partners": {c.found.partner: _plain_compared(c) for c in found}})
        return is_off
    for one in found:
        terminal.say(f"{one.partner.name}, {_point_words(one.before)} to {_point_words(one.after)}")
        say_waterfall(one.found, one.titles)
        for change in one.changes:
            terminal.say(f"{change.what}: {change.title} ({change.key})")
        for words, off in zip(("first", "second"), one.off, strict=True):
            if off:
                terminal.say(f"The {words} statement holds {off:f} that its frozen facts do not give again.")
    return is_off


def _plain_compared(found: "Compared") -> dict[str, Any]:
    """A difference with its two points, and the residual of what was closed there."""
    from partnerdesk.reports.differences import difference_json
    from partnerdesk.reports.figures import amount

    currency = found.found.currency
    points = [
        _plain_point(point, amount(off, currency))
        for point, off in zip((found.before, found.after), found.off, strict=True)
    ]
    return {
        "before": points[0],
        "after": points[1],
        **difference_json(found.found),
        "residual": amount(found.residual, currency),
    }


def _plain_point(point: "Point", off: str) -> dict[str, Any]:
    """A point; of a closed statement also what it holds that its frozen facts do not give again."""
    head = {"point": point.key, "day": point.day.isoformat(), "version": point.version}
    if point.closed is None:
        return head
    closed = {"statement": point.closed.number, "sha256": point.closed.sha256, "semantics": point.semantics}
    return {**head, **closed, "residual": off}


def _point_words(point: "Point") -> str:
    return f"statement {point.key}" if point.closed else point.day.isoformat()


def say_waterfall(found: "Difference[Decimal]", titles: Mapping[str, str]) -> None:
    """The waterfall as a table, and below each cause its lines."""
    from partnerdesk.reports.figures import amount

    def money(value: "Decimal") -> str:
        return amount(value, found.currency)

    terminal.say(f"{found.partner}, {found.of} in {found.currency}")
    rows = [("before", "", "", "", money(found.start))]
    for step in found.steps:
        rows.append((step.cause, "", "", "", money(step.amount)))
        for part in step.parts:
            rows += _lines(step.cause, part, titles, money)
    rows.append(("after", "", "", "", money(found.end)))
    head = ("cause", "line", "before", "after", "amount")
    for line in terminal.table(head, rows, frozenset({2, 3, 4})):
        terminal.say(line)
    for step in found.steps:
        if step.keys:
            terminal.say(f"{step.cause}: {', '.join(step.keys)}")
    if found.idle:
        more = "1 more row differs" if found.idle == 1 else f"{found.idle} more rows differ"
        terminal.say(f"{more} and moved nothing.")
    terminal.say()


def _lines(
    cause: str, part: "Part[Decimal]", titles: Mapping[str, str], money: Any
) -> Iterator[tuple[str, str, str, str, str]]:
    from partnerdesk.reports.differences import part_words
    from partnerdesk.reports.format import Formats

    words = part_words(cause, part, titles, Formats())
    for line in part.lines:
        is_moved = line.tier_before and line.tier_after and line.tier_before != line.tier_after
        tiers = f" ({line.tier_before} to {line.tier_after})" if is_moved else ""
        yield f"  {words}", f"{line.id}{tiers}", money(line.before), money(line.after), money(line.amount)
        words = ""
