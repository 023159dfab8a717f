"""New partners of a file that are called as one of the book under another id: whether it is that one is a question.

Taken in unasked, the same company would stand in the book twice, and every file that names it by name would be
ambiguous. Where a person says that it is the same one, the file's id is remembered for it.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import CORRECT, LEAVE, PARTNER, TAKE
from partnerdesk.intake.question import Option, Question
from partnerdesk.ops.imports.borrowed import Asked
from partnerdesk.ops.imports.comparing import Difference, correct
from partnerdesk.ops.imports.known import CALLED, STATUS, UNKNOWN, Known, folded
from partnerdesk.ops.imports.rawsql import fetched
from partnerdesk.ops.imports.returning import take_out
from partnerdesk.ops.sentences import count, listed

_FEW = 5  # partners that the question names
_CALLED = tuple(name for name in CALLED if name != "document_name")  # that one is how a name is printed


def follow(session: Session, known: Known, file: str, differences: Sequence[Difference]) -> tuple[Problem, ...]:
    """Makes corrections of rows whose ids are remembered for a partner of the book; one row of a file for each.

    Of several the one with the partner's own id counts, else the first; what is left out is said.
    """
    left: list[str] = []
    for d in _partners(differences):
        taken = {d.ids[i] for i in range(len(d.ids)) if d.part.keys[i] not in known.meant}
        ours = [i for i in d.new if d.part.keys[i] in known.meant]
        first = []
        for i in ours:
            first += [i] if d.ids[i] not in taken else []
            left += [f"{d.part.keys[i]} ({d.ids[i]})"] if d.ids[i] in taken else []
            taken.add(d.ids[i])
        correct(session, d, first, differences)
        d.new = [i for i in d.new if i not in ours]
    if not left:
        return ()
    are = "is a partner" if len(left) == 1 else "are partners"
    sentence = f"{_shown(left)} {are} of the book that another row of the file describes: left out."
    return (Problem(file, sentence, warning=True),)


def namesakes(session: Session, known: Known, differences: Sequence[Difference]) -> dict[str, str]:
    """By key of the file its new partners that the book seems to have: the same name, legal name or tax number."""
    parts = list(_partners(differences))
    if not any(d.new for d in parts):
        return {}
    by: dict[tuple[str, str], set[str]] = {}
    columns = ("name", *_CALLED)
    sql = f"SELECT id, {', '.join(columns)} FROM partner WHERE {STATUS} <> ?"
    for id, *texts in fetched(session, sql, (UNKNOWN,)):
        for name, text in zip(columns, texts, strict=True):
            if text:
                by.setdefault((name, folded(text)), set()).add(id)
    found: dict[str, str] = {}
    for d in parts:
        fields = [(name, d.part.fields[name]) for name in columns if name in d.part.fields]
        for i in d.new:
            same = {id for name, texts in fields if texts[i] for id in by.get((name, folded(texts[i])), ())}
            same -= {d.part.keys[i]} if known.shares_ids else set()  # of one id in two systems `doubled` asks
            if same:
                found[d.part.keys[i]] = min(same)
    return found


def asked(
    session: Session,
    file: str,
    differences: Sequence[Difference],
    found: Mapping[str, str],
    meant: Mapping[str, str],
    choices: Mapping[str, str],
) -> Asked:
    """The question which they are; `meant` were said to be partners of the book, others may be left out."""
    answer = choices.get(PARTNER, "")
    if meant:
        verb = "is a partner" if len(meant) == 1 else "are partners"
        sentence = f"{_told(session, meant)}: {verb} of the book from now on, under the file's id as well."
        return Asked((), (Problem(file, sentence, warning=True),))
    if not found:
        return Asked()
    if answer not in (LEAVE, TAKE):
        return Asked((_question(found, _told(session, found)),))
    if answer == LEAVE:
        places = {("partner", d.ids[i]): "" for d in _partners(differences) for i in d.new if d.part.keys[i] in found}
        take_out(differences, places)
    does = "left out" if answer == LEAVE else "brought in beside those of the book"
    return Asked((), (Problem(file, f"{_told(session, found)}: {does}.", warning=True),))


def _partners(differences: Sequence[Difference]) -> Iterator[Difference]:
    return (d for d in differences if d.part.kind == "partner" and not d.part.is_derived)


def _question(found: Mapping[str, str], told: str) -> Question:
    one = len(found) == 1
    number = count(len(found), "new partner")
    asks = f"{number} of this file {'is' if one else 'are'} called as one that the book has under another id. "
    asks += "Is it the same one?" if one else "Are they the same ones?"
    because = f"{told}. Brought in beside it, the same company would stand there twice."
    options = (
        Option(CORRECT, "The same: the file's id is remembered for it"),
        Option(TAKE, "It is another one, bring it in" if one else "They are others, bring them in"),
        Option(LEAVE, "Leave it out" if one else "Leave them out"),
    )
    return Question(PARTNER, asks, because, options, len(found))


def _told(session: Session, found: Mapping[str, str]) -> str:
    """`ALPX of the file, ALP Alp Trade of the book`, the first of them."""
    names = dict(fetched(session, "SELECT id, name FROM partner"))
    return _shown([f"{key} of the file, {id} {names[id]} of the book" for key, id in found.items()], "; ")


def _shown(texts: Sequence[str], between: str = "") -> str:
    some = [*texts[:_FEW], *([f"{len(texts) - _FEW:,} more"] if len(texts) > _FEW else [])]
    return between.join(some) if between else listed(some)
