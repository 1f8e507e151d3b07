"""An exercise in words: what is asked, what an answer was worth, and the model answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase
from simlib.text import amount, cite, percent, topic_words, words

if TYPE_CHECKING:
    from simlib.exercise import Exercise, Slip, Step, Verdict

TOPIC = "exercise"
SECTIONS = ("conclusion", "law", "elements", "facts", "other")


def say(phrase: Phrase, lang: str) -> str:
    """Words under a key, each placeholder written as its name's ending tells.

    Examples
    --------
    >>> say(Phrase("lever.move.limit", {"low_share": 0.2, "high_share": 0.4}), "zh")
    '限额比例由20%改为40%'
    """
    spoken = {name: _spoken(name, value, lang) for name, value in phrase.values.items()}
    return words(TOPIC, phrase.key, lang, **spoken)


def title(name: str, lang: str) -> str:
    """What an exercise is called, whatever its variant."""
    return words(TOPIC, f"{name}.title", lang)


def sheet(exercise: Exercise, lang: str) -> dict:
    """What is put before a reader, as plain data; the key is not in it.

    Returns
    -------
    dict
        `name`, `topic`, `seed`, `title`, `facts` (paragraphs), and `steps`, each with `id`,
        `layer`, `layer_label`, `ask`, and `options` (`key`, `label`), empty for an amount
    """
    return {
        "name": exercise.name,
        "topic": exercise.topic,
        "seed": exercise.seed,
        "title": title(exercise.name, lang),
        "facts": [say(said, lang) for said in exercise.facts],
        "steps": [_question(exercise, step, lang) for step in exercise.steps],
    }


def solution(exercise: Exercise, lang: str) -> dict:
    """The key with its reasons, as plain data.

    Returns
    -------
    dict
        `steps`, each with `id`, `key`, `key_label`, `also`, `why`, `cites`, `cited` and `slips`
        (`key`, `layer`, `fen`, `amount`, `text`), and `model`, pairs of heading and text
    """
    return {
        "steps": [_answer(exercise, step, lang) for step in exercise.steps],
        "model": model_answer(exercise, lang),
    }


def model_answer(exercise: Exercise, lang: str) -> list[tuple[str, str]]:
    """Conclusion, articles, elements, facts, the other view: (heading, text) each."""
    law = words(TOPIC, "sheet.between", lang).join(cite(id, lang) for id in exercise.cites)
    texts = {
        part: law if part == "law" else _chosen(exercise, f"model.{part}", lang)
        for part in SECTIONS
    }
    return [(words(TOPIC, f"section.{part}", lang), text) for part, text in texts.items()]


def feedback(
    exercise: Exercise, step: Step, verdict: Verdict, given: str, lang: str
) -> dict[str, object]:
    """What to tell a reader of his answer, as plain data.

    Returns
    -------
    dict
        `right`, `settled`, `points`, `layer` (the label of the step that went wrong, or None)
        and `text`, paragraphs: the verdict, then either the key with its reason or a further try
    """
    said, layer = _verdict(exercise, step, verdict, given, lang)
    lines = [said]
    if verdict.settled and not verdict.right:
        told = key_label(exercise, step, lang)
        lines.append(words(TOPIC, "verdict.told", lang, answer=told))
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
    """The right answer as a reader writes it."""
    return _option(exercise, step, step.key, lang) if step.options else amount(step.key, lang)


def layer_label(layer: str, lang: str) -> str:
    """What a step asks about."""
    return words(TOPIC, f"layer.{layer}", lang)


def _question(exercise: Exercise, step: Step, lang: str) -> dict:
    return {
        "id": step.id,
        "layer": step.layer,
        "layer_label": layer_label(step.layer, lang),
        "ask": _chosen(exercise, f"ask.{step.id}", lang),
        "options": [
            {"key": key, "label": _option(exercise, step, key, lang)} for key in step.options
        ],
    }


def _answer(exercise: Exercise, step: Step, lang: str) -> dict:
    return {
        "id": step.id,
        "key": step.key,
        "key_label": key_label(exercise, step, lang),
        "also": [{"key": k, "label": _option(exercise, step, k, lang)} for k in step.also],
        "why": _chosen(exercise, f"why.{step.id}", lang),
        "cites": list(step.cites),
        "cited": [cite(id, lang) for id in step.cites],
        "slips": [_slip(slip, lang) for slip in step.slips],
    }


def _slip(slip: Slip, lang: str) -> dict:
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
    """The sentence on an answer, and the label of the step that went wrong."""
    if verdict.kind == "unread" and step.options:
        return words(TOPIC, "ui.choose_first", lang), None
    if verdict.kind in ("right", "unread", "unit", "inexact"):
        return words(TOPIC, f"verdict.{verdict.kind}", lang), None
    if verdict.kind == "also":
        return words(TOPIC, "verdict.also", lang, answer=key_label(exercise, step, lang)), None
    layer = layer_label(verdict.slip.layer if verdict.slip else step.layer, lang)
    if verdict.slip:
        told = words(TOPIC, f"slip.{verdict.slip.key}", lang)
        return words(TOPIC, "verdict.slip", lang, slip=told, layer=layer), layer
    if step.options:
        label = _option(exercise, step, given, lang)
        needs = words(TOPIC, f"option.{step.group}.{given}.needs", lang)
        return words(TOPIC, "verdict.option", lang, layer=layer, label=label, needs=needs), layer
    check = words(TOPIC, f"check.{step.layer}", lang)
    return words(TOPIC, "verdict.wrong", lang, check=check), layer


def _option(exercise: Exercise, step: Step, key: str, lang: str) -> str:
    return say(Phrase(f"option.{step.group}.{key}.label", exercise.values), lang)


def _chosen(exercise: Exercise, part: str, lang: str) -> str:
    """Words of the exercise; where they differ by the kind of variant, this kind's."""
    key = f"{exercise.name}.{part}"
    stem, _, leaf = key.rpartition(".")
    for place in (f"{key}.{exercise.kind}", f"{stem}.{exercise.kind}.{leaf}", f"{key}.other"):
        if exercise.kind and _are_words(place, lang):
            key = place
            break
    return say(Phrase(key, exercise.values), lang)


def _are_words(key: str, lang: str) -> bool:
    found: object = topic_words(TOPIC, lang)
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return isinstance(found, str)


def _spoken(name: str, value: object, lang: str) -> str:
    """A value as its name's ending says: amount, percentage, number, or other words."""
    ending = name.rpartition("_")[2]
    if ending == "fen":
        return amount(value, lang)
    if ending == "share":
        return percent(value, lang)
    if ending == "mode":
        return words("terms", f"forms.{value}", lang)
    if ending == "word":
        return words(TOPIC, value, lang)
    return say(value, lang) if isinstance(value, Phrase) else str(value)
