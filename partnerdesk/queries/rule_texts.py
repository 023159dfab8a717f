"""The rules of the program in words, for a search: a version's sentences are few, so each is looked at."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.folding import search_words
from partnerdesk.models.statements import program_version
from partnerdesk.program.reader import read_program
from partnerdesk.program.words import RuleWords, rule_words

# What a hit says after its kind: id, partner and its name, title, detail, day, snippet.
Row = tuple[str, None, str, str, str, date | None, str]


def rules_saying(session: Session, words: Sequence[str], limit: int) -> list[Row]:
    """Rules of the newest version of each program that hold every word."""
    v = program_version.c
    newest = {
        program: (text, file)
        for program, text, file in session.execute(select(v.program, v.text, v.file).order_by(v.effective_from))
    }
    found: list[Row] = []
    for text, file in newest.values():
        for rule, spoken in _spoken(text, file):
            if all(any(word.startswith(typed) for word in spoken) for typed in words):
                detail = f"{rule.reference}, version {rule.version}"
                found.append((rule.key, None, "", rule.title, detail, rule.effective_from, rule.sentence))
    return found[:limit]


@lru_cache(maxsize=8)
def _spoken(text: str, file: str) -> tuple[tuple[RuleWords, tuple[str, ...]], ...]:
    """The rules of a text with the words of each."""
    program = read_program(text, file).program
    said = rule_words(program) if program is not None else ()
    return tuple((r, tuple(search_words(f"{r.title} {r.reference} {r.key} {r.sentence}"))) for r in said)
