"""The exercises of a page without a browser: what it asks for, and what it is told."""

from __future__ import annotations

import pytest
from telling import tell

from simlib.errors import UnknownName
from simlib.exercise import MOST_SEED, draw, names, topics
from simlib.text import LANGS
from simlib.widgets import exercise_lab
from simlib.widgets.exercise import ExerciseView, asked_seed
from simlib.worksheet import sheet


@pytest.fixture
def view():
    """Lesson 01's exercises in Chinese, with what they send kept in `sent`."""
    view = ExerciseView("case")
    view.sent = []
    view.send = view.sent.append
    return view


def test_a_page_is_told_titles_and_words_but_no_key(view):
    """The exercises of the topic in their order; variants come when asked for."""
    assert [name for name, _ in view.exercises] == list(names("case"))
    assert all(title and "{" not in title for _, title in view.exercises)
    assert view.words["submit"] == "提交"
    assert (view.seed, view.most) == (None, MOST_SEED)


def test_a_variant_is_sent_as_asked(view):
    """The sheet of that seed, and nothing else."""
    tell(view, {"draw": {"name": "modes", "seed": 9}})
    assert view.sent == [{"sheet": sheet(draw("case", "modes", 9), "zh")}]


def test_answers_are_marked_by_their_number(view):
    """The second wrong answer settles the step, tells the key and brings the articles; the last
    step brings the model answer."""
    asked = {"name": "grade", "seed": 35, "step": "norm"}
    tell(view, {"mark": asked | {"answers": ["separate"]}})
    tell(view, {"mark": asked | {"answers": ["separate", "unjust"]}})
    tell(view, {"mark": asked | {"step": "amount", "answers": ["25000"]}})
    first, second, last = (message["verdict"] for message in view.sent)
    assert (first["right"], first["settled"], first["points"]) == (False, False, 0)
    assert not {"key", "articles", "model"} & first.keys()
    assert (second["settled"], second["key"]) == (True, "help")
    assert "帮助他人实施侵权行为的，应当与行为人承担连带责任" in second["articles"]
    assert "model" not in second
    assert (last["right"], last["points"]) == (True, 2)  # knowing: the whole 25 000
    heads = ["结论", "法条与依据", "要件", "事实", "另一种观点"]
    assert [head for head, _ in last["model"]] == heads
    assert "第1169条" in last["articles"]


@pytest.mark.parametrize("topic", topics())
def test_every_article_held_on_its_day(topic):
    """Substantive law on the day of the act, procedure and interpretations on the decision's."""
    view = ExerciseView(topic)
    for name in names(topic):
        for seed in range(5):
            for step in draw(topic, name, seed).steps:
                given = step.key if step.options else str(step.key / 100)
                asked = {"name": name, "seed": seed, "step": step.id, "answers": [given]}
                shown = view._verdict(asked)["articles"]
                assert shown.count("<details") == len(step.cites)
                assert "is-out" not in shown


def test_what_cannot_be_read_does_not_count(view):
    """The page may then forget the answer."""
    tell(view, {"mark": {"name": "grade", "seed": 35, "step": "amount", "answers": ["many"]}})
    verdict = view.sent[0]["verdict"]
    assert (verdict["counts"], verdict["settled"]) == (False, False)


def test_an_unknown_name_or_seed_is_a_sentence(view):
    """In the reader's language; the page shows it."""
    tell(view, {"draw": {"name": "grad", "seed": 1}})
    tell(view, {"draw": {"name": "grade", "seed": MOST_SEED + 1}})
    assert view.sent[0] == {"error": "没有名为 grad 的练习；是否想写 grade？"}
    assert "999999" in view.sent[1]["error"]


@pytest.mark.parametrize(
    "content",
    [
        None,
        3,
        [],
        {},
        {"draw": None},
        {"draw": {"name": "grade"}},
        {"draw": {"name": "grade", "seed": "x"}},
        {"mark": {"name": "grade", "seed": 1, "step": "nothing", "answers": ["1"]}},
        {"mark": {"name": "grade", "seed": 1, "step": "norm", "answers": []}},
        {"mark": {"name": "grade", "seed": 1, "step": "norm", "answers": 3}},
        {"mark": {"name": "grade", "seed": 1, "step": "norm"}},
    ],
)
def test_nonsense_is_passed_over(view, content):
    """A message that no page of ours sends ends nothing and answers nothing."""
    tell(view, content)
    assert view.sent == []


@pytest.mark.parametrize(
    ("address", "seed"),
    [
        ("seed=35", 35),
        ("s=abc&seed=0", 0),
        ("", None),
        ("seed=", None),
        ("seed=-1", None),
        ("seed=1000000", None),
        ("seed=٣", None),
        ("seed=1e3", None),
        ("seed=" + "9" * 5000, None),
    ],
)
def test_the_address_can_ask_for_a_variant(monkeypatch, address, seed):
    """`?seed=35`; anything else is as if nothing was asked."""
    monkeypatch.setenv("QUERY_STRING", address)
    assert asked_seed() == seed


@pytest.mark.parametrize("lang", LANGS)
def test_a_lab_of_a_topic(monkeypatch, lang):
    """Lessons 01 and 04 have exercises; a topic without any is an error."""
    monkeypatch.setenv("QUERY_STRING", "seed=5")
    assert exercise_lab("liability", lang).seed == 5
    with pytest.raises(UnknownName):
        exercise_lab("reform", lang)
