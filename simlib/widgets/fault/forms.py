"""What lesson 02 lets choose besides the evidence: burden, reading, standard, table; and what it
asks."""

from __future__ import annotations

from collections.abc import Mapping

from simlib.fault import BURDENS, GRADES, READINGS, STANDARDS
from simlib.figures.fault.names import engine, phrase
from simlib.text import words
from simlib.widgets import tools

TABLES = ("checklist", "allocation", "readings", "log", "criminal")
SET = {"burden": BURDENS, "rebuttal": READINGS, "standard": STANDARDS}  # chosen beside the evidence
KNOWN = SET | {"table": TABLES}
# the norms of the answer: by agreement, by assisting, each for his own part, not liable
NORMS = ("concert", "assist", "several", "none")
FITS = {
    "none": "none", "slight": "several", "gross": "several", "knowing": "assist",
    "concert": "concert",
}  # fmt: skip


def chosen(held: Mapping) -> dict:
    """All that can be chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    found = {name: held.get(name, values[0]) for name, values in KNOWN.items()}
    wrong = [name for name, values in KNOWN.items() if found[name] not in values]
    if wrong or not set(held) <= set(KNOWN):
        raise ValueError(f"no control gives this: {wrong or sorted(held)}")
    return found


def choice_specs(lang: str) -> list[dict]:
    """Who bears the burden of fault; how 足以反驳 is read; which standard of proof."""
    burdens = [(b, engine(f"burden.{b}.name", lang)) for b in BURDENS]
    readings = [(r, phrase(f"choose.readings.{r}", lang)) for r in READINGS]
    standards = [(s, engine(f"standard.{s}", lang)) for s in STANDARDS]
    return [
        tools.options("choice", "burden", phrase("choose.burden", lang), burdens),
        tools.options("choice", "rebuttal", phrase("choose.rebuttal", lang), readings),
        tools.options("choice", "standard", phrase("choose.standard", lang), standards),
    ]


def table_spec(lang: str) -> list[dict]:
    """Which table lies under the ladder."""
    tables = [(name, phrase(f"choose.tables.{name}", lang)) for name in TABLES]
    return [tools.options("choice", "table", phrase("choose.table", lang), tables)]


# ---------------------------------------------------------------- the answer


def answer_spec(who: str, lang: str) -> list[dict]:
    """The reader's own grade, and the norm he would apply."""
    grades = [(g, words("terms", f"grades_long.{g}", lang)) for g in GRADES]
    norms = [(n, phrase(f"commit.norms.{n}", lang)) for n in NORMS]
    return [
        tools.options("choice", "grade", phrase("commit.grade", lang, who=who), grades),
        tools.options("choice", "norm", phrase("commit.norm", lang), norms),
    ]


def answer_values(answer: Mapping) -> dict:
    """What the questions say: the reader's answer, or where they stand at first."""
    return {"grade": answer.get("grade", GRADES[1]), "norm": answer.get("norm", NORMS[2])}


def read_answer(values: Mapping) -> dict:
    """The answer as the state keeps it."""
    return {"grade": values["grade"], "norm": values["norm"]}


def is_answer(answer: Mapping) -> bool:
    """Whether the form can have been sent with this: nothing yet, or a whole answer."""
    if answer in ({}, {"opened": True}):
        return True
    whole = set(answer) == {"grade", "norm"}
    return whole and answer["grade"] in GRADES and answer["norm"] in NORMS
