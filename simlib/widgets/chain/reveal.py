"""What the bet opens: the reader's answer, the two ways of the documents, the law in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.people import short_names
from simlib.restitution import give_back
from simlib.text import amount, words
from simlib.widgets.chain.knobs import first_layer
from simlib.widgets.chain.traced import LAW

if TYPE_CHECKING:
    from simlib.restitution import Pot
    from simlib.widgets.lesson import View

TOPIC = "chain_lesson"
NEAR = 50  # a fiftieth of the loss off is near enough
RIGHT = "returns"  # what the rule of tracing decides
WAYS = ("timestamp", "by_loss")  # both can be argued from a document


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer beside what goes back by either document; apart, what may be claimed of the first.

    `theirs` is the sentence for an answer that came with somebody else's link.

    Parameters
    ----------
    view
        the case as the bet was made on it
    answer
        `back_fen` and `norm`; opened without an answer it has neither
    """
    given = "norm" in answer
    columns = [_yours(answer, lang)] if given else []
    return {
        "columns": [*columns, _documents(view, lang), _claim(view, lang)],
        "sentence": _sentence(view, answer, "you", lang),
        "theirs": _sentence(view, answer, "link", lang),
        "rule": _say("rule", lang),
        "right": _is_right(view, answer) if given else None,
        "wall": {"question": _say("wall.question", lang), "line": _say("wall.line", lang)},
    }


def _is_right(view: View, answer: Mapping[str, Any]) -> bool:
    return bool(answer["norm"] == RIGHT and _near(view, answer))


def _near(view: View, answer: Mapping[str, Any]) -> str:
    """Which of the two ways the amount answered is near; empty: neither."""
    found = _back(view)
    met = min(found, key=lambda rule: abs(found[rule] - answer["back_fen"]))
    near = abs(found[met] - answer["back_fen"]) <= view.case.loss_fen // NEAR
    return met if near else ""


def _back(view: View) -> dict[str, int]:
    return {rule: give_back(view.case, rule).returned[view.case.claimant] for rule in WAYS}


def _by_loss(view: View) -> tuple[Pot, ...]:
    """The frozen accounts as they go back by loss: what is no victim's is left out of them."""
    return give_back(view.case, "by_loss").accounts


def _yours(answer: Mapping[str, Any], lang: str) -> dict[str, str]:
    norm = words(TOPIC, f"bet.norms.{answer['norm']}", lang)
    return _column("you", amount(answer["back_fen"], lang), _say("you_note", lang, norm=norm), lang)


def _documents(view: View, lang: str) -> dict[str, str]:
    said = {rule: amount(fen, lang) for rule, fen in _back(view).items()}
    return _column("documents", _say("or", lang, **said), _say("documents_note", lang), lang)


def _claim(view: View, lang: str) -> dict[str, str]:
    party = first_layer(view.case)
    fen = view.outcomes.outcome(LAW).parties[party].exposure_fen  # type: ignore[attr-defined]
    who = short_names(view.case, lang)[party]
    return _column("claim", amount(fen, lang), _say("claim_note", lang, who=who), lang)


def _column(id: str, value: str, note: str, lang: str) -> dict[str, str]:
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _sentence(view: View, answer: Mapping[str, Any], whose: str, lang: str) -> str:
    """Which answers were right, and why there are two amounts and one claim."""
    said = {rule: amount(fen, lang) for rule, fen in _back(view).items()}
    said["left"] = amount(sum(pot.left_fen for pot in _by_loss(view)), lang)
    who = short_names(view.case, lang)
    named = {"who": who[view.case.claimant], "helper": who[first_layer(view.case)]}
    if "norm" not in answer:
        return _say("why", lang, **said, **named)
    near = _near(view, answer)
    chose = _say(f"chose.{whose}", lang)
    first = _say(f"near_{near}" if near else "far", lang, chose=chose, **said, **named)
    right = "right" if answer["norm"] == RIGHT else "wrong"
    then = _say(f"norm_{right}", lang, chose=chose, **named)
    return _say("joined", lang, first=first, then=then)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
