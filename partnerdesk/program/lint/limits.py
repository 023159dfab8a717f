"""Caps, safety nets and holdbacks: of earnings that exist, and not against each other."""

from collections.abc import Iterator

from partnerdesk.engine.dated import amount_on
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.rules import Cap, Holdback, Program, SafetyNet
from partnerdesk.program.lint.found import Found, covers
from partnerdesk.program.lint.tiers import need_problems


def limits(program: Program) -> Iterator[Found]:
    for i, cap in program.cap.items():
        yield from covers(program, f"cap.{i}", (*cap.of, *cap.cut))
    for i, net in program.safety_net.items():
        yield from _safety_net(program, f"safety_net.{i}", net)
    for i, back in program.holdback.items():
        yield from _holdback(program, f"holdback.{i}", back)


def _safety_net(program: Program, path: str, net: SafetyNet) -> Iterator[Found]:
    yield from covers(program, path, net.of)
    if net.when is not None:
        yield from need_problems(program, net.when, f"{path}.when")
    if any(_below(program, cap, net) for cap in program.cap.values()):
        yield path, "the safety net promises more than the cap allows.", "Correct one of them.", True


def _below(program: Program, cap: Cap, net: SafetyNet) -> bool:
    if not set(cap.of) >= set(net.of) or cap.every != net.every:
        return False
    days = [entry.since or program.effective_from for entry in (*cap.at_most, *net.at_least)]
    limits = [(amount_on(cap.at_most, day), amount_on(net.at_least, day)) for day in days]
    return any(most is not None and least is not None and most < least for most, least in limits)


def _holdback(program: Program, path: str, back: Holdback) -> Iterator[Found]:
    yield from covers(program, path, back.of)
    if back.when is not None:
        yield from need_problems(program, back.when, f"{path}.when")
    if not ZERO < back.share < ONE:
        yield f"{path}.share", "the share lies between 0 and 1.", "Write 0.10 for 10 %.", False
    if back.release_after < 0:
        yield f"{path}.release_after", "it is released before it is held.", "Write 0 for the same period's end.", False
    if back.when is not None and back.otherwise == "release":
        message = "it is released whether or not its condition holds."
        yield f"{path}.otherwise", message, 'Write otherwise = "forfeit", or drop when.', True
