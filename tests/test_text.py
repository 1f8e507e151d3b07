"""Words: the same files, keys and placeholders in both languages; and how numbers are written."""

from __future__ import annotations

import datetime
import string
from fractions import Fraction

import pytest

from simlib.errors import CaseError, OutOfScope, Problem, UnknownName
from simlib.exercise import names as exercise_names
from simlib.exercise import topics as exercise_topics
from simlib.interval import Interval
from simlib.law.citation import BASES
from simlib.resources import PACKAGE, table
from simlib.text import (
    LANGS,
    amount,
    article_text,
    cite,
    date,
    merged,
    message,
    percent,
    topic_words,
    words,
)


def topics(lang: str) -> set[str]:
    """Names of all files of words in a language."""
    return {file.stem for file in (PACKAGE / "texts" / lang).glob("*.toml")}


def leaves(node: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """Every value of a table by its path; a list counts by position."""
    if isinstance(node, dict):
        items = node.items()
    elif isinstance(node, list):
        items = ((str(place), value) for place, value in enumerate(node))
    else:
        return {path: node}
    return {
        where: leaf for key, value in items for where, leaf in leaves(value, (*path, key)).items()
    }


def placeholders(text: object) -> set[str]:
    """Names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name is not None}


def test_both_languages_have_the_same_files():
    """Every topic exists in Chinese and in English."""
    assert topics("zh") == topics("en")
    assert {"terms", "modes", "parameters", "laws"} <= topics("zh")
    in_folders = [
        {file.relative_to(root).as_posix() for file in root.rglob("*.toml")}
        for root in (PACKAGE / "texts" / lang for lang in LANGS)
    ]
    assert in_folders[0] == in_folders[1]


@pytest.mark.parametrize("topic", sorted(topics("zh") & topics("en")))
def test_both_languages_have_the_same_keys(topic):
    """Every key of a topic exists in both languages, in the same order, and is not empty."""
    chinese, english = (leaves(topic_words(topic, lang)) for lang in LANGS)
    assert list(chinese) == list(english)
    assert all(str(leaf).strip() for leaf in [*chinese.values(), *english.values()])


@pytest.mark.parametrize("topic", sorted(topics("zh") & topics("en")))
def test_both_languages_have_the_same_placeholders(topic):
    """The same names stand in braces in both languages."""
    chinese, english = (leaves(topic_words(topic, lang)) for lang in LANGS)
    shared = chinese.keys() & english.keys()
    differ = {k for k in shared if placeholders(chinese[k]) != placeholders(english[k])}
    assert differ == set()


@pytest.mark.parametrize("topic", sorted(topics("zh")))
def test_the_paper_is_not_called_by_a_working_name(topic):
    """No word of the design's own jargon reaches a reader."""
    for lang in LANGS:
        for leaf in leaves(topic_words(topic, lang)).values():
            assert "[T]" not in str(leaf)
            assert "seed" not in str(leaf).lower().split()


@pytest.mark.parametrize("lang", LANGS)
def test_exercise_words_are_in_the_file_of_their_lesson(lang):
    """Each lesson's file holds the words of its exercises, and no other file of the topic does."""
    shared = table("texts", lang, "exercise.toml")
    for lesson in exercise_topics():
        own = table("texts", lang, "exercise", f"{lesson}.toml")
        assert set(exercise_names(lesson)) <= set(own)
        others = {name for other in exercise_topics() if other != lesson
                  for name in exercise_names(other)}  # fmt: skip
        assert not (others & set(own))
        assert not (set(exercise_names(lesson)) & set(shared))


def test_same_key_in_two_files_of_a_topic_raises():
    """Merged files may share tables but no key with words."""
    assert merged({"a": {"b": "1"}}, {"a": {"c": "2"}, "d": "3"}) == {
        "a": {"b": "1", "c": "2"},
        "d": "3",
    }
    for other in ({"a": {"b": "2"}}, {"a": "2"}):
        with pytest.raises(KeyError):
            merged({"a": {"b": "1"}}, other)


def test_words_are_found_by_key():
    """A dotted key in the reader's language, Chinese by default; quoted keys too."""
    assert words("modes", "joint.name") == "连带责任"
    assert words("modes", "joint.name", "en") == "joint and several liability"
    assert words("laws", "status.in_force", since="2022年12月1日") == "2022年12月1日起施行"
    assert [words("terms", f"bases.{basis}") for basis in BASES] == [
        "现行法",
        "司法解释",
        "会议纪要等规范性文件",
        "学说",
        "改革方案",
        "比较法",
        "教学假设",
    ]


@pytest.mark.parametrize(
    ("topic", "key", "lang"),
    [
        ("modes", "joint.nome", "zh"),
        ("modes", "joint", "zh"),
        ("modes", "joint.name.more", "zh"),
        ("moods", "joint.name", "zh"),
        ("modes", "joint.name", "de"),
        ("laws", "status.in_force", "zh"),  # its placeholder has no value
    ],
)
def test_missing_words_raise(topic, key, lang):
    """Words that are not there are an error, never a guess."""
    with pytest.raises(KeyError):
        words(topic, key, lang)


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (2_500_000, "25000元", "CNY 25,000"),
        (810_811, "8108.11元", "CNY 8,108.11"),
        (5, "0.05元", "CNY 0.05"),
        (0, "0元", "CNY 0"),
        (-150, "-1.50元", "CNY -1.50"),
        (Interval(0, 750_000), "0–7500元", "CNY 0–7,500"),
        (None, "未查明", "not found by the court"),
    ],
)
def test_amount(fen, chinese, english):
    """Chinese amounts have no thousands separator and fen only where there are some."""
    assert (amount(fen), amount(fen, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("share", "digits", "written"),
    [
        (0.25, 0, "25%"),
        (0.285, 0, "29%"),  # 28.5 rounds half up
        (0.375, 1, "37.5%"),
        (0.2131256, 2, "21.31%"),
        (Fraction(1, 3), 2, "33.33%"),
        (1, 0, "100%"),
        (0, 2, "0.00%"),
        (Interval(0.2131256, 0.3), 0, "21%–30%"),
        (None, 0, "未查明"),
    ],
)
def test_percent(share, digits, written):
    """Shares are whole percentages unless more digits are asked for."""
    assert percent(share, digits=digits) == written


def test_two_ends_that_would_look_alike_have_two_decimals():
    """1.6 % to 2.4 % are not 2 % to 2 %."""
    assert percent(Interval(0.016, 0.024)) == "1.60%–2.40%"
    assert percent(Interval(0.01, 0.3)) == "1%–30%"


def test_date():
    """A day in Chinese and in English."""
    acted = datetime.date(2022, 10, 5)
    assert (date(acted), date(acted, "en")) == ("2022年10月5日", "5 October 2022")


@pytest.mark.parametrize(
    ("id", "chinese", "english"),
    [
        ("civil-code:1169(1)", "《民法典》第1169条第1款", "Civil Code art. 1169(1)"),
        ("anti-fraud-law:46", "《反电信网络诈骗法》第46条", "Anti-Fraud Law art. 46"),
        ("criminal-law:287-2", "《刑法》第287条之二", "Criminal Law art. 287-2"),
        (
            "evidence-rules:10(1)(6)",
            "《民事证据规定》第10条第1款第6项",
            "Civil Evidence Rules art. 10(1)(6)",
        ),
        ("swiss-or:50(3)", "《瑞士债务法》第50条第3款", "Swiss Code of Obligations art. 50(3)"),
        (
            "paper:risk-benefit",
            "论文§5.2.3：风险—收益比例责任",
            "the paper (§5.2.3): risk–benefit proportional liability",
        ),
    ],
)
def test_cite(id, chinese, english):
    """An article as a Chinese lawyer cites it, and in English."""
    assert (cite(id), cite(id, "en")) == (chinese, english)


def test_article_text():
    """The text of an article in the reader's language."""
    assert article_text("civil-code:1175") == "损害是因第三人造成的，第三人应当承担侵权责任。"
    assert article_text("civil-code:1175", "en").startswith("Where the damage is caused by")


def test_message_names_kinds_and_days_in_the_readers_language():
    """An error's words are the table's; its kind and days are put in the reader's language."""
    error = UnknownName("unknown-name", kind="mode", name="jiont", near="joint")
    assert "jiont" in message(error)
    assert "joint" in message(error)
    assert "责任形态" in message(error)
    assert "；" in message(error)
    assert message(error, "en") == str(error)


def test_message_of_a_number_out_of_range():
    """A parameter out of its range says the range."""
    error = OutOfScope("parameter-out-of-range", key="p_min", value=2, low=0, high=1)
    for lang in LANGS:
        assert "p_min" in message(error, lang)


def test_message_of_a_case_gives_a_line_for_each_problem():
    """A case that cannot be read gives one line for each problem, in file order."""
    code = next(iter(topic_words("problems")))
    names = placeholders(str(topic_words("problems")[code]["reason"]))
    names |= placeholders(str(topic_words("problems")[code]["remedy"]))
    values = dict.fromkeys(names, "x")
    error = CaseError("c.toml", [Problem("a.b", code, values), Problem("c", code, values)])
    first, second = message(error).split("\n")
    assert first.startswith(f"c.toml:a.b: {code}: ")
    assert second.startswith(f"c.toml:c: {code}: ")
    assert message(error, "en") == str(error)
