"""Mappings that are built when first asked for, value by value: what nobody looks at costs nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Lazy(Mapping[K, V]):
    """Keys in order, listed when first asked for; `build(key)` makes and keeps a value."""

    def __init__(self, keys: Callable[[], Iterable[K]], build: Callable[[K], V]) -> None:
        self._list, self._build = keys, build
        self._made: dict[K, V] = {}

    @cached_property
    def _keys(self) -> dict[K, None]:
        return dict.fromkeys(self._list())

    def __getitem__(self, key: K) -> V:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._build(key)
        return self._made[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
