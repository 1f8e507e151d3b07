"""Rules that every lesson on the stage obeys, asked of each without knowing what it is about."""

import itertools
import json

import pytest
from staged import lessons, make
from telling import opens, tell

from simlib.text import LANGS
from simlib.widgets.front import front, scene_links

TOPICS = [*lessons()]


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


@pytest.mark.parametrize("lang", LANGS)
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
    """Five scenes with question and answer, three tasks whose right option is one that is offered.

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
        assert task.answer(*lab.play.ends(task)) in task.options


@pytest.mark.parametrize("topic", TOPICS)
def test_a_task_is_predicted_done_and_then_explained(topic):
    """Only then, in each task: what is to be turned is a main knob of its scene."""
    lab = opens(make(topic))
    for task in lab.tasks():
        tell(lab.view, {"task": task.id, "do": "start"})
        tell(lab.view, {"task": task.id, "do": "guess", "value": task.options[0]})
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


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_number_in_sight_has_its_reasons(topic, lang):
    """In each scene, under the large number too; words that cannot be asked about have no `say`."""
    lab = opens(make(topic, lang))
    silent = []
    for scene in lab.scenes():
        tell(lab.view, {"scene": scene.id})
        rows = [row for row in lab.view.board["rows"] if not row["more"]]
        asked = {cell["say"] for row in rows for cell in row["cells"].values()}
        for say in sorted({*asked, lab.view.board["large"]["say"]} - {""}):
            tell(lab.view, {"say": say})
            drawer = lab.view.drawer
            whole = drawer["say"] == say and drawer["title"] and drawer["html"]
            silent += [] if whole and lab.view.notice == "" else [(scene.id, say)]
    assert silent == []


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
