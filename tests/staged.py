"""The lessons on the stage, found in the course; every one of them obeys the same rules."""

import json
from functools import cache
from pathlib import Path

from simlib.widgets import lab_of

COURSE = Path(__file__).resolve().parents[1] / "course"


@cache
def lessons() -> dict[str, str]:
    """Topic → notebook of each lesson on the stage, in order."""
    found = {}
    for path in sorted((COURSE / "zh").glob("*.ipynb")):
        metadata = json.loads(path.read_text("utf-8"))["metadata"]
        if metadata.get("stage") is True and not metadata.get("tool"):
            found[metadata["topic"]] = path.stem
    return found


def make(topic: str, lang: str = "zh", link: str | None = None):
    """The lab of a topic, as its notebook makes it."""
    return lab_of(topic)(lang, link=link)
