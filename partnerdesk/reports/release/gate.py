"""Letting a document go: written beside its place, taken apart, compared with what is whose, and only then named.

A document with something in it that is not its partner's is deleted before anyone can open it, and the reason is
told. A file that stood in its place before stays.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.reports import atomic
from partnerdesk.reports.release import owners
from partnerdesk.reports.release.contents import Contents
from partnerdesk.reports.release.numbers import Numbers
from partnerdesk.reports.release.walked import Walked
from partnerdesk.reports.release.world import World
from partnerdesk.reports.whatif import BADGE

_REMEDY = "No file of it is left; look at who owns the rows behind it before you export again."


class Made:
    """What a document was made of, to be compared with each of its files; `more` are numbers that a layout adds up."""

    def __init__(self, data: Any, more: Iterable[Decimal] = ()) -> None:
        self.walked = Walked(data)
        self.numbers = Numbers(self.walked, more)


def release(path: Path, content: bytes, world: World, data: Any, *, settle: bool = True) -> str:
    """Writes a finished document of a partner to `path` if nothing in it is somebody else's; returns its SHA-256.

    `data` is what it was made of, a `Made` where several files are made of it. The owners of its rows and texts are
    looked at first, then the finished file. One of many files of a folder needs no `settle`: `atomic.settle` once, at
    the end, does it. Raises Refused with the reason, after the file was deleted; Damaged where the disk is in the way.
    """
    made = data if isinstance(data, Made) else Made(data)
    _refuse(world, owners.strangers(made.walked, world))
    with atomic.written(path, settles=settle) as file:
        file.write(content)
        file.flush()
        file.seek(0)
        kept = file.read()
        _refuse(world, objections(path.name, kept, world, made))
    return sha256(kept).hexdigest()


def check(name: str, content: bytes, world: World, data: Any) -> None:
    """The same of a document that is kept and not written yet; `name` is what its file will be called."""
    made = data if isinstance(data, Made) else Made(data)
    _refuse(world, chain(owners.strangers(made.walked, world), objections(name, content, world, made)))


def _refuse(world: World, objections: Iterable[str]) -> None:
    """Raises Refused with the first objection, if there is one."""
    if reason := next(iter(objections), ""):
        raise Refused(f"The document for {world.name} was not released: {reason}.", _REMEDY)


def objections(name: str, content: bytes, world: World, made: Made) -> Iterator[str]:
    """Everything in a finished file that stands against releasing it, each as half a sentence."""
    from partnerdesk.reports.release.taking_apart import taken_apart  # its libraries are needed by an export alone

    found = taken_apart(name, content)
    yield from (f"it holds {what}" for what in found.strangers)
    texts = chain(found.texts.items(), ((text, place) for place, text in found.pages))
    yield from (f"its figures are a what-if, as {place} says" for text, place in texts if BADGE in text)
    yield from _foreign_words(found, world)
    yield from _foreign_numbers(found, world, made.numbers)


def _foreign_words(found: Contents, world: World) -> Iterator[str]:
    clean = world.terms.clean
    for text, place in chain(found.texts.items(), ((text, place) for place, text in found.pages)):
        if text not in clean:
            yield from world.foreign(text, place)
    for text, place in found.inner.items():
        yield from world.foreign(text, place, short=False)


def _foreign_numbers(found: Contents, world: World, numbers: Numbers) -> Iterator[str]:
    for written, place in found.numbers.items():
        if not numbers.knows(Decimal(written)):
            yield f"nobody computed the number {written} in {place}"
    for place, text in found.pages:
        for stranger in numbers.strangers(text):
            yield f"nobody computed the number {stranger} in {place}"
    for total in numbers.given & world.totals:  # what a layout adds up of its own rows may be such a sum by chance
        yield f"{total} is a sum over several partners"
