"""What a trail assumes: neither law nor in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simlib.evidence.piece import ASSUMED
from simlib.liability.assumption import Assumption, entry, teaching

if TYPE_CHECKING:
    from simlib.evidence.levers import Levers
    from simlib.evidence.survival_of_piece import Kept, Setting
    from simlib.procedure.timeline import Schedule

ALWAYS = ("kinds", "independent", "own-proof")
BY_REPLY = {
    "today": ("today_median_days", "today_sigma"),
    "request_3d": ("request_days",),
    "platform_48h": ("platform_days",),
}


def assumptions(
    kept: Iterable[Kept], setting: Setting, levers: Levers | None, found: Schedule
) -> Iterator[Assumption]:
    """Yield each assumption once: those of the evidence, then those of the procedure."""
    pieces = tuple(kept)
    for key in (*ALWAYS, *_choices(pieces, setting, levers)):
        yield teaching(f"evidence.{key}", None)
    for key in _parameters(pieces, setting):
        known = setting.law.parameter(f"evidence.{key}")
        yield entry(known.key, known.value, known.basis)
    if levers is not None:
        yield teaching("evidence.mandatory_months", levers.mandatory_months)
        yield teaching("evidence.fine_fen", levers.fine_fen)
        yield teaching("evidence.inspected", levers.inspected)
        yield teaching("evidence.storage_cost_fen", levers.storage_cost_fen)
    yield from found.assumptions


def _choices(kept: tuple[Kept, ...], setting: Setting, levers: Levers | None) -> Iterator[str]:
    keys = {step.key for each in kept for step in each.steps}
    leasts = [each.clock.least for each in kept if each.clock.least]
    if any(each.piece.source == ASSUMED for each in kept):
        yield "assumed-pieces"
    if any(least.length is not None for least in leasts):
        yield "kept-no-longer"
    if any(not least.verified for least in leasts):
        yield "period-unread"
    if setting.asked_on is not None:
        yield "asked-before-stay"
        yield "court-waits"
    if keys & {"lifted", "lifted_refused"}:
        yield "preserved-lifted"
    elif "preserved" in keys:
        yield "preserved-copy"
    if "collected" in keys:
        yield "police-file"
    if setting.manner.place != "local":
        yield "place"
    if levers is not None:
        yield "levers" if levers.kept else "levers-not-kept"


def _parameters(kept: tuple[Kept, ...], setting: Setting) -> Iterator[str]:
    keys = {step.key for each in kept for step in each.steps}
    if "answered" in keys:
        yield from BY_REPLY[setting.manner.reply]
    if any(each.clock.least and each.clock.least.length for each in kept):
        yield "kept_beyond_days"
    if any(each.piece.kind.keeps and each.clock.days is not None for each in kept):
        yield "chat_days"
    if any(each.piece.kind.deleted for each in kept):
        yield "deletion_per_day"
    if "crosses" in keys:
        yield "crosses_days"
    if keys & {"ordered", "adverse"}:
        yield "refusal_days"
