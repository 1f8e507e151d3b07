"""Pictures of lesson 04: shares and means at its head; the four articles; every form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib.explain import face, faced
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import (
    NARROW,
    WIDE,
    Size,
    both,
    feet,
    label,
    person,
    svg,
    wrapped,
)
from simlib.figures.panels import HOLLOW, Bar, Panel, Row, bars_of, panels_figure
from simlib.figures.row_premises import ghost
from simlib.figures.style import BASIS, FADED, GRID, INK, ROLES
from simlib.interval import Interval, high_end, low_end
from simlib.law.citation import parse
from simlib.lessons.liability.outcomes import by_analogy, liable_ids, mode_name
from simlib.lessons.liability.purses import purses
from simlib.lessons.outcome import Say
from simlib.liability.forms import form_of
from simlib.text import amount, percent, topic_words

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.figures.picture import Picture
    from simlib.figures.picture import Size as Picked
    from simlib.lessons.declaration import Scene
    from simlib.lessons.liability.outcomes import Found
    from simlib.liability import Outcome
    from simlib.money import Fen

TOP = 4  # above the first head [px]
LINE = 2.25  # from one bar to the next where they lie in lines, of the height of their words
BOLD = 1.15  # how much wider bold letters are
ROOM = 0.86  # how much of its column the bar of the whole loss takes
ARTICLES = ("1168", "1169", "1171", "1172")
PANELS, NAMED = 3, 3  # of every form: columns of bars, and how many forms a sentence names
COLUMNS = ("mode", "basis", "received", "unrecovered", "payers")
STYLE = (  # below the rows, which a hand on a knob must see first; flat: they are no buttons
    ".stage-board:has(.norms){display:flex;flex-direction:column}"
    ".stage-board:has(.norms)>.stage-picture{order:2;margin:8px 0 4px}"
    ".norms{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:0 8px;margin:0;"
    "padding:0;list-style:none;font-size:var(--fine);line-height:1.4}"
    ".norms li{padding:3px 0 5px;border-top:2.5px solid var(--line);color:var(--ink)}"
    ".norms b{display:block;font-weight:600}"
    ".norms small{display:block;font-size:inherit;color:inherit}"
    ".norms .is-lit{border-color:var(--law)}"
    ".norms .is-ghost{border-top-style:dashed;border-color:var(--soft)}"
    ".norms .is-lit b::before{content:'▸ '}"
    ".norms-said{margin:4px 0 0!important;font-size:var(--small);line-height:1.4;color:var(--soft)}"
    ".norms-said.is-told{display:none}"
    ".is-talk :is(.norms,.norms-said){font-size:1.02em}"
    "@media(max-width:759px){.norms{gap:0 4px}.norms li{padding:1px 0 2px}"
    ".norms small{display:none}.norms b span{display:none}.norms-said.is-told{display:block}}"
)


def opening(case: Case, lang: str = "zh") -> str:
    """Draw the victim's loss and, beside it, each debtor's share and means to the same scale."""
    wide, narrow = (_Drawing(case, size, lang) for size in (WIDE, NARROW))
    return both(wide.columns(), narrow.lines())


class _Drawing:
    """One drawing: people side by side, or one below the other."""

    def __init__(self, case: Case, size: Size, lang: str) -> None:
        self.case, self.size, self.lang = case, size, lang
        self.names, self.say = short_names(case, lang), Say("liability", lang)
        self.people = [case.party(id) for id in (case.claimant, *liable_ids(case))]
        self.bar = 0.62 * size.text

    @property
    def title(self) -> str:
        debtors = (
            self.say(
                "opening.title_debtor",
                who=self.names[p.id],
                share=self._share(p),
                assets=self._has(p),
            )
            for p in self.people[1:]
        )
        lost = amount(self.case.loss_fen, self.lang)
        return self.say("opening.title", victim=self.names[self.people[0].id], loss=lost,
                        debtors=self.say("opening.between").join(debtors))  # fmt: skip

    # ------------------------------------------------------------ side by side

    def columns(self) -> str:
        """Draw people in columns, bars below them."""
        step = self.size.width / len(self.people)
        inner, low = "", 0.0
        for place, party in enumerate(self.people):
            x = step * (place + 0.5)
            inner += person(x, TOP, ROLES[party.role], self.size)
            y = feet(TOP, self.size) + 1.2 * self.size.text
            inner += label(getattr(party.name, self.lang), x, y, self.size.text, bold=True)
            for n, bar in enumerate(self._bars(party)):
                inner += self._bar(bar, x - ROOM * step / 2, y + 12 + 2.3 * n * self.size.text,
                                   ROOM * step)  # fmt: skip
            low = max(low, y + 12 + 2 * 2.3 * self.size.text)
        return svg(inner, self.size, low + 4, self.title, "wide")

    # ------------------------------------------------------------ one below the other

    def lines(self) -> str:
        """Draw people in lines, bars beside them."""
        inner, y, left = "", 2.0, 0.3 * self.size.width
        for party in self.people:
            bars = self._bars(party)
            high = LINE * self.size.small * len(bars) + 5
            name = wrapped(self.names[party.id], left - 4, BOLD * self.size.text)
            for n, line in enumerate(name[:2]):
                inner += self._text(line, 2, y + 1.05 * self.size.text * (n + 1), self.size.text,
                                    ROLES[party.role], bold=True)  # fmt: skip
            for n, bar in enumerate(bars):
                inner += self._bar(bar, left, y + LINE * self.size.small * n,
                                   self.size.width - left - 6)  # fmt: skip
            y += high
        return svg(inner, self.size, y, self.title, "narrow")

    # ------------------------------------------------------------ what is drawn of each

    def _bars(self, party: Party) -> list[tuple[str, Fen, str, bool]]:
        """Words, amount, colour, and whether it is money there is (filled) or owed (hollow)."""
        color = ROLES[party.role]
        if party.role == "victim":
            lost = self.case.loss_fen
            return [(self.say("opening.loss", amount=amount(lost, self.lang)), lost, color, True)]
        owed = round(self.case.loss_fen * high_end(party.share or 0))
        return [
            (self.say("opening.share", share=self._share(party)), owed, color, False),
            (self._has(party), party.assets_fen or 0, color, True),
        ]

    def _share(self, party: Party) -> str:
        return percent(party.share or 0, self.lang)

    def _has(self, party: Party) -> str:
        has = party.assets_fen or 0
        return (
            self.say("opening.assets", amount=amount(has, self.lang))
            if has
            else self.say("opening.nothing")
        )

    def _bar(self, bar: tuple[str, Fen, str, bool], x: float, y: float, room: float) -> str:
        """Draw a bar as long as its amount on a track of the loss, its words over it."""
        said, fen, color, filled = bar
        wide, foot = room * fen / self.case.loss_fen, y + 1.1 * self.size.small
        place = f'<rect x="{x:g}" y="{foot + 4:g}" height="{self.bar:g}"'
        track = f'{place} width="{room:g}" fill="{GRID}" opacity=".5"/>'
        look = f'fill="{color}"' if filled else f'fill="none" stroke="{color}" stroke-width="2"'
        drawn = f'{place} width="{wide:g}" {look}/>' if fen else ""
        return track + drawn + self._text(said, x, foot, self.size.small, FADED if not fen else INK)

    def _text(
        self, text: str, x: float, y: float, height: float, color: str, bold: bool = False
    ) -> str:
        weight = ' font-weight="600"' if bold else ""
        return (
            f'<text x="{x:g}" y="{y:g}" font-size="{height:g}" fill="{color}"{weight}>'
            f"{escape(text)}</text>"
        )


# ---------------------------------------------------------------- on the stage


def picture(found: Found, scene: Scene, size: Picked, say: Say) -> Picture:
    """Draw purses above the victim's tub."""
    return purses(found, scene, size, say)


# ---------------------------------------------------------------- the four articles


def stage(found: Found, scene: Scene | None, lang: str) -> str:
    """Return the four articles as HTML; those on which helpers answer here are lit up.

    Dashed is an article whose premise fails for all who are said to answer on it. Below stands
    what the form rests on where it is none of the four, and on a narrow screen the premise of the
    article that is lit.
    """
    say, lit = Say("liability", lang), _lit(found)
    listed = "".join(_article(id, lit.get(id), say) for id in ARTICLES)
    said = "".join(
        f'<p class="norms-said{" is-told" if told else ""}">{escape(line)}</p>'
        for line, told in _said(found, lit, say)
    )
    name = escape(say("norms.name"))
    return f'<style>{STYLE}</style><ul class="norms" aria-label="{name}">{listed}</ul>{said}'


def _lit(found: Found) -> dict[str, bool]:
    """Map the articles helpers answer on to whether the premise holds for one of them."""
    outcome, lit = found.now, dict[str, bool]()
    if outcome.law.article != "own":
        return lit
    for id in outcome.parties:
        if found.case.party(id).role == "helper" and (article := _carrying(outcome, id)):
            holds = not ghost(outcome, found, id, "zh")
            lit[article] = lit.get(article, False) or holds
    return lit


def _carrying(outcome: Outcome, party: str) -> str:
    """Return which of the four a party is held on; empty: none."""
    if form_of(outcome.parties[party].mode) is None:
        return ""
    cited = [parse(id)[1] for id in outcome.reason("form", party).cites]
    several = "1172" if outcome.parties[party].mode == "several" else ""
    return next((article for article in ARTICLES if article in cited), several)


def _article(id: str, holds: bool | None, say: Say) -> str:
    said = topic_words(say.file, say.lang)["norms"][id]
    names = "" if holds is None else "is-lit" if holds else "is-lit is-ghost"
    mark = "" if holds is None else f' class="{names}" aria-current="true"'
    head = f"<b>{escape(said['article'])}<span> {escape(said['what'])}</span></b>"
    told = "".join(f"<small>{escape(said[part])}</small>" for part in ("premise", "effect"))
    return f"<li{mark}>{head}{told}</li>"


def _said(found: Found, lit: dict[str, bool], say: Say) -> list[tuple[str, bool]]:
    """The lines below, each with whether the articles above tell it already.

    What each article lit asks, or why it is only supposed; or that none of them gives this form.
    """
    law, form = found.now.law, form_of(found.now.law.key)
    if form and form.dismisses:
        return [(say("norms.dismissed"), False)]
    if not lit and law.article == "own":
        alike = any(by_analogy(found.now, id) for id in found.now.parties)
        return [(say("norms.gross_joint" if alike else "norms.nobody"), False)]
    if not lit:
        key = "none_joint" if law.article == "none_though_joint" else "none"
        return [(say(f"norms.{key}", mode=mode_name(law.key, say.lang)), False)]
    parts = topic_words(say.file, say.lang)["norms"]
    return [
        (say("norms.holds", **parts[id]), True) if holds else (say(f"norms.{id}.fails"), False)
        for id, holds in lit.items()
    ]


# ---------------------------------------------------------------- every form


def draw_every_mode(
    case: Case,
    outcomes: Mapping[str, Outcome],
    refused: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> Drawing:
    """Draw what the claimant receives, and what stays unrecovered, mode by mode.

    Parameters
    ----------
    outcomes
        mode → outcome, in the order of the pictures: down the panels, one after the other
    refused
        mode → why the engine gives it no number here

    Returns
    -------
    Drawing
        a bar a mode, coloured by the kind of its authority, which is also named, with what has to
        stand beside the mode's name; the hollow rest is what the claimant does not get; hatched, a
        range
    """
    say, called = Say("liability", lang), short_names(case, lang)
    told = {mode: (o, face(o, case, lang, called)) for mode, o in outcomes.items()}
    gone = {m: (None, why) for m, why in (refused or {}).items() if m not in outcomes}
    listed = {**told, **gone}
    pictures = [_picture(mode, *each, say) for mode, each in listed.items()]
    claim = max((o.claim_fen for o in outcomes.values()), default=case.loss_fen)
    size = -(-len(pictures) // PANELS)
    panels = [
        Panel(say(f"every.title_{n}"), say(f"every.note_{n}"), tuple(part), (claim,))
        for n in range(PANELS)
        if (part := pictures[n * size : (n + 1) * size])
    ]
    return Drawing(
        panels_figure(panels, max(claim, 1), lang),
        tuple(say(f"every.{name}") for name in COLUMNS),
        tuple(_row(called, mode, *each, say) for mode, each in listed.items()),
        _sentence(outcomes, say),
    )


def _picture(mode: str, outcome: Outcome | None, said: str, say: Say) -> Row:
    name = mode_name(mode, say.lang)
    if outcome is None:
        return Row(say("every.refused", mode=name))
    basis, got = say(f"terms:bases.{outcome.basis}"), amount(outcome.received_fen, say.lang)
    beside = say("every.face", face=said) if said else ""
    text = say("every.row", mode=name, face=beside, basis=basis, amount=got)
    bars, most = bars_of(outcome.received_fen, BASIS[outcome.basis]), high_end(outcome.received_fen)
    if outcome.claim_fen > most:
        bars += (Bar(most, outcome.claim_fen, ROLES["victim"], HOLLOW),)
    return Row(text, bars)


def _row(
    called: Mapping[str, str], mode: str, outcome: Outcome | None, said: str, say: Say
) -> tuple[Cell, ...]:
    """Return a mode's row; `said` is why it is refused, or what stands beside its name."""
    name, lang = mode_name(mode, say.lang), say.lang
    if outcome is None:
        return (Cell(name), Cell("—"), Cell(said), Cell("—"), Cell("—"))
    paid = {id: party.paid_fen for id, party in outcome.parties.items() if high_end(party.paid_fen)}
    payers = say("board.sentence.between").join(
        say("board.sentence.part", who=called[id], amount=amount(fen, lang))
        for id, fen in paid.items()
    )
    return (
        Cell(faced(name, said, lang), f"{mode}||"),
        Cell(say(f"terms:bases.{outcome.basis}")),
        Cell.of_money(outcome.received_fen, lang, f"{mode}|received|"),
        Cell.of_money(outcome.unrecovered_fen, lang, f"{mode}|received|"),
        Cell(payers or "—"),
    )


def _sentence(outcomes: Mapping[str, Outcome], say: Say) -> str:
    """Name the highest and lowest amounts, and the modes that give ranges."""
    if not outcomes:
        return say("every.none")
    most = max(high_end(o.received_fen) for o in outcomes.values())
    least = min(low_end(o.received_fen) for o in outcomes.values())
    best = [m for m, o in outcomes.items() if low_end(o.received_fen) == most]
    bands = [m for m, o in outcomes.items() if isinstance(o.received_fen, Interval)]
    ends = {"most": amount(most, say.lang), "least": amount(least, say.lang)}
    text = say("every.sentence", n=len(outcomes), best=_names(best, say) or "—", **ends)
    return text + (say("every.bands", modes=_names(bands, say)) if bands else "")


def _names(modes: Sequence[str], say: Say) -> str:
    """List modes by name; of many, the first few and their number."""
    text = say("every.and").join(mode_name(mode, say.lang) for mode in modes[:NAMED])
    return text if len(modes) <= NAMED else say("every.more", modes=text, n=len(modes))
