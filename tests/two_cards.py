"""A case of a reader's own, and what the drawing of each lesson has of it."""

import re

# A victim, two cards in a row, and nobody knows who holds the money.
TWO_CARDS = """
id = "two-cards"
basis = "hypothetical"
title = { zh = "两张卡", en = "Two cards" }
acted_on = 2023-05-01
claimant = "v"
loss_fen = 3_000_000
parties = [
 { id = "v", role = "victim", name = { zh = "龚某", en = "G" } },
 { id = "p", role = "principal", name = { zh = "不明诈骗人", en = "Unknown" }, sued = false },
 { id = "a", role = "helper", name = { zh = "滕某", en = "T" }, grade = "gross", act = "account" },
 { id = "b", role = "helper", name = { zh = "裘某", en = "Q" }, grade = "knowing", act="payment" },
]
transfers = [
 { id = "t1", payer = "v", payee = "a", amount_fen = 3_000_000, at = 2023-05-01T10:00:00+08:00 },
 { id = "t2", payer = "a", payee = "b", amount_fen = 2_000_000, at = 2023-05-01T10:30:00+08:00 },
 { id = "t3", payer = "b", payee = "p", amount_fen = 2_000_000, at = 2023-05-01T11:00:00+08:00 },
]
"""

# The same with what speaks for 滕某's knowledge, so that lesson 02 has something to weigh.
WITH_CHAT = f"""{TWO_CARDS}
[[evidence]]
id = "chat"
kind = "chat"
holder = "platform"
name = {{ zh = "群聊", en = "group chat" }}
against = "a"
shows = ["bx-11-3"]
"""

# Whom each lesson's drawing of two cards names, and the amounts in it: her loss of 30 000 yuan, of
# which 20 000 went on to 裘某 and 10 000 did not. In lesson 05 the model gives 滕某 0 to 15 %:
# 0 to 4 500 yuan. Lesson 00 counts cases and shows nobody's own.
ALL = {"龚某", "滕某", "裘某"}
NAMED = {
    "case": (ALL, {"30000"}),
    "fault": ({"龚某", "滕某"}, {"30000"}),
    "causation": (ALL, {"30000", "20000", "10000"}),
    "liability": (ALL, {"30000", "20000", "10000"}),
    "riskbenefit": ({"滕某"}, {"4500"}),
    "chain": (ALL, {"30000", "20000", "10000"}),
    "procedure": ({"龚某"}, {"30000"}),
    "evidence": ({"龚某"}, {"30000"}),
}
MONEY = re.compile(r"(?<![\d.])\d{4,}(?![\d年])")
