"""The names of rules and measures inside a sentence: their case, their number, what follows a comma.

A name such as "Joint revenue, 12 months" or "MRR sold" was written to stand alone.
"""

import re

# Where the noun of a name ends: "MRR sold in ..." speaks of MRR, "points so far" of points.
_END = re.compile(
    r"[,(]| (?:of|for|with|in|at|on|from|per|by|over|that|since|without|against|so"
    r"|sold|used|won|lost|met|done|begun|counted) "
)
_SINGULAR = ("ss", "us", "is")
_MANY = ("people", "employees")
LAST_DAY = 31  # as a day of a month: its last one, however many it has


def called(says: str) -> str:
    """A name inside a sentence: joint revenue (12 months), MRR sold, Black Belt certifications."""
    name, comma, more = says.partition(", ")
    first, _, rest = name.partition(" ")
    is_proper = first[1:] != first[1:].lower() or (len(first) > 1 and rest[:1].isupper() and not rest[:2].isupper())
    name = name if is_proper else name[:1].lower() + name[1:]
    return f"{name} ({more})" if comma else name


def is_many(says: str) -> bool:
    """Whether one says "are" of a name: certified people, launched opportunities."""
    nouns = _END.split(f"{says} ", maxsplit=1)[0].lower().split()
    if not nouns or nouns[-1].endswith(_SINGULAR):
        return bool(set(nouns) & set(_MANY))
    return nouns[-1].endswith("s") or bool(set(nouns) & set(_MANY))


def verb(says: str) -> str:
    return "are" if is_many(says) else "is"


def listed(said: list[str], word: str = "and") -> str:
    """A, B and C."""
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {word} {said[-1]}"


def ordinal_ending(n: int) -> str:
    """What follows the digits: 1st, 2nd, 3rd, 4th, 11th."""
    return "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def month_day(day: int) -> str:
    """A day of a month: 15th; from 31 on its last day."""
    return "last day of a month" if day >= LAST_DAY else f"{day}{ordinal_ending(day)}"
