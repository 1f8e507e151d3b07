"""The frame on a lab of one knob: history, A beside B, links, refusals; no browser, no lesson."""

import pytest

from simlib.figures.drawing import Cell, Drawing
from simlib.liability import compare
from simlib.widgets.frame import Lab
from simlib.widgets.knob import Knob, to_fen, to_yuan, yuan
from simlib.widgets.state import LabState, Scene
from simlib.widgets.tools import options

REAL, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"
# Written by the first release, whose state knew neither A nor `chosen`: position 教学设定, k = .25,
# the several share asked about, opened by a teacher.
OLD_LINK = (
    "eNoljdsKwjAQBf9ln5sSoxXMr5QioV00kEvJRdTSf_ekvg07O7vjqdtoNpnvdiFNSqqLcFXIs1RiuN4kdbTGbIuNAdrk"
    "XD0vGM5PEx6cSW_0bdg7620hLXs17GhMKh8Eh2vr0UMXpAjiyqFRSZWxm9nxfKgR_OJkHAp-429NDPwfmfbpB2MaOIQ"
)


class OneKnob(Lab):
    """The assets of the helper, and what of joint and several liability can be collected."""

    first = (REAL,)

    def fit_knobs(self, case, party):
        return [
            Knob(
                "assets",
                "range",
                "assets",
                "assets",
                lambda now: to_yuan(now.party(party).assets_fen),
                lambda value, _: {f"{party}.assets_fen": to_fen(value)},
                party,
                ("assets_fen",),
                extra=yuan(case, self.lang, "unlimited"),
            ),
            Knob(
                "minor",
                "check",
                "minor",
                "minor",
                lambda now: now.party(party).minor,
                lambda value, _: {f"{party}.minor": value},
                party,
                ("minor",),
            ),
        ]

    def choices(self, case):
        shown = [("all", "all"), ("joint", "joint")]
        return [options("select", "rows", "rows", shown)], {
            "rows": self.state.chosen.get("rows", "all")
        }

    def decide(self, case, scene):
        modes = {"all": ("auto", "joint", "several"), "joint": ("joint",)}
        return compare(case, modes[scene.chosen.get("rows", "all")])

    def draw(self, view, kept):
        rows = tuple(
            (Cell(mode, f"{mode}||"), Cell.of_money(o.received_fen, self.lang, f"{mode}|received|"))
            for mode, o in view.outcomes.items()
        )
        return Drawing({"data": [], "layout": {}}, ("mode", "received"), rows, "B。")

    def reason(self, view, selected):
        return "|".join(selected)

    def can_ask(self, selected):
        return len(selected) == 3

    def parts(self):
        return {"play": (self.choose, self.notice, self.stage()), "why": (self.reasons,)}


@pytest.fixture
def lab():
    """An opened lab of one knob."""
    lab = OneKnob("zh")
    lab._committed("open")
    return lab


def turn(lab, value, stroke=None, knob="assets"):
    """Move a knob; steps of one stroke belong to one drag."""
    asked = dict(lab.form.asked)
    number = asked.get(knob, [0])[0] + 1
    asked[knob] = [number, value, *([stroke] if stroke is not None else [])]
    lab.form.asked = asked


def received(lab):
    """What the table says now, mode by mode: text of money and of B−A where there is an A."""
    return {row[0].text: [cell.text for cell in row[1:]] for row in lab.drawing.rows}


def enabled(lab):
    """The buttons that have something to do."""
    names = ("undo", "redo", "reset_all", "keep", "swap", "clear")
    return {name for name in names if lab.choose.values[name]}


# ---------------------------------------------------------------- undo and redo


def test_undo_and_redo_bring_states_back(lab):
    """Unlimited, 3 000, 1 000 yuan: the table follows, and so do the buttons."""
    assert enabled(lab) == {"keep"}
    turn(lab, 3_000)
    turn(lab, 1_000)
    assert received(lab)["joint"] == ["1000元"]
    lab._pressed("undo")
    assert received(lab)["joint"] == ["3000元"]
    assert lab.form.values["assets"] == 3_000
    assert enabled(lab) == {"undo", "redo", "reset_all", "keep"}
    lab._pressed("undo")
    assert received(lab)["joint"] == ["25000元"]
    assert enabled(lab) == {"redo", "keep"}
    lab._pressed("redo")
    assert received(lab)["joint"] == ["3000元"]


def test_a_drag_is_undone_at_once(lab):
    """Twenty steps of one stroke, then one more of another."""
    for value in range(1_000, 21_000, 1_000):
        turn(lab, value, stroke=1)
    turn(lab, 500, stroke=2)
    lab._pressed("undo")
    assert lab.form.values["assets"] == 20_000
    lab._pressed("undo")
    assert lab.form.values["assets"] is None


def test_opening_the_lesson_is_not_undone():
    """There is no way back behind the reader's answer."""
    lab = OneKnob("zh")
    lab._committed("open")
    lab._pressed("undo")
    assert lab.state.committed == {"opened": True}
    assert lab.play.children != (lab.locked,)


def test_position_case_choice_and_reset_are_undone(lab):
    """Everything the reader sets, newest first."""
    turn(lab, 3_000)
    lab._pressed("reset:")
    lab._chosen({"rows": "joint"})
    lab._chosen({"position": "assumed"})
    lab._chosen({"case": TWIN})
    assert lab.state.party == "long"
    lab._pressed("undo")
    assert (lab.state.case_id, lab.state.position, lab.state.party) == (REAL, "assumed", "zhang")
    lab._pressed("undo")
    assert (lab.state.position, list(received(lab))) == ("found", ["joint"])
    lab._pressed("undo")
    assert list(received(lab)) == ["auto", "joint", "several"]
    lab._pressed("undo")
    assert lab.state.changes == {"zhang.assets_fen": 300_000}
    assert lab.choose.values["case"] == REAL


def test_undo_across_cases_drops_the_number_of_the_other_case(lab):
    """The number asked about belongs to a case: it goes with it."""
    lab._chosen({"case": TWIN})
    lab._asked("joint|received|")
    lab._pressed("undo")
    assert lab.state.selected == []
    lab._pressed("keep")
    lab._chosen({"case": TWIN})
    lab._asked("joint|received|")
    lab._pressed("swap")
    assert (lab.state.case_id, lab.state.selected) == (REAL, [])


def test_undo_only_writes_what_changed(lab):
    """On a knob's way back nothing of the case is made anew: the forms keep their controls."""
    turn(lab, 3_000)
    seen = []
    for widget, name in ((lab.form, "spec"), (lab.choose, "spec"), (lab.answer, "spec")):
        widget.observe(lambda change: seen.append(change["name"]), name)
    lab._pressed("undo")
    assert seen == []


def test_what_is_refused_is_taken_back(lab):
    """A minor without a guardian: the law asks who answers; the knob goes back, no step is left."""
    sent = []
    lab.form.send = sent.append
    turn(lab, True, knob="minor")
    assert "监护人" in lab.notice.html
    assert lab.state.changes == {}
    assert sent == [{"again": True}]
    assert enabled(lab) == {"keep"}
    turn(lab, 1_000)
    assert lab.notice.html == ""


def test_another_position_drops_the_knobs_turned_before(lab):
    """A position is a set of facts of its own: nothing turned in the last one stays on."""
    turn(lab, 3_000)
    lab._chosen({"position": "assumed"})
    assert lab.state.changes == {}
    assert lab.form.values["assets"] is None
    assert received(lab)["joint"] == ["25000元"]
    assert enabled(lab) == {"undo", "keep"}
    lab._pressed("undo")
    assert lab.form.values["assets"] == 3_000


@pytest.mark.parametrize(
    ("amount", "fen"), [(0.29, 29), (1.15, 115), (4.35, 435), (579.05, 57_905), (0.07, 7)]
)
def test_yuan_become_the_nearest_fen(amount, fen):
    """As floats 0.29 · 100 is 28.999…96 and 0.07 · 100 is 7.000…01: never a fen less or more."""
    assert amount * 100 != fen
    assert to_fen(amount) == fen
    assert to_fen(to_yuan(fen)) == fen


# ---------------------------------------------------------------- A beside B


def test_keep_a_and_compare(lab):
    """A: the helper pays all of 25 000; B: he has 1 000: 24 000 less, of several 11 500 less.

    Several, where shares cannot be determined: 12 500 of his own part, of which 1 000 can be
    collected.
    """
    lab._chosen({"position": "undeterminable"})
    lab._pressed("keep")
    turn(lab, 1_000)
    assert received(lab) == {
        "auto": ["1000元", "−24000元"],
        "joint": ["1000元", "−24000元"],
        "several": ["1000元", "−11500元"],
    }
    assert "3行中有3行变了" in lab.drawing.sentence
    assert lab.chart.description == lab.drawing.sentence
    assert enabled(lab) == {"undo", "reset_all", "keep", "swap", "clear"}


def test_the_selected_number_says_its_difference(lab):
    """In the sentence, beside how many rows changed."""
    lab._chosen({"position": "undeterminable"})
    lab._pressed("keep")
    lab._asked("several|received|")
    turn(lab, 1_000)
    assert "「several·received」：−11500元" in lab.drawing.sentence


def test_swap_and_clear_and_their_undo(lab):
    """A and B change places, signs turn; cleared, the column is gone; undo brings both back."""
    lab._pressed("keep")
    turn(lab, 1_000)
    lab._pressed("swap")
    assert received(lab)["joint"] == ["25000元", "+24000元"]
    assert "改动1项" in lab.drawing.sentence
    lab._pressed("clear")
    assert received(lab)["joint"] == ["25000元"]
    lab._pressed("undo")
    lab._pressed("undo")
    assert received(lab)["joint"] == ["1000元", "−24000元"]
    lab._pressed("undo")
    lab._pressed("undo")
    assert lab.state.kept is None


def test_swap_with_nothing_kept_does_nothing(lab):
    """The button is off, but a key or an old page may still send it."""
    before = lab.state.snapshot()
    lab._pressed("swap")
    assert lab.state.snapshot() == before


def test_kept_scene_may_be_of_another_case(lab):
    """A stays when another case is opened: Zhang's 25 000 against Long's 70 000."""
    lab._pressed("keep")
    lab._chosen({"case": TWIN})
    assert received(lab)["joint"] == ["70000元", "+45000元"]
    assert "5690号" in lab.drawing.sentence


def test_kept_scene_is_decided_once(lab, monkeypatch):
    """A knob of B does not reckon A again."""
    lab._pressed("keep")
    turn(lab, 1_000)
    calls = []
    decide = lab.decide
    monkeypatch.setattr(lab, "decide", lambda *given: calls.append(1) or decide(*given))
    turn(lab, 2_000)
    lab._pressed("undo")
    assert len(calls) == 2


# ---------------------------------------------------------------- links


def test_kept_scene_travels_in_the_link(lab):
    """Another lab, in English, opened by the link, shows the same A and B."""
    lab._chosen({"rows": "joint"})
    lab._pressed("keep")
    lab._chosen({"position": "assumed"})
    turn(lab, 1_000)
    other = OneKnob("en", link=lab.state.to_text())
    assert other.restored
    assert (
        other.state.kept == lab.state.kept == Scene(REAL, "found", {}, "zhang", {"rows": "joint"})
    )
    assert received(other)["joint"] == ["CNY 1,000", "−CNY 24,000"]


def test_kept_scene_adds_little_to_the_link(lab):
    """Only what differs from B is said: of the same case and position nothing at all."""
    turn(lab, 1_000)
    plain = lab.state.to_text()
    lab._pressed("keep")
    assert len(lab.state.to_text()) - len(plain) < 30
    assert OneKnob("zh", link=lab.state.to_text()).state.kept == lab.state.scene()


def test_a_link_of_the_first_release_still_opens():
    """It knows no A; everything else comes back."""
    lab = OneKnob("zh", link=OLD_LINK)
    assert lab.restored
    assert (lab.state.position, lab.state.changes) == ("assumed", {"zhang.limit": 0.25})
    assert lab.state.selected == ["several", "exposure", "zhang"]
    assert (lab.state.kept, lab.state.chosen) == (None, {})


@pytest.mark.parametrize(
    "kept",
    [
        Scene("no-such-case"),
        Scene("../../etc/passwd"),
        Scene(REAL, "no-such-position"),
        Scene(REAL, "found", {"zhang.nothing": 1}),
        Scene(REAL, "found", {"zhang.minor": True}, "zhang"),
        Scene(REAL, "found", {}, "nobody"),
        Scene(REAL, "found", {}, "zhao"),
        Scene(REAL, "found", {}, ""),
        Scene(REAL, "found", [], "zhang"),
        Scene(REAL, 7, {}, "zhang"),
        Scene(REAL, "found", {}, "zhang", {"rows": "none"}),
    ],
)
def test_impossible_kept_scene_opens_as_new(kept):
    """No text in a link can keep a lab from opening, whatever it says of A."""
    state = LabState(case_id=REAL, position="found", party="zhang", kept=kept)
    lab = OneKnob("zh", link=state.to_text())
    assert lab.restored is False
    assert (lab.state.kept, lab.state.case_id) == (None, REAL)
    assert "无法识别" in lab.notice.html
