"""Shares from a game: every order of acting, and a chain in which each act adds a loss."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.causation import chain_shapley, heard, indices
from simlib.exercise.causation.links import Act, case_of_acts
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import THOUSAND, Draft, amount, choice, pick, turn
from simlib.money import exact, half_up, times

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

TWELVES = tuple(n * THOUSAND for n in (12, 24, 36, 48, 60, 72, 84))
GAMES = {
    "two": ("A", "B"),
    "promoted": ("A", "B"),
    "three": ("A", "B", "E"),
}
OPINIONS = ("appraisal", "statement", "finding")
EXPERT = ("civil-procedure-law:82", "civil-procedure-interpretation:122(2)")


def orders(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the Shapley shares of one of several cards and of the fraudster, in money."""
    game, loss = turn(seed, tuple(GAMES)), turn(seed, TWELVES, 3)
    cards = GAMES[game]
    acts: dict[str, Act] = {"fraud": ("P", "contact", ("post",) if game == "promoted" else ())}
    acts |= {f"card-{c.lower()}": (c, "payment", ()) for c in cards}
    helped = dict.fromkeys(cards, "payment")
    if game == "promoted":
        acts, helped = {"post": ("D", "promotion", ()), **acts}, helped | {"D": "promotion"}
    needs = ("fraud", [f"card-{c.lower()}" for c in cards])
    facts = case_of_acts("orders", loss, acts, needs, helped)
    a, p = (_share(facts, "shapley", who) for who in "AP")
    values = {"loss_fen": loss, "a_fen": a, "p_fen": p}
    shown = (Phrase("orders.facts", values), Phrase(f"orders.game.{game}", values))
    steps = (
        amount("A", "causation", a, _wrong(facts, "A") | {"not_needed": 0}),
        amount("P", "causation", p, _wrong(facts, "P") | {"not_needed": loss}),
        choice("expert", "causation", heard("expert").opinion, OPINIONS, "opinion", cites=EXPERT),
    )
    return Draft(facts, shown, steps, values, game)


def _share(facts: Case, index: str, who: str) -> int:
    """Return a party's part of the loss by an index, scaled to sum to the whole [fen]."""
    parts = indices(facts)[index]
    return times(facts.loss_fen, parts[who] / sum(parts.values()))


def _wrong(facts: Case, who: str) -> dict[str, int]:
    return {
        "by_heads": half_up(Fraction(facts.loss_fen, len(indices(facts)["shapley"]))),
        "one_link_one_part": _share(facts, "responsibility", who),
        "sets_not_orders": _share(facts, "banzhaf", who),
    }


def chain(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for each part of a chain in which every act adds a loss that needs those before it."""
    first, second = turn(seed, (6, 8, 10, 12, 9), 2), pick(rng, (4, 6, 8, 10))
    # were the halves of one the thirds of the other, his own loss alone would look right
    third = pick(rng, [n for n in (3, 6, 9, 12) if 2 * n != 3 * second])
    links = [n * THOUSAND for n in (first, second, third)]
    acts: dict[str, Act] = {
        "one": ("D", "promotion", ()),
        "two": ("A", "payment", ("one",)),
        "three": ("B", "payment", ("two",)),
    }
    helped = {"D": "promotion", "A": "payment", "B": "payment"}
    facts = case_of_acts("chain", sum(links), acts, ("three",), helped)
    parts = [int(part) for part in chain_shapley(links)]
    values = {f"{name}_fen": fen for name, fen in zip(("one", "two", "three"), links, strict=True)}
    values |= {f"{name}_part_fen": fen for name, fen in zip(("d", "a", "b"), parts, strict=True)}
    values |= {"loss_fen": sum(links), "half_fen": links[1] // 2, "third_fen": links[2] // 3}
    steps = (_link("D", 0, links), _link("A", 1, links), _link("B", 2, links))
    return Draft(facts, (Phrase("chain.facts", values),), steps, values)


def _link(who: str, place: int, links: list[int]) -> Step:
    """Ask for one act's part; the slips take his own loss alone, equal parts, or the reverse."""
    wrong = {
        "own_link_only": links[place],
        "by_heads": half_up(Fraction(sum(links), len(links))),
        "against_the_chain": half_up(exact(chain_shapley(links[::-1])[::-1][place])),
    }
    return amount(who, "causation", int(chain_shapley(links)[place]), wrong)
