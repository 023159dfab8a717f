"""The templates of mails: ours in a few languages, and the user's own, which take their place.

One's own stands in the data folder as `mail/statement.de.txt` and is edited with any editor.
"""

from pathlib import Path

from partnerdesk import paths
from partnerdesk.errors import Damaged, Refused

STATEMENT, REVIEW, NUDGE, FORECAST = "statement", "review", "nudge", "forecast"
_OTHER = "en"  # for a language that has no template


def template(kind: str, locale: str) -> str:
    """The template for a kind of mail in a partner's language. Raises Damaged where one's own cannot be read."""
    language = locale.partition("_")[0].lower()
    names = [f"{kind}.{locale}.txt", f"{kind}.{language}.txt", f"{kind}.{_OTHER}.txt"]
    ours = paths.resource("mail")
    for name in names:
        for path in (_folder() / name, ours / name):
            if name.isascii() and "/" not in name and path.is_file():
                return read_template(path)
    raise Refused(f"There is no text for a mail of the kind {kind}.", "Choose statement, review or forecast.")


def read_template(path: Path) -> str:
    """The text of a template's file."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Damaged(f"{path} cannot be read as a text.", "Save it as UTF-8, or take it away.") from error


def _folder() -> Path:
    """Where one's own templates are."""
    return paths.folder("mail")
