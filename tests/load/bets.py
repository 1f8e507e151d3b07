"""The bet as its form asks it: what can be chosen, and what does not go together.

Some contradictions the page sees by itself and sends nothing; of others the lesson asks the answer
back.
"""

from __future__ import annotations

import json
import random
import re
from html import unescape

from simlib.lessons.reader import lesson_of
from simlib.text import words

RADIO = re.compile(r'<input type="radio" name="([^"]+)" value="([^"]+)"')
AMOUNT = re.compile(r'<input type="number" min="0" max="(\d+)"[^>]* id="bet-([^"]+)"')
CLASHES = re.compile(r'data-clashes="([^"]*)"')
DRAWS = 200  # of an answer that does not contradict itself


def answer(rng: random.Random, html: str) -> dict[str, object]:
    """An answer that the page would send: whole, and not contradicting itself."""
    found = CLASHES.search(html)
    clashes = json.loads(unescape(found[1])) if found else []
    for _ in range(DRAWS):
        drawn = _drawn(rng, html)
        if not any(_clash(drawn, each) for each in clashes):
            return drawn
    raise ValueError("every answer contradicts itself")


def asked_back(topic: str, answer: dict[str, object], lang: str) -> str:
    """What the lesson says of an answer that contradicts itself; empty where it is taken."""
    for clash in lesson_of(topic).clash:
        if clash.holds(answer):
            return words(f"{topic}_lesson", f"bet.said.{clash.say}", lang)
    return ""


def taken(rng: random.Random, html: str, topic: str, lang: str) -> dict[str, object]:
    """An answer that the lesson takes."""
    for _ in range(DRAWS):
        drawn = answer(rng, html)
        if not asked_back(topic, drawn, lang):
            return drawn
    raise ValueError("every answer is asked back")


def _drawn(rng: random.Random, html: str) -> dict[str, object]:
    options: dict[str, list[str]] = {}
    for name, value in RADIO.findall(html):
        options.setdefault(name, []).append(unescape(value))
    drawn: dict[str, object] = {name: rng.choice(values) for name, values in options.items()}
    for most, name in AMOUNT.findall(html):
        drawn[name] = rng.choice((0, rng.randint(0, int(most)), int(most)))
    return drawn


def _clash(drawn: dict[str, object], clash: dict[str, object]) -> bool:
    """Whether a choice does not go together with the amount, as `bet.js` sees it."""
    pays = bool(drawn[str(clash["amount"])])
    return drawn[str(clash["id"])] == clash["value"] and pays == clash["pays"]
