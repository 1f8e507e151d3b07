"""Invented fraud chains of any size, for teaching, tests and benchmarks: hypothetical throughout.

Layers of cards, splitting, mixing with honest money, cash-out and crypto, services paid from the
proceeds. Every number of the structure is data with its basis (`settings`); `statistics` puts what
came out beside what was published.
"""

from simlib.synthetic.generate import generate
from simlib.synthetic.model import ROLES, Chain
from simlib.synthetic.settings import Published, Setting, published, settings
from simlib.synthetic.statistics import Statistic, statistics

__all__ = [
    "ROLES",
    "Chain",
    "Published",
    "Setting",
    "Statistic",
    "generate",
    "published",
    "settings",
    "statistics",
]
