"""A lesson loads its own rooms of widgets, figures and exercises, and no other lesson's."""

from __future__ import annotations

import subprocess
import sys

import pytest

from simlib.exercise import topics

OPEN = """
import sys
from simlib.widgets import {topic}_lab, exercise_lab
from simlib.exercise import draw, names
{topic}_lab("zh")
exercise_lab("{topic}", "zh")
for name in names("{topic}"):
    draw("{topic}", name, 1)
print(*(name for name in sys.modules if name.startswith("simlib.")))
"""


@pytest.mark.parametrize("topic", topics())
def test_a_lesson_loads_no_other_lesson(topic):
    """Lab and exercises of a topic import no topic's room but their own."""
    code = OPEN.format(topic=topic)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {".".join(name.split(".")[:3]) for name in done.stdout.split()}
    kinds = ("widgets", "figures", "lessons", "exercise")
    rooms = {f"simlib.{kind}.{other}": other for kind in kinds for other in topics()}
    others = {name for name in loaded & set(rooms) if rooms[name] != topic}
    if topic == "start":  # it makes links into the labs of all lessons
        others = {name for name in others if name.startswith("simlib.exercise")}
    assert others == set()
    assert loaded & {f"simlib.widgets.{topic}", f"simlib.lessons.{topic}"}
