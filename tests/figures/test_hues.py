"""Hues of kinds of authority on a wall: brown and mauve are told apart, whoever looks.

The names are those of `simlib.figures.style`; differences are CIEDE2000, colour-blind sight is
simulated by the matrices of Machado, Oliveira and Fernandes (2009) at full severity, which take
linear sRGB.
"""

from __future__ import annotations

import numpy as np
import pytest

from simlib.figures import style

XYZ = np.array([[0.4124564, 0.3575761, 0.1804375],
                [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
WHITE = np.array([0.95047, 1, 1.08883])  # D65
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868],
                            [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968],
                              [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
}  # fmt: skip
APART = 15  # ΔE00 at which two areas are told apart at a glance; 1 is just visible side by side


def lab(color: str, sight: str = "usual") -> tuple[float, ...]:
    """The CIE L*a*b* of a hexadecimal colour as it is seen."""
    srgb = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    part = XYZ @ np.clip(SIGHT[sight] @ linear, 0, 1) / WHITE
    x, y, z = np.where(part > (6 / 29) ** 3, np.cbrt(part), part / (3 * (6 / 29) ** 2) + 4 / 29)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def turn(degrees: float) -> float:
    """The same difference of angles, from -180 to 180 degrees."""
    return (degrees + 180) % 360 - 180


def difference(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """CIEDE2000 between two colours of positive chroma, as Sharma, Wu and Dalal (2005) have it."""
    light = np.array([one[0], other[0]])
    a, b = np.array([one[1:], other[1:]]).T
    far = np.hypot(a, b).mean() ** 7
    a = a * (1.5 - 0.5 * np.sqrt(far / (far + 25**7)))
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    between = turn(hue[1] - hue[0])
    mean, middle = chroma.mean(), hue[0] + between / 2
    t = 1 + sum(weight * np.cos(np.radians(times * middle + offset))
                for weight, times, offset in
                ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63)))  # fmt: skip
    bright = (light.mean() - 50) ** 2
    dl = np.diff(light)[0] / (1 + 0.015 * bright / np.sqrt(20 + bright))
    dc = np.diff(chroma)[0] / (1 + 0.045 * mean)
    dh = 2 * np.sqrt(chroma.prod()) * np.sin(np.radians(between / 2)) / (1 + 0.015 * mean * t)
    blue = 60 * np.exp(-(((middle % 360 - 275) / 25) ** 2))
    turned = -2 * np.sqrt(mean**7 / (mean**7 + 25**7)) * np.sin(np.radians(blue))
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + turned * dc * dh))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_differences_are_those_published(one, other, expected):
    """Pairs 1 and 17 of the test data of Sharma, Wu and Dalal (2005)."""
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("sight", SIGHT)
def test_brown_and_mauve_are_told_apart(sight):
    """Teaching assumption, what some courts do and doctrine: ΔE 15 at least.

    Found: brown and practice 16.3, 15.7, 16.0 in the order of `SIGHT`; brown and violet 34.4, 37.7,
    39.4; practice and violet 20.4, 19.4, 20.1.
    """
    hues = [style.BASIS["teaching assumption"], style.PRACTICE, style.BASIS["doctrine"]]
    seen = [lab(hue, sight) for hue in hues]
    found = [difference(seen[one], seen[other]) for one, other in ((0, 1), (0, 2), (1, 2))]
    assert min(found) >= APART
