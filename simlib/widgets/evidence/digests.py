"""The drawer of a deposit: both digests, and what the rules make of a piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.evidence import digest
from simlib.evidence.attributes import OPEN
from simlib.figures.evidence import said
from simlib.figures.evidence.names import lesson
from simlib.text import words
from simlib.widgets.evidence.deposit import ANSWERS, TELLS
from simlib.widgets.evidence.scenes import TRUTH

if TYPE_CHECKING:
    from simlib.figures.evidence import Stored
    from simlib.widgets.evidence.found import Found

ALONE = ("evidence-rules:90(1)",)  # what may be no basis of a finding alone
DEPOSIT = "evidence_deposit"  # words of the rules on deposited data
Lines = tuple[list[str], tuple[str, ...]]


def match(_: Found, stored: Stored, lang: str) -> Lines:
    """Both digests, and what their being alike says."""
    lines = [_say(f"stored.{stored.row}", lang)]
    if stored.deposited is not None:
        lines.append(_say("deposited", lang, digest=digest(stored.deposited).hex()))
    lines.append(_say("handed", lang, digest=digest(stored.handed).hex()))
    return [*lines, _say("hash_says", lang)], ("online-litigation-rules:16",)


def read(found: Found, stored: Stored, lang: str) -> Lines:
    """The rules in order, what follows, and which layers the deposit says something of."""
    reading = stored.reading
    lines = [_say(f"stored.{stored.row}", lang)]
    if stored.row in ("forged", "altered"):
        lines.append(_say(f"{stored.row}_says", lang))
    if found.held["objection"] == "none":
        lines.append(_say("silent", lang))
    given = dict.fromkeys(each.key for each in reading.reasons)  # each once
    for key in given:
        half = key == "burden" and reading.after == "presumed"
        lines.append(_say("half", lang) if half else words(DEPOSIT, f"reasons.{key}", lang))
    told = TELLS.get(found.held["explains"])
    bears = stored.row == "bare" and told in ANSWERS
    lines += [_say(f"bare_{found.held['explains']}", lang)] if bears else []
    lines += _concluded(stored, lang)
    cites = (*reading.cites, *(ALONE if bears else ()))
    return [*lines, *_layers(stored, lang)], tuple(dict.fromkeys(cites))


def _layers(stored: Stored, lang: str) -> list[str]:
    """Return of which layers the deposit says something; of the others it is silent."""
    layers = stored.reading.layers
    listed = [
        _say(f"layer.{name}_{layer.state}", lang)
        for name, layer in layers.items()
        if layer.state != OPEN
    ]
    return [_say("layers", lang, list=lesson("clocks.comma", lang).join(listed))] if listed else []


def _concluded(stored: Stored, lang: str) -> list[str]:
    """Return what follows of the time since the deposit, if there was one, and of the truth."""
    reading = stored.reading
    unproved = stored.verdict == "unproved"
    truth = said(stored, TRUTH, lang) if unproved else words(
        DEPOSIT, f"outcomes.{reading.outcome}", lang
    )  # fmt: skip
    after = words(DEPOSIT, f"after.{reading.after}", lang)
    key = "outcome_is" if stored.lines else "outcome_only"
    lines = [_say("unproved", lang)] if unproved else []
    return [*lines, _say(key, lang, **({"after": after} if stored.lines else {}), truth=truth)]


def _say(key: str, lang: str, **values: object) -> str:
    return lesson(f"reasons.{key}", lang, **values)
