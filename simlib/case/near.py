"""The name a reader probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` most like `name`, or None if none is like it.

    Examples
    --------
    >>> nearest("falt", ["fault", "grade"])
    'fault'
    """
    found = difflib.get_close_matches(str(name)[:200], list(names), n=1, cutoff=0.6)
    return found[0] if found else None
