"""Which column becomes what: guessed from a layout or from words, corrected and remembered by the user.

A guess only names targets; how values are read is decided from the values. The same table under the same choices
always gives the same mapping, and a choice wins over any guess.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from partnerdesk.engine.facts import DAY, REF
from partnerdesk.intake import origins
from partnerdesk.intake.days import header_span
from partnerdesk.intake.lexicon import ANY, BY_KEY, Sense, kind_words, senses, squash, without_currency
from partnerdesk.intake.needs import NEEDED, lacking
from partnerdesk.intake.numeric import has_currencies, has_days
from partnerdesk.intake.origins import Layout
from partnerdesk.intake.table import Table
from partnerdesk.intake.targets import ACCOUNT, KEY, kinds, target

PLAIN, PLAIN_NAME, PLAIN_SYSTEM = "plain", "Plain table", "files"
OWN = "partnerdesk"  # our own files that come back: they name rows by the ids of the book
LAYOUT, WORDS, CHOSEN, IGNORED = "layout", "words", "chosen", "ignored"
TEXT = "text"  # what a reference holds where a name stands somewhere in its words
_PARENTHESES = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
_LEAST = 120  # of the weights of `lexicon`


@dataclass(frozen=True, slots=True)
class Use:
    """What one column becomes. `by` says what a reference holds, `reading` how its cells are read beyond the shape."""

    column: int
    target: str
    by: str = ""
    reading: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a table is and what its columns become; `kind` is "" where nothing tells."""

    origin: str
    name: str
    title: str
    system: str
    kind: str
    uses: tuple[Use, ...]
    layout: Layout | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    wide: tuple[tuple[int, int, int, int], ...] = ()  # column, year or 0, first month, months

    def column_of(self, name: str) -> int:
        """The column of a target, or -1."""
        return next((u.column for u in self.uses if u.target == name), -1)

    @property
    def given(self) -> frozenset[str]:
        """The fields of the rows' kind that have a column or a constant."""
        names = {u.target for u in self.uses if u.target} | set(self.constants)
        own = (name.partition(".") for name in names)
        return frozenset(field.removesuffix(".name") for kind, _, field in own if kind == self.kind)


def guess(table: Table, choices: Mapping[str, str]) -> Mapped:
    """The mapping of a table under the user's choices `origin`, `kind`, `system`, `column:…` and `set:…`."""
    origin = choices.get("origin", "")
    layout = None if origin == PLAIN else origins.detect(table.words, origin)
    if layout and choices.get("kind", layout.kind) != layout.kind:
        layout = None
    chosen = dict(_chosen(table, choices))
    if layout is not None:
        kind = layout.kind
        uses = _by_layout(table, layout, chosen)
    else:
        kind = choices.get("kind") or _best_kind(table, chosen)
        uses = _by_words(table, kind, chosen) if kind else []
    uses = _with_references(_with_chosen(uses, chosen))
    uses = [_account_is_partner(u, uses) for u in uses]
    constants = dict(layout.constants or {}) if layout else {}
    constants |= {key[4:]: value for key, value in choices.items() if key.startswith("set:")}
    mapping = Mapped(
        layout.origin if layout else PLAIN,
        layout.name if layout else PLAIN_NAME,
        layout.title if layout else "",
        choices.get("system") or (layout.origin if layout else PLAIN_SYSTEM),
        kind,
        tuple(sorted(uses, key=lambda u: u.column)),
        layout,
        constants,
    )
    return _widened(table, mapping)


def _chosen(table: Table, choices: Mapping[str, str]) -> Iterator[tuple[int, tuple[str, str]]]:
    for column, header in enumerate(table.headers):
        text = choices.get(f"column:{header}")
        if text is not None:
            name, _, reading = text.partition(" as ")
            yield column, ("" if name == "ignore" else name, reading)
    for key, header in choices.items():
        if key.startswith("find:") and header in table.headers:
            yield table.headers.index(header), (key[5:], "")


def _by_layout(table: Table, layout: Layout, chosen: Mapping[int, tuple[str, str]]) -> list[Use]:
    uses: list[Use] = []
    rest: list[int] = []
    taken = {name for name, _ in chosen.values()}
    for column, word in enumerate(table.words):
        if column in chosen or not word:
            continue
        name, reading = layout.columns.get(word, (None, ""))
        if name is None:
            rest.append(column)
        elif name and name not in taken:
            taken.add(name)
            by = reading if reading in ("employee", "email", "name", ANY) else _by(name, reading)
            uses.append(Use(column, name, by, reading, LAYOUT))
    further = _assigned(table, layout.kind, rest, taken)
    return uses + [u for u in further if not _says_twice(u, uses)]


def _says_twice(use: Use, uses: Sequence[Use]) -> bool:
    """Whether a guess from words adds nothing to a known layout: a name or key it has already, or a mere "type"."""
    return use.target.endswith(".key") or any(u.target.removesuffix(".name") == use.target for u in uses)


def _by(name: str, reading: str) -> str:
    found = target(name)
    if found is not None and found.shape == REF:
        return BY_KEY
    return ANY if name.count(".") == 2 and name.endswith(".name") else ""


def _by_words(table: Table, kind: str, chosen: Mapping[int, tuple[str, str]]) -> list[Use]:
    free = [c for c, word in enumerate(table.words) if word and c not in chosen]
    return _assigned(table, kind, free, {name for name, _ in chosen.values()})


def _assigned(table: Table, kind: str, columns: Sequence[int], taken: set[str]) -> list[Use]:
    """The closest sense of each column, each target once."""
    offers = sorted(
        (sense.rank + penalty, column, sense)
        for column in columns
        for penalty, sense in _offers(table.headers[column], table.words[column], kind)
    )
    uses: dict[int, Use] = {}
    given = set(taken)
    for _, column, sense in offers:
        if column not in uses and sense.target not in given and _can_be(table, column, sense.target):
            given.add(sense.target)
            uses[column] = Use(column, sense.target, sense.by, "", WORDS)
    return list(uses.values())


def _can_be(table: Table, column: int, name: str) -> bool:
    """Whether the cells speak against a target: "Valuta" is a day in one language and a currency in the next."""
    found = target(name)
    if found is not None and found.shape == DAY:
        return not has_currencies(table, column)
    return not name.endswith(".currency") or not has_days(table, column)


def _offers(header: str, word: str, kind: str) -> Iterator[tuple[int, Sense]]:
    """The senses of a header: as it stands, without what is in brackets, without its currency, without the kind's own
    name before it.
    """
    dictionary = senses(kind)
    forms = {
        word: 0,
        squash(_PARENTHESES.sub("", header)): 5,
        without_currency(header): 5,
        word.removesuffix("c") if header.endswith("__c") else "": 5,
    }
    for form, penalty in list(forms.items()):
        for own in kind_words(kind):
            if len(own) > 2 and form.startswith(own) and len(form) > len(own):
                forms.setdefault(form[len(own) :], penalty + 12)
    for form, penalty in forms.items():
        for sense in dictionary.get(form, ()) if form else ():
            yield penalty, sense


def _best_kind(table: Table, chosen: Mapping[int, tuple[str, str]]) -> str:
    """The kind whose words explain the headers best, or "" where none does."""
    picked = Counter(name.partition(".")[0] for name, _ in chosen.values() if name)
    if picked:
        return picked.most_common(1)[0][0]
    best = likely(table)[0]
    return best if _weight(table, best) > _LEAST else ""


def likely(table: Table) -> tuple[str, ...]:
    """All kinds, the one whose words explain the headers best first."""
    return tuple(sorted(kinds(), key=lambda kind: -_weight(table, kind)))


def _weight(table: Table, kind: str) -> int:
    uses = _by_words(table, kind, {})
    by_target = {u.target: u for u in uses}
    given = {t.partition(".")[2].removesuffix(".name") for t in by_target}
    if lacking(kind, given) and not (kind == "target" and months_in(table)):
        return 0
    weight = sum(_sense_weight(table, u, kind) for u in uses) + 100 * len(NEEDED.get(kind, ()))
    few = 1 if kind == "deal" and "product" in given else 4  # rows that must be there before a repetition says much
    if (key := by_target.get(f"{kind}.key")) and _repeats(table.columns[key.column], few):
        weight -= 500  # the lines of an order repeat its number
    stem = squash(table.sheet.file.rsplit(".", 1)[0]) + squash(table.sheet.name)
    plurals = (*kind_words(kind), *(w[:-1] + "ies" for w in kind_words(kind) if w.endswith("y")))
    return weight + (150 if any(len(w) > 3 and w in stem for w in plurals) else 0)


def _repeats(column: Sequence[str], few: int) -> bool:
    filled = [c for c in column if c.strip()]
    return len(filled) >= few and len(set(filled)) * 100 < len(filled) * 80


def _sense_weight(table: Table, use: Use, kind: str) -> int:
    found = [s for _, s in _offers(table.headers[use.column], table.words[use.column], kind) if s.target == use.target]
    return max((s.weight for s in found), default=0)


def _with_chosen(uses: list[Use], chosen: Mapping[int, tuple[str, str]]) -> list[Use]:
    for column, (name, reading) in chosen.items():
        if name:
            by = reading if reading in ("employee", "email", "name", "key", TEXT) else _by(name, reading)
            uses.append(Use(column, name, ANY if by == BY_KEY and not reading else by, reading, CHOSEN))
        else:
            uses.append(Use(column, "", how=IGNORED))
    return uses


def _with_references(uses: list[Use]) -> list[Use]:
    """A name becomes the reference itself where no column holds the key."""
    given = {u.target for u in uses}
    done = []
    for u in uses:
        base = u.target.removesuffix(".name")
        found = target(u.target)
        is_twin = base != u.target and found is not None and "." in u.target.partition(".")[2]
        done.append(replace(u, target=base, by=ANY) if is_twin and base not in given else u)
    return done


def _account_is_partner(use: Use, uses: Sequence[Use]) -> Use:
    """Beside an end customer, the account of a row is the partner."""
    kind, _, field = use.target.partition(".")
    given = {u.target.removesuffix(".name") for u in uses}
    if (
        use.how != WORDS
        or not field.startswith(ACCOUNT)
        or f"{kind}.customer" not in given
        or f"{kind}.partner" in given
    ):
        return use
    return replace(use, target=f"{kind}.partner{field.removeprefix(ACCOUNT)}")


def _widened(table: Table, mapping: Mapped) -> Mapped:
    """Months in columns, for targets only: elsewhere a column called "May" is anybody's guess."""
    wide = months_in(table) if mapping.kind == "target" and "amount" not in mapping.given else ()
    return replace(mapping, wide=wide) if wide else mapping


def months_in(table: Table) -> tuple[tuple[int, int, int, int], ...]:
    """Columns headed by months or quarters, as in `Mapped.wide`; none where there are fewer than three."""
    found = [(c, *m) for c, header in enumerate(table.headers) if (m := header_span(header)) is not None]
    return tuple(found) if len(found) >= 3 else ()


def remembered_as(table: Table) -> str:
    """The key under which choices for tables with these headers are kept."""
    import hashlib

    if table.header.index < 0:
        stem = re.sub(r"[0-9]+", "", table.sheet.file.casefold())
        return f"intake.none.{len(table.headers)}.{hashlib.sha256(stem.encode()).hexdigest()[:16]}"
    words = "\n".join(sorted(w for w in table.words if w))
    return f"intake.{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def kinds_of(mapping: Mapped) -> tuple[str, ...]:
    """The kinds that a mapping's columns feed, the rows' own first."""
    others = dict.fromkeys(u.target.partition(".")[0] for u in mapping.uses if u.target)
    return tuple(dict.fromkeys((mapping.kind, *others))) if mapping.kind else tuple(others)


def is_key(name: str) -> bool:
    """Whether a target is the key of its kind."""
    found = target(name)
    return found is not None and found.shape == KEY
