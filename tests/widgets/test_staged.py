"""Rules that every lesson on the stage obeys, asked of each without knowing what it is about."""

import itertools
import json
import re
import threading
import time

import pytest
from staged import lessons, make
from telling import opens, tell

from simlib.figures.names_of_people import short_names
from simlib.lessons.reader import lesson_of
from simlib.text import LANGS, amount
from simlib.widgets import prerendered_opening as front_of_lessons
from simlib.widgets.prerendered_opening import front, scene_links
from simlib.widgets.stage.task import LARGE

TOPICS = [*lessons()]
# What takes long and goes by the numbers is asked in English at night.
ZH_BY_DAY = pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.night)])


def positions_of(control):
    """Where a knob can stand."""
    if control["kind"] in ("choice", "select"):
        return [option["value"] for option in control["options"]]
    if control["kind"] == "check":
        return [True, False]
    low, high = control["min"], control["max"]
    ends = [low, high, (low + high) / 2]
    return [*ends, None] if "open" in control else ends


def turn(lab, **wishes):
    """Move knobs as a page does."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.view.asked = asked


def marks(lab):
    """What the rows in sight show."""
    rows = [row for row in lab.view.board["rows"] if not row["more"]]
    shown = [[row["id"], row["ghost"], row["stamp"], {
        name: (cell["low"], cell["high"], cell["text"]) for name, cell in row["cells"].items()
    }] for row in rows]  # fmt: skip
    return json.dumps(shown)


@pytest.mark.slow
@ZH_BY_DAY
@pytest.mark.parametrize("topic", TOPICS)
def test_each_main_knob_of_each_scene_moves_a_mark(topic, lang):
    """Turned over its range, from where the scene begins; at most three knobs and five rows."""
    lab = opens(make(topic, lang))
    dead = []
    for scene in lab.scenes():
        tell(lab.view, {"scene": scene.id})
        main = {item["id"]: item for item in lab.view.spec if item.get("place") == "main"}
        assert list(main) == list(scene.knobs)
        for knob in scene.knobs:
            tell(lab.view, {"scene": scene.id})
            seen = {marks(lab)}
            for value in positions_of(main[knob]):
                turn(lab, **{knob: value})
                seen.add(marks(lab))
            dead += [(scene.id, knob)] if len(seen) == 1 else []
    assert dead == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_scenes_and_tasks_say_what_the_engine_says(topic, lang):
    """Five scenes with question and answer, three tasks whose right option is one that is offered,
    or the goal of a hand.

    No placeholder is left open, and what a scene sets up does not stand answered at once unless
    nothing is to be turned.
    """
    lab = opens(make(topic, lang))
    assert (len(lab.scenes()), len(lab.tasks())) == (5, 3)
    for scene in lab.scenes():
        tell(lab.view, {"scene": scene.id})
        shown = lab.view.scene
        assert shown["id"] == scene.id
        assert all((shown["question"], shown["answer"]))
        assert "{" not in shown["question"] + shown["answer"]
        assert shown["answered"] == (not scene.turn)
        tell(lab.view, {"scene": scene.id, "turned": True})
        assert lab.view.scene["answered"] is True
    for task in lab.tasks():
        right = task.answer(*lab.play.ends(task))
        assert right in ([task.goal] if task.goal else task.options)


def stands(lab):
    """Facts and choices that are set up, what was refused, and whether there is a way back."""
    knobs = lab.knobs.values()
    at = {knob.id: knob.at(lab.now.case, lab.state.chosen) for knob in knobs}
    return marks(lab), at, lab.view.notice, lab.view.tools["reset"]


def beginnings(lab):
    """What sets a scene up, or a task."""
    scenes = [{"scene": scene.id} for scene in lab.scenes()]
    return [*scenes, *({"task": task.id, "do": "start"} for task in lab.tasks())]


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS)
def test_reset_leads_back_to_where_a_scene_or_a_task_begins(topic):
    """One main knob, then all: the stage is as it was, and nothing of the program is told.

    A task may have a case of its own: 500 000 in lesson 06, where the file has 100 000.
    """
    lab = opens(make(topic))
    for begin in beginnings(lab):
        tell(lab.view, begin)
        start = stands(lab)
        assert start[2:] == ("", False), begin
        main = [item for item in lab.view.spec if item.get("place") == "main"]
        for item in main:
            held = lab.view.values[item["id"]]
            value = next(v for v in positions_of(item) if v != held)
            for press in (f"reset:{item['id']}", "reset:"):
                turn(lab, **{item["id"]: value})
                assert lab.view.tools["reset"], (begin, item["id"])
                tell(lab.view, {"press": press})
                assert stands(lab) == start, (begin, item["id"], press)
        if "scene" in begin:
            tell(lab.view, {"scene": begin["scene"], "turned": True})
            tell(lab.view, {"press": "reset:"})
            assert stands(lab) == start, begin


@pytest.mark.parametrize("topic", TOPICS)
def test_a_task_is_predicted_done_and_then_explained(topic):
    """Only then, in each task: what is to be turned is a main knob of its scene."""
    lab = opens(make(topic))
    for task in lab.tasks():
        tell(lab.view, {"task": task.id, "do": "start"})
        guesses(lab, task)
        now = next(each for each in lab.view.tasks["list"] if each["id"] == task.id)
        assert (now["state"], now["verdict"]) == ("guessed", "")
        assert task.knob in lab.play.scene(task.scene).knobs
        knob = lab.knobs[task.knob]
        after = lab.play.ends(task)[1]
        turn(lab, **{task.knob: knob.at(after.case, after.scene.chosen)})
        now = next(each for each in lab.view.tasks["list"] if each["id"] == task.id)
        said = [now["verdict"], now["sum"], *now["lines"]]
        assert (now["state"], all(said)) == ("done", True), task.id
        assert not any("{" in words for words in said)


def guesses(lab, task):
    """Guess the first option of a task; of a task by hand, make a try that is not the goal."""
    if not task.goal:
        tell(lab.view, {"task": task.id, "do": "guess", "value": task.options[0]})
        return
    main = [item for item in lab.view.spec if item.get("place") == "main"]
    tries = [(item["id"], value) for item in main for value in positions_of(item)]
    for knob, value in tries:
        turn(lab, **{knob: value})
        state = lab.state.tasks[task.id]["state"]
        if state == "guessed":
            return
        if state == "done":
            tell(lab.view, {"task": task.id, "do": "again"})
    raise AssertionError(f"no try of {task.id} misses its goal")


def does(lab, task):
    """Guess the first option of a task, then do it with its own knob; by hand at the first try."""
    tell(lab.view, {"task": task.id, "do": "start"})
    if not task.goal:
        guesses(lab, task)
    after = lab.play.ends(task)[1]
    turn(lab, **{task.knob: lab.knobs[task.knob].at(after.case, after.scene.chosen)})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_the_end_says_what_it_cost_and_with_whom_it_can_be_gone_through_again(topic, lang):
    """Her name and her loss, of the case that opens the lesson; why each wrong guess was wrong.

    The link opens the same lesson with the other case that is declared; lesson 00 has exercises.
    """
    lab = opens(make(topic, lang))
    for task in lab.play.tasks:
        does(lab, task)
    if not lab.at_home:
        tell(lab.view, {"scene": lab.play.scenes[0].id})
    ending, case = lab.view.tasks["ending"], lab.play.opening().case
    victim = short_names(case, lang)[case.claimant]
    assert ending["cost"].startswith(f"{victim}被骗" if lang == "zh" else f"{victim} lost")
    assert amount(case.loss_fen, lang) in ending["cost"]
    assert "{" not in ending["cost"]
    wrong = {task["id"]: task["sum"] for task in lab.view.tasks["list"] if not task["right"]}
    assert {each["id"]: each["why"] for each in ending["wrongs"]} == wrong
    href = ending["again"]["href"]
    if not lesson_of(topic).again:
        assert href == "#exercises"
        return
    again = make(topic, lang, link=href.removeprefix("?s="))
    assert again.restored
    assert again.now.case.id == lesson_of(topic).again != case.id
    assert again.versus(again.now.case) in ending["again"]["text"]


@pytest.mark.parametrize("topic", TOPICS)
def test_undo_after_a_task_takes_one_step_and_ends_no_other_task(topic):
    """Task 2 was predicted: one step leads to where task 1 ended, the next before its turn."""
    lab = opens(make(topic))
    first, second = lab.play.tasks[:2]
    does(lab, first)
    ended = lab.state.scene()
    tell(lab.view, {"task": second.id, "do": "start"})
    if not second.goal:
        guesses(lab, second)
    for stands in (ended, lab.play.ends(first)[0].scene):
        tell(lab.view, {"press": "undo"})
        assert (lab.view.notice, lab.view.tasks["now"]) == ("", first.id)
        assert [task["state"] for task in lab.view.tasks["list"][:2]] == ["done", "new"]
        assert lab.state.scene() == stands


@pytest.mark.parametrize("topic", TOPICS)
def test_a_scene_that_is_opened_does_no_task(topic):
    """What was predicted is done by turning a knob, not by looking at another scene."""
    lab = opens(make(topic))
    for task in lab.play.tasks:
        for scene in lab.play.scenes:
            tell(lab.view, {"task": task.id, "do": "again"})
            guesses(lab, task)
            tell(lab.view, {"scene": scene.id})
            assert lab.view.notice == ""
            listed = {each["id"]: each["state"] for each in lab.view.tasks["list"]}
            assert listed[task.id] == "guessed", (task.id, scene.id)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_what_a_task_asks_about_is_what_a_screen_reader_is_told(topic, lang):
    """The first of its rows that moved, or else the first of them, in its columns; then why.

    Of a task that asks which rows move the answer names them.
    """
    lab = opens(make(topic, lang))
    for task in lab.tasks():
        does(lab, task)
        told, board = lab.view.told, lab.view.board
        rows = {row["id"]: row["name"] for row in board["rows"]} | {LARGE: board["large"]["label"]}
        assert task.rows or task.columns, task.id
        done = next(each for each in lab.view.tasks["list"] if each["id"] == task.id)
        assert (told["why"], "{" in told["text"]) == (done["sum"], False)
        said = [id for id in task.rows if told["text"].startswith(rows[id])]
        said = [max(said, key=lambda id: len(rows[id]))] if said else []  # one begins like another
        assert bool(said) == bool(task.rows), (task.id, told["text"])
        labels = {column["id"]: column["label"] for column in board["columns"]}
        for row in (row for row in board["rows"] if row["id"] in said):  # in its own sense
            labels |= {id: cell["what"] for id, cell in row["cells"].items() if cell.get("what")}
            names = [labels[id] for id in task.columns]
            assert all(name in told["text"] for name in names), (task.id, told["text"])
        assert board["column"] == (task.column or lab.play.scene(task.scene).column)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_task_done_again_shows_nothing_of_what_it_came_to(topic):
    """What stood there before a task is set up is no "before the change": it is the answer."""
    lab = opens(make(topic))
    for task in lab.tasks():
        does(lab, task)
        tell(lab.view, {"task": task.id, "do": "again"})
        cells = [cell for row in lab.view.board["rows"] for cell in row["cells"].values()]
        assert [cell["name"] for cell in cells if cell["was"]] == []


IN_FULL = {"待权衡": "待法官权衡", "open": "for the judge to weigh"}  # a cell has no room for it


def listened(text):
    """Words without what only separates them or says how a number is written."""
    text = re.sub(r"<details.*", "", text, flags=re.DOTALL)
    return re.sub(r"<[^>]+>|CNY|yuan|[\s，,至–%元分。]|to", "", text)


@pytest.mark.slow
@ZH_BY_DAY
@pytest.mark.parametrize("topic", TOPICS)
def test_the_drawer_of_a_number_speaks_of_that_number(topic, lang):
    """In each scene, asked and answered: what the button says stands in the title of its drawer, or
    in its steps. Words that cannot be asked about have no `say`."""
    lab = opens(make(topic, lang))
    other = set()
    for scene, turned in itertools.product(lab.scenes(), (False, True)):
        tell(lab.view, {"scene": scene.id, "turned": turned})
        board = lab.view.board
        cells = [cell for row in board["rows"] for cell in row["cells"].values()]
        for shown in [*cells, board["large"]]:
            if not shown["say"]:
                continue
            tell(lab.view, {"say": shown["say"]})
            drawer = lab.view.drawer
            assert (drawer["say"], lab.view.notice) == (shown["say"], "")
            assert drawer["html"], shown["say"]
            said = listened(drawer["title"] + drawer["html"])
            parts = re.split("[，,]", IN_FULL.get(shown["text"], shown["text"]))
            if not (drawer["title"] and all(listened(part) in said for part in parts)):
                other.add((shown["name"], drawer["title"]))
    assert other == set()


def answers(lab):
    """Every way to answer the choices of a bet; a number is tried at both ends."""
    each = [
        [(q.key, value) for value, _ in q.options]
        or [(q.key, 0), (q.key, q.most_fen or q.most)]
        for q in lab.questions()
    ]  # fmt: skip
    return [dict(pairs) for pairs in itertools.product(*each)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_the_reveal_answers_whatever_was_bet(topic, lang):
    """Who opened without a bet sees it too; it has the reader's voice only if he answered."""
    lab = make(topic, lang)
    first = lab.play.opening()
    for answer in [{"opened": True}, *answers(lab)]:
        if answer != {"opened": True} and lab.contradiction(answer):
            continue
        reveal = lab.reveal(first, answer)
        voices = {voice["id"] for voice in reveal["columns"]}
        assert all((reveal["rule"], reveal["sentence"]))
        assert ("you" in voices) == (answer != {"opened": True})
        assert reveal["right"] in ((True, False, None) if "you" in voices else (None,))
        said = [reveal["rule"], reveal["sentence"], *(v["value"] for v in reveal["columns"])]
        assert not any("{" in words for words in said)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_the_first_bytes_have_picture_and_bet_and_the_links_open_their_scenes(topic, lang):
    """What stands in the page before its kernel lives is what the lab asks."""
    found = front(topic, lang)
    assert found["bet"] == make(topic, lang).view.bet["html"]
    assert "<svg" in found["picture"]
    for scene, link in scene_links(topic).items():
        lab = make(topic, lang, link)
        assert lab.restored is True
        assert lab.view.scene["id"] == scene


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_the_table_to_save_has_every_row(topic, lang):
    """CSV and JSON are made in each scene."""
    lab = opens(make(topic, lang))
    for scene in lab.scenes():
        tell(lab.view, {"scene": scene.id})
        text = lab.file("csv")["text"]
        assert all(row["name"] in text for row in lab.view.board["rows"])
        json.loads(lab.file("json")["text"])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_what_a_class_is_told_of_a_knob_is_on_the_wall(topic, lang):
    """Rows in sight alone, each once; a short answer beside every long one.

    The scene knows whether it stands as it was asked, as it is answered, or as neither.
    """
    lab = opens(make(topic, lang))
    for scene in lab.scenes():
        tell(lab.view, {"scene": scene.id})
        assert lab.view.scene["asks"]
        assert lab.view.scene["moved"] == ""
        shown = lab.view.scene
        assert 0 < len(shown["point"]) < len(shown["answer"])
        assert "{" not in shown["point"]
        item = next(item for item in lab.view.spec if item.get("place") == "main")
        for value in positions_of(item):
            before = marks(lab)
            turn(lab, **{item["id"]: value})
            if marks(lab) == before:
                continue
            said, rows = lab.view.scene["moved"], lab.view.board["rows"]
            assert said
            assert not [row["name"] for row in rows if row["more"] and says(said, row, rows)]


def says(text, row, rows):
    """Whether a text speaks of a row, and not of one in sight whose name is longer."""
    longer = [r["name"] for r in rows if not r["more"] and row["name"] in r["name"]]
    return not longer and re.search(rf"(^|[。、. ,]){re.escape(row['name'])}(：|:|（| \()", text)


def test_two_threads_import_no_lesson_at_once(monkeypatch):
    """Rooms that import each other, met half-made by the first visitor, gave an error."""
    inside, most = [], []
    found = front_of_lessons.import_module

    def slow(name):
        inside.append(name)
        most.append(len(inside))
        time.sleep(0.05)
        made = found(name)
        inside.remove(name)
        return made

    monkeypatch.setattr(front_of_lessons, "import_module", slow)
    asked = [threading.Thread(target=front_of_lessons.front.__wrapped__, args=(topic, "zh"))
             for topic in ("case", "fault", "chain")]  # fmt: skip
    for each in asked:
        each.start()
    for each in asked:
        each.join()
    assert most == [1, 1, 1]


def test_a_goal_reached_at_another_value_is_said_to_be_reached():
    """Lesson 07: a suit of month 2 is lost as that of month 1 is; one of month 3 is not."""
    lab = opens(make("procedure"))
    tell(lab.view, {"task": "early", "do": "start"})
    said = []
    for month in (1, 2, 3):
        turn(lab, sue=month)
        task = next(each for each in lab.view.tasks["list"] if each["id"] == "early")
        said.append((task["state"], task["stale"], task["also"]))
    assert said == [("done", False, False), ("done", True, True), ("done", True, False)]
