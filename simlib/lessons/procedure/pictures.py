"""The drawings of lesson 07: two tracks over time, the criminal case above, the civil suit below.

A state is a bar. Time runs from the loss to the right. A wait is hatched and says so; a bar without
end runs out of the drawing. Documents are flags among the months under the tracks; the criminal
judgment stands behind its track where there is room. Whose line it is, and which, is written at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.figures.board import COURT
from simlib.figures.names_of_people import short_names
from simlib.figures.opening import shapes
from simlib.figures.opening.shapes import both, feet, label, person, svg, width_of
from simlib.figures.style import FADED, GRID, INK, PAPER, RED, ROLES, SLATE, TEAL
from simlib.figures.suit_words import WAITS, engine
from simlib.lessons.procedure.lanes import lanes
from simlib.lessons.procedure.outcomes import ORDINARY, Suit, months_between
from simlib.text import amount, words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.figures.picture import Picture
    from simlib.figures.picture import Size as Picked
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.procedure import Step

TOPIC = "procedure_lesson"
LEAST, STEP = 1_800, 600  # shortest drawing, and its steps [hundredths of a month]
ANSWERS = (
    "not_accepted",
    "suit_dismissed",
    "stay",
    "accept_order",
    "refusal_upheld",
)  # given as soon as she sues
TICK = 52  # room for a month under the tracks [px]
HEAD = 4  # above the head in the opening [px]
FINAL = "criminal_final"
FLAGS = (
    "claim_dismissed",
    "judgment",
    "partial_judgment",
    "final_judgment",
    FINAL,
    "accept_order",
    "refusal_upheld",
)


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of one drawing [px].

    Width, room for the names of the tracks, letters, height of a bar; lines under the tracks; how
    wide the column is that says whose line it is, 0 where that stands above the tracks.
    """

    width: int
    left: int
    text: int
    small: int
    high: int
    lines: int
    whose: Mapping[str, int]


WIDE = Size(900, 68, 17, 15, 22, 1, {"zh": 78, "en": 150})
NARROW = Size(362, 40, 13, 13, 20, 2, {"zh": 0, "en": 0})


@dataclass(frozen=True, slots=True)
class _Bar:
    """A state on the drawing: from and to [hundredths of a month]; `ends` None: without end."""

    track: str
    state: str
    begins: int
    ends: int | None
    document: str | None


def lesson(key: str, lang: str, **values: object) -> str:
    """Return words of the lesson."""
    return words(TOPIC, key, lang, **values)


def picture(found: Mapping[str, Suit], scene: Scene, size: Picked, say: Say) -> Picture:
    """Draw the criminal track and, below it, the suit in each way."""
    return lanes(found, scene, size, say)


def stage(found: Mapping[str, Suit], scene: Scene, lang: str) -> str:
    """Draw the tracks of the row that speaks, on the wall; beside five rows there is no room."""
    if COURT in scene.rows:
        return ""
    return draw_tracks(found[scene.speaks], lang)


def draw_tracks(told: Suit, lang: str = "zh") -> str:
    """Draw the ordinary line of a regime as HTML: a wide and a narrow drawing."""
    bars = [bar for step in told.line.steps if (bar := _bar(step, told.acted_on))]
    title = _title(told, lang)
    wide, narrow = (_Drawing(bars, told, size, lang) for size in (WIDE, NARROW))
    return both(wide.svg(title, "wide"), narrow.svg(title, "narrow"))


def _answer(told: Suit, lang: str) -> str:
    """Say what the suit gets at once: a refusal, a stay, or that it is tried."""
    if told.document in ANSWERS and not told.stayed_later:
        return lesson(f"tracks.answers.{told.document}", lang)
    return lesson("tracks.sued", lang)


def _bar(step: Step, start: datetime.date) -> _Bar | None:
    if step.begins is None:
        return None
    ends = None if step.ends is None else months_between(start, step.ends)
    return _Bar(step.track, step.state, months_between(start, step.begins), ends, step.document)


def _title(told: Suit, lang: str) -> str:
    """Say both tracks in words, state by state."""
    parts = []
    for track in ("criminal", "civil"):
        steps = [step for step in told.line.steps if step.track == track]
        listed = lesson("tracks.between", lang).join(_step(step, told, lang) for step in steps)
        parts.append(lesson("tracks.track", lang, track=engine(f"tracks.{track}", lang),
                            steps=listed))  # fmt: skip
    regime = lesson(f"rows.{told.schedule.regime}.name", lang)
    return lesson("tracks.title", lang, regime=regime, tracks="".join(parts))


def _step(step: Step, told: Suit, lang: str) -> str:
    state = engine(f"states.{step.state}", lang)
    if step.ends is None:
        return lesson("tracks.no_end", lang, state=state)
    month = round(months_between(told.acted_on, step.ends) / 100)
    return lesson("tracks.until", lang, state=state, month=month)


class _Drawing:
    """One drawing of both tracks."""

    def __init__(self, bars: list[_Bar], told: Suit, size: Size, lang: str) -> None:
        self.bars, self.size, self.lang = bars, size, lang
        self.sued = sued = months_between(told.acted_on, told.schedule.sue_on)
        self.answer = _answer(told, lang)
        self.whose = (
            lesson(f"rows.{told.schedule.regime}.name", lang),
            engine(f"variants.{ORDINARY}", lang),
        )
        self.room = size.whose.get(lang, size.whose["en"])
        self.left = size.left + self.room
        self.text = size.text if lang == "zh" else size.text - 1
        last = max([bar.begins if bar.ends is None else bar.ends for bar in bars] + [sued])
        whole = -(-last // STEP) * STEP
        self.top = max(LEAST, whole + (STEP if any(bar.ends is None for bar in bars) else 0))
        first = 2.0 if self.room else size.text + 6.0
        self.tracks = {"criminal": first, "civil": first + size.high + 6}
        self.low = self.tracks["civil"] + size.high

    def x(self, month: int) -> float:
        """Return where a month stands."""
        room = self.size.width - self.left - 4
        return self.left + room * min(month, self.top) / self.top

    def svg(self, title: str, kind: str) -> str:
        """Return the drawing; hatching is named after it, so that two may stand on one page."""
        hatch = (
            f'<defs><pattern id="wait-{kind}" width="7" height="7" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><rect width="7" height="7" fill="{PAPER}"/>'
            f'<rect width="2.5" height="7" fill="{GRID}"/></pattern></defs>'
        )
        inner = hatch + self._lines() + self._whose() + self._names()
        inner += "".join(self._state(bar, kind) for bar in self.bars)
        inner += self._mark() + self._words()
        foot = self._foot(self.size.lines - 1) + 5
        return svg(inner, shapes.Size(self.size.width, 0, 0, 0, 0), foot, title, kind)

    @property
    def marked(self) -> range:
        """The months that are marked: every six, or more where there is no room."""
        room = (self.size.width - self.left) / TICK
        return range(0, self.top + 1, STEP * -(-self.top // int(STEP * room)))

    def _foot(self, line: int) -> float:
        """Return the foot of the words on a line under the tracks."""
        return self.low + 3 + self.text + line * (self.text + 4)

    def _lines(self) -> str:
        top = self.tracks["criminal"] - 2
        return "".join(
            f'<path d="M{self.x(month):g} {top:g}V{self.low + 3:g}" stroke="{GRID}"'
            ' stroke-width="1"/>'
            for month in self.marked
        )

    def _whose(self) -> str:
        """Write whose line it is, and which: before the tracks, or above them."""
        if not self.room:
            said = lesson("tracks.whose", self.lang, regime=self.whose[0], variant=self.whose[1])
            return label(said, width_of(said, self.text) / 2 + 4, self.text + 1, self.text,
                         bold=True)  # fmt: skip
        is_zh = self.lang == "zh"
        high = self.text if is_zh else self.size.small - 1
        return "".join(
            label(said, self.room / 2,
                  y + self.size.high / 2 + 0.36 * high, high, bold=is_zh)
            for said, y in zip(self.whose, self.tracks.values(), strict=True)
        )  # fmt: skip

    def _names(self) -> str:
        is_zh = self.lang == "zh"
        high = self.text if is_zh else self.size.small - 1
        return "".join(
            label(engine(f"tracks.{track}", self.lang), self.left - self.size.left / 2 - 2,
                  y + self.size.high / 2 + 0.36 * self.text, high, bold=is_zh, halo=False)
            for track, y in self.tracks.items()
        )  # fmt: skip

    def _state(self, bar: _Bar, kind: str) -> str:
        """Draw a state; its name inside where there is room, and always where it has no end."""
        x, end = self.x(bar.begins), self.x(self.top if bar.ends is None else bar.ends)
        wide = max(end - x, 1.5)
        y, high = self.tracks[bar.track], self.size.high
        waits = bar.state in WAITS
        color = SLATE if bar.track == "criminal" else TEAL
        fill = f"url(#wait-{kind})" if waits else color
        dash = ' stroke-dasharray="4 3"' if bar.ends is None else ""
        edge = color if waits else PAPER
        shape = (
            f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high}" fill="{fill}"'
            f' stroke="{edge}" stroke-width="1.2"{dash}/>'
        )
        named = lesson(f"tracks.states.{bar.state}", self.lang)
        if bar.ends is None:
            named = lesson("tracks.endless", self.lang, state=named)
        free = self.x(self._covered(bar))
        if width_of(named, self.text) + 6 > end - free:
            return shape
        ink = INK if waits else PAPER
        foot = y + high / 2 + 0.36 * self.text
        return shape + label(named, (free + end) / 2, foot, self.text, ink, halo=waits)

    def _covered(self, bar: _Bar) -> int:
        """Until which month later bars of its track cover a bar: enforced, the rest waits."""
        end = self.top if bar.ends is None else bar.ends
        later = self.bars[self.bars.index(bar) + 1 :]
        return max([bar.begins] + [each.ends for each in later if each.track == bar.track
                                   and each.ends is not None and each.begins < end])  # fmt: skip

    def _mark(self) -> str:
        """Draw the day of the suit: from the criminal case as it stands then, through the suit."""
        x, top = self.x(self.sued), self.tracks["criminal"] + self.size.high
        head = f"{x - 6:g},{top + 8:g} {x + 6:g},{top + 8:g} {x:g},{top - 2:g}"
        return (
            f'<path d="M{x:g} {top + 6:g}V{self.low + 3:g}" stroke="{RED}" stroke-width="2.5"/>'
            f'<polygon points="{head}" fill="{RED}"/>'
        )

    def _ticks(self) -> list[tuple[str, float, float]]:
        """Return the months under the tracks: in words, their middle, and half their width."""
        found = []
        for month in self.marked:
            said = lesson("tracks.tick", self.lang, n=month // 100)
            half = width_of(said, self.size.small) / 2
            least = self.left + 6
            found.append((said, min(max(self.x(month), least), self.size.width - half - 2), half))
        return found

    def _words(self) -> str:
        """Name the suit, then each judgment, and the months that have room among them.

        What has no room without overlapping is left out.
        """
        taken: list[tuple[int, float, float]] = []
        drawn = ""
        for month, said, color in [(self.sued, self.answer, RED), *self._documents()]:
            place = self._free(month, width_of(said, self.text) / 2 + 4, taken)
            if place is None:
                continue
            line, x, half = place
            taken.append((line, x - half, x + half))
            y = self._foot(line)
            drawn += (
                f'<path d="M{self.x(month):g} {self.low + 3:g}V{y - self.text + 2:g}"'
                f' stroke="{color}" stroke-width="1" stroke-dasharray="2 3"/>'
            )
            drawn += label(said, x, y, self.text, color, bold=color == RED)
        for said, x, half in self._ticks():
            if _clear(0, x, half, taken):
                drawn += label(said, x, self._foot(0), self.size.small, FADED)
        return drawn + self._final()

    def _free(
        self, month: int, half: float, taken: list[tuple[int, float, float]]
    ) -> tuple[int, float, float] | None:
        """Return a line and a middle for a flag: one that leaves the most months in sight."""
        at, ticks = self.x(month), [(0, x - h - 2, x + h + 2) for _, x, h in self._ticks()]
        best: tuple[int, tuple[int, float, float]] | None = None
        for line in range(self.size.lines):
            for middle in (at, at + half - 6, at - half + 6):
                x = min(max(middle, half), self.size.width - half)
                if not _clear(line, x, half, taken):
                    continue
                covered = sum(not _clear(line, x, half, [tick]) for tick in ticks)
                if best is None or covered < best[0]:
                    best = covered, (line, x, half)
        return best and best[1]

    def _documents(self) -> list[tuple[int, str, str]]:
        """Return month, name and colour of each judgment, those on the suit first."""
        ended = [bar for bar in self.bars if bar.document in FLAGS and bar.ends is not None]
        ended.sort(key=lambda bar: FLAGS.index(bar.document or ""))
        named = [(b.ends or 0, lesson(f"tracks.flags.{b.document}", self.lang), INK)
                 for b in ended if b is not self._behind()]  # fmt: skip
        return list(dict.fromkeys(named))

    def _behind(self) -> _Bar | None:
        """Return the last criminal step if behind its track there is room for what it ends in."""
        for bar in self.bars:
            if bar.document == FINAL and bar.ends is not None:
                said = width_of(lesson(f"tracks.flags.{FINAL}", self.lang), self.text)
                return bar if self.x(bar.ends) + 6 + said <= self.size.width else None
        return None

    def _final(self) -> str:
        """Name the criminal judgment behind its track."""
        bar = self._behind()
        if bar is None:
            return ""
        said = lesson(f"tracks.flags.{FINAL}", self.lang)
        x = self.x(bar.ends or 0) + 6 + width_of(said, self.text) / 2
        foot = self.tracks["criminal"] + self.size.high / 2 + 0.36 * self.text
        return label(said, x, foot, self.text)


def _clear(line: int, x: float, half: float, taken: list[tuple[int, float, float]]) -> bool:
    """Whether words of half a width about `x` overlap nothing on their line."""
    return all(line != n or x + half <= low or x - half >= high for n, low, high in taken)


# ---------------------------------------------------------------- the opening


def opening(case: Case, lang: str = "zh") -> str:
    """Draw the victim, the criminal track that runs on, and a suit that may begin now or later."""
    names = short_names(case, lang)
    said = {
        "victim": names[case.claimant],
        "loss": lesson("opening.loss", lang, loss=amount(case.loss_fen, lang)),
        "criminal": engine("tracks.criminal", lang),
        "civil": engine("tracks.civil", lang),
        "open": lesson("opening.open", lang),
        "now": lesson("opening.now", lang),
        "later": lesson("opening.later", lang),
    }
    title = lesson("opening.title", lang, victim=said["victim"], loss=amount(case.loss_fen, lang))
    wide, narrow = shapes.WIDE, shapes.NARROW
    return both(_wait(said, wide, title, "wide"), _wait(said, narrow, title, "narrow"))


def _wait(said: dict[str, str], size: shapes.Size, title: str, kind: str) -> str:
    wide = kind == "wide"
    x = 90 if wide else 36
    foot = feet(HEAD, size)
    drawn = person(x, HEAD, ROLES["victim"], size)
    drawn += label(said["victim"], x, foot + 1.1 * size.text, size.text, bold=True)
    if wide:
        drawn += label(said["loss"], x, foot + 2.4 * size.text, size.small, FADED)
    left, high = (230, 34) if wide else (120, 24)
    end = size.width - 4
    upper, lower = (HEAD + 8, HEAD + 66) if wide else (HEAD + 2, HEAD + 46)
    for name, y in (("criminal", upper), ("civil", lower)):
        drawn += label(said[name], left - (44 if wide else 30), y + high * 0.68, size.small)
    drawn += _open_track(left, end, upper, high, SLATE)
    drawn += label(said["open"], (left + end) / 2, upper + high * 0.68, size.small, PAPER,
                   halo=False)  # fmt: skip
    for part, key in ((0.18, "now"), (0.78, "later")):
        at = left + part * (end - left)
        drawn += _flag(at, lower, high, TEAL if key == "later" else RED)
        drawn += label(said[key], at, lower + high + 1.2 * size.small, size.small)
    height = max(foot + (2.8 if wide else 1.5) * size.text, lower + high + 1.7 * size.small)
    return svg(drawn, size, height, title, kind)


def _open_track(x: float, end: float, y: float, high: float, color: str) -> str:
    """Draw a track that runs out of the picture."""
    return (
        f'<path d="M{x:g} {y:g}H{end - high / 2:g}L{end:g} {y + high / 2:g}L{end - high / 2:g}'
        f' {y + high:g}H{x:g}z" fill="{color}"/>'
    )


def _flag(x: float, y: float, high: float, color: str) -> str:
    """Draw a suit that may begin here: a flag in outline."""
    return (
        f'<path d="M{x:g} {y + high:g}V{y:g}h{high * 0.8:g}l{-high * 0.25:g} {high * 0.28:g}'
        f'l{high * 0.25:g} {high * 0.28:g}H{x:g}" fill="{PAPER}" stroke="{color}"'
        f' stroke-width="2.5" stroke-dasharray="5 4"/>'
    )
