"""Where the letters that somebody typed stand in a text: how well it matches, and which letters to paint."""

from partnerdesk.engine.folding import folded


def places_of(letters: str, text: str) -> tuple[int, ...] | None:
    """Where the letters stand in the text: whole first (at a word's start before inside one), else scattered.

    None when they are not all there in order. Places count characters of `text`; case and accents do not matter.
    """
    wanted = folded(letters)
    if not wanted:
        return ()
    hay, origin = _spelled(text)
    at = _start_of_word(wanted, hay)
    if at < 0:
        at = hay.find(wanted)
    found = range(at, at + len(wanted)) if at >= 0 else _scattered(wanted.replace(" ", ""), hay)
    return None if found is None else tuple(dict.fromkeys(origin[place] for place in found))


def looseness(places: tuple[int, ...]) -> tuple[int, int]:
    """What to sort matches by: whole ones first, then those that begin further left."""
    if not places:
        return (0, 0)
    return (places[-1] - places[0] - len(places) + 1, places[0])


def _spelled(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place in the text it came from."""
    letters, origin = [], []
    for at, letter in enumerate(text):
        for plain in folded(letter):
            letters.append(plain)
            origin.append(at)
    return "".join(letters), origin


def _start_of_word(wanted: str, hay: str) -> int:
    if hay.startswith(wanted):
        return 0
    at = hay.find(f" {wanted}")
    return at + 1 if at >= 0 else -1


def _scattered(wanted: str, hay: str) -> list[int] | None:
    places: list[int] = []
    at = -1
    for letter in wanted:
        at = hay.find(letter, at + 1)
        if at < 0:
            return None
        places.append(at)
    # The first and at least half of all must begin words; anything looser would find everything.
    begins = [place == 0 or not hay[place - 1].isalnum() for place in places]
    return places if begins[0] and sum(begins) * 2 >= len(places) else None
