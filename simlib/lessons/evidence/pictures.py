"""The pictures of lesson 08: at its head bars of data without an end; on the stage its clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.evidence.piece import kinds
from simlib.figures.names_of_people import short_names
from simlib.figures.opening.shapes import NARROW, WIDE, Size, both, feet, label, person, svg
from simlib.figures.style import FADED, GRID, PAPER, RED, ROLES, SLATE, TEAL
from simlib.lessons.evidence.clocks import draw_clocks
from simlib.lessons.evidence.deposit import Stored
from simlib.lessons.evidence.fading import Fading
from simlib.lessons.evidence.hashes import draw_hashes
from simlib.lessons.evidence.names import lesson, row_name
from simlib.lessons.evidence.outcomes import Suit, Told
from simlib.lessons.evidence.waiting import Waiting
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.picture import Picture
    from simlib.figures.picture import Size as Picked
    from simlib.lessons.declaration import Scene
    from simlib.lessons.evidence.outcomes import Found
    from simlib.lessons.outcome import Say

TOP = 4  # above the head [px]
LATE = 187  # day of the request in the bet


def stage(found: Found, scene: Scene, lang: str) -> str:
    """Draw the tree of digests, or the clocks."""
    shown, held = [found[row] for row in scene.rows], found.held
    if isinstance(shown[0], Stored):
        return draw_hashes(found["altered"], found["forged"], lang)
    rows = tuple(scene.rows)
    return draw_clocks(shown, rows, scene.speaks, held["ask"], held["preserve"], lang)


def picture(found: Found, scene: Scene, size: Picked, say: Say) -> Picture | None:
    """Draw the records of a scene, or the suit that speaks; None where it is about digests."""
    first = found[scene.rows[0]]
    if isinstance(first, Told):
        return Fading(found, scene, size, say).picture()
    return Waiting(found, scene, size, say).picture() if isinstance(first, Suit) else None


def opening(case: Case, lang: str = "zh") -> str:
    """Draw the victim and a bar a kind of data that fades out, and the day the court asks."""
    names = short_names(case, lang)
    loss = amount(case.loss_fen, lang)
    said = {kind: row_name(kind, lang) for kind, each in kinds().items() if each.assumed}
    said |= {
        "victim": names[case.claimant],
        "loss": lesson("opening.loss", lang, loss=loss),
        "flag": lesson("opening.flag", lang, n=LATE),
        "start": lesson("opening.start", lang),
    }
    title = lesson("opening.title", lang, victim=said["victim"], loss=loss, n=LATE)
    return both(_drawn(said, WIDE, title, "wide"), _drawn(said, NARROW, title, "narrow"))


def _drawn(said: dict[str, str], size: Size, title: str, kind: str) -> str:
    wide = kind == "wide"
    x = 90 if wide else 36
    foot = feet(TOP, size)
    drawn = person(x, TOP, ROLES["victim"], size)
    drawn += label(said["victim"], x, foot + 1.1 * size.text, size.text, bold=True)
    if wide:
        drawn += label(said["loss"], x, foot + 2.4 * size.text, size.small, FADED)
    left, high = (290, 26) if wide else (136, 18)
    end = size.width - 4
    rows = [name for name in said if name in kinds()]
    upper, step = TOP + 1.4 * size.small, high + (8 if wide else 6)
    drawn += _faded(kind)
    for n, name in enumerate(rows):
        y = upper + n * step
        drawn += label(said[name], left - (58 if wide else 36), y + high * 0.72, size.small)
        color = SLATE if n % 2 else TEAL
        drawn += (
            f'<rect x="{left}" y="{y:g}" width="{end - left}" height="{high}" fill="{color}"'
            f' mask="url(#vanish-{kind})"/>'
        )
        drawn += label("?", end - 0.2 * (end - left), y + high * 0.78, size.text, color, bold=True)
    low = upper + len(rows) * step
    drawn += _days(said, left, end, upper, low, size)
    height = max(foot + (2.8 if wide else 1.5) * size.text, low + 1.7 * size.small)
    return svg(drawn, size, height, title, kind)


def _faded(kind: str) -> str:
    """Return a mask under which a bar fades out to the right: nobody has said where it ends."""
    return (
        f'<defs><linearGradient id="to-{kind}"><stop offset="0.1" stop-color="{PAPER}"/>'
        f'<stop offset="0.75" stop-color="{PAPER}" stop-opacity="0"/></linearGradient>'
        f'<mask id="vanish-{kind}" maskContentUnits="objectBoundingBox">'
        f'<rect width="1" height="1" fill="url(#to-{kind})"/></mask></defs>'
    )


def _days(
    said: dict[str, str], left: float, end: float, upper: float, low: float, size: Size
) -> str:
    """Draw the line of days from the loss, and the flag on the day the court asks."""
    at = left + 0.47 * (end - left)
    foot = low + size.small
    return (
        f'<path d="M{left:g} {low:g}H{end:g}" stroke="{GRID}" stroke-width="2"/>'
        f'<path d="M{at:g} {low:g}V{upper - 4:g}" stroke="{PAPER}" stroke-width="6"/>'
        f'<path d="M{at:g} {low:g}V{upper - 4:g}" stroke="{RED}" stroke-width="3"/>'
        + label(said["flag"], at, upper - 7, size.small, RED, bold=True)
        + label(said["start"], left + 18, foot, size.small, FADED)
    )
