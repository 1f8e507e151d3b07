"""What lesson 03 asks of its engine: a chain with acts switched off, and what it says of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.causation import INDICES, chance, graph, graph_indices, legal_steps
from simlib.causation.legal import nothing_passed
from simlib.chain import capping_receipts, direct_receipts, passed_on
from simlib.fault import grade
from simlib.figures.board import Large, spoken
from simlib.figures.names_of_people import short_names
from simlib.law.regime import regime_for
from simlib.lessons.causation.knobs import ACT, askable, in_order
from simlib.lessons.causation.names import share_words, title_of, titles
from simlib.lessons.causation.stations import state_of
from simlib.lessons.outcome import Line, Value
from simlib.liability import decide
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation import Chance, Graph, Steps
    from simlib.causation.act_graph import Node, Part
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.liability.outcome import PieceOutcome
    from simlib.money import Fen

ASKED = ("but_for", "ness", "furthering")
PASSED, LOSS = "passed", "loss"
CONCERT = "concert"
BELOW = ("none", "slight", "gross")  # grades that help under article 1169 does not have
ALL, NONE, BETWEEN = "all", "none", "-"  # of the answers in an option's name


@dataclass(frozen=True, slots=True)
class Told:
    """The legal steps of one party, and his place in the four indices."""

    steps: Steps
    indices: dict[str, float]

    def to_json(self) -> dict[str, object]:
        """Both as plain data."""
        answers = {s.key: s.answer for s in (*self.steps.establishing, *self.steps.extent)}
        return {
            "answers": answers,
            "indices": self.indices,
            "trace": self.steps.trace.to_json(),
            "citations": list(self.steps.citations),
        }


class Chain(Mapping[str, Told]):
    """Party → what is said of him; card holders first, other helpers, then principals.

    Attributes
    ----------
    case, acts, off
        the case, its whole model of acts, and the acts that are switched off
    steps
        party → the legal steps, asked in the world the switches of the others make: what he did
        himself stays, for that is what is asked about
    """

    def __init__(self, case: Case, off: frozenset[str] = frozenset()) -> None:
        self.case, self.acts, self.off = case, graph(case), off
        self.steps: dict[str, Steps] = {
            id: legal_steps(case, id, acts=self.world(id)) for id in askable(case)
        }

    @property
    def happens(self) -> bool:
        """Whether the loss happens without the acts that are off."""
        return self.acts.happens(self.off)

    @property
    def in_doubt(self) -> bool:
        """Whether the model does not say if the loss happens without the acts that are off."""
        return self.acts.in_doubt(self.off)

    def answer(self, party: str, key: str) -> str:
        """What a step comes to for a party; empty where it is not asked."""
        step = self.steps[party].step(key)
        return step.answer if step else ""

    def world(self, party: str) -> Graph:
        """The model without what the others did not do."""
        others = self.off - self.acts.of(party)
        return self.acts.without(others) if others else self.acts

    @cached_property
    def indices(self) -> dict[str, dict[str, float]]:
        """Index → party → number, without the acts that are off; whose acts are gone has none."""
        found = graph_indices(self.acts.without(self.off) if self.off else self.acts)
        nobody = dict.fromkeys(self.acts.parties, 0.0)
        return {key: nobody | values for key, values in found.items()}

    @cached_property
    def law(self) -> Outcome:
        """Who answers for how much by the law in force, as it happened: switches are no facts."""
        return decide(self.case)

    @property
    def pieces(self) -> tuple[PieceOutcome, ...]:
        """Her payments, cut by who answers for each part; nothing if all answer alike."""
        return tuple(self.law.pieces)

    def chance(self, party: str) -> Chance:
        """The chance of recovery he took away."""
        return chance(self.case, party)

    def __getitem__(self, party: str) -> Told:
        """What is said of one party."""
        return Told(self.steps[party], {key: self.indices[key][party] for key in INDICES})

    def __contains__(self, party: object) -> bool:
        """Whether he acted; his indices are not worked out for that."""
        return party in self.steps

    def __iter__(self) -> Iterator[str]:
        """Whoever acted."""
        return iter(self.steps)

    def __len__(self) -> int:
        """How many."""
        return len(self.steps)


def money_of(case: Case, id: str) -> FenRange | None:
    """Return the claimant's money that came to a helper's accounts [fen]; None: it is not told."""
    if case.party(id).role == "principal" or not case.transfers:
        return None
    if direct_receipts(case, id) is not None:  # and what came to the card by others besides
        return capping_receipts(case, id)
    return passed_on(case, id) or 0


def part_of(found: Chain, id: str) -> Fen | None:
    """Return the part of the loss that passed a card, where he answers for no more [fen]."""
    if grade(found.case.party(id), regime_for(found.case)).value == CONCERT:
        return None  # one plan, one loss (1168)
    step = next((each for each in found.steps[id].extent if each.key == "flow_cap"), None)
    fen = step.value if step else None
    return fen if isinstance(fen, int) and fen < found.case.loss_fen else None


def below_knowing(case: Case, id: str) -> str:
    """Return a party's grade of fault if article 1169 does not reach it, else nothing."""
    found = grade(case.party(id), regime_for(case)).value
    return found if found in BELOW else ""


def hypothetical(found: Chain, id: str, key: str) -> bool:
    """Tell whether a yes supposes that a card was used into which no money of hers came."""
    return found.answer(id, key) == "yes" and bool(nothing_passed(found.case, found.case.party(id)))


# ---------------------------------------------------------------- what the lesson asks for


def solve(case: Case, chosen: Mapping[str, Any], lang: str = "zh", party: str = "") -> Chain:
    """The chain without the acts that are switched off; ValueError for an act it has not."""
    held = {name.removeprefix(ACT): on for name, on in chosen.items() if name.startswith(ACT)}
    if not held.keys() <= {node.id for node in graph(case).nodes}:
        raise ValueError(f"no such act: {sorted(held)}")
    return Chain(case, frozenset(id for id, on in held.items() if not on))


def rows(found: Chain, say: Say) -> dict[str, str]:
    """Whoever acted, as the case calls him."""
    called = short_names(found.case, say.lang)
    return {id: called[id] for id in found}


def value(found: Chain, row: str, column: str, say: Say) -> Value | None:
    """An answer of the law, or the money that came to his accounts."""
    who, asked = short_names(found.case, say.lang)[row], say(f"board.note.{column}")
    name, asks = say("board.cell_name", who=who, asked=asked), f"{row}|{column}|{row}"
    if column != PASSED:
        key = "yes_if" if hypothetical(found, row, column) else found.answer(row, column)
        return Value(None, say(f"board.answers.{key}"), name=name, asks=asks)
    fen = money_of(found.case, row)
    return None if fen is None else Value(fen, name=name, asks=asks)


def line(found: Chain, row: str, scene: Scene, say: Say) -> Line:
    """What has become of what he did, and where furthering is not the question."""
    deeds = (_deed(found, node, say) for node in found.acts.nodes if node.party == row)
    told = [said for said in deeds if said]
    told += _earlier(found, row, say)
    low = below_knowing(found.case, row) if found.case.party(row).role == "helper" else ""
    if low == "none":
        told.append(say("board.blameless"))
    elif low:
        told.append(say("board.below", grade=say(f"terms:grades.{low}")))
    if part_of(found, row) == 0:
        told.append(say("board.no_part"))
    part = found.acts.part_of(row)
    if part:  # what a platform or an operator left undone came after notice
        told.append(say("board.after_notice", amount=amount_of(part, say)))
    return Line(say("board.between").join(told))


def _earlier(found: Chain, id: str, say: Say) -> list[str]:
    """Say which acts the answers speak of, if he acted before the loss and after it."""
    own = [node for node in found.acts.nodes if node.party == id]
    early = [node.id for node in own if not node.after_loss]
    if not early or len(early) == len(own):
        return []
    named = (title_of(found.case, found.acts, act, say.lang) for act in early)
    return [say("board.earlier", acts=say("act.between").join(named))]


def amount_of(part: Part, say: Say) -> str:
    """How much a part of the loss is, as far as it is known."""
    return say("board.some") if part.fen is None else amount(part.fen, say.lang)


def _deed(found: Chain, node: Node, say: Say) -> str:
    """Name an act and say what has become of it; empty where it simply takes effect."""
    acts, state = found.acts, state_of(found.acts, node.id, found.off)
    if state == "on":
        return ""
    left, called = acts.effective(found.off), short_names(found.case, say.lang)
    lacks = [name for group in node.needs if not left & set(group) for name in group]
    who = dict.fromkeys(called[acts.node(name).party] for name in lacks)
    key = "void" if state == "lost" and not lacks else state
    if state == "after" and acts.derived:  # only where the card stands is known
        key = "behind"
    said = say(f"board.state.{key}", who=say("act.between").join(who))
    return say("board.act", act=title_of(found.case, acts, node.id, say.lang), state=said)


def large(found: Chain, scene: Scene, column: str, say: Say) -> Large:
    """Whether the loss happens."""
    label, text = say("board.large"), said_of_loss(found, say)
    name = words("board", "name.bar", say.lang, name=label.rstrip("？?"), amount=text)
    return Large(label, text, f"{LOSS}|happens|", name)


def said_of_loss(found: Chain, say: Say) -> str:
    """Whether the loss happens, and whether a part of it does not, in words."""
    if found.in_doubt:
        return say("board.untold")
    if found.happens and averted(found):
        return say("board.happens_less")
    return say("board.happens" if found.happens else "board.averted")


def averted(found: Chain) -> Part | None:
    """The largest part of the loss that does not happen without what is off."""
    parts = found.acts.averted(found.off)
    return max(parts, key=lambda part: part.fen or 0, default=None)


def sentence(found: Chain, scene: Scene, say: Say, kept: Chain | None = None) -> str:
    """What is off, and of the first party whether he was needed and whether he furthered it.

    Parameters
    ----------
    kept
        the chain kept as A
    """
    acts, who = found.acts, next(iter(found))
    part = averted(found)
    key = "averted" if not found.happens else "less" if part else "happens"
    key = "untold" if found.in_doubt else key
    gone = [node.id for node in acts.nodes if node.id in found.off]
    if gone:
        listed = titles(found.case, acts, gone, say.lang, "in_text")
        less = amount_of(part, say) if part else ""
        text = say(f"board.sentence.off_{key}", acts=listed, amount=less)
    else:
        text = say("board.sentence.all" if found.happens else "board.sentence.all_averted")
    if found.happens and not found.in_doubt:
        pair = f"{found.answer(who, 'but_for')}_{found.answer(who, 'furthering')}"
        pair += "_if" if hypothetical(found, who, "furthering") else ""
        text += say(f"board.sentence.{pair}", who=short_names(found.case, say.lang)[who])
    cards = {id for id in found if part_of(found, id)}
    if found.happens and cards and not any(acts.node(id).party in cards for id in gone):
        text += say("board.sentence.parts")
    if kept is not None:
        text += say("board.sentence.kept", what=said_of_loss(kept, say))
    how = "derived_parts" if acts.parts else "derived"
    return text + (say(f"board.sentence.{how}") if acts.derived else "")


def revealed(found: Chain, say: Say) -> dict[str, str]:
    """What the reveal speaks of: whether the loss happens without the first card, and whether its
    holder is a cause as but-for has it, and as furthering has."""
    needed = found.answer("gao", "but_for") == "yes"
    cause = {f"cause_{key}": say(f"reveal.cause.{found.answer('gao', key)}")
             for key in ("but_for", "furthering")}  # fmt: skip
    return cause | {"happens": say(f"bet.happens_is.{'no' if needed else 'yes'}")}


def numbers(before: Chain, now: Chain, say: Say) -> dict[str, str]:
    """The loss, the Shapley value and the fault of the second card's holder, the chance that the
    third took away."""
    shapley = [share_words(each.indices["shapley"]["du"], say.lang) for each in (before, now)]
    lost = now.chance("luo").interval
    told = {"loss": said_of_loss(now, say), "luo_chance": spoken(lost, say.lang) if lost else ""}
    fault = grade(now.case.party("du"), regime_for(now.case)).value
    told["du_grade"] = say(f"terms:grades.{fault}")
    return told | {"du_shapley_before": shapley[0], "du_shapley": shapley[1]}


def turned(party: str, before: Chain, now: Chain) -> str:
    """Which of the three answers for a party are others: `all`, `none`, or their names."""
    moved = [key for key in ASKED if before.answer(party, key) != now.answer(party, key)]
    return ALL if len(moved) == len(ASKED) else BETWEEN.join(moved) or NONE


def counterexample(before: Chain, now: Chain) -> str:
    """Whether the loss happens without somebody, and he furthered it all the same."""
    if not now.happens:
        return "gone"
    out = (id for id in now if now.acts.of(id) & (now.off - before.off))
    return "found" if any(before.answer(id, "furthering") == "yes" for id in out) else "idle"


READS: Mapping[str, Any] = {}
ASKS: Mapping[str, Callable[[Chain, Chain], str]] = {
    "whether it is a counterexample": counterexample,
    "which answers for Luo turn": lambda then, now: turned("luo", then, now),
    "whether there is a loss, and which answers for Gao turn": lambda then, now: (
        f"{'yes' if now.happens else 'no'}{BETWEEN}{turned('gao', then, now)}"
    ),
}


def still(knob: str, row: str, states: tuple[Chain, Chain], scene: Scene, say: Say) -> str:
    """Why the answers for a party do not move with a knob."""
    return say(f"still.{_still_key(knob, states[1], row)}")


def _still_key(knob: str, now: Chain, party: str) -> str:
    """Which words say it: of a promise or of causal force, else of the act that a knob switches."""
    kind, _, n = knob.partition(":")
    if kind != "switch":
        return kind
    own, acts = now.acts.of(party), now.acts
    if in_order(now.case, acts)[int(n) - 1] in own:
        return "own"
    if all(acts.node(id).after_loss for id in own):
        return "late"
    if not own & acts.behind:
        return "idle"
    if not now.world(party).happens():
        return "no_loss"
    if now.answer(party, "but_for") == "untold":
        return "untold"
    return "needed" if now.answer(party, "but_for") == "yes" else "same"
