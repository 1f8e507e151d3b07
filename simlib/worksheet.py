"""An exercise in words: what is asked, what an answer was worth, and the model answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict

from simlib.exercise.model import Phrase
from simlib.interval import Interval
from simlib.money import Fen
from simlib.text import amount, cite_for, date, percent, topic_words, words

if TYPE_CHECKING:
    from simlib.exercise import Exercise, Slip, Step, Verdict

TOPIC = "exercise"
SECTIONS = ("conclusion", "law", "elements", "facts", "other")


class Option(TypedDict):
    """An answer that can be chosen."""

    key: str
    label: str


class Question(TypedDict):
    """A step without its key; no options where an amount is asked for."""

    id: str
    layer: str
    layer_label: str
    ask: str
    options: list[Option]


class Sheet(TypedDict):
    """What a reader is asked."""

    name: str
    topic: str
    seed: int
    title: str
    facts: list[str]
    steps: list[Question]


class WrongAmount(TypedDict):
    """A usual wrong answer."""

    key: str
    layer: str
    fen: Fen
    amount: str
    text: str


class Answer(TypedDict):
    """A step's key with its reason."""

    id: str
    key: str | Fen
    key_label: str
    also: list[Option]
    why: str
    cites: list[str]
    cited: list[str]
    slips: list[WrongAmount]


class Solution(TypedDict):
    """All keys, and the model answer as pairs of heading and text."""

    steps: list[Answer]
    model: list[tuple[str, str]]


def say(phrase: Phrase, lang: str) -> str:
    """Put a phrase into words, each placeholder written as its name's ending tells.

    Examples
    --------
    >>> say(Phrase("lever.move.limit", {"low_share": 0.2, "high_share": 0.4}), "zh")
    '限额比例由20%改为40%'
    """
    shown = {name: _shown(name, value, lang) for name, value in phrase.values.items()}
    return words(TOPIC, phrase.key, lang, **shown)


def title(name: str, lang: str) -> str:
    """Return an exercise's title, the same for every variant."""
    return words(TOPIC, f"{name}.title", lang)


def sheet(exercise: Exercise, lang: str) -> Sheet:
    """Return what a reader is asked, as plain data without the key."""
    return {
        "name": exercise.name,
        "topic": exercise.topic,
        "seed": exercise.seed,
        "title": title(exercise.name, lang),
        "facts": [say(phrase, lang) for phrase in exercise.facts],
        "steps": [_question(exercise, step, lang) for step in exercise.steps],
    }


def solution(exercise: Exercise, lang: str) -> Solution:
    """Return the key with its reasons, as plain data."""
    return {
        "steps": [_answer(exercise, step, lang) for step in exercise.steps],
        "model": model_answer(exercise, lang),
    }


def model_answer(exercise: Exercise, lang: str) -> list[tuple[str, str]]:
    """List conclusion, articles, elements, facts, the other view: (heading, text) each."""
    cited = _cited(exercise, exercise.cites, lang)
    law = words(TOPIC, "sheet.between", lang).join(cited) or words(TOPIC, "sheet.no_law", lang)
    texts = {
        part: law if part == "law" else _chosen(exercise, f"model.{part}", lang)
        for part in SECTIONS
    }
    return [(words(TOPIC, f"section.{part}", lang), text) for part, text in texts.items()]


def feedback(
    exercise: Exercise, step: Step, verdict: Verdict, given: str, lang: str
) -> dict[str, object]:
    """Return what a reader is told of an answer, as plain data.

    Returns
    -------
    dict
        `right`, `settled`, `points`, `layer` (the label of the step that went wrong, or None)
        and `text`, paragraphs: the verdict, then either the key with its reason or a further try
    """
    sentence, layer = _verdict(exercise, step, verdict, given, lang)
    lines = [sentence]
    if verdict.settled and not verdict.right:
        answer = key_label(exercise, step, lang)
        lines.append(words(TOPIC, "verdict.told", lang, answer=answer))
    if verdict.settled:
        lines.append(_chosen(exercise, f"why.{step.id}", lang))
    elif verdict.kind != "unread":
        lines.append(words(TOPIC, "verdict.again", lang))
    return {
        "right": verdict.right,
        "settled": verdict.settled,
        "points": verdict.points,
        "layer": layer,
        "text": lines,
    }


def key_label(exercise: Exercise, step: Step, lang: str) -> str:
    """Write the right answer as a reader does."""
    return (
        _option(exercise, step, step.key, lang)
        if isinstance(step.key, str)
        else amount(step.key, lang)
    )


def layer_label(layer: str, lang: str) -> str:
    """Name what a step asks about."""
    return words(TOPIC, f"layer.{layer}", lang)


def _question(exercise: Exercise, step: Step, lang: str) -> Question:
    return {
        "id": step.id,
        "layer": step.layer,
        "layer_label": layer_label(step.layer, lang),
        "ask": _chosen(exercise, f"ask.{step.id}", lang),
        "options": [
            {"key": key, "label": _option(exercise, step, key, lang)} for key in step.options
        ],
    }


def _answer(exercise: Exercise, step: Step, lang: str) -> Answer:
    return {
        "id": step.id,
        "key": step.key,
        "key_label": key_label(exercise, step, lang),
        "also": [{"key": k, "label": _option(exercise, step, k, lang)} for k in step.also],
        "why": _chosen(exercise, f"why.{step.id}", lang),
        "cites": list(step.cites),
        "cited": _cited(exercise, step.cites, lang),
        "slips": [_slip(slip, lang) for slip in step.slips],
    }


def _cited(exercise: Exercise, ids: tuple[str, ...], lang: str) -> list[str]:
    """Cite articles as on the day of the exercise's case."""
    return [cite_for(id, exercise.case, lang) for id in ids]


def _slip(slip: Slip, lang: str) -> WrongAmount:
    return {
        "key": slip.key,
        "layer": slip.layer,
        "fen": slip.fen,
        "amount": amount(slip.fen, lang),
        "text": words(TOPIC, f"slip.{slip.key}", lang),
    }


def _verdict(
    exercise: Exercise, step: Step, verdict: Verdict, given: str, lang: str
) -> tuple[str, str | None]:
    """Return the sentence on an answer, and the label of the step that went wrong."""
    if verdict.kind == "unread" and step.options:
        return words(TOPIC, "ui.choose_first", lang), None
    if verdict.kind in ("right", "unread", "unit", "inexact"):
        return words(TOPIC, f"verdict.{verdict.kind}", lang), None
    if verdict.kind == "also":
        return words(TOPIC, "verdict.also", lang, answer=key_label(exercise, step, lang)), None
    layer = layer_label(verdict.slip.layer if verdict.slip else step.layer, lang)
    if verdict.slip:
        slip = words(TOPIC, f"slip.{verdict.slip.key}", lang)
        return words(TOPIC, "verdict.slip", lang, slip=slip, layer=layer), layer
    if step.options:
        label = _option(exercise, step, given, lang)
        needs = words(TOPIC, f"option.{step.group}.{given}.needs", lang)
        return words(TOPIC, "verdict.option", lang, layer=layer, label=label, needs=needs), layer
    check = words(TOPIC, f"check.{step.layer}", lang)
    return words(TOPIC, "verdict.wrong", lang, check=check), layer


def _option(exercise: Exercise, step: Step, key: str, lang: str) -> str:
    return say(Phrase(f"option.{step.group}.{key}.label", exercise.values), lang)


def _chosen(exercise: Exercise, part: str, lang: str) -> str:
    """Return words of the exercise, those of this kind of variant where they differ by kind."""
    key = f"{exercise.name}.{part}"
    stem, _, leaf = key.rpartition(".")
    for place in (f"{key}.{exercise.kind}", f"{stem}.{exercise.kind}.{leaf}", f"{key}.other"):
        if exercise.kind and _are_words(place, lang):
            key = place
            break
    return say(Phrase(key, exercise.values), lang)


def _are_words(key: str, lang: str) -> bool:
    entry: object = topic_words(TOPIC, lang)
    for part in key.split("."):
        entry = entry.get(part) if isinstance(entry, Mapping) else None
    return isinstance(entry, str)


def _shown(name: str, value: object, lang: str) -> str:
    """Write a value as its name's ending says: amount, percentage, number, or other words."""
    match name.rpartition("_")[2], value:
        case "fen", int() | Interval() | None:
            return amount(value, lang)
        case "share", int() | float() | Fraction() | Interval() | None:
            return percent(value, lang)
        case "day", datetime.date():
            return date(value, lang)
        case "mode", str():
            return words("terms", f"forms.{value}", lang)
        case "word", str():
            return words(TOPIC, value, lang)
        case "fen" | "share" | "day" | "mode" | "word", _:
            raise TypeError(f"{name} cannot be {value!r}")
    return say(value, lang) if isinstance(value, Phrase) else str(value)
