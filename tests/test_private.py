"""What looks like real names and numbers in a case's texts is warned of, and little else is.

The identity number, the mobile number and the card number are made up. Identity number, by hand:
11010519491231002 weighted 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2 gives
7+9+0+5+0+20+2+9+24+27+7+18+30+5+0+0+4 = 167 = 15·11 + 2, whose check sign is X.
Card, by hand: 6222021234567894, every second digit from the right but one doubled (9 taken off
above 9), gives 3+2+4+2+0+2+2+2+6+4+1+6+5+8+9+4 = 60.
"""

import pytest

from simlib.case import shipped_cases
from simlib.case.privacy_warnings import warnings
from simlib.resources import shelf
from simlib.text import topic_words

IDENTITY, MOBILE, CARD = "11010519491231002X", "13912345678", "6222021234567894"


def codes(text, key="words"):
    """What is warned of in a text of an event."""
    return [p.code for p in warnings({"events": [{"id": "e", key: {"zh": text, "en": "x"}}]})]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"身份证{IDENTITY}", "identity-number"),
        (f"身份证号：{IDENTITY.lower()}。", "identity-number"),
        ("１１０１０５１９４９１２３１００２Ｘ", "identity-number"),
        (MOBILE, "mobile-number"),
        ("联系电话：139 1234 5678", "mobile-number"),
        ("+86-139-1234-5678", "mobile-number"),
        (f"尾数{MOBILE}的手机", "mobile-number"),
        (CARD, "card-number"),
        ("6222 0212 3456 7894", "card-number"),
        ("6222-0212-3456-7894转出", "card-number"),
        ("王小明", "full-name"),
        ("欧阳建国", "full-name"),
        ("户名：李芳", "full-name"),
        ("被告陈大勇。", "full-name"),
        ("甲、赵晓军、乙", "full-name"),
        ("当日王小明把钱转给他人", "full-name"),
    ],
)
def test_text_that_looks_real_is_warned_of(text, code):
    """Each kind, in the ways people write it."""
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "（2024）鲁0302民初5690号",
        "损失合计13800000000元，另有13912345678.50元",
        "11010519491231002", "110105194912310021", "110105194913310020",
        "6222021234567895", "20230510103000123", "订单2023051010300012345678",
        "13912345678901", "12345678901", "ab13912345678cd",
        "张某", "张某某", "张某甲", "李甲", "张三", "李四", "王×", "赵先生", "王女士", "陈老师",
        "某公司", "光大证券", "中国银行", "平台", "车手", "房东", "甲", "乙", "丙公司", "周某",
        "原告方认为，被告应当赔偿。", "被告高某与被告方某", "受害人向法院起诉",
        "受害人报案，警方立案",
        "被害人和银行", "被告不服。", "被告未到庭，原告同意。", "收款人为张某。",
        "诈骗行为人（未列为被告）", "帮助人", "经营者", "网络平台", "支付结算", "出借银行卡",
        "陈述、质证、鉴定", "何时、何地、何人", "高度盖然性", "石某的卡里有钱", "任何人、每个人",
    ],
)  # fmt: skip
def test_text_that_looks_invented_is_not_warned_of(text):
    """Dockets, amounts, wrong check digits, made-up names, roles, ordinary words."""
    assert codes(text) == []


@pytest.mark.parametrize("name", [*shipped_cases(), "_template"])
def test_no_shipped_case_is_warned_of(name):
    """Their people are named as courts and reporters name them."""
    import tomllib

    data = tomllib.loads((shelf("cases") / name / "case.toml").read_text("utf-8"))
    assert warnings(data) == []


def test_every_part_of_a_field_of_names_is_checked():
    """A name before brackets, and each of several."""
    names = {"zh": "张伟（出借银行卡）、单亮；某甲", "en": "x"}
    found = warnings({"parties": [{"id": "a", "name": names}]})
    assert [p.values["name"] for p in found] == ["张伟", "单亮"]


def test_a_warning_names_its_place_and_hides_the_number():
    """In the order of the file; a party by its id; only the last four digits; ids count, too."""
    data = {
        "summary": {"zh": f"卡号{CARD}", "en": "x"},
        "parties": [{"id": "zhang", "name": {"zh": "王小明", "en": "Wang"}}, {"id": MOBILE}],
        "evidence": [{"id": "e", "sha256": "1391234567" * 6 + "8abc", "name": "好"}],
        "sources": [{"id": "s", "text": "王小明：《论文》", "href": f"https://x.cn/{CARD}"}],
        "transfers": 3,
    }
    found = [(p.path, p.code, p.values) for p in warnings(data)]
    assert found == [
        ("summary.zh", "card-number", {"end": "7894"}),
        ("parties.zhang.name.zh", "full-name", {"name": "王小明"}),
        (f"parties.{MOBILE}.id", "mobile-number", {"end": "5678"}),
    ]


def test_every_warning_has_words():
    """Reason and remedy in both languages, with no other placeholders than the values."""
    for lang in ("zh", "en"):
        words = topic_words("private", lang)
        assert set(words) == {"identity-number", "mobile-number", "card-number", "full-name"}
        for entry in words.values():
            entry["reason"].format(end="1234", name="x")


def test_kinship_after_a_surname_is_a_role_and_a_name_said_twice_is_warned_of_once():
    """陈父 is Chen's father; the page writes one name in both languages until told otherwise."""
    said = {"parties": [{"id": "f", "name": {"zh": "陈父", "en": "陈父"}}]}
    assert warnings(said) == []
    said["parties"][0]["name"] = {"zh": "陈小明", "en": "陈小明"}
    assert [problem.path for problem in warnings(said)] == ["parties.f.name.zh"]
