"""But-for, NESS and the furthering of art. 1169 on a small chain of acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simlib.causation import graph, legal_steps
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import LOSSES, Draft, case, choice, helper, principal, turn

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy

    from simlib.case.model import Case
    from simlib.causation.legal import Steps
    from simlib.money import Fen

# who acts, at which stage, and what the act needs: each an act, or one of several
Groups: TypeAlias = tuple[str | list[str], ...]
Act: TypeAlias = tuple[str, str, Groups]

# what happened: acts (who, stage, what it needs), what the loss needs, and what A and B helped with
STORIES: dict[str, tuple[dict[str, Act], Groups, dict[str, str]]] = {
    "either": (
        {
            "post": ("D", "promotion", ()),
            "fraud": ("P", "contact", ("post",)),
            "card-a": ("A", "payment", ()),
            "card-b": ("B", "payment", ()),
        },
        ("fraud", ["card-a", "card-b"]),
        {"A": "payment", "B": "payment", "D": "promotion"},
    ),
    "needed": (
        {
            "post": ("D", "promotion", ()),
            "chat": ("B", "tool", ()),
            "fraud": ("P", "contact", ("post", "chat")),
            "card-a": ("A", "payment", ()),
        },
        ("fraud", "card-a"),
        {"A": "payment", "B": "account", "D": "promotion"},
    ),
    "idle": (
        {
            "post": ("D", "promotion", ()),
            "chat": ("A", "tool", ()),
            "fraud": ("P", "contact", ("post",)),
            "card-b": ("B", "payment", ()),
        },
        ("fraud", "card-b"),
        {"A": "account", "B": "payment", "D": "promotion"},
    ),
    "behind": (
        {
            "post-a": ("A", "promotion", ()),
            "post-b": ("B", "promotion", ()),
            "fraud": ("P", "contact", (["post-a", "post-b"],)),
            "card": ("D", "payment", ()),
        },
        ("fraud", "card"),
        {"A": "promotion", "B": "promotion", "D": "payment"},
    ),
}
ANSWERS = ("yes", "no")


def links(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for but-for, NESS and furthering, and whom but-for alone would let off."""
    story, loss = turn(seed, tuple(STORIES)), turn(seed, LOSSES, 5)
    facts = case_of_acts("links", loss, *STORIES[story])
    values = {"loss_fen": loss}
    shown = (Phrase("links.facts", values), Phrase(f"links.story.{story}", values))
    return Draft(facts, shown, _questions(facts), values, story)


def case_of_acts(
    name: str,
    loss: Fen,
    acts: Mapping[str, Act],
    needs: Groups,
    helped: Mapping[str, str],
) -> Case:
    """Make a case of these acts; `helped` maps each helper to his kind of help."""
    deeds = [
        {
            "id": id,
            "party": party,
            "stage": stage,
            "title": {"zh": id, "en": id},
            "needs": list(groups),
        }
        for id, (party, stage, groups) in acts.items()
    ]
    helpers = [helper(id, act) for id, act in helped.items()]
    people = (principal(sued=False), *helpers)
    return case(name, loss, *people, acts=deeds, loss_needs=list(needs))


def _questions(facts: Case) -> tuple[Step, ...]:
    acts, steps = graph(facts), legal_steps(facts, "A")
    free = "".join(party for party in "AB" if not acts.but_for(party)) or "none"
    tort = ("civil-code:1165(1)",)
    return (
        choice("but_for", "causation", _yes(acts.but_for("A")), ANSWERS, "but_for", cites=tort),
        choice("ness", "causation", _yes(acts.ness("A")), ANSWERS, "ness"),
        choice("further", "causation", answer_of(steps, "furthering"), ANSWERS, "further",
               cites=("civil-code:1169(1)",)),
        choice("escape", "causation", free, ("none", "A", "B", "AB"), "escape", cites=tort),
        choice("adequate", "causation", answer_of(steps, "adequate"),
               ("open", "number", "none"), "adequate", cites=tort),
    )  # fmt: skip


def answer_of(steps: Steps, key: str) -> str:
    """Return the answer of a legal step that every exercise on it reaches."""
    step = steps.step(key)
    assert step is not None, key
    return step.answer


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
