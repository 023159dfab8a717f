"""Names that are read from right to left inside sentences that are read from left to right.

Such a name takes digits, signs and brackets that follow it into its own direction: a debt would lose its sign, or the
words of a sentence change places. Each is set apart from its surroundings by the marks that Unicode has for it, which
are seen by nobody; what is stored, searched, copied and written into files has none of them.
"""

import re

_APART, _END = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_NAME = re.compile(f"{_LETTER}+(?:[ .'\"\\-]{{1,2}}{_LETTER}+)*")


def apart(words: str) -> str:
    """The words with each name of that direction set apart; those without one, or that are one, as they are."""
    if words.isascii() or not (found := _NAME.search(words)) or found.group() == words:
        return words
    return _NAME.sub(lambda name: f"{_APART}{name.group()}{_END}", words)
