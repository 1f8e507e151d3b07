"""People an import names and to whom nobody gave a part: no lesson gives them an act."""

import re

import pytest
from telling import MAKERS, looks, opens

from simlib.case import check_text
from simlib.causation import graph
from simlib.figures.names_of_people import color_of
from simlib.figures.opening.cast import cast
from simlib.figures.style import ROLES
from simlib.statement.case import others_block
from simlib.text import topic_words

WORDS = {lang: topic_words("statement", lang) for lang in ("zh", "en")}
# From the victim's account to the lent card, on to somebody without a part.
TEXT = """
id = "mine"
basis = "adapted"
title = { zh = "某案", en = "A case" }
acted_on = 2026-03-01
claimant = "v"
loss_fen = 1_200_000
accounts = [
 { id = "c1", holder = "v" }, { id = "c2", holder = "h" }, { id = "c3", holder = "others" },
]
transfers = [
 { id = "t1", payer = "c1", payee = "c2", amount_fen = 1_200_000, at = 2026-03-01T10:00:00+08:00 },
 { id = "t2", payer = "c2", payee = "c3", amount_fen = 900_000, at = 2026-03-01T10:10:00+08:00 },
]

[[parties]]
id = "v"
role = "victim"
name = { zh = "户1", en = "holder 1" }
[[parties]]
id = "h"
role = "helper"
act = "payment"
grade = "slight"
name = { zh = "户2", en = "holder 2" }
[[parties]]
id = "p"
role = "principal"
sued = false
name = { zh = "诈骗行为人", en = "the fraudster" }
""" + others_block(WORDS)
ACTS = re.compile(
    r"(身份未查明的人|people not identified)[^。；，\n\"]{0,12}"
    r"(通讯工具|accounts and|被起诉|没有过错|无过错|not sued)"
    r"|(请求|对|claim against )(身份未查明的人|people not identified)",
)


def test_opening_leaves_them_out_and_counts_every_yuan():
    case, problems = check_text(TEXT)
    assert problems == []
    assert [helper.name for helper in cast(case, "zh").helpers] == ["户2"]
    assert "身份未查明" not in cast(case, "zh").title
    assert sum(t.amount_fen for t in case.transfers) == 2_100_000
    assert "others" not in {node.party for node in graph(case).nodes}
    assert color_of(case, "others") not in ROLES.values()
    assert case.set({"others.sued": True}).party("others").unstated is False


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_no_lesson_gives_them_an_act(make, lang):
    lab = looks(opens(make(lang)))
    lab.mine.open(TEXT)
    shown = []
    for part in (lab.view, *lab._doors()):
        state = part.get_state()
        shown += [str(v) for k, v in state.items() if not k.startswith("_")]
    text = re.sub(r"<[^>]+>", "", "\n".join(shown))
    assert not ACTS.search(text)
