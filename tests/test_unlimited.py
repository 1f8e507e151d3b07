"""Assets that no file states count as enough: `unlimited` (不限), never `unknown` (未查明)."""

from __future__ import annotations

import pytest

from simlib import decide, load_case
from simlib.cli import main
from simlib.explain import explain, written
from simlib.lessons.case import knobs as case_knobs
from simlib.lessons.liability import knobs as liability_knobs
from simlib.lessons.liability.parting import Curve, Parting, draw_parting
from simlib.text import LANGS, words
from simlib.widgets.own.fields import spec

SAID = {"zh": ("不限", "未查明"), "en": ("unlimited", "not found")}


@pytest.mark.parametrize("lang", LANGS)
def test_the_two_words_are_two(lang: str) -> None:
    """Reasons and knobs have the same two words, and they differ."""
    for topic, table in (("trace", "value"), ("lab", "open")):
        pair = tuple(words(topic, f"{table}.{key}", lang) for key in ("unlimited", "unknown"))
        assert tuple(word.lower() for word in pair) == SAID[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_reasons_call_absent_assets_unlimited_and_absent_gain_unknown(lang: str) -> None:
    """Whatever step holds a purse, an absent one is enough for all; an absent gain is not known."""
    unlimited, unknown = SAID[lang]
    for key in ("assets", "available", "purse", "left_over"):
        assert written(None, "fen", lang, key).lower() == unlimited
    assert written(None, "fen", lang, "gain_direct").lower() == unknown


@pytest.mark.parametrize("mode", ["several", "reallocation"])
def test_reasons_of_an_outcome_call_absent_assets_unlimited(mode: str) -> None:
    """FIX-1, C without stated assets: every step that says what he has."""
    case = load_case("fix-1").set({"C.assets_fen": None})
    steps = [n for n in decide(case, mode).trace.walk() if n.unit == "fen" and n.value is None]
    assert {explain(step, case).value for step in steps} == {"不限"}


@pytest.mark.parametrize("lang", LANGS)
def test_knobs_of_assets_may_be_unlimited_and_of_gain_unknown(lang: str) -> None:
    """The tick beside the slider, in lessons 01 and 04."""
    case, (unlimited, unknown) = load_case("fix-1"), SAID[lang]
    made = [
        *case_knobs.knobs(case, lambda: case, "C", lang),
        *liability_knobs.knobs(case, lambda: case, "", lang),
    ]
    ticks = {knob.id: knob.extra["open"].lower() for knob in made if "open" in knob.extra}
    of_assets = {id: tick for id, tick in ticks.items() if "assets" in id}
    assert set(of_assets) == {"assets", "principal_assets", "assets:P", "assets:A", "assets:C"}
    assert set(of_assets.values()) == {unlimited}
    assert ticks["gain"] == unknown


def test_an_empty_field_of_assets_says_unlimited() -> None:
    """On the page of one's own case."""
    (people,) = (table for table in spec("zh")["tables"] if table["id"] == "parties")
    fields = {field["id"]: field for field in people["fields"]}
    assert fields["assets_fen"]["blank"] == "不限"


def test_the_table_of_assets_says_unlimited(capsys: pytest.CaptureFixture) -> None:
    """`simlib victims`: in the rows of those whose assets nobody states."""
    assert main(["victims", "hypo-layers"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("许某  "))
    assert (row.split()[1], row.split()[-1]) == ("不限", "不限")


def test_the_mark_at_means_without_limit_says_so() -> None:
    """Where two modes part, the reader's place at the end of the axis."""
    found = Parting((0, 100), [Curve("joint", (0, 100))], None)
    drawing = draw_parting(load_case("fix-1"), "C", found, None)
    notes = [note["text"] for note in drawing.figure["layout"]["annotations"]]
    assert any("不限" in note for note in notes)
