"""What a row of the board has to say of its premises: a dash, a stamp, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.text import amount, topic_words, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.liability import Outcome

TOPIC = "case_lesson"
FAILED = "dismiss_claim"  # the law lets one go against whom an element is not proved
WITHOUT_LAW = ("benefit_cap",)  # foreign law, and that only for help after the act


def ghost(outcome: Outcome, outcomes: Mapping[str, Outcome], party: str, lang: str) -> str:
    """Say why a mode is only supposed for this party: its premise fails; empty where it does not.

    1. an element is not proved: nothing else can follow
    2. somebody else answers in his place, or all he did came after the loss
    3. joint liability below knowing; a part for one who knew or acted in concert
    4. foreign law that does not reach him even where it holds
    """
    if outcome.mode == "auto" or outcome.parties[party].mode in ("not_liable", "answered_for"):
        return ""
    if unproved(outcomes, party):
        return _said("unproved", lang)
    found = {
        str(entry["key"]).removeprefix("misfit."): entry["value"]
        for entry in outcome.assumptions
        if entry.get("party") == party
    }
    late = "after-loss" in found
    if "answered-by" in found:
        return _said("answered-by", lang)
    if outcome.mode in WITHOUT_LAW:
        return "" if late else _said(outcome.mode, lang)
    if late:
        return _said("after-loss", lang)
    if "joint-below-knowing" in found:
        return _said("joint-below-knowing", lang)
    if "several-knowing" in found:
        return _said(f"{outcome.mode}-{found['several-knowing']}", lang)
    return ""


def _said(key: str, lang: str) -> str:
    return words(TOPIC, f"board.ghost.{key}", lang)


def unproved(outcomes: Mapping[str, Outcome], party: str) -> bool:
    """Tell whether an element is not proved against a party."""
    return "auto" in outcomes and outcomes["auto"].parties[party].mode == FAILED


def stamp(outcome: Outcome, party: str, lang: str) -> str:
    """Return the word over an empty bar: how a suit ends that brings nothing from this party."""
    mine = outcome.parties[party]
    if high_end(mine.exposure_fen) or not outcome.claim_fen:
        return ""
    if outcome.document == "ruling":
        return words(TOPIC, "board.stamp.ruling", lang)
    key = "dismissed" if outcome.mode in ("auto", FAILED, "all_or_nothing") else "nothing"
    return words(TOPIC, f"board.stamp.{key}", lang)


def note(outcome: Outcome, party: str, grade: str, lang: str) -> str:
    """Say on what a row rests, and what its party carries in another's place (519(3))."""
    mine = outcome.parties[party]
    keys = [f"{outcome.mode}_{mine.mode}_{grade}", f"{outcome.mode}_{grade}"]
    keys += [f"{outcome.mode}_{mine.mode}", outcome.mode]
    said = next((found for key in keys if (found := _note(key, lang))), "")
    parts = [said or words("terms", f"forms.{_form(mine.mode)}", lang)]
    if mine.carried_fen != mine.burden_fen:
        carried = amount(mine.carried_fen, lang)
        parts.append(words(TOPIC, "board.note.carried", lang, amount=carried))
    return words(TOPIC, "board.note.between", lang).join(parts)


def _form(mode: str) -> str:
    return "none" if mode == "not_liable" else mode


def _note(key: str, lang: str) -> str:
    return str(topic_words(TOPIC, lang)["board"]["notes"].get(key, ""))
