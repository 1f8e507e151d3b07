"""Which fact says what a failure to act can have caused: what she paid after it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.case.model import Party


def since_duty(party: Party, grave: bool) -> str:
    """Name the fact that says how much she paid after a platform or operator knew or had to act.

    An omission causes nothing that was paid before (1165, 1172, 1197), and a graver grade of the
    same one nothing earlier: where one of the two facts is not stated, the other stands for it. A
    platform below gross negligence answers for the enlarged part alone (1195(2)).

    Parameters
    ----------
    grave
        grossly negligent, or knowing
    """
    first, other = "after_knowledge_fen", "enlarged_fen"
    if not grave:
        first, other = other, first
    if party.role == "platform" and not grave:
        return first
    return other if getattr(party, first) is None and getattr(party, other) is not None else first
