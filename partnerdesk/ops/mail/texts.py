"""The templates of mails: ours in a few languages, and one's own, which take their place.

One's own are written under Settings and kept in the book; a text of the data folder, such as `mail/statement.de.txt`,
serves every book that has none of its own.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk import paths
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Damaged, Refused
from partnerdesk.ops.gate.owned_words import names_of_partners
from partnerdesk.ops.settings import set_mail_texts
from partnerdesk.queries.settings import book_settings
from partnerdesk.reports.mail.text import PLACES, problems
from partnerdesk.reports.release import Terms

OTHER = "en"  # for a language that has no template
LONGEST = 8000


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """A template as it is in force: `is_own` where this book has one, `language` is that of the text itself."""

    text: str
    language: str
    is_own: bool


def language_of(locale: str) -> str:
    """The language of a locale: de of de_CH."""
    return locale.partition("_")[0].lower()


def template(session: Session, kind: str, locale: str) -> MailTemplate:
    """What is in force for a kind of mail and a partner's language: that of the language, else the English one.

    Raises Refused for a kind that there is not, Damaged where a file of one's own cannot be read.
    """
    own, language = book_settings(session).mails, language_of(locale)
    for name, speaks in ((locale, language), (language, language), (OTHER, OTHER)):
        if (text := own.get(f"{kind}.{name}")) is not None:
            return MailTemplate(text, speaks, is_own=True)
        if (text := _filed(f"{kind}.{name}.txt")) is not None:
            return MailTemplate(text, speaks, is_own=False)
    raise Refused(f"There is no text for a mail of the kind {kind}.", f"Choose {', '.join(PLACES)}.")


def languages(session: Session) -> tuple[str, ...]:
    """The languages that have a text of any kind."""
    own = {key.rpartition(".")[2] for key in book_settings(session).mails}
    ours = {path.name.split(".")[1] for path in paths.resource("mail").iterdir() if path.suffix == ".txt"}
    return tuple(sorted(map(language_of, own | ours)))


def write_template(session: Session, kind: str, language: str, text: str) -> None:
    """Puts one's own text in force; one with problems is kept, and refused when a mail is drafted.

    Raises Refused for one that is too long.
    """
    if kind not in PLACES or not language.isalpha():
        raise KeyError(kind, language)
    if len(text) > LONGEST:
        raise Refused(f"The text of a mail has at most {LONGEST} letters.", "Shorten it.")
    set_mail_texts(session, {**book_settings(session).mails, f"{kind}.{language}": text})


def remove_template(session: Session, kind: str, language: str) -> None:
    """Takes one's own text away, so that ours is in force again. Raises Refused where there is none."""
    own = dict(book_settings(session).mails)
    if own.pop(f"{kind}.{language}", None) is None:
        raise Refused("This book has no text of its own for this mail.", "Ours is in force.")
    set_mail_texts(session, own)


def template_problems(session: Session, kind: str, text: str) -> list[Problem]:
    """What is wrong with a text: what `reports.mail.text.problems` finds, and the name of a partner in it."""
    found, names = problems(text, kind), Terms(names_of_partners(session))
    for number, line in enumerate(text.splitlines(), 1):
        for hit in names.find(line):
            said = f"The text goes to every partner and names {line[hit.start : hit.end]}."
            found.append(Problem(f"Line {number}", said, "Write {partner} in its place."))
    return found


def read_template(path: Path) -> str:
    """The text of a template's file."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Damaged(f"{path} cannot be read as a text.", "Save it as UTF-8, or take it away.") from error


def _filed(name: str) -> str | None:
    """A template among one's own files or ours."""
    for folder in (paths.folder("mail"), paths.resource("mail")):
        if name.isascii() and "/" not in name and (folder / name).is_file():
            return read_template(folder / name)
    return None
