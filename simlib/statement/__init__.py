"""Bank statements (银行流水) of any kind of file into a case; no row is dropped without a word.

    file ─▶ read_tables ─▶ Table ─▶ detect ─▶ Mapping ─▶ convert ─▶ Reading ─┐
                                     (a TOML file, or a dialog)              ├─▶ combine ─▶ Imported
                                                    other statements ────────┘      │
                        key file, kept by the reader ◀── pseudonyms ◀───────────────┼─▶ case_text

A file is what its bytes say: CSV, XLSX, .xls, a web page, PDF, or a ZIP archive of these; what is
not read by us alone is read in a process of its own (`apart`). Amounts are exact fen. Account
numbers and names become pseudonyms by default. `names` and `identity` say who is who, `signs` and
`balance` how in and out were read and what contradicts it; `sight` shows a table that is not
understood, `asks` what a case still needs.
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
