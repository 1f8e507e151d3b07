"""What an exercise is: facts, a question in steps, a key for each, and the usual wrong answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.money import Fen

LAYERS = (
    "norm",
    "proof",
    "grade",
    "causation",
    "tracing",
    "document",
    "mode",
    "share",
    "model",
    "data",
    "time",
    "amount",
    "collection",
    "deduction",
    "recourse",
    "rounding",
    "basis",
    "integrity",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key of the words with its values, put into words later.

    Attributes
    ----------
    key
        a key of `texts/*/exercise.toml` or `texts/*/exercise/<topic>.toml`
    values
        what its placeholders stand for; a name ends in what it is: `_fen` an amount, `_share` a
        fraction, `_day` a day, `_word` another key of the same file, `_mode` and `_grade` what
        they say
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slip:
    """A usual wrong way to compute an amount.

    Attributes
    ----------
    key
        its name, e.g. `as_several`
    layer
        the step that goes wrong, one of `LAYERS`
    fen
        what one gets that way [fen]
    """

    key: str
    layer: str
    fen: Fen


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with options.

    Attributes
    ----------
    id
        its name within the exercise
    layer
        what it asks about, one of `LAYERS`
    key
        the right option
    group
        the family its options' words belong to
    options
        what can be chosen, in the order shown
    also
        options that can be argued for and are accepted, with the key told
    cites
        ids of the articles the answer rests on
    """

    id: str
    layer: str
    key: str
    group: str
    options: tuple[str, ...]
    also: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    slips: ClassVar[tuple[Slip, ...]] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A question for an amount of money.

    Attributes
    ----------
    id, layer, cites
        as of a `Choice`
    key
        the right amount [fen]
    slips
        the usual wrong amounts, each different from the key and from one another
    """

    id: str
    layer: str
    key: Fen
    slips: tuple[Slip, ...] = ()
    cites: tuple[str, ...] = ()
    group: ClassVar[str] = ""
    options: ClassVar[tuple[str, ...]] = ()
    also: ClassVar[tuple[str, ...]] = ()


Step: TypeAlias = Choice | Amount  # one question


@dataclass(frozen=True, slots=True)
class Exercise:
    """One variant of one template.

    Attributes
    ----------
    name, topic, seed
        which template of which topic, and the number that fixes the variant
    case
        the facts as the engine reads them
    facts
        the facts as they are told
    steps
        the questions in their order
    values
        what the placeholders of all words of the exercise stand for
    kind
        which of the template's model answers fits this variant; empty if there is but one
    """

    name: str
    topic: str
    seed: int
    case: Case
    facts: tuple[Phrase, ...]
    steps: tuple[Step, ...]
    values: Mapping[str, object]
    kind: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """List every article the answers rest on, in the order of the steps, each once."""
        return tuple(dict.fromkeys(cite for step in self.steps for cite in step.cites))

    def step(self, id: str) -> Step:
        """Return the question of this name; raises KeyError if there is none."""
        return {step.id: step for step in self.steps}[id]
