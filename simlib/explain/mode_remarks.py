"""What has to be read beside a mode's name: the law does not give it here, or it lets go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.text import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.liability import Outcome

NO_DEBTOR = ("not_liable", "answered_for")


def face(
    outcome: Outcome, case: Case, lang: str = "zh", names: Mapping[str, str] | None = None
) -> str:
    """Say what does not fit the law in force: grade, proof, an act after the loss, or the time.

    Parameters
    ----------
    names
        id → what a party is called here; full names otherwise

    Returns
    -------
    str
        nothing where the mode needs no word beside its name
    """
    called = names or {p.id: getattr(p.name, lang) for p in case.parties}
    helpers = [
        id
        for id, party in outcome.parties.items()
        if party.mode not in NO_DEBTOR and case.party(id).role != "principal"
    ]
    gone = _unproved(outcome)
    remarks, open_ = outcome.law.remarks, _misfits(outcome, "unproved", gone)
    gone_or_open = [*gone, *open_]  # nothing else can follow
    found = {
        "unfit": _misfits(outcome, remarks.get("below_knowing"), gone_or_open),
        "whole": _misfits(outcome, remarks.get("knowing"), gone_or_open),
        "unproved": gone,
        "open": open_,
        "late": _misfits(outcome, "after-loss", gone),
        "answered": _misfits(outcome, "answered-by", gone),
    }
    said = []
    for key, ids in found.items():
        if ids:
            some = "" if set(ids) >= set(helpers) else "_some"
            who = words("terms", "faces.between", lang).join(called[id] for id in ids)
            said.append(words("terms", f"faces.{key}{some}", lang, who=who))
    listed = {str(entry["key"]) for entry in outcome.assumptions}
    if listed & {"misfit.regime-dates", "misfit.not-in-force"}:
        said.append(words("terms", "faces.time", lang))
    if "rule.pieces" in listed:  # listed only where a loss would be cut
        said.append(words("terms", "faces.undivided", lang))
    return words("terms", "faces.and", lang).join(said)


def faced(name: str, said: str, lang: str) -> str:
    """Write a mode's name with what stands beside it, if anything does."""
    return words("terms", "faces.beside", lang, name=name, face=said) if said else name


def _misfits(outcome: Outcome, remark: str | None, gone: Sequence[str]) -> list[str]:
    """List whom a remark is made of, but those against whom nothing is proved."""
    said = (a for a in outcome.assumptions if a["key"] == f"misfit.{remark}")
    return [str(a["party"]) for a in said if a.get("party") and a["party"] not in gone]


def _unproved(outcome: Outcome) -> list[str]:
    """List against whom an element is not proved, where that makes him not liable."""
    if outcome.mode == "auto":
        return [id for id, party in outcome.parties.items() if party.mode == "dismiss_claim"]
    if outcome.law.measure != "proof":
        return []
    nodes = [node for node in outcome.trace.walk() if node.key == "proved" and not node.value]
    return list(dict.fromkeys(str(node.party) for node in nodes))


def minority(outcome: Outcome) -> bool:
    """Tell whether a mode lets someone who knew answer by shares alone: a minority view."""
    return outcome.mode == "several" and any(
        str(entry["key"]) == "misfit.several-knowing" for entry in outcome.assumptions
    )
