"""The one widget of a stage: everything it shows as plain data, and what its page may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import traitlets

from simlib.widgets.controls import Form, loader
from simlib.widgets.page_messages import Nonsense
from simlib.widgets.state import VERSION

PRESSED = (
    "open",
    "answer",
    "fresh",
    "present",
    "presented",
    "undo",
    "redo",
    "reset:",
    "keep",
    "swap",
    "clear",
    "csv",
    "json",
)
DEEDS = ("start", "guess", "skip", "again", "end")
KINDS = ("bet", "say", "task", "scene", "press")  # of messages beside wishes and the own case


class StageView(Form):
    """Board, knobs, tools, bet, tasks and drawer, as plain data.

    Every trait but `asked` is Python's alone. `spec`, `values`, `asked`, `heard` and `label` are
    those of a form; a control's `place` says where it stands, and None is the value of an open
    quantity.

    Attributes
    ----------
    tags
        id → `[kind, words, changed]`: of what kind the fact behind a control is, and whether the
        reader changed it
    link
        the state as text, for the page's address and the language link
    handed
        whether the state in the fragment of the page's address has been taken over, or refused
    words, frame
        the words of the interface; lesson, case and colours
    bet, reveal
        the questions and what was answered; the answer beside the court and the law
    board, scene, scenes
        what is shown, of which scene; all scenes in order
    drawn
        size → the lesson's drawing of that scene; apart from the board, which an answer changes too
    tools
        action → whether there is anything for it to do
    tasks, drawer
        the tasks and how far each has come; why the number asked about is what it is
    told, notice
        what a screen reader is told next: `done` (a task is) comes first and `why` last, both
        once, and nothing while a wish is not `heard`; what was refused, as HTML
    """

    _esm = loader("stage", "stage.js")
    tags = traitlets.Dict().tag(sync=True)
    link = traitlets.Unicode("").tag(sync=True)
    handed = traitlets.Bool(False).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    bet = traitlets.Dict().tag(sync=True)
    reveal = traitlets.Dict().tag(sync=True)
    board = traitlets.Dict().tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)
    tools = traitlets.Dict().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    scenes: traitlets.List[dict[str, object]] = traitlets.List().tag(sync=True)
    tasks = traitlets.Dict().tag(sync=True)
    drawer = traitlets.Dict().tag(sync=True)
    told = traitlets.Dict({"n": 0, "text": "", "done": "", "why": ""}).tag(sync=True)
    notice = traitlets.Unicode("").tag(sync=True)

    def on(self, kind: str, act: Callable[[Mapping[str, object]], None]) -> None:
        """Call `act` with a message of one of `KINDS`, once it is in the shape of ours."""
        self._acts[kind] = act

    def on_own(self, act: Callable[[dict[str, object], list[memoryview]], None]) -> None:
        """Call `act` with what the page says of the reader's own case, and the bytes of a file."""
        self._acts["own"] = act

    def hear(self, content: dict[str, object], buffers: list[memoryview]) -> None:
        """What only a stage is told; the rest as every form."""
        kind = next((name for name in KINDS if name in content), "")
        if kind:
            getattr(self, f"_check_{kind}")(content)
            self._acts[kind](content)
        elif "own" in content and "asked" not in content:
            self._acts["own"](content, buffers)
        else:
            super().hear(content, buffers)

    def _check_bet(self, content: dict[str, object]) -> None:
        if not self.bet.get("open") or not isinstance(content["bet"], dict):
            raise Nonsense("nothing is asked")

    def _check_say(self, content: dict[str, object]) -> None:
        cells = [cell for row in self.board.get("rows", []) for cell in row["cells"].values()]
        known = {"", *(cell["say"] for cell in cells), self.board["large"]["say"]}
        if not isinstance(content["say"], str) or content["say"] not in known:
            raise Nonsense("nothing that can be asked about")

    def _check_task(self, content: dict[str, object]) -> None:
        task = next((t for t in self.tasks["list"] if t["id"] == content["task"]), None)
        known = content.get("do") in DEEDS and set(content) <= {"task", "do", "value"}
        if task is None or not known:
            raise Nonsense("no task")
        ends = task["state"] == "done" or task["by_hand"] and task["state"] == "guessed"
        if content["do"] == "end" and not ends:
            raise Nonsense("it has not ended")
        if content["do"] == "guess":
            options = [option["value"] for option in task["options"]]
            said = not task["by_hand"] and content.get("value") in options
            if task["state"] != "open" or not said:
                raise Nonsense("no guess")

    def _check_scene(self, content: dict[str, object]) -> None:
        scenes = [scene["id"] for scene in self.scenes]
        if content["scene"] not in scenes or type(content.get("turned", False)) is not bool:
            raise Nonsense("no scene")

    def _check_press(self, content: dict[str, object]) -> None:
        button = content["press"]
        known = {f"reset:{item['id']}" for item in self.spec if item.get("reset")}
        known |= {f"earlier:{link}" for link in range(1, VERSION)}
        if not isinstance(button, str) or button not in known | {*PRESSED}:
            raise Nonsense("no button of this stage")
        if button in ("open", "answer") and self.bet.get("open") != (button == "open"):
            raise Nonsense("it is so already")
