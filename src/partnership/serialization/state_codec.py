"""States as JSON, for rows that a store keeps beside its log. Loaded on first use, since cattrs is slow to load."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from cattrs import Converter

from partnership.values.when import When

__all__ = ["StateCodec"]

_when = lru_cache(maxsize=65_536)(When)
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CONVERTER: Final = Converter(detailed_validation=False, omit_if_default=True)
_CONVERTER.register_structure_hook(When, lambda text, _: _when(text))
_CONVERTER.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
_CONVERTER.register_structure_hook(Decimal, lambda text, _: Decimal(text))
for _cls in (When, Decimal, date):
    _CONVERTER.register_unstructure_hook(_cls, str)


class StateCodec:
    """Encodes and decodes the states of one class.

    A state is not a part of the log, so its bytes need not be canonical, and nothing is promised about them from one
    version of the library to the next.

    Args:
        cls: the class of the states, made by attrs, of values that an event may have, and of tuples and attrs classes
            of these.
    """

    def __init__(self, cls: type) -> None:
        self._cls = cls
        self._structure: Callable[[Any, Any], Any] = _CONVERTER.get_structure_hook(cls)
        self._unstructure: Callable[[Any], Any] = _CONVERTER.get_unstructure_hook(cls)

    def encode(self, state: object) -> bytes:
        """Return a state as bytes, compressed: names of fields are half of them."""
        return zlib.compress(_encode(self._unstructure(state)).encode(), 1)

    def decode(self, body: bytes) -> Any:  # noqa: ANN401  a state of the class
        """Return the state that was encoded."""
        return self._structure(json.loads(zlib.decompress(body)), self._cls)
