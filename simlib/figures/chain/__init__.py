"""Lesson 06's figures: board and opening, the chain step by step, six rules, who owes, pool."""

from simlib.figures.chain.board import draw_board
from simlib.figures.chain.liable import draw_liable
from simlib.figures.chain.money import draw_money, nothing
from simlib.figures.chain.opening import draw_mixing
from simlib.figures.chain.pool import draw_ledgers, draw_pool
from simlib.figures.chain.rules import draw_rules
from simlib.figures.chain.steps import draw_steps, film

__all__ = [
    "draw_board",
    "draw_ledgers",
    "draw_liable",
    "draw_mixing",
    "draw_money",
    "draw_pool",
    "draw_rules",
    "draw_steps",
    "film",
    "nothing",
]
