"""The folder of lessons: what each declares can be read, is whole, and is what the course has."""

import copy
import json
from dataclasses import replace

import pytest
from staged import solved, values

from simlib import exercise, load_case
from simlib.errors import LessonError
from simlib.figures.board import Answer, Large
from simlib.lessons import head, names, schema, topics
from simlib.lessons.board import Table, draw
from simlib.lessons.outcome import Line, Say, Value
from simlib.lessons.procedure import outcomes
from simlib.lessons.reader import lesson_of, missing, read
from simlib.procedure import REGIMES, SWITCHES, VARIANTS
from simlib.resources import shelf
from simlib.text import LANGS, message, topic_words, words

# what is written over lesson 07 → where and what is said of it
BROKEN = [
    (("minutes",), "fifteen", "minutes", "wrong-value", "valid integer"),
    (("bett",), {}, "bett", "unknown-key", "bet"),
    (("knobs", "sue", "mots"), 3, "knobs.sue.mots", "unknown-key", "most"),
    (("rows", "court", "authority"), "law", "rows.court.authority", "wrong-value", "doctrine"),
    (("scenes", 0, "knobs"), ["sue", "leak", "proof", "sue"], "scenes[0].knobs", "too-many", "3"),
    (("scenes", 0, "knobs"), ["seu"], "scenes.investigation.knobs", "unknown-name", "sue"),
    (("scenes", 0, "knobs"), ["sue:xu"], "scenes.investigation.knobs", "unknown-name", "sue"),
    (("knobs", "leak", "scenes"), ["assets", "aset"], "knobs.leak.scenes", "unknown-name",
     "assets"),
    (("knobs", "leak", "scenes"), ["after"], "scenes.assets.knobs", "unknown-name", "leak"),
    (("scenes", 0, "rows"), "regime", "scenes.investigation.rows", "unknown-name", "regimes"),
    (("scenes", 0, "columns"), ["month"], "scenes.investigation.columns", "unknown-name", "months"),
    (("scenes", 1, "turn"), "som", "scenes.at_large", "unknown-name", "some"),
    (("states", "late"), {"sue": 37}, "states.late.sue", "not-taken", "0…36"),
    (("states", "late"), {"sue": {"open": True}}, "states.late.sue", "not-taken", "0…36"),
    (("states", "late"), {"zue": 3}, "states.late", "unknown-name", "sue"),
    (("bet", "limit", "right"), "ope", "bet.limit.right", "unknown-name", "open"),
    (("bet", "limit", "minority"), ["thre"], "bet.limit.minority", "unknown-name", "three"),
    (("clash", 0, "when"), {"limt": ["open"]}, "clash[0].when", "unknown-name", "limit"),
    (("bet", "limit", "measure"), "yuan", "bet.limit.measure", "unknown-key", "options"),
    (("bet", "more"), {"right": "open"}, "bet.more", "missing-key", "options"),
    (("tasks", 0, "knob"), "sues", "tasks.enough.knob", "unknown-name", "sue"),
    (("tasks", 0, "scene"), "large", "tasks.enough.scene", "unknown-name", "at_large"),
    (("tasks", 0, "options"), {"none": ["parallell"]}, "tasks.enough.options.none",
     "unknown-name", "parallel"),
    (("groups", "suit"), ["su"], "groups.suit", "unknown-name", "sue"),
    (("more",), "al", "more", "unknown-name", "all"),
    (("bet", "limit", "column"), "month", "bet.limit.column", "unknown-name", "months"),
    (("bet", "limit", "row"), "courts", "bet.limit.row", "unknown-name", "court"),
    (("board",), ["month"], "board", "unknown-name", "months"),
]  # fmt: skip


def written(*changes):
    """Lesson 07's declaration with values written over it, each at a place."""
    raw = copy.deepcopy(head("procedure"))
    for place, value in changes:
        held = raw
        for part in place[:-1]:
            held = held[part]
        held[place[-1]] = value
    return raw


def test_the_folder_has_the_lessons_of_the_course():
    """Number and topic are those of the notebooks, of both languages; each has its exercises."""
    for lang in LANGS:
        found = sorted((shelf("course") / lang).glob("[0-9]*.ipynb"))
        books = {path.stem: json.loads(path.read_text("utf-8"))["metadata"] for path in found}
        lessons = {name: data for name, data in books.items() if not data.get("tool")}
        assert tuple(lessons) == names()
        minutes = [data["minutes"] for data in lessons.values()]
        assert minutes == [head(topic)["minutes"] for topic in topics()]
    assert exercise.topics() == topics()


@pytest.mark.parametrize("topic", topics())
def test_every_declaration_is_whole(topic):
    """Nothing in it points at nothing, and both languages have the words it needs."""
    lesson = lesson_of(topic)
    assert list(missing(topic, lesson)) == []


@pytest.mark.parametrize(("place", "value", "path", "code", "said"), BROKEN)
def test_what_is_wrong_is_said_with_its_place_and_cure(place, value, path, code, said):
    """One slip, one problem: what stands for nothing, or cannot stand there, and what could."""
    with pytest.raises(LessonError) as caught:
        read(written((place, value)), "x/lesson.toml")
    assert [(p.path, p.code) for p in caught.value.problems] == [(path, code)]
    for text in (message(caught.value), message(caught.value, "en"), str(caught.value)):
        assert text.startswith(f"x/lesson.toml:{path}: {code}: ")
        assert said in text


def test_all_that_is_wrong_is_said_at_once():
    """Every slip that points at nothing, in one error."""
    slips = [each for each in BROKEN if each[3] in ("unknown-name", "not-taken")]
    apart = {place: (place, value) for place, value, *_ in slips if place[-1] != "late"}
    with pytest.raises(LessonError) as caught:
        read(written(*apart.values()), "x/lesson.toml")
    assert len(caught.value.problems) >= len(apart)


def test_missing_words_and_functions_are_named():
    """A row more has no name in either language; a question that no function answers."""
    asked = ("tasks", 0, "ask"), "document of the lax"
    slips = (("rows", "wait"), {"authority": "doctrine"}), asked
    raw = written(*slips)
    found = list(missing("procedure", read(raw, "x")))
    assert [(p.path, p.code) for p in found] == [
        ("tasks.enough.ask", "unknown-name"),
        *[("rows.wait", "no-words")] * len(LANGS),
    ]
    assert found[0].values["near"] == "document of the law"
    assert {p.values["key"] for p in found[1:]} == {"rows.wait.name"}


def test_words_of_options_may_stand_elsewhere():
    """Options called as grades are: only `open` is none."""
    graded = {"options": ["none", "open"], "right": "open", "words": "terms:grades.{}"}
    raw = written((("bet", "limit"), graded), (("clash",), []))
    found = {(p.path, p.values["key"]) for p in missing("procedure", read(raw, "x"))}
    assert found == {("bet.limit.options", "terms:grades.open")}


def test_knobs_of_the_case_bring_their_words_and_their_states():
    """What `knobs.py` makes is labelled there, and a state's `chosen.` names what it writes."""
    raw = written(
        (("knobs", "made"), {"fact": "case"}), (("states", "late"), {"chosen.of:knobs.py": 3})
    )
    assert list(missing("procedure", read(raw, "x"))) == []


def test_another_authority_alone_moves_a_row_where_the_lesson_says_so(monkeypatch):
    """Its cells as they were: no movement, unless `marks` of its outcomes counts the authority."""
    now, then = solved("procedure"), solved("procedure")
    basis = {id(now): "practice", id(then): "doctrine"}
    table = values("procedure", "investigation", now)
    draw(table, before=then)  # what draws it is loaded, and keeps the function as it is
    monkeypatch.setattr(outcomes, "line", lambda found, *_: Line(authority=basis[id(found)]))
    assert not any(row.changed for row in draw(table, before=then).rows)
    monkeypatch.setattr(outcomes, "marks", lambda row: (row.authority,), raising=False)
    assert all(row.changed for row in draw(table, before=then).rows)


def test_rows_behind_more_follow_those_of_the_scene():
    """Four regimes in sight, then the court, which no scene of so few rows has room for."""
    table = values("procedure", "investigation", solved("procedure"))
    assert [(row.id, row.more) for row in table.rows()] == [(id, False) for id in REGIMES]
    more = replace(table, lesson=table.lesson.model_copy(update={"more": "all"}))
    assert [(row.id, row.more) for row in more.rows()][4:] == [("court", True)]


def test_the_readers_own_answer_is_on_the_board():
    """A line at what he answered; the scale reaches as far as it."""
    table = values("procedure", "assets", solved("procedure"))
    answer = Answer(9_000_000, "90000", "money")
    board = draw(table, answer=answer)
    assert (board.answer, board.top_fen, draw(table).top_fen) == (answer, 9_000_000, 2_500_000)


def with_a_number(**facts):
    """Lesson 07 with an amount asked for, which does not go with a refusal to hear the suit."""
    clash = {"when": {"document": ["not_accepted"], "sum": ["some"]}, "say": "stay"}
    return written((("bet", "sum"), {"measure": "yuan", **facts}), (("clash", 0), clash))


def test_an_amount_may_clash_with_an_option():
    """One yuan is some, nothing is none; an option there is no word for is none of the two."""
    clash = read(with_a_number(), "x").clash[0]
    for document, fen, held in (("not_accepted", 100, True), ("not_accepted", 0, False),
                                ("stay", 100, False)):  # fmt: skip
        assert clash.holds({"document": document, "limit": "open", "sum": fen}) is held
    raw = with_a_number()
    raw["clash"][0]["when"]["sum"] = ["much"]
    with pytest.raises(LessonError) as caught:
        read(raw, "x")
    assert [p.path for p in caught.value.problems] == ["clash[0].when.sum"]


def test_what_a_number_of_the_bet_is_read_by_is_asked_for():
    """Its right answer, its most, what a class votes on: names in `READS`; and it has words."""
    names = {"right": "sume", "most": "disposition", "hands": "disposition"}
    found = list(missing("procedure", read(with_a_number(**names), "x")))
    assert [(p.path, p.code) for p in found] == [
        ("bet.sum.right", "unknown-name"),
        *[("bet.sum", "no-words")] * len(LANGS),
    ]


def test_rows_of_a_case_need_a_function_that_names_them():
    """Lesson 07 has none: its rows are ways to treat a suit."""
    found = list(missing("procedure", read(written((("of_case",), True)), "x")))
    assert [(p.path, p.values["name"]) for p in found] == [("of_case", "rows")]


def test_rows_of_a_case_are_its_own_and_some_lie_behind_more(monkeypatch):
    """Of seven people none is the scene's: the first four and the last are in sight.

    They are asked about, named and annotated as the lesson says; a column has its large number.
    """
    large = Large("owed", "1", "joint|owed|", "owed, 1")
    said = Value(100, name="p0 owes", asks="joint|owed|p0", beside="nobody pays", what="owed")
    own = {
        "rows": lambda *_: {f"p{n}": f"person {n}" for n in range(7)},
        "line": lambda *_: Line(own=True),
        "value": lambda *_: said,
        "sentence": lambda *_: "",
        "large": lambda found, scene, column, say: replace(large, label=column),
    }
    for name, function in own.items():
        monkeypatch.setattr(outcomes, name, function, raising=False)
    places = ("of_case",), ("board",), ("columns", "money", "large")
    lesson = read(written(*zip(places, (True, ["months", "money"], True), strict=True)), "x")
    scene = lesson.scene(lesson.scenes[0].id).model_copy(update={"picture": False})
    say, case = Say("procedure", "zh"), load_case(lesson.cases[0])
    board = draw(Table(lesson, scene, case, {}, {}, say), before={})
    assert [row.id for row in board.rows if not row.more] == ["p0", "p1", "p2", "p3", "p6"]
    assert [column.id for column in board.columns] == ["months", "money"]
    row = board.rows[0]
    assert (row.name, row.own, row.changed) == ("person 0", True, False)
    cell = row.cells["money"]
    assert (cell.say, cell.beside, cell.what) == ("joint|owed|p0", "nobody pays", "owed")
    assert cell.name.startswith("p0 owes")
    assert cell.kept.low == 100
    assert (board.large.label, {*board.larges}) == (scene.column, {"money"})


def test_a_choice_takes_the_options_that_the_case_gives():
    """The first of them where nothing was chosen; they need no words, but a function's say."""
    raw = written((("knobs", "whose"), {"given": True, "drop_down": True}),
                  (("states", "late"), {"whose": "wu"}))  # fmt: skip
    lesson, given = read(raw, "x"), {"whose": ("li", "wu")}
    assert lesson.knobs["whose"].kind == "select"
    assert lesson.chosen({}, given)["whose"] == "li"
    assert lesson.chosen({"whose": "wu"}, given)["whose"] == "wu"
    for wrong in ("chen", None, ["wu"]):
        with pytest.raises(ValueError, match="no control"):
            lesson.chosen({"whose": wrong}, given)
    found = [(p.path, p.code, p.values.get("key")) for p in missing("procedure", lesson)]
    assert found[0] == ("given", "unknown-name", None)
    assert found[1:] == [("knob.whose", "no-words", "knob.whose")] * len(LANGS)


def test_a_choice_of_each_thing_of_a_case_is_declared_once():
    """Of any act it takes what its control gives; of another kind of thing there is none."""
    acts = ("each",), {"act": {"from": True}}
    lesson = read(written(acts, (("states", "late"), {"act:lend": False})), "x")
    assert lesson.changes(("late",)) == {"chosen.act:lend": False}
    assert lesson.chosen({"act:post": False})["act:post"] is False
    for wrong in ({"act:post": 0}, {"deed:post": False}, {"act": False}):
        with pytest.raises(ValueError, match="no control"):
            lesson.chosen(wrong)
    with pytest.raises(LessonError, match=r"states\.late\.act:lend: not-taken"):
        read(written(acts, (("states", "late"), {"act:lend": 3})), "x")


def test_a_scene_may_name_one_of_the_knobs_that_a_case_makes():
    """`opening` is declared once, and made of each account: of which none is written here."""
    opening = ("knobs", "opening"), {"fact": "case"}
    lesson = read(written(opening, (("scenes", 0, "knobs"), ["opening:xu-2"])), "x")
    assert lesson.scenes[0].knobs == ("opening:xu-2",)


def test_a_row_of_a_case_names_no_file_of_words():
    """A colon stands for another topic only before the first part of a key."""
    say = Say("procedure", "zh")
    assert say("terms:grades.slight") == words("terms", "grades.slight", "zh")
    assert not say.has("rows.back:li.name")


@pytest.mark.parametrize("lang", LANGS)
def test_every_problem_has_words(lang):
    """Reason and remedy of each; the same codes in both languages."""
    found = topic_words("lesson_problems", lang)
    assert list(found) == list(topic_words("lesson_problems", "zh"))
    assert all(set(entry) == {"reason", "remedy"} for entry in found.values())


def test_the_schema_is_current():
    """`python -m simlib.lessons.schema` writes it."""
    assert schema.FILE.read_text("utf-8") == schema.schema_text()


def test_lesson_07_offers_what_its_engine_has():
    """Its regimes, time lines and readings are those of the engine, in its order."""
    lesson = lesson_of("procedure")
    assert lesson.named("regimes") == lesson.below["regime"].options == REGIMES
    assert lesson.below["variant"].options == VARIANTS
    for name in ("reading_176", "reading_129", "reading_153", "evidence_adopted_from",
                 "restitution_bars"):  # fmt: skip
        assert lesson.knobs[name].options == SWITCHES[name]
        assert lesson.knobs[name].start == SWITCHES[name][0]
    assert lesson.knobs["disposition"].options == SWITCHES["disposition"][1:]
