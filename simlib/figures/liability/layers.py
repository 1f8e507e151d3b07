"""One outcome as linked pictures: what may be claimed, who bears it, what is collected.

The rows are the same people in the same order; the bars differ as the questions do. Exposures are
ceilings: hollow, each from 0, never added up. Burdens and payments follow on one another, since
they add up to the damages and to the claim. What each carries while somebody is unable stands
between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from simlib.explain import face, faced, form_name
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.panels import FILLED, HOLLOW, Bar, Panel, Row, bars_of, panels_figure
from simlib.figures.people import claim_key, color_of, debtors_of, short_names
from simlib.interval import FenRange, Interval, high_end, low_end
from simlib.money import Fen
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome

COLUMNS = (
    "party", "form", "exposure", "share", "burden", "carried", "paid", "short", "recourse",
)  # fmt: skip


def draw_layers(
    case: Case, outcome: Outcome, lang: str = "zh", kept: Outcome | None = None
) -> Drawing:
    """Draw exposure, internal share, what is carried, and collection, side by side.

    Parameters
    ----------
    kept
        the outcome kept as A: its exposures, and what the victim received, are marked

    Returns
    -------
    Drawing
        four panels; the table has a row for each liable party and one for the victim
    """
    view = _View(case, outcome, lang, kept)
    panels = (view.exposure(), view.burden(), view.carried(), view.collection())
    figure = panels_figure(panels, view.top_fen(), lang)
    columns = tuple(view.say(f"table.{name}") for name in COLUMNS)
    return Drawing(figure, columns, view.table(), view.sentence())


class _View:
    """The outcome with the names, colours and words that all three panels use."""

    def __init__(self, case: Case, outcome: Outcome, lang: str, kept: Outcome | None) -> None:
        self.case, self.outcome, self.lang, self.kept = case, outcome, lang, kept
        self.names = short_names(case, lang)
        self.face = face(outcome, case, lang, self.names)
        self.ids = debtors_of(outcome)
        self.victim = case.claimant
        parties = [outcome.parties[id] for id in self.ids]
        burdens = [own.burden_fen for own in parties]
        self.spread = any(high_end(own.carried_fen) > high_end(own.burden_fen) for own in parties)
        self.borne = sum(high_end(b) for b in burdens)
        exact = not any(isinstance(b, Interval) for b in burdens)
        # the victim's own part by his fault (1173); what nobody is charged with is no one's part
        self.own = case.loss_fen - self.borne if exact and self.borne else 0
        self.own = self.own if case.party(self.victim).fault else 0

    def say(self, key: str, **values: object) -> str:
        return words("liability", key, self.lang, **values)

    def money(self, fen: FenRange) -> str:
        return amount(fen, self.lang)

    def top_fen(self) -> float:
        parties = self.outcome.parties.values()
        return max(self.outcome.claim_fen, self.case.loss_fen, *_highest(parties))

    # ------------------------------------------------------------ panels

    def exposure(self) -> Panel:
        """Draw exposures as hollow bars, each from 0."""
        rows = []
        for id in self.ids:
            own = self.outcome.parties[id]
            sued = self.case.party(id).sued
            text = self.say(
                "layers.exposure" if sued else "layers.exposure_unsued",
                who=self.names[id],
                amount=self.money(own.exposure_fen),
            )
            color = color_of(self.case, id)
            rows.append(Row(text, bars_of(own.exposure_fen, color, HOLLOW), self._then(id)))
        claim = self.outcome.claim_fen
        text = self.say("layers.claim", who=self.names[self.victim], amount=self.money(claim))
        rows.append(Row(text, bars_of(claim, color_of(self.case, self.victim), HOLLOW)))
        title, note = self._title("exposure")
        return Panel(faced(title, self.face, self.lang), note, tuple(rows), (claim,))

    def burden(self) -> Panel:
        """Draw who bears the damages: filled as far as paid, hollow where open."""
        rows, at = [], 0.0
        steps = self._adds_up("burden_fen")
        for id in self.ids:
            own = self.outcome.parties[id]
            text = self.say(
                "layers.burden",
                who=self.names[id],
                share=percent(own.share, self.lang),
                amount=self.money(own.burden_fen),
            )
            rows.append(Row(text, self._borne(id, own, at)))
            at += high_end(own.burden_fen) if steps else 0
        text = self.say("layers.own", who=self.names[self.victim], amount=self.money(self.own))
        rows.append(Row(text, bars_of(self.own, color_of(self.case, self.victim), start=at)))
        return Panel(*self._title("burden"), tuple(rows), (self.borne,) if self.borne else ())

    def carried(self) -> Panel:
        """Draw who carries the burdens: his own filled, what he carries for others hollow."""
        rows, at = [], 0.0
        steps = self._adds_up("carried_fen")
        for id in self.ids:
            own = self.outcome.parties[id]
            more = self._carried_more(own)
            text = self.say(
                "layers.carried_more" if more else "layers.carried",
                who=self.names[id],
                amount=self.money(own.carried_fen),
                more=self.money(more),
            )
            rows.append(Row(text, self._carries(id, own, more, at)))
            at += high_end(own.carried_fen) if steps else 0
        title, note = self._title("carried")
        note = note if self.spread else self.say("layers.carried_same")
        return Panel(title, note, tuple(rows), (self.borne,) if self.borne else ())

    def _carried_more(self, own: PartyOutcome) -> Fen:
        """Return what he carries for others; 0 where that is open."""
        if isinstance(own.burden_fen, Interval) or isinstance(own.carried_fen, Interval):
            return 0
        return max(0, own.carried_fen - own.burden_fen)

    def _carries(self, id: str, own: PartyOutcome, more: Fen, at: float) -> tuple[Bar, ...]:
        color = color_of(self.case, id)
        if isinstance(own.carried_fen, Interval):
            return bars_of(own.carried_fen, color, FILLED, at)
        mine = own.carried_fen - more
        return (*bars_of(mine, color, FILLED, at), *bars_of(more, color, HOLLOW, at + mine))

    def collection(self) -> Panel:
        """Draw what is paid now and what stays unrecovered; together the claim."""
        rows, at = [], 0.0
        steps = self._adds_up("paid_fen")
        for id in self.ids:
            own = self.outcome.parties[id]
            key = "layers.paid_short" if high_end(own.short_fen) else "layers.paid"
            text = self.say(
                key,
                who=self.names[id],
                amount=self.money(own.paid_fen),
                short=self.money(own.short_fen),
            )
            rows.append(Row(text, bars_of(own.paid_fen, color_of(self.case, id), FILLED, at)))
            at += high_end(own.paid_fen) if steps else 0
        rest = self.outcome.unrecovered_fen
        text = self.say("layers.rest", who=self.names[self.victim], amount=self.money(rest))
        color = color_of(self.case, self.victim)
        then = self.kept.received_fen if self.kept else None
        rows.append(Row(text, bars_of(rest, color, HOLLOW, at), then))
        return Panel(*self._title("collection"), tuple(rows), (self.outcome.claim_fen,))

    def _then(self, id: str) -> FenRange | None:
        """Return A's exposure of a party, if he is in A."""
        own = self.kept.parties.get(id) if self.kept else None
        return own.exposure_fen if own else None

    def _borne(self, id: str, own: PartyOutcome, at: float) -> tuple[Bar, ...]:
        color = color_of(self.case, id)
        if isinstance(own.burden_fen, Interval) or isinstance(own.short_fen, Interval):
            return bars_of(own.burden_fen, color, FILLED, at)
        done = own.burden_fen - own.short_fen
        return (
            *bars_of(done, color, FILLED, at),
            *bars_of(own.short_fen, color, HOLLOW, at + done),
        )

    def _adds_up(self, field: str) -> bool:
        """Tell whether bars can be stacked: none of them is a range."""
        values = (getattr(self.outcome.parties[id], field) for id in self.ids)
        return not any(isinstance(value, Interval) for value in values)

    def _title(self, layer: str) -> tuple[str, str]:
        return self.say(f"layers.{layer}_title"), self.say(f"layers.{layer}_note")

    # ------------------------------------------------------------ table and sentence

    def table(self) -> tuple[tuple[Cell, ...], ...]:
        return (*(self._row(id) for id in self.ids), self._victims_row())

    def _row(self, id: str) -> tuple[Cell, ...]:
        own, mode = self.outcome.parties[id], self.outcome.mode
        return (
            Cell(self.names[id]),
            Cell(form_name(self.outcome, id, self.lang)),
            Cell.of_money(own.exposure_fen, self.lang, f"{mode}|exposure|{id}"),
            Cell(percent(own.share, self.lang), f"{mode}|share|{id}"),
            Cell.of_money(own.burden_fen, self.lang, f"{mode}|burden|{id}"),
            Cell.of_money(own.carried_fen, self.lang, f"{mode}|carried|{id}"),
            Cell.of_money(own.paid_fen, self.lang, f"{mode}|paid|{id}"),
            Cell.of_money(own.short_fen, self.lang, f"{mode}|short|{id}"),
            self._recourse(id, own),
        )

    def _recourse(self, id: str, own: PartyOutcome) -> Cell:
        if not own.recourse:
            return Cell("—")
        claims = [
            self.say(
                "table.claim_behind" if claim.subordinate else "table.claim",
                who=self.names[claim.against],
                amount=self.money(claim.fen),
                kind=words("terms", f"recourse_kinds.{claim.kind}", self.lang),
            )
            for claim in own.recourse
        ]
        asks = f"{self.outcome.mode}|{claim_key(own.recourse[0])}|{id}"
        return Cell(self.say("table.between").join(claims), asks)

    def _victims_row(self) -> tuple[Cell, ...]:
        outcome, mode = self.outcome, self.outcome.mode
        own = percent(self.case.party(self.victim).fault or 0, self.lang)
        return (
            Cell(self.names[self.victim]),
            Cell("—"),
            self._labelled("owed", outcome.claim_fen, f"{mode}|claim|"),
            Cell(self.say("table.own", share=own)),
            Cell.of_money(self.own, self.lang),
            Cell("—"),
            self._labelled("received", outcome.received_fen, f"{mode}|received|"),
            self._labelled("rest", outcome.unrecovered_fen, f"{mode}|received|"),
            Cell("—"),
        )

    def _labelled(self, key: str, fen: FenRange, asks: str) -> Cell:
        """Make a victim's cell: an amount with a word that says which."""
        return Cell(self.say(f"table.{key}", amount=self.money(fen)), asks, fen, measured=True)

    def sentence(self) -> str:
        say, outcome = self.say, self.outcome
        name = words("modes", f"{outcome.mode}.name", self.lang)
        text = say("sentence.mode", mode=faced(name, self.face, self.lang))
        exposed = self._listed("exposure_fen", self.ids)
        text += say("sentence.exposure", parts=exposed) if exposed else say("sentence.nothing")
        borne = self._listed("burden_fen", self.ids)
        text += say("sentence.burden", parts=borne) if borne else ""
        if self.spread:
            text += say("sentence.carried", parts=self._listed("carried_fen", self.ids))
        return text + say(
            "sentence.collection",
            received=self.money(outcome.received_fen),
            rest=self.money(outcome.unrecovered_fen),
        )

    def _listed(self, field: str, ids: Sequence[str]) -> str:
        amounts = [(id, getattr(self.outcome.parties[id], field)) for id in ids]
        return self.say("sentence.between").join(
            self.say("sentence.part", who=self.names[id], amount=self.money(value))
            for id, value in amounts
            if high_end(value)
        )


def _highest(parties: Iterable[PartyOutcome]) -> list[Fen]:
    return [max(high_end(p.exposure_fen), low_end(p.burden_fen)) for p in parties] or [0]
