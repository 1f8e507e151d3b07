"""Why the answers for a party of lesson 03 stand still when a knob is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.widgets.causation.settings import ACT

if TYPE_CHECKING:
    from simlib.lessons.knob import Knob
    from simlib.widgets.causation.linked import Linked


def still_key(knob: Knob, now: Linked, party: str) -> str:
    """Which words under `board.still` say why moving a knob changed nothing for a party."""
    if knob.group in ("promise", "force"):
        return knob.group
    own, acts = now.acts.of(party), now.acts
    if own & {name.removeprefix(ACT) for name in knob.fields}:
        return "own"
    if all(acts.node(id).after_loss for id in own):
        return "late"
    if not own & acts.behind:
        return "idle"
    if not now.world(party).happens():
        return "no_loss"
    return "needed" if now.answer(party, "but_for") == "yes" else "same"
