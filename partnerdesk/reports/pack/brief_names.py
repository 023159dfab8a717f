"""Names and texts as narrow columns carry them: without first words that most of them share, and not without end."""

from collections import Counter
from collections.abc import Sequence


def brief(names: Sequence[str]) -> list[str]:
    """The names without the words that most of them begin with; what is left of each is still one of its own."""
    found = {name: name for name in names}
    while shorter := _without_first(found):
        found = shorter
    return [found[name] for name in names]


def cut(text: str, letters: int) -> str:
    """As many whole words of a text as so many letters hold; an ellipsis says that there is more."""
    if len(text) <= letters:
        return text
    whole = text[:letters].rpartition(" ")[0]
    return f"{(whole if len(whole) > letters // 2 else text[: letters - 1]).rstrip(' ,.;:-–')}…"


def _without_first(names: dict[str, str]) -> dict[str, str] | None:
    """The names without the first word of most of them; None where there is none, or names would become equal."""
    starts = Counter(name.partition(" ")[0] for name in names.values() if " " in name)
    first, count = next(iter(starts.most_common(1)), ("", 0))
    if count < 2 or count * 3 < len(names) * 2:
        return None
    shorter = {full: name.removeprefix(first + " ") for full, name in names.items()}
    return shorter if len(set(shorter.values())) == len(shorter) else None
