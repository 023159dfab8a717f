"""Names as narrow columns carry them: without the first words that all of them share, the vendor's own as a rule."""

from collections.abc import Sequence


def brief(names: Sequence[str]) -> list[str]:
    """The names without the words that all of them begin with; at least one word of each is left."""
    parts = [name.split(" ") for name in names]
    shared = 0
    while len(set(names)) > 1 and all(len(p) > shared + 1 for p in parts) and len({p[shared] for p in parts}) == 1:
        shared += 1
    return [" ".join(p[shared:]) for p in parts]
