"""The editor of a reader's own case: the page holds the draft, Python checks and reckons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import anywidget
import traitlets

from simlib.case.load import check_data, shipped_cases
from simlib.case.privacy_warnings import warnings
from simlib.case.toml_guard import Refused, decode, parse
from simlib.case.write import write
from simlib.errors import Problem
from simlib.figures.style import BASIS as BASIS_COLORS
from simlib.law.rule import earlier_defaults
from simlib.lessons import names
from simlib.lessons.outcome import lacks
from simlib.resources import shelf
from simlib.text import topic_words, words
from simlib.widgets.controls import LAYOUT, loader
from simlib.widgets.earlier_rules import moved, said
from simlib.widgets.own import draft
from simlib.widgets.own.draft import BLANK, SAMPLE, started, starts, stock
from simlib.widgets.own.fields import spec
from simlib.widgets.own.problem_messages import in_file, told
from simlib.widgets.own.result import Result
from simlib.widgets.own_case import MOST_BYTES, MOST_SAID
from simlib.widgets.page_messages import Door, Nonsense, record, text
from simlib.widgets.state import (
    OWN,
    VERSION,
    LabState,
    asked_state,
    case_in,
    case_link,
    format_of,
    lacking,
    shown_in,
)
from simlib.widgets.supposed_grades import first_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.fields import Raw
    from simlib.case.model import Case
    from simlib.law.rule import Value

LESSONS = names()[1:]  # lesson 00 is about no case
MOST_LISTED = 200  # problems sent to the page at once
# Facts that are not written yet: nothing to correct. Where no field is named, the one to go to.
MISSING = {
    "missing-key": "", "no-act": "act", "no-fault": "grade", "no-claimant": "claimant",
    "no-victim-loss": "loss_fen", "no-victim": "", "no-principal": "", "bad-text": "",
}  # fmt: skip


class OwnEditor(Door, anywidget.AnyWidget):
    """The editor. The page holds the draft, sends the whole of it and gets what it is worth.

    `{"check": {"draft", "n"}}` → `{"checked": {"n", "problems", "warnings", "result", "text",
    "link", "lab"}}`; `{"why": say}` about a number of the last result → `{"why": …}`;
    `{"start": name}` and `{"file": name}` with its bytes → `{"draft": …}`, or `{"refused": lines,
    "detail": lines}` and nothing has changed. `{"own": "link", "text"}`, the state in the fragment
    of the page's address → `first`, `linked`, `broken`, `text`, and `handed`.

    Attributes
    ----------
    spec, words
        the controls and what the page itself says
    starts, labs
        `[name, title]` of the cases to start from, `[name, number, title]` of the lessons
    first
        the draft of the page's address, or a blank one; `linked` tells which, `text` is what the
        linked one is written as; `broken`: there is an address, and no case can be read from it
    note
        what of a lesson's knobs the linked draft has, and what not; empty: none was moved
    handed
        whether the fragment of the address has been read
    blank
        a draft of which nothing is said yet
    stock
        texts of such a start: where one language still says one of them, it follows the other
    """

    _esm = loader("own", "own.js")
    spec = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    starts: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    labs: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)
    blank = traitlets.Dict().tag(sync=True)
    linked = traitlets.Bool(False).tag(sync=True)
    broken = traitlets.Bool(False).tag(sync=True)
    handed = traitlets.Bool(False).tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    links: traitlets.List[int] = traitlets.List().tag(sync=True)
    stock: traitlets.List[str] = traitlets.List().tag(sync=True)
    colors = traitlets.Dict().tag(sync=True)
    most = traitlets.Int(MOST_BYTES).tag(sync=True)

    def __init__(self, lang: str = "zh", link: str | None = None) -> None:
        self.lang, self.statement = lang, None
        self.result: Result | None = None
        self.files: set[str] = set()  # what keys call the statements opened so far
        said = topic_words("own_lab", lang)
        super().__init__(
            spec=spec(lang),
            words=said["ui"]
            | {"lang": lang, "statement": said["statement"]}
            | {"grade_beside": said["grade_open"]["beside"]}
            | {key: said["preview"][key] for key in ("assumed", "assumed_go")}
            | {"stage": topic_words("stage", lang)["page"] | said["stage"]},
            blank=draft.to_draft(started(BLANK)),
            colors=BASIS_COLORS,
            starts=starts(lang),
            labs=_labs(lang),
            stock=stock(),
            layout=LAYOUT,
            **_begun(link, lang),
        )

    def apologize(self) -> None:
        """Let the page say that this failed; the draft is in the page, and safe."""
        self.send({"refused": [words("lab", "step.again", self.lang)]})

    def hear(self, said: dict[str, object], buffers: list[memoryview]) -> None:
        """Answer a message of the page."""
        if "check" in said:
            asked = record(said["check"])
            links = asked.get("links", VERSION)
            if not isinstance(links, int):
                raise Nonsense("no format of links")
            worth = self.worth(record(asked.get("draft")), links)
            self.send({"checked": {"n": asked.get("n"), **worth}})
        elif said.get("own") == "link" and isinstance(said.get("text"), str):
            with self.hold_sync():
                for name, value in _begun(text(said["text"]), self.lang).items():
                    setattr(self, name, value)
                self.handed = True
        elif isinstance(said.get("why"), str) and self.result:
            self._why(text(said["why"]))
        elif said.get("start") in (BLANK, SAMPLE, *shipped_cases()):
            self.send({"draft": draft.to_draft(started(text(said["start"]))), "said": "started"})
        elif "file" in said and buffers:
            self._open(bytes(buffers[0]))
        elif said.keys() & {"statement", "map", "turn", "gaps", "people", "insert"}:
            from simlib.widgets.own.statement import answer  # only who imports pays for it

            found = answer(self, said, buffers)
            if found:
                self.send({"dialog": found})
        else:
            raise Nonsense("nothing that the editor does")

    def worth(self, page: Raw, links: int = VERSION) -> dict[str, object]:
        """What a draft is worth: problems or a result, warnings, its text, its links.

        Parameters
        ----------
        links
            the format of links when the draft was saved
        """
        data = draft.to_data(page)
        text, alarms = write(data), warnings(data)
        typed = {spot: (key, value) for spot, key, value in draft.typed_wrong(data)}
        case, problems = check_data(data)
        self.result = result = Result(case, self.lang) if case else None
        told = [self._told(p, data, "problems", typed) for p in problems[:MOST_LISTED]]
        return {
            "problems": told,
            "count": len(problems),
            "warnings": [self._told(p, data, "private", {}) for p in alarms[:MOST_LISTED]],
            "result": result.to_json() if result else None,
            "title": str(getattr(case.title, self.lang)) if case else "",
            "text": text,
            "link": case_link(text),
            "lab": _lab_link(text, case) if case else "",
            "shut": _shut(case, self.lang) if case else {},
            "earlier": self._earlier(case, links) if case else None,
        }

    def _earlier(self, case: Case, links: int) -> dict[str, object] | None:
        """Which rules were read otherwise when the draft was saved, if that moves the result."""

        def shown(rules: Mapping[str, Value]) -> object:
            return Result(
                case.set({f"rules.{k}": v for k, v in rules.items()}), self.lang
            ).to_json()

        keys = moved(links, shown)
        if not keys:
            return None
        back = {key: earlier_defaults(links)[key] for key in keys}
        return {"said": said(links, keys, self.lang), "rules": back}

    def _told(
        self,
        problem: Problem,
        data: Raw,
        topic: str,
        typed: Mapping[draft.Spot, tuple[str, str]],
    ) -> dict[str, object]:
        """A problem in words, with the place of its field, and as the file has it."""
        spot = draft.spot_of(problem.path, data)
        field = MISSING.get(problem.code)
        return {
            "spot": [*spot, field] if field and field not in spot else spot,
            "path": problem.path,
            "code": problem.code,
            "missing": topic == "problems" and problem.code in MISSING,
            "said": told(problem, data, spot, typed, self.lang),
            "file": in_file(problem, topic, self.lang),
        }

    def _why(self, say: str) -> None:
        found = self.result.why(say) if self.result else None
        if not found:
            raise Nonsense("a number that is not shown")
        self.send({"why": found})

    def _open(self, bytes_: bytes) -> None:
        """A file from the device: all of it, or nothing and why."""
        data = {}
        try:
            if len(bytes_) > MOST_BYTES:
                raise Refused("too-big", most=MOST_BYTES)
            data = parse(decode(bytes_))
        except Refused as refusal:
            problem = Problem("-", refusal.finding.code, refusal.finding.values)
            self._refuse([problem], {})
            return
        _, problems = check_data(dict(data))
        if problems and not draft.fits(data):
            self._refuse(problems, data)
        else:
            said = "loaded_wrong" if problems else "loaded"
            self.send({"draft": draft.to_draft(data), "said": said, "count": len(problems)})

    def _refuse(self, problems: list[Problem], data: Raw) -> None:
        some = [self._told(p, data, "problems", {}) for p in problems[:MOST_SAID]]
        lines = [f"{p['path']}: {p['code']}: {p['file']}" for p in some]
        self.send({"refused": [p["said"] for p in some], "detail": lines})


def _lab_link(text: str, case: Case) -> str:
    """What a lab is opened with: the case, or its name where a link is too short for it; the lab
    then asks the browser."""
    first = first_of(case)
    return LabState(own=text, case_id=OWN, position=first, committed={"opened": True}).to_text()


def _shut(case: Case, lang: str) -> dict[str, str]:
    """The lessons that cannot show a case, each with the reason and the remedy."""
    keys = {name: lacks(name[3:], case) for name in LESSONS}
    return {f"{name}.ipynb": words("lab", f"own.{key}", lang) for name, key in keys.items() if key}


def _begun(link: str | None, lang: str) -> dict[str, object]:
    """What the page begins with: the case in its address, or a blank draft."""
    linked, note = _linked(link)
    return {
        "note": words("own_lab", f"ui.{note}", lang) if note else "",
        "first": draft.to_draft(linked or started(BLANK)),
        "linked": linked is not None,
        "broken": bool(link) and linked is None and lacking(link) is None,
        "text": write(linked) if linked else "",
        "links": [format_of(link), VERSION],
    }


def _linked(link: str | None) -> tuple[dict[str, object] | None, str]:
    """The data of the case in a link, right or wrong, if the page can show them; or those of the
    shipped case that a lesson's link shows, with the key of what is told of them."""
    if (name := shown_in(link)) in shipped_cases():
        return draft.carried(name, link or "")
    try:
        data = parse(case_in(link))
    except Refused:
        return None, ""
    return (data if data and draft.fits(data) else None), ""


def _labs(lang: str) -> list[list[str]]:
    """The lessons that can open a case of one's own."""
    found = []
    for name in LESSONS:
        path = shelf("course") / lang / f"{name}.ipynb"
        if path.is_file():
            about = json.loads(path.read_text("utf-8"))["metadata"]
            found.append([f"{name}.ipynb", name[:2], about.get("title", name)])
    return found


def own_lab(lang: str = "zh") -> OwnEditor:
    """The editor, with the case that the page's address carries."""
    return OwnEditor(lang, asked_state())
