"""Which kinds have an attribute, so that their facts fall into scopes."""

from tests.second.judge.book import declared, refers_to


def has_attribute(kind: str, path: str) -> bool:
    first, _, rest = path.partition(".")
    if not rest:
        return declared(kind, first) is not None
    to = refers_to(kind, first)
    return bool(to) and has_attribute(to, rest)
