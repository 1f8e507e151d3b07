"""A student: lesson after lesson, he bets, turns knobs, asks why, does tasks, reloads."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from load import bets
from load.meter import Meter
from load.page import Page

THINKS_S = (2.0, 8.0)  # between two things that he does
ARRIVE_S = 15.0  # within so long after the class has begun
MOVES, MOVE_S = (4, 9), 0.05  # of a drag, and between them
WORDLESS = 0.25  # of those who leave: a phone says nothing, and the kernel has to be culled
FIRST = ("knob", "drag")  # of his deeds in a lesson; the others come in an order of his own
OTHERS = ("knob", "knob", "drag", "reason", "reason", "task", "task", "task", "undo", "scene",
          "reload")  # fmt: skip
CONTROLS = ("choice", "select", "check", "range")


@dataclass
class Class:
    """What all students share.

    Attributes
    ----------
    until
        when the class is over, by the clock of `time.monotonic` [s]
    pace
        thinking times are multiplied by it
    patience
        after which an answer is lost [s]
    """

    base: str
    lessons: Sequence[str]
    meter: Meter
    until: float
    pace: float = 1.0
    patience: float = 10.0

    @property
    def is_over(self) -> bool:
        """Whether the bell has rung."""
        return time.monotonic() >= self.until


class Student:
    """One of a class; the same for the same seed and number."""

    def __init__(self, taught: Class, seed: int, number: int) -> None:
        self._class, self._meter = taught, taught.meter
        self._rng = random.Random(f"{seed}:student:{number}")
        self._lang = "en" if number % 6 == 5 else "zh"
        self._files, self._stroke, self._lesson = True, 0, ""
        self._page = Page(taught.base, taught.patience)

    async def live(self) -> None:
        """Come, and work through the lessons until the class is over."""
        taught, at = self._class, 0
        await self._sleep(self._rng.uniform(0, ARRIVE_S) * taught.pace)
        while not taught.is_over:
            self._lesson = f"{self._lang}/{taught.lessons[at % len(taught.lessons)]}.ipynb"
            at += 1
            try:
                await self._study()
            except Exception as error:  # whatever a student meets is what we are here for
                self._meter.errors.append(f"{self._lesson}: {type(error).__name__}: {error}")
                await self._think()

    async def _study(self) -> None:
        """One lesson, from opening it to leaving it."""
        try:
            await self._opened("open", self._lesson)
            await self._think()
            await self._bet()
            for deed in (*FIRST, *self._rng.sample(OTHERS, len(OTHERS))):
                await self._think()
                if self._class.is_over:
                    break
                await getattr(self, f"_{deed}")()
        finally:
            await self._page.leave(word=self._rng.random() >= WORDLESS)

    # ------------------------------------------------------------ deeds

    async def _opened(self, kind: str, address: str) -> None:
        page = self._page = Page(self._class.base, self._class.patience)
        begun = time.monotonic()
        try:
            await page.open(address, self._files)
        finally:
            self._meter.waits += page.waits
        self._files = False
        self._meter.note(kind, time.monotonic() - begun)

    async def _bet(self) -> None:
        """Answer at random; if that is asked back, think again and give an answer that fits."""
        html, topic = self._seen["bet"]["html"], self._lesson.partition("-")[2][: -len(".ipynb")]
        answer = bets.answer(self._rng, html)
        if said := bets.asked_back(topic, answer, self._lang):
            await self._told("asked", {"bet": answer}, lambda: self._seen["bet"]["said"] == said)
            await self._think()
            answer = bets.taken(self._rng, html, topic, self._lang)
        await self._told("bet", {"bet": answer}, lambda: not self._seen["bet"]["open"])

    async def _knob(self) -> None:
        id, value = self._wished()
        await self._turned(id, value)

    async def _turned(self, id: str, value: object) -> bool:
        """Set a knob, and see that it is heard and stands where it was set."""
        begun = time.monotonic()
        number = await self._page.wish(id, value, self._new_stroke())

        def holds() -> bool:
            return self._page.is_heard(id, number) and self._seen["values"][id] == value

        return await self._answer("knob", f"{id} = {value}", holds, begun)

    async def _drag(self) -> None:
        """Several values in one movement: each is heard, and the last one holds."""
        stroke, awaited = self._new_stroke(), []
        id, value = self._wished()
        for _ in range(self._rng.randint(*MOVES)):
            item = next(each for each in self._knobs if each["id"] == id)
            value = self._other(item, self._seen["asked"].get(id, [0, None])[1])
            begun = time.monotonic()
            heard = self._hears(id, await self._page.wish(id, value, stroke))
            answer = self._answer("drag", f"{id} dragged to {value}", heard, begun)
            awaited.append(asyncio.ensure_future(answer))
            await asyncio.sleep(MOVE_S)
        if all(await asyncio.gather(*awaited)) and self._seen["values"][id] != value:
            self._meter.lost.append(f"{self._lesson}: {id} dragged to {value}, but shown otherwise")

    def _hears(self, id: str, number: int) -> Callable[[], bool]:
        return lambda: self._page.is_heard(id, number)

    async def _reason(self) -> None:
        """Ask why a number is what it is, read, and close the drawer."""
        rows = self._seen["board"]["rows"]
        cells = [cell["say"] for row in rows for cell in row["cells"].values() if cell["say"]]
        if not cells:
            return
        said = self._rng.choice(cells)
        for asked in (said, ""):
            await self._told("reason", {"say": asked}, self._says(asked))
            await self._think()

    def _says(self, asked: str) -> Callable[[], bool]:
        return lambda: self._seen["drawer"]["say"] == asked

    async def _task(self) -> None:
        """Begin a task that is asked in words, guess, turn its knob, and see what it came to."""
        new = (each for each in self._tasks if each["state"] == "new" and not each["by_hand"])
        task = next(new, None)
        if task is None:
            return
        id, guess = task["id"], self._rng.choice(task["options"])["value"]
        if not await self._told("task", {"task": id, "do": "start"}, self._is(id, "open")):
            return
        await self._think()
        guessed = {"task": id, "do": "guess", "value": guess}
        if not await self._told("task", guessed, self._is(id, "guessed")):
            return
        await self._think()
        turned = await self._turned(task["knob"], task["turn"]["value"])
        if turned and not self._is(id, "done")():
            self._meter.lost.append(f"{self._lesson}: task {id} done")

    def _is(self, id: str, state: str) -> Callable[[], bool]:
        return lambda: any(t["id"] == id and t["state"] == state for t in self._tasks)

    async def _undo(self) -> None:
        """Turn a knob, and take it back."""
        id, value = self._wished()
        before = self._seen["values"][id]
        if value == before or not await self._turned(id, value):
            return
        await self._think()
        await self._told("undo", {"press": "undo"}, lambda: self._seen["values"][id] == before)

    async def _scene(self) -> None:
        shown = self._seen["scene"]["id"]
        others = [each["id"] for each in self._seen["scenes"] if each["id"] != shown]
        if others:
            id = self._rng.choice(others)
            await self._told("scene", {"scene": id}, lambda: self._seen["scene"]["id"] == id)

    async def _reload(self) -> None:
        """Reload by the link in the address: all knobs and tasks stand as they stood."""
        before, done = self._standing(), self._seen["link"]
        await self._page.leave(word=True)
        await self._opened("reload", f"{self._lesson}?s={done}")
        if self._standing() != before:
            self._meter.lost.append(f"{self._lesson}: not as it stood before it was reloaded")

    def _standing(self) -> dict[str, object]:
        """What a reload must not lose."""
        knobs = {each["id"]: self._seen["values"][each["id"]] for each in self._knobs}
        tasks = {each["id"]: [each["state"], each["guess"]] for each in self._tasks}
        return {"knobs": knobs, "tasks": tasks, "open": self._seen["bet"]["open"]}

    # ------------------------------------------------------------ seeing and thinking

    @property
    def _seen(self) -> dict[str, Any]:
        return self._page.traits

    @property
    def _tasks(self) -> list[dict[str, Any]]:
        return self._seen["tasks"]["list"]

    @property
    def _knobs(self) -> list[dict[str, Any]]:
        """The main knobs of the scene."""
        spec = self._seen["spec"]
        return [each for each in spec if each.get("place") == "main" and each["kind"] in CONTROLS]

    def _wished(self) -> tuple[str, object]:
        """One of the main knobs, and another value for it."""
        item = self._rng.choice(self._knobs)
        return item["id"], self._other(item, self._seen["values"][item["id"]])

    def _other(self, item: dict[str, Any], value: object) -> object:
        """A value the knob can take, another than this if there is one."""
        if item["kind"] == "check":
            return not value
        if item["kind"] == "range":
            steps = int((item["max"] - item["min"]) / item["step"])
            return round(item["min"] + item["step"] * self._rng.randint(0, steps), 6)
        values = [each["value"] for each in item["options"]]
        return self._rng.choice([each for each in values if each != value] or values)

    def _new_stroke(self) -> int:
        self._stroke += 1
        return self._stroke

    async def _told(self, kind: str, content: dict[str, Any], holds: Callable[[], bool]) -> bool:
        """Press a button, and wait for what comes of it."""
        begun = time.monotonic()
        await self._page.tell(content)
        return await self._answer(kind, str(content), holds, begun)

    async def _answer(self, kind: str, what: str, holds: Callable[[], bool], begun: float) -> bool:
        """Wait for what a deed comes to, and note how long it took, or that it never came."""
        came = await self._page.until(holds)
        if came:
            self._meter.note(kind, time.monotonic() - begun)
        else:
            self._meter.lost.append(f"{self._lesson}: {what}")
        return came

    async def _think(self) -> None:
        await self._sleep(self._rng.uniform(*THINKS_S) * self._class.pace)

    async def _sleep(self, seconds: float) -> None:
        """Wait, but not beyond the end of the class."""
        await asyncio.sleep(max(0.0, min(seconds, self._class.until - time.monotonic())))
