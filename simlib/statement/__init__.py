"""Bank statements (银行流水) of any kind of file into a case; no row is dropped without a word.

    bytes ─▶ read ─▶ detection ─▶ normalise ─▶ identity ─▶ deduplicate ─▶ case
             Table   Mapping      Reading      Key         Imported       Draft, Added

Six rooms, imports from right to left. `read` tells by its bytes what a file is (CSV, XLSX, .xls, a
web page, PDF, a ZIP archive of these); what is not read by us alone is read in a process of its own
(`read.sandbox`). `detection` says what the columns hold, or shows a table to whoever must say it.
`normalise` makes each row a movement of exact fen, or says why not. `identity` gives accounts and
people pseudonyms. `deduplicate` takes each movement once. `case` writes a case, or adds to one.
All of them stand on `model`, `amounts`, `dates`, `names_and_numbers`, `vocabulary`, `mapping`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.errors import StatementError
    from simlib.statement.case import case_draft, case_text
    from simlib.statement.case.add_to_case import add_to_case
    from simlib.statement.deduplicate import Imported, combine, combine_same
    from simlib.statement.detection import detect, header_cells
    from simlib.statement.identity.pseudonyms import Key
    from simlib.statement.mapping import ROLES, SHAPES, Mapping, mapping_text, read_mapping
    from simlib.statement.model import Line, Note, Table
    from simlib.statement.normalise import Reading, convert
    from simlib.statement.read import read_tables
    from simlib.statement.vocabulary import layouts

__all__ = [
    "ROLES",
    "SHAPES",
    "Imported",
    "Key",
    "Line",
    "Mapping",
    "Note",
    "Reading",
    "StatementError",
    "Table",
    "add_to_case",
    "case_draft",
    "case_text",
    "combine",
    "combine_same",
    "convert",
    "detect",
    "header_cells",
    "layouts",
    "mapping_text",
    "read_mapping",
    "read_tables",
]

_ROOMS = {
    "Imported": "simlib.statement.deduplicate",
    "Key": "simlib.statement.identity.pseudonyms",
    "Line": "simlib.statement.model",
    "Mapping": "simlib.statement.mapping",
    "Note": "simlib.statement.model",
    "ROLES": "simlib.statement.mapping",
    "Reading": "simlib.statement.normalise",
    "SHAPES": "simlib.statement.mapping",
    "StatementError": "simlib.errors",
    "Table": "simlib.statement.model",
    "add_to_case": "simlib.statement.case.add_to_case",
    "case_draft": "simlib.statement.case",
    "case_text": "simlib.statement.case",
    "combine": "simlib.statement.deduplicate",
    "combine_same": "simlib.statement.deduplicate",
    "convert": "simlib.statement.normalise",
    "detect": "simlib.statement.detection",
    "header_cells": "simlib.statement.detection",
    "layouts": "simlib.statement.vocabulary",
    "mapping_text": "simlib.statement.mapping",
    "read_mapping": "simlib.statement.mapping",
    "read_tables": "simlib.statement.read",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_ROOMS[name]), name)
