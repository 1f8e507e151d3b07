"""A lab's whole state: which case, which position, what was changed. Text restores it."""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import traitlets

from simlib.case import load_case, shipped_cases
from simlib.errors import SimlibError

if TYPE_CHECKING:
    from simlib.case.model import Case

VERSION = 1
MOST_TEXT = 8_000  # characters of a link; more is no link of ours


class LabState(traitlets.HasTraits):
    """What a reader chose. Plain values only, so that it fits into a link.

    Attributes
    ----------
    case_id
        a shipped case's name
    position
        one of the case's positions, or empty
    changes
        path → value, set after the position; None: unknown
    party
        the helper whose facts the knobs move
    committed
        the reader's own answer, empty until given
    selected
        the number asked about: `[mode, key, party]`, or empty
    """

    case_id = traitlets.Unicode()
    position = traitlets.Unicode()
    changes = traitlets.Dict()
    party = traitlets.Unicode()
    committed = traitlets.Dict()
    selected = traitlets.List()

    FIELDS = ("case_id", "position", "changes", "party", "committed", "selected")

    @cached_property
    def _loaded(self) -> dict:
        return {}

    def base(self) -> Case:
        """The case at its position, before the reader's changes."""
        at = (self.case_id, self.position)
        if at not in self._loaded:
            case = load_case(self.case_id)
            self._loaded[at] = case.at(self.position) if self.position else case
        return self._loaded[at]

    def case(self) -> Case:
        """The case as the reader has it now; what he changed counts as assumed."""
        if not self.changes:
            return self.base()
        return self.base().set(self.changes | _assumed(self.changes))

    def to_text(self) -> str:
        """The state as text for a link; only what differs from an untouched lab is said."""
        held = {name: getattr(self, name) for name in self.FIELDS if getattr(self, name)}
        packed = zlib.compress(json.dumps([VERSION, held], separators=(",", ":")).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def from_text(self, text: str, accept: Callable[[], None]) -> bool:
        """Take over a state; False, and nothing changed, if the text is no state of ours.

        `accept` is the lab's own check of the state taken over; it raises what it refuses.
        """
        before = {name: getattr(self, name) for name in self.FIELDS}
        try:
            with self.hold_trait_notifications():
                for name, value in _read(text).items():
                    setattr(self, name, value)
                self._check()
                accept()
        except (
            ValueError,
            TypeError,
            KeyError,
            RecursionError,
            zlib.error,
            traitlets.TraitError,
            SimlibError,
        ):
            with self.hold_trait_notifications():
                for name, value in before.items():
                    setattr(self, name, value)
            return False
        return True

    def _check(self) -> None:
        if self.case_id not in shipped_cases():
            raise ValueError("a link opens shipped cases only, never a file")
        case = self.case()
        if self.party:
            case.party(self.party)


def _assumed(changes: dict) -> dict:
    """Notes that the facts changed are assumptions now: `zhang.fault` → `zhang.kinds.fault`."""
    notes = {}
    for path, value in changes.items():
        owner, dot, field = path.partition(".")
        if dot and value is not None:
            notes[f"{owner}.kinds.{field.split('.')[0]}"] = "assumed"
    return notes


def _read(text: str) -> dict:
    if len(text) > MOST_TEXT:
        raise ValueError("longer than any link of ours")
    unpacker = zlib.decompressobj()
    packed = unpacker.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), 100_000)
    version, held = json.loads(packed)
    if version != VERSION or not set(held) <= set(LabState.FIELDS):
        raise ValueError("a version we do not know")
    return held


def asked_state() -> str | None:
    """The `?s=` of the page that started this kernel, if any."""
    return parse_qs(os.environ.get("QUERY_STRING", "")).get("s", [None])[0]
