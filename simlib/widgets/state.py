"""A lab's whole state: what is set up now, what is kept beside it. Text restores it."""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
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


@dataclass(frozen=True, slots=True)
class Scene:
    """What a reader has set up, without what he answered or asked.

    Attributes
    ----------
    case_id
        a shipped case's name
    position
        one of the case's positions, or empty
    changes
        path → value, set after the position; None: unknown
    party
        the helper whose facts the knobs move, or empty
    chosen
        what else a lab lets the reader choose: id → plain value
    """

    case_id: str = ""
    position: str = ""
    changes: dict = field(default_factory=dict)
    party: str = ""
    chosen: dict = field(default_factory=dict)


SCENE = tuple(Scene.__dataclass_fields__)


def fields_of(scene: Scene | LabState) -> dict:
    """A scene's values by name, themselves rather than copies."""
    return {name: getattr(scene, name) for name in SCENE}


class LabState(traitlets.HasTraits):
    """What a reader chose. Plain values only, so that it fits into a link.

    Attributes
    ----------
    case_id, position, changes, party, chosen
        the scene that is shown, see `Scene`
    committed
        the reader's own answer, empty until given
    selected
        the number asked about: `[row, key, party]`, or empty
    kept
        the scene kept as A, which the present one (B) is compared with; None: none
    """

    case_id = traitlets.Unicode()
    position = traitlets.Unicode()
    changes = traitlets.Dict()
    party = traitlets.Unicode()
    chosen = traitlets.Dict()
    committed = traitlets.Dict()
    selected = traitlets.List()
    kept = traitlets.Instance(Scene, allow_none=True)

    FIELDS = (*SCENE, "committed", "selected", "kept")
    UNDONE = (*SCENE, "committed", "kept")  # looking at another number changes nothing

    @cached_property
    def _loaded(self) -> dict:
        return {}

    def scene(self) -> Scene:
        """What is set up now."""
        return Scene(**fields_of(self))

    def base(self, scene: Scene | None = None) -> Case:
        """The case at its position, before the reader's changes."""
        asked = scene or self
        at = (asked.case_id, asked.position)
        if at not in self._loaded:
            case = load_case(asked.case_id)
            self._loaded[at] = case.at(asked.position) if asked.position else case
        return self._loaded[at]

    def case(self, scene: Scene | None = None) -> Case:
        """The case as the reader has it now (or in `scene`); what he changed counts as assumed."""
        changes = (scene or self).changes
        if not changes:
            return self.base(scene)
        return self.base(scene).set(changes | _assumed(changes))

    def snapshot(self) -> dict:
        """All that undo brings back."""
        return {name: getattr(self, name) for name in self.UNDONE}

    def put(self, values: dict) -> None:
        """Take over values by name, at once."""
        with self.hold_trait_notifications():
            for name, value in values.items():
                setattr(self, name, value)

    def to_text(self) -> str:
        """The state as text for a link; only what differs from an untouched lab is said."""
        held = {name: getattr(self, name) for name in self.FIELDS if getattr(self, name)}
        if self.kept:  # of A only what differs from B
            kept = asdict(self.kept)
            held["kept"] = {k: v for k, v in kept.items() if v != getattr(self, k)}
        packed = zlib.compress(json.dumps([VERSION, held], separators=(",", ":")).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def from_text(self, text: str, accept: Callable[[], None]) -> bool:
        """Take over a state; False, and nothing changed, if the text is no state of ours.

        `accept` is the lab's own check of the state taken over; it raises what it refuses.
        """
        before = {name: getattr(self, name) for name in self.FIELDS}
        try:
            with self.hold_trait_notifications():
                held = _read(text)
                kept = held.pop("kept", None)
                self.put(held)
                if kept is not None:
                    self.kept = Scene(**fields_of(self) | kept)
                self._check()
                accept()
        except (
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            RecursionError,
            zlib.error,
            traitlets.TraitError,
            SimlibError,
        ):
            self.put(before)
            return False
        return True

    def _check(self) -> None:
        for scene in (self.scene(), self.kept):
            if scene is None:
                continue
            for name in SCENE:  # A is no set of traits: its types are looked at here
                if type(getattr(scene, name)) is not type(getattr(Scene(), name)):
                    raise ValueError("a scene of other types than ours")
            if scene.case_id not in shipped_cases():
                raise ValueError("a link opens shipped cases only, never a file")
            case = self.case(scene)
            if scene.party:
                case.party(scene.party)


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
