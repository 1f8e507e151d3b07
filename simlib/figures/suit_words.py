"""Words of a suit and its documents, for every lesson that draws time lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simlib.text import date, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.procedure import Line, Step
    from simlib.procedure.proof import Part

ENGINE, LESSON = "procedure", "procedure_lesson"
DISMISSED = "suit_dismissed"
NOT_SIMPLIFIED = "civil-procedure-interpretation:257"
WAITS = (
    "at_large",
    "stayed",
    "refused",
    "dismissed",
    "transferred",
    "binding",
)  # states in which nothing moves


def engine(key: str, lang: str, **values: object) -> str:
    """Return words of the engine: a state, a ground, a reading."""
    return words(ENGINE, key, lang, **values)


def step_name(step: Step, steps: Sequence[Step], lang: str) -> str:
    """Name a step of a line: the ruling where a suit is dismissed on the day it would be tried."""
    if step.document != DISMISSED or step.begins != step.ends:
        return engine(f"states.{step.state}", lang)
    stayed = any(s.state == "stayed" and s.ends == step.begins for s in steps)
    return engine(f"ruled.{'after_stay' if stayed else 'at_once'}", lang)


def part_words(part: Part, case: Case, lang: str) -> list[str]:
    """Say what is proved of one defendant, on what that rests, and what is left for later."""
    who = getattr(case.party(part.party).name, lang)
    by = f"own_{part.proved}" if part.by == "own" else part.by or "none"
    said = [engine(f"proved.{by if part.proved else 'left'}", lang, who=who)]
    if part.general:
        said.append(engine("proved.general", lang, who=who))
    return [*said, rest_words(part, lang)] if part.left else said


def rest_words(part: Part, lang: str) -> str:
    """Say what becomes of the part of a claim that was left for later."""
    if part.rest_on is None:
        return engine("proved.rest_never", lang)
    key = "rest" if part.gains else "rest_lost" if part.rest_final_on else "rest_barred"
    return engine(f"proved.{key}", lang, day=date(part.rest_on, lang))


def absent_words(line: Line, lang: str) -> list[str]:
    """Say why a suit against a suspect at large takes six months, where it does."""
    return [engine("trial.absent", lang)] if line.taken_as_absent else []


def absent_cites(line: Line) -> tuple[str, ...]:
    """Return on what article that rests."""
    return (NOT_SIMPLIFIED,) if line.taken_as_absent else ()


def document_name(document: str, lang: str) -> str:
    """Return what the lesson calls what a court gave: with the kind of document in brackets."""
    return words(LESSON, f"documents.{document}", lang)
