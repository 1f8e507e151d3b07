"""How many transfers of each kind a chain of a given size has: all fixed before anything is drawn.

A chain is a row of stages. The victims' payments are what the first stage's cards receive; a stage
gathers what came in into batches, each on one card, and pays each batch out in pieces, which the
next stage's cards receive; the last stage pays out in cash and crypto. Beside that, cards take in
honest money and spend it, some batches pay for technical help and promotion, and some money goes
round through an earlier card before it goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Stage:
    """How many transfers one layer of cards makes, and in how many batches.

    Attributes
    ----------
    layer
        1 for the cards the victims pay to
    batches
        how often a card gathers money and pays it out again; never more than `pieces`
    pieces
        transfers to the next layer, or out of the chain
    honest, spent
        honest payments into the cards, and how many of them their holders spend
    tech, promotion
        payments for services
    circles
        batches of which a part first goes round through a card of the layer before: two
        transfers each
    """

    layer: int
    batches: int
    pieces: int
    honest: int = 0
    spent: int = 0
    tech: int = 0
    promotion: int = 0
    circles: int = 0

    @property
    def transfers(self) -> int:
        """All of them; what the layer receives is not counted."""
        own = self.pieces + self.honest + self.spent
        return own + self.tech + self.promotion + 2 * self.circles


@dataclass(frozen=True, slots=True)
class Plan:
    """The counts of a whole chain; `payments` and the stages' transfers add up to its size."""

    victims: int
    payments: int
    stages: tuple[Stage, ...]


def plan(size: int, layers: int, victims: int | None, values: Mapping[str, float]) -> Plan:
    """Return the counts of a chain of exactly `size` transfers.

    1. payments: the size divided by how many transfers one payment leads to
    2. each stage by its rates, as far as the transfers left allow
    3. the last stage's pieces: whatever is left
    """
    payments = max(1, int(size / _transfers_of_one(layers, values)), victims or 1)
    payments = min(payments, size - layers)
    victims = victims or max(1, round(payments / values["payments.per_victim"]))
    left, received, stages = size - payments, payments, []
    for layer in range(1, layers + 1):
        behind = layers - layer  # stages still to come, each of which needs a transfer
        wanted = _wanted(layer, layers, received, values, size)
        stage = _within(wanted, left - behind)
        if not behind:
            stage = replace(stage, pieces=left - stage.transfers + stage.pieces)
        left -= stage.transfers
        received = stage.pieces
        stages.append(stage)
    return Plan(victims, payments, tuple(stages))


def _wanted(
    layer: int, layers: int, received: int, values: Mapping[str, float], size: int
) -> Stage:
    """Return a stage by its rates, as if there were no end of transfers."""
    least = int(size >= values["extras.from"])
    some = least if layer == 1 and values["honest.share"] else 0
    honest = max(some, round(received * values["honest.share"]))
    batches = max(1, round(received / values["batch.inflows"]))
    services = max(least, round(batches * values["service.share"])) if _pays(layer, layers) else 0
    tech, promotion = (
        min(batches, services) if values[f"gain.{kind}"] else 0 for kind in ("tech", "promotion")
    )
    return Stage(
        layer,
        batches,
        max(1, round(batches * values["batch.pieces"])),
        honest=honest,
        spent=round(honest * values["honest.spent"]),
        tech=tech,
        promotion=promotion,
        circles=min(batches, round(batches * values["circle.share"])) if layer > 1 else 0,
    )


def _within(wanted: Stage, most: int) -> Stage:
    """Return a stage of at most `most` transfers: pieces first, then what else there is room
    for."""
    pieces = max(1, min(wanted.pieces, most))
    room = most - pieces
    counts: dict[str, int] = {}
    for key, cost in (("tech", 1), ("promotion", 1), ("honest", 1), ("spent", 1), ("circles", 2)):
        batches = min(wanted.batches, pieces)
        bound = {"spent": counts.get("honest", 0), "honest": room}.get(key, batches)
        counts[key] = max(0, min(getattr(wanted, key), bound, room // cost))
        room -= cost * counts[key]
    return Stage(wanted.layer, min(wanted.batches, pieces), pieces, **counts)


def _pays(layer: int, layers: int) -> bool:
    """Tell whether this layer pays for services: the second, or the only one."""
    return layer == min(2, layers)


def _transfers_of_one(layers: int, values: Mapping[str, float]) -> float:
    """Return how many transfers one payment leads to, itself included."""
    total = received = 1.0
    for layer in range(1, layers + 1):
        batches = received / values["batch.inflows"]
        honest = received * values["honest.share"]
        services = 2 * values["service.share"] * batches if _pays(layer, layers) else 0
        circles = 2 * values["circle.share"] * batches if layer > 1 else 0
        received = batches * values["batch.pieces"]
        total += received + honest * (1 + values["honest.spent"]) + services + circles
    return total
