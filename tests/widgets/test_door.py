"""What a page may say to a lab: nonsense is passed over, a failed step is taken back whole."""

import json
import logging
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jupyter_client.manager import start_new_kernel
from telling import MAKERS, hand_in, opens, tell, write

from simlib.widgets import (
    exercise_lab,
    own_lab,
)
from simlib.widgets.case import CaseLab
from simlib.widgets.controls import LAYOUT, Form, Pane
from simlib.widgets.liability.lab import LiabilityLab
from simlib.widgets.page_messages import Door, ServerLog
from simlib.widgets.stage import StageView

DEEP = []
for _ in range(3_000):
    DEEP = [DEEP]
WRONG = [
    None, True, 0.5, -1, 10**400, float("nan"), float("inf"), "", "\ud800", "x" * 100_000,
    "../../etc/passwd", "<b>", [], {}, [1], {"a": 1}, DEEP,
]  # fmt: skip


@pytest.fixture(scope="module", params=MAKERS, ids=lambda make: make.__name__)
def lab(request):
    """Every lab, opened once; each test leaves it as it was."""
    return opens(request.param("zh"))


@pytest.fixture(scope="module")
def twin(lab):
    """Another lab of the same kind, to open links in."""
    return type(lab)("zh")


def doors(lab):
    """Every widget of a lab."""
    return list(dict.fromkeys(lab._doors()))


def shown(lab):
    """The whole state, and all that the page is shown of it but which wishes were heard."""
    kept = ("asked", "heard")
    widgets = [{k: v for k, v in w.get_state().items() if k not in kept} for w in doors(lab)]
    history = lab.history.can_undo, lab.history.can_redo
    return json.dumps([lab.state.to_text(), lab.state.selected, history, widgets], default=str)


def move(lab):
    """Move a knob as a page of ours does, and take it back; whether both were obeyed."""
    form = lab.view
    for item in form.spec:
        if item["kind"] == "check":
            value = not form.values[item["id"]]
        elif item["kind"] == "range":
            value = item["min"] if form.values[item["id"]] != item["min"] else item["max"]
        else:
            continue
        before, number = lab.state.snapshot(), form.asked.get(item["id"], [0])[0] + 1
        asked = {**form.asked, item["id"]: [number, value, 10**6 + number]}
        write(form, asked=asked)
        moved = form.values[item["id"]] == value
        lab._pressed("undo")
        return moved and lab.state.snapshot() == before
    return None


def nonsense(lab):
    """Messages that no page of ours sends: (widget, message)."""
    for door in doors(lab):
        for name in ("spec", "html", "figure", "values", "children", "layout", "_dom_classes", "x"):
            yield door, {"method": "update", "state": {name: [] if name != "html" else "<b>"}}
    ids = [item["id"] for item in lab.view.spec if "id" in item]
    for form in (w for w in doors(lab) if isinstance(w, Form)):
        wrong = WRONG[3:]  # what no control can be set to
        asked = [{one: [10**6, value]} for one in (*ids[:2], "case") for value in wrong]
        for value in (*WRONG, *asked, {"case": ["1", "x"]}, {"case": [1]}, {"case": 3}):
            yield form, {"method": "update", "state": {"asked": value}}
            yield form, {"method": "custom", "content": {"asked": value}}
        for value in (*WRONG, "reset:x", "undo ", "eval"):
            yield form, {"method": "custom", "content": {"press": value}}
            yield form, {"method": "custom", "content": {"own": value, "text": value}}
    for stage in (w for w in doors(lab) if isinstance(w, StageView)):
        for value in WRONG:
            for content in ({"bet": value}, {"task": value, "do": "start"}, {"scene": value},
                            {"task": "grade", "do": value}, {"scene": "start", "turned": 1},
                            {"task": "grade", "do": "guess", "value": value}):  # fmt: skip
                yield stage, {"method": "custom", "content": content}
            if value != "":
                yield stage, {"method": "custom", "content": {"say": value}}
        for name in stage.traits(sync=True):
            if name not in ("asked", "comm"):
                yield stage, {"method": "update", "state": {name: {"x": 1}}}
    for pane in (w for w in doors(lab) if isinstance(w, Pane)):
        for value in (*WRONG, "joint|received|", "a|b|c|d", "||"):
            if value != "joint|received|" or f'data-say="{value}"' not in pane.html:
                yield pane, {"method": "custom", "content": {"say": value}}
    for data in (*WRONG, {"method": "update"}, {"method": "eval", "content": "1"}):
        yield lab.view, data


def test_nonsense_changes_nothing(lab, caplog):
    """Wrong types, unknown ids, traits that are not the page's: passed over; then all works."""
    before = shown(lab)
    for widget, data in nonsense(lab):
        hand_in(widget, data)
    assert shown(lab) == before
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
    for form in (w for w in doors(lab) if isinstance(w, Form)):
        form.heard = form.asked = {}
    assert move(lab) is not False


LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANY = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner)
)
KEYS = st.sampled_from(
    ["asked", "press", "say", "own", "text", "texts", "file", "method", "spec", "bet", "task", "do",
     "value", "scene", "turned"]
)  # fmt: skip


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_lab_survives_any_message(lab, twin, data):
    """Half right messages: every state that comes of one can be left by a reader, and linked."""
    widget = data.draw(st.sampled_from(doors(lab)))
    ids = [item["id"] for item in getattr(widget, "spec", []) if "id" in item] or [""]
    values = [o["value"] for i in getattr(widget, "spec", []) for o in i.get("options", [])]
    wish = st.lists(st.integers(1, 10**9) | st.sampled_from([*values, None]) | ANY, max_size=4)
    asked = st.dictionaries(st.sampled_from(ids) | st.text(max_size=3), wish | ANY, max_size=3)
    press = st.sampled_from(["undo", "redo", "keep", "swap", "clear", "reset:", "csv"]) | ANY
    content = st.fixed_dictionaries({}, optional={"asked": asked, "press": press, "say": ANY})
    listed = widget.tasks["list"] if isinstance(widget, StageView) else []
    if listed:
        tasks = [each["id"] for each in listed]
        guesses = [option["value"] for each in listed for option in each["options"]]
        do = st.sampled_from(["start", "guess", "skip", "again"]) | ANY
        guess = st.sampled_from(guesses) | ANY
        content |= st.fixed_dictionaries({"task": st.sampled_from(tasks) | ANY, "do": do},
                                         optional={"value": guess})  # fmt: skip
        scenes = st.sampled_from([each["id"] for each in widget.scenes]) | ANY
        content |= st.fixed_dictionaries({"scene": scenes}, optional={"turned": st.booleans()})
    content |= st.dictionaries(KEYS, ANY, max_size=3) | ANY
    hand_in(widget, {"method": "custom", "content": data.draw(content)})
    assert twin.state.from_text(lab.state.to_text(), twin.accept)
    assert lab.now.scene == lab.state.scene()


# ---------------------------------------------------------------- what fails is taken back

HOOKS = ("fit_knobs", "decide", "board", "reason", "standstill", "place", "show", "groups")


@pytest.fixture(params=[CaseLab, LiabilityLab], ids=["case", "liability"])
def case_of(request):
    """A lesson, opened; what its stage says is kept in `heard`."""
    found = opens(request.param("zh"))
    found.heard = []
    found.view.send = found.heard.append
    return found


def asks(lab, count):
    """The first numbers that can be asked about."""
    return [row["cells"]["exposure"]["say"] for row in lab.view.board["rows"][:count]]


def stumbles_once(monkeypatch, lab, hook):
    """Let a method of the lesson fail the next time it is called, and never again."""
    whole = getattr(lab, hook)

    def stumble(*given):
        monkeypatch.setattr(lab, hook, whole)
        raise ZeroDivisionError("of nobody's making")

    monkeypatch.setattr(lab, hook, stumble)


@pytest.mark.parametrize("hook", HOOKS)
def test_failed_step_is_rolled_back_completely(case_of, caplog, monkeypatch, hook):
    """A case is chosen (or a knob moved) and the lesson stumbles: all as before, one sentence."""
    lab = case_of
    (first,) = asks(lab, 1)
    tell(lab.view, {"say": first})
    before, told = shown(lab), lab.view.notice

    stumbles_once(monkeypatch, lab, hook)
    if hook in ("standstill", "reason"):
        knob = next(item for item in lab.view.spec if item["kind"] == "range")
        write(lab.view, asked={knob["id"]: [1, knob["min"]]})
    else:
        write(lab.view, asked={"case": [1, "hengnan-hengyang"]})
    assert "这一步没有完成" in lab.view.notice
    assert "of nobody's making" in caplog.text
    lab.note(told)
    assert shown(lab) == before
    assert {"again": True} in lab.heard
    assert move(lab)


def test_a_click_that_fails_is_taken_back(case_of, caplog, monkeypatch):
    """The reasons stumble once: what was asked about before is asked about again."""
    lab = case_of
    first, second = asks(lab, 2)
    tell(lab.view, {"say": first})
    stumbles_once(monkeypatch, lab, "reason")
    tell(lab.view, {"say": second})
    assert lab.state.selected == first.split("|")
    assert "这一步没有完成" in lab.view.notice
    assert "of nobody's making" in caplog.text
    monkeypatch.setattr(lab, "reason", lambda *_: 1 / 0)  # and with nothing to fall back on
    lab.note("")
    tell(lab.view, {"say": second})
    assert "这一步没有完成" in lab.view.notice
    assert lab.state.selected == first.split("|")


@pytest.mark.parametrize("make", [CaseLab, LiabilityLab], ids=["case", "liability"])
def test_a_link_that_cannot_be_shown_opens_the_lab_as_new(monkeypatch, caplog, make):
    """It was accepted, but its drawing fails: the reader has a lab and a sentence."""
    lab = opens(make("zh"))
    first = lab.state.case_id
    write(lab.view, asked={"case": [1, "hengnan-hengyang"]})
    whole = make.board

    def draw(self, *given):
        return whole(self, *given) if self.state.case_id != "hengnan-hengyang" else 1 / 0

    monkeypatch.setattr(make, "board", draw)
    other = make("zh", link=lab.state.to_text())
    assert other.restored is False
    assert (other.state.case_id, other.state.committed) == (first, {})
    assert "无法识别" in other.view.notice
    assert "ZeroDivisionError" in caplog.text


# ---------------------------------------------------------------- exercises and the editor


@pytest.mark.parametrize("make", [lambda: exercise_lab("case"), own_lab], ids=["exercise", "own"])
def test_a_page_without_a_frame_passes_over_nonsense(make, caplog):
    """No answer, no traceback; a page that sends half a message is told one sentence at most."""
    page, said = make(), []
    page.send = said.append
    before = page.get_state()
    for value in WRONG:
        hand_in(page, value)
        write(page, words=value, exercises=value, spec=value)
        keys = ("draw", "mark", "check", "start", "file", "statement", "map", "turn", "people",
                "insert")  # fmt: skip
        for key in keys:
            tell(page, {key: value})
            tell(page, {key: {"name": value, "seed": value, "step": value, "answers": value,
                              "draft": value, "n": 1}})  # fmt: skip
    assert page.get_state() == before
    assert all(len(message) == 1 for message in said)
    assert "Traceback" not in json.dumps(said)
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("make", [lambda: exercise_lab("case"), own_lab], ids=["exercise", "own"])
def test_a_page_without_a_frame_is_told_when_an_answer_fails(make, monkeypatch, caplog):
    """The programmer reads why; the reader reads that he may try again."""
    page, said = make(), []
    page.send = said.append
    monkeypatch.setattr(page, "hear", lambda *_: 1 / 0)
    tell(page, {"draw": {}})
    assert "请再试一次" in json.dumps(said, ensure_ascii=False)
    assert "ZeroDivisionError" in caplog.text


def test_every_widget_receives_messages_through_the_door():
    """Each hears its page through the door, the shared layout too."""
    for make in (*MAKERS, lambda lang: exercise_lab("case", lang), own_lab):
        made = make("zh")
        for widget in doors(made) if hasattr(made, "state") else [made]:
            assert isinstance(widget, Door)
            assert widget.layout is LAYOUT
    assert isinstance(LAYOUT, Door)


def test_the_log_goes_where_the_process_was_told_to_write(tmp_path, monkeypatch):
    """Not to what a kernel has put in place of `sys.stderr`, which the page is sent."""

    class Stream:
        def __init__(self, file):
            self.fileno = file.fileno

        def write(self, text):
            raise AssertionError(text)

    with (tmp_path / "log").open("w") as file:
        monkeypatch.setattr("sys.stderr", Stream(file))
        record = logging.LogRecord("x", logging.ERROR, "", 1, "wrong: %s", ("\ud800",), None)
        ServerLog().emit(record)
    assert (tmp_path / "log").read_text() == "wrong: ?\n"


def test_errors_of_comms_are_logged_in_few_lines(monkeypatch):
    """A page that makes them fail a hundred times writes five lines, without a traceback."""
    log, written = ServerLog(), []
    monkeypatch.setattr("os.write", lambda where, line: written.append(line.decode()))
    made = logging.LogRecord("Comm", logging.ERROR, "", 1, "Exception in %s", ("comm_msg",), None)
    ours = logging.LogRecord("simlib.page", logging.ERROR, "", 1, "ours", (), None)
    try:
        raise KeyError("method")
    except KeyError:
        made.exc_info = ours.exc_info = sys.exc_info()
    for _ in range(100):
        log.handle(made)
    log.handle(ours)
    assert written[:-1] == ["Exception in comm_msg\n"] * 5
    assert "KeyError: 'method'" in written[-1]


PROGRAM = """
from simlib.widgets import case_lab
lab = case_lab()
lab._pressed("open")
def stumble(*given): raise ZeroDivisionError("for the programmer alone")
lab.board = stumble
print(lab.view.model_id)
"""


def test_a_kernel_sends_no_traceback_to_its_page(tmp_path):
    """Nonsense, a step that fails, a widget of the page's own: no error, no stream; the log has
    the reason."""
    with (tmp_path / "log").open("w") as log:
        kernel, client = start_new_kernel(stdout=log, stderr=log)

        def heard(message):
            client.shell_channel.send(message)
            found = []
            while True:
                said = client.get_iopub_msg(timeout=60)
                mine = said["parent_header"].get("msg_id") == message["header"]["msg_id"]
                found.append((said["msg_type"], said["content"]))
                if mine and said["content"].get("execution_state") == "idle":
                    return found

        def page(kind, comm, data, **more):
            return heard(client.session.msg(kind, {"comm_id": comm, "data": data, **more}))

        code = {"code": PROGRAM, "silent": False, "store_history": False, "user_expressions": {},
                "allow_stdin": False, "stop_on_error": True}  # fmt: skip
        made = heard(client.session.msg("execute_request", code))
        form = next(content["text"].strip() for kind, content in made if kind == "stream")
        said = page("comm_open", "mine", {"state": {}}, target_name="jupyter.widget")
        for state in ({"asked": "x"}, {"spec": 5}, {"asked": {"gain": [1, 500, 1]}}):
            said += page("comm_msg", form, {"method": "update", "state": state})
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
    assert {kind for kind, _ in said} == {"status", "comm_msg", "comm_close"}
    assert "这一步没有完成" in str(said)
    assert "programmer" not in str(said)
    assert "ZeroDivisionError: for the programmer alone" in (tmp_path / "log").read_text()


@pytest.mark.parametrize("make", [Form, Pane])
def test_a_closed_widget_hears_what_was_under_way_in_silence(make, caplog):
    """A page that is left has asked for the state, and moved a knob: nothing is logged or sent."""
    widget = make()
    widget.close()
    update = {"method": "update", "state": {"asked": {"x": [1, 2]}} if make is Form else {}}
    for data in ({"method": "request_state"}, update):
        widget._handle_msg({"content": {"data": data}, "buffers": []})
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
