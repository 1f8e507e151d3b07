"""The five scenes of lesson 06; each main knob of each moves a mark of a row in sight."""

from __future__ import annotations

from simlib.widgets.stage.scene import StageScene

FIRST, OTHER = "hypo-layers", "hypo-chain"
COLUMN = "amount"
VICTIMS = ("back:li", "back:chen", "back:wu")
XU, FROZEN, SHOP = "opening:xu-2", "frozen:xu-2", "amount:t06"
FIFO: dict[str, object] = {"chosen.method": "fifo"}
LIFO: dict[str, object] = {"chosen.method": "lifo"}
EARLY: dict[str, object] = {"t11.at": "2024-05-20T10:29:59+08:00"}
OWN_MONEY: dict[str, object] = {"xu-2.opening_fen": 3_000_000}
WHOLE: dict[str, object] = {"chosen.cap": "below_knowing"}
# 500 000 lost, of it 30 000 by Gao's card and the rest by Du's; what went on is less in each
PART: dict[str, object] = {
    "loss_fen": 50_000_000,
    "t1.amount_fen": 3_000_000,
    "t2.amount_fen": 47_000_000,
    "t3.amount_fen": 2_500_000,
    "t4.amount_fen": 2_450_000,
    "t5.amount_fen": 46_900_000,
}

SCENES = (
    StageScene(
        "start",
        knobs=("method", XU, FROZEN),
        rows=(*VICTIMS, "he", "ma"),
        column=COLUMN,
        position="base",
        turn=FIFO,
    ),
    StageScene(
        "second",
        knobs=("early", "method", FROZEN),
        rows=(*VICTIMS, "he"),
        column=COLUMN,
        position="base",
        changes=FIFO | {"chosen.who": "wu"},
        turn=EARLY,
    ),
    StageScene(
        "own",
        knobs=(XU, SHOP, "method"),
        rows=(*VICTIMS, "rest"),
        column=COLUMN,
        position="base",
        turn=OWN_MONEY,
    ),
    StageScene(
        "liable",
        knobs=("method", "grade", "who"),
        rows=("back:li", "he", "tang", "ma", "fang"),
        column=COLUMN,
        position="base",
        turn=LIFO,
    ),
    StageScene(
        "part",
        knobs=("cap", "split", "grade"),
        rows=("gao", "du", "tao"),
        column=COLUMN,
        position="base",
        case_id=OTHER,
        changes=PART,
        turn=WHOLE,
        covered=("gao",),
    ),
)
