"""The words of lesson 02's lab: the facts, and what is said to the reader's answer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.figures.fault.names import engine, grade_words, graded_words, phrase
from simlib.figures.people import short_names
from simlib.widgets.fault.forms import FITS
from simlib.widgets.fault.found import NAMES, Found
from simlib.widgets.markup import paragraphs, tag

if TYPE_CHECKING:
    from simlib.case.model import Case


def about(case: Case, position: str, lang: str) -> str:
    """The facts in a few sentences, and what the position changes in them."""
    found = next((p for p in case.positions if p.id == position), None)
    parts = [paragraphs(getattr(case.summary, lang))] if case.summary else []
    if found and found.note:
        title = tag("b", escape(getattr(found.title, lang)))
        parts.append(tag("p", title + "　" + escape(getattr(found.note, lang))))
    if found and found.set and all(path.endswith(".grade") for path in found.set):
        parts.append(paragraphs(phrase("about.grade_only", lang), class_="simlib-hint"))
    if all(piece.against is None for piece in case.evidence):
        parts.append(paragraphs(phrase("about.no_list", lang), class_="simlib-hint"))
    return "".join(parts)


def comment(case: Case, party: str, answer: dict, lang: str) -> str:
    """The reader's grade next to what six procedures give; his norm next to his grade."""
    found, grade = Found(case, party, "legal"), answer["grade"]
    names = [name for name in NAMES if found.findings[name].grade == grade]
    who = short_names(case, lang)[party]
    if names:
        listed = phrase("table.between", lang).join(_procedure(name, lang) for name in names)
        first = phrase("commit.met", lang, grade=grade_words(grade, lang), who=who, by=listed)
    else:
        all_ = dict.fromkeys(graded_words(f, lang) for f in found.findings.values())
        listed = phrase("table.between", lang).join(all_)
        first = phrase("commit.unmet", lang, grade=grade_words(grade, lang), who=who, all=listed)
    return paragraphs(first) + paragraphs(_on_norm(answer, lang))


def _procedure(name: str, lang: str) -> str:
    burden, review = name.split(".")
    values = {"burden": engine(f"burden.{burden}.name", lang)}
    return phrase("commit.procedure", lang, review=engine(f"review.{review}.name", lang), **values)


def _on_norm(answer: dict, lang: str) -> str:
    fitting = FITS[answer["grade"]]
    key = "norm_fits" if fitting == answer["norm"] else "norm_differs"
    values = {
        "grade": grade_words(answer["grade"], lang),
        "norm": phrase(f"commit.norms.{fitting}", lang),
        "own": phrase(f"commit.norms.{answer['norm']}", lang),
    }
    return phrase(f"commit.{key}", lang, **values)
