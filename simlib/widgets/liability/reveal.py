"""What the bet opens: the reader's answer beside the engine's, why, and the rule of the lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.people import short_names
from simlib.interval import high_end
from simlib.text import amount, percent, words
from simlib.widgets.liability.apart import parting
from simlib.widgets.liability.settings import PAIR, liable_ids, outcome_of

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

TOPIC = "liability_lesson"
VOICE = ("label", "value", "note")
NEAR = 50  # so small a part of the loss is near enough


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, then what comes out; why; and the rule.

    `theirs` is the sentence for an answer that came with somebody else's link.

    Parameters
    ----------
    view
        the case as the bet was made on it, under joint liability
    answer
        `at_fen` and `payer`; opened without an answer it has neither
    """
    found = _found(view, lang)
    law = _column("law", found["amount"], _say("law_note", lang, **found), lang)
    law["ended"] = _say("ended", lang, amount=found["amount"], who=found["most"])
    given = "payer" in answer
    yours = [_yours(view, answer, lang)] if given else []
    sentence = _say("why", lang, **found)
    verdict = _say(f"verdict.{'_'.join(_marks(view, answer))}", lang) if given else ""
    return {
        "columns": [*yours, law],
        "sentence": _say("joined", lang, first=verdict, then=sentence) if given else sentence,
        "theirs": sentence,
        "verdict": verdict,
        "rule": _say("rule", lang),
        "right": "wrong" not in _marks(view, answer) if given else None,
        "wall": _wall(found, yours, lang),
    }


def _wall(found: Mapping[str, str], yours: list[dict[str, str]], lang: str) -> dict[str, Any]:
    """What a class is shown instead: both questions, and the answer to each as large."""
    answers = [
        {"id": "law", **{part: _say(f"wall.{key}.{part}", lang, **found) for part in VOICE}}
        for key in ("payer", "at")
    ]
    return {"question": _say("wall.question", lang, **found), "columns": [*yours, *answers]}


def _found(view: View, lang: str) -> dict[str, str]:
    """Where the two forms part, who pays most, how much, on which share."""
    case, outcome, names = view.case, outcome_of(view), short_names(view.case, lang)
    last, most = liable_ids(case)[-1], _most(view)
    mine = outcome.parties[most]
    return {
        "amount": amount(_parted(view), lang),
        "last": names[last],
        "most": names[most],
        "paid": amount(mine.paid_fen, lang),
        "share": percent(mine.share, lang),
    }


def _most(view: View) -> str:
    parties = outcome_of(view).parties
    return max(liable_ids(view.case), key=lambda id: high_end(parties[id].paid_fen))


def _parted(view: View) -> int:
    found = parting(view.case, liable_ids(view.case)[-1], PAIR, {}).at_fen
    if found is None:
        raise LookupError("the two forms of the bet part nowhere on the lesson's own case")
    return found


def _yours(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, str]:
    payer = short_names(view.case, lang)[answer["payer"]]
    value = amount(answer["at_fen"], lang)
    column = _column("you", value, _say("you_note", lang, who=payer), lang)
    return column | {"ended": _say("ended", lang, amount=value, who=payer)}


def _marks(view: View, answer: Mapping[str, Any]) -> tuple[str, str]:
    """Whether payer and amount are right, or near."""
    off = abs(_parted(view) - answer["at_fen"])
    at = "right" if not off else "near" if off <= view.case.loss_fen // NEAR else "wrong"
    payer = "right" if answer["payer"] == _most(view) else "wrong"
    return payer, at


def _column(id: str, value: str, note: str, lang: str) -> dict[str, str]:
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
