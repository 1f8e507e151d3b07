"""What a declaration says, a page does: asked of every lesson that is declared."""

import copy
import itertools

import pytest
from staged import make
from telling import looks, opens, tell

from simlib.case import load_case
from simlib.interval import high_end, low_end
from simlib.lessons import head, topics
from simlib.lessons.outcome import options_of, rules_of
from simlib.lessons.reader import lesson_of, read
from simlib.widgets import lab_of
from simlib.widgets.stage import declared
from simlib.widgets.stage.declared import lab_class

WHOLE = [topic for topic in topics() if lab_of(topic) is lab_class(topic)]  # no lab of their own


@pytest.mark.parametrize("topic", topics())
def test_answers_that_contradict_themselves_are_asked_back(topic):
    """Whatever a clash names is asked back in its words; every other answer opens the stage."""
    lesson, asked = lesson_of(topic), make(topic).questions()
    for values in itertools.product(*([v for v, _ in q.options] or (0, q.most) for q in asked)):
        answer = dict(zip(lesson.bet, values, strict=True))
        clashes = [c.say for c in lesson.clash if c.holds(answer)]
        lab = make(topic)
        tell(lab.view, {"bet": answer})
        said = lab.say(f"bet.said.{clashes[0]}") if clashes else ""
        kept = {q.key: answer[q.id] * (100 if q.most_fen else 1) for q in asked}
        assert (lab.view.bet["said"], lab.state.committed) == (said, {} if clashes else kept)
        if not clashes:
            wrong = [q.id for q in asked if not is_right(lesson.bet[q.id], kept[q.key], lab)]
            held = all(answer[id] in lesson.bet[id].minority for id in wrong)
            # One sign would be unjust to what is right; 01 asks for one thing, what was ordered.
            part = topic != "case" and len(wrong) < len(asked)
            assert lab.view.reveal["right"] is (None if wrong and (held or part) else not wrong)


def is_right(question, given, lab):
    """Whether an answer is the option that is declared, or lies where the case has the number."""
    if question.options or not question.right:
        return given == question.right or not question.right
    right = rules_of(lab.topic).READS[question.right](lab.play.opening().case)
    given *= 1 if question.measure == "yuan" else 100
    ranges = right if isinstance(right, tuple) else (right,)
    return any(low_end(one) <= given <= high_end(one) for one in ranges)


@pytest.mark.parametrize("topic", topics())
def test_a_choice_that_no_control_gives_is_refused(topic):
    """Of each choice a value beyond its control, one of another kind, and a name it has not."""
    lesson = lesson_of(topic)
    given = options_of(topic, load_case(lesson.cases[0]), "zh")
    lesson.chosen({}, given)
    for name, knob in lesson.choices:
        odd = [["a"], knob.most + 1, -1, 0.5, "no such option"]
        odd += [] if knob.kind == "check" else [True]
        odd += [] if knob.takes(None) else [None]
        for value in odd:
            with pytest.raises(ValueError, match="no control"):
                lesson.chosen({name: value}, given)
    with pytest.raises(ValueError, match="no control"):
        lesson.chosen({"no such choice": 1}, given)


def test_a_case_has_a_say_in_the_options_of_a_choice(monkeypatch):
    """On the stage and below it in the case's words; with fewer than two it is not shown."""
    given = {"proof": {"none": "N", "some": "S"}, "view": {"steps": "T", "limits": "L"}}
    monkeypatch.setattr(declared, "options_of", lambda *_: given)
    raw = copy.deepcopy(head("procedure"))
    raw["knobs"]["proof"] |= {"given": True, "drop_down": True}
    raw["below"]["view"]["given"] = True
    # a task turns its knob on the lesson's own case, which has that knob
    raw["tasks"] = [task for task in raw["tasks"] if task["knob"] != "proof"]

    class Given(declared.DeclaredLab):
        topic = "procedure"

    Given.declared = read(raw, "x")
    lab = looks(opens(Given()))
    assert lab.knobs["proof"].spec("zh")["kind"] == "select"
    labels = [option["label"] for option in lab.knobs["proof"].spec("zh")["options"]]
    assert labels == list(given["proof"].values())
    assert [option["label"] for option in lab.pick.spec[0]["options"]] == ["T", "L"]
    given["proof"], given["view"] = {"none": "N"}, {"steps": "T"}
    lab = looks(opens(Given()))
    assert "proof" not in lab.knobs
    assert "view" not in {item["id"] for item in lab.pick.spec}


@pytest.mark.parametrize("topic", topics())
def test_a_link_with_a_guess_of_a_former_question_opens(topic):
    """A question that was another once: its options are no longer offered, and still known."""
    for task in lesson_of(topic).tasks:
        for guess in task.former:
            lab = opens(make(topic))
            tell(lab.view, {"task": task.id, "do": "start"})
            guessed = {"state": "guessed", "guess": guess}
            lab.state.tasks = {**lab.state.tasks, task.id: guessed}
            again = make(topic, link=lab.state.to_text())
            assert (again.restored, again.state.tasks[task.id]) == (True, guessed)


@pytest.mark.parametrize(("topic", "was", "guess"), [("procedure", "appeal", "first")])
def test_a_guess_of_a_replaced_task_is_kept(topic, was, guess):
    """Lesson 07 asked about an appeal until it asked about proof: the old guess stands there."""
    lab = opens(make(topic))
    guessed = {"state": "done", "guess": guess}
    lab.state.tasks = {"now": was, was: guessed}
    again = make(topic, link=lab.state.to_text())
    (new,) = (task.id for task in lesson_of(topic).tasks if task.was == was)
    assert (again.restored, again.state.tasks) == (True, {"now": new, new: guessed})


def test_a_link_with_a_task_that_another_replaced_opens():
    """The third task of 06 was `part` until its question became `more`: what was guessed is kept.

    A link that has both, which no page left, is refused as one with any task there is none of.
    """
    lab = opens(make("chain"))
    guessed = {"state": "done", "guess": "share"}
    second = {"state": "skipped"}
    lab.state.tasks = {"now": "part", "second": second, "part": guessed}
    again = make("chain", link=lab.state.to_text())
    assert looks(again).restored
    assert again.state.tasks == {"now": "more", "second": second, "more": guessed}
    lab.state.tasks = {"now": "part", "part": guessed, "more": guessed}
    assert make("chain", link=lab.state.to_text()).restored is False


@pytest.mark.parametrize("topic", WHOLE)
def test_a_cell_can_be_asked_about_where_a_scene_shows_it(topic):
    """A row of another scene's column cannot, nor a row, a column or a party there is none of."""
    lab, lesson = make(topic), lesson_of(topic)
    shown = {
        (row, column) for scene in lab.scenes() for row in scene.rows for column in scene.columns
    }
    for row, column in itertools.product(lesson.rows, lesson.columns):
        assert lab.can_ask([row, column, ""]) == ((row, column) in shown)
        assert not lab.can_ask([row, column, "zhang"])
    row = next(iter(lesson.rows))
    assert not any(map(lab.can_ask, ([row], ["nobody", "money", ""], [row, "nothing", ""])))
