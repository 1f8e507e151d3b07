"""Layouts of statements as data: each is recognised, and a ledger written in it is read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from simlib.statement import convert, detect, mapping_text, read_mapping, read_tables
from simlib.statement.layout import EVIDENCE, KINDS, layouts
from simlib.statement.mapping import EFFECTS, ROLES, SHAPES, headers
from simlib.statement.matching import cell_key
from simlib.text import words
from tests.layouts import LEDGERS, OWN, STATUSES, Entry, has, told, written

ALL = sorted(layouts())


# ---- the data


@pytest.mark.parametrize("id", ALL)
def test_a_layout_names_its_source_and_known_roles(id):
    """Every role exists, every column stands in the header, and somebody can look it up."""
    layout = layouts()[id]
    cells = set(map(cell_key, layout.header))
    assert layout.kind in KINDS
    assert layout.shape in SHAPES
    assert layout.evidence in EVIDENCE
    assert "/" in layout.source
    assert "index id" not in layout.source
    assert "src_ref" not in layout.source
    assert layout.zh
    assert layout.en
    for columns in (layout.columns, layout.rules.get("instead", {})):
        assert set(columns) <= set(ROLES)
        assert set(map(cell_key, columns.values())) <= cells
    assert layout.optional <= cells
    assert layout.needed
    for lang in ("zh", "en"):
        assert words("statement", f"layout_kinds.{layout.kind}", lang)


def test_ids_are_unique_and_no_two_layouts_are_one():
    """The TOML lists as many as there are ids; the same cells stand for one layout."""
    assert len(headers()["layout"]) == len(ALL)
    needed = [layout.needed for layout in layouts().values()]
    assert len(set(needed)) == len(needed)


def test_every_effect_is_explained_and_used():
    """What a status does to the money is said in words in both languages."""
    used = {effect for lists in headers()["statuses"].values() for effect in lists}
    assert used == set(EFFECTS)
    for effect in EFFECTS:
        assert len({words("statement", f"effects.{effect}", lang) for lang in ("zh", "en")}) == 2


# ---- a ledger in every layout


def read_back(reading: object) -> list[Entry]:
    """The movements of a statement as a ledger."""
    entries = []
    for m in reading.movements:
        out = m.own is m.payer if m.own is not None else m.payer.number == OWN
        other = m.payee if out else m.payer
        at = m.at.replace(tzinfo=None)
        entries.append(Entry(at, out, m.amount_fen, other.name, other.number))
    return entries


@pytest.mark.parametrize("id", ALL)
@given(drawn=LEDGERS)
@settings(max_examples=6)
def test_a_ledger_is_read_back(id, drawn):
    """Whatever it holds: recognised, nothing refused, every movement with its direction; what came
    to nothing is left out with its reason."""
    layout, (ledger, style) = layouts()[id], drawn
    (found,) = read_tables(written(layout, ledger, style), "a.csv")
    mapping = detect(found)
    assert mapping.layout == id
    assert mapping.complete
    reading = convert(found, mapping)
    assert reading.refused == ()
    moved = sorted((told(layout, e) for e in ledger if not e.void), key=str)
    assert sorted(read_back(reading), key=str) == moved
    void = sum(e.void for e in ledger) if has(layout, STATUSES) else 0
    assert sum(line.code == "not-done" for line in reading.skipped) == void
    again = convert(found, read_mapping(mapping_text(mapping)))
    assert again.movements == reading.movements
