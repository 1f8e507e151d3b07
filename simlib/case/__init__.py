"""The facts of a case: read from TOML, checked at once, never changed.

    case.toml ─▶ toml_guard ─▶ tomllib ─▶ model (pydantic) ──┬─▶ Case ─▶ changed_case ─▶ Case …
                                          checks, references ┘   or every problem at once

pydantic takes longer to import than all the rest of `simlib`, so nothing here is imported before
it is needed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.case.load import check_case, check_data, check_text, load_case, shipped_cases
    from simlib.case.model import Case, Party
    from simlib.case.reported_outcomes import reported_rulings

__all__ = [
    "Case",
    "Party",
    "check_case",
    "check_data",
    "check_text",
    "load_case",
    "reported_rulings",
    "shipped_cases",
]

_ROOMS = {
    "Case": "simlib.case.model",
    "Party": "simlib.case.model",
    "check_case": "simlib.case.load",
    "check_data": "simlib.case.load",
    "check_text": "simlib.case.load",
    "load_case": "simlib.case.load",
    "reported_rulings": "simlib.case.reported_outcomes",
    "shipped_cases": "simlib.case.load",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_ROOMS[name]), name)
