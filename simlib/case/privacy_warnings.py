"""Warnings before a case is shown to others: what looks like a real name or number in its texts.

A warning is no problem: it may be wrong, and a case with warnings is a case. Nothing is looked up;
only how a text looks is judged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from simlib.case.fields import Raw
from simlib.case.problem_places import Finding, Places, Spot, in_order
from simlib.errors import Problem

PUBLIC = ("sources",)  # authors and docket numbers stand there by name: only numbers are looked for
NO_TEXT = ("href", "sha256", "set")
SHOWN = 4  # last digits of a number that a warning quotes

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)
_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?:[34569]\d{15,18}|[34569]\d{3}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})"
    r"(?![0-9A-Za-z]|\.\d|\s*[元分万亿])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝"
)
_DOUBLE = (
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙",
    "慕容", "令狐", "长孙", "宇文", "司空", "端木", "轩辕",
)  # fmt: skip
# Surnames that are rarely another word, and letters that most given names are made of: for names
# in running text, where nothing says where a word begins.
_PLAIN = (
    "王李张刘陈杨赵吴徐孙朱胡郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈彭吕"
    "苏卢蒋蔡贾魏薛阎潘杜戴汪姜范姚谭廖邹熊郝"
)  # fmt: skip
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞刚桂兰玉珍建华红梅晓小志丹萍鑫波斌宇浩凯健俊帆雪荣辉玲燕鹏旭云"
    "龙飞婷莉雯琳琴瑞子轩涵梓怡佳宁诗欣思雨晨阳国庆春秋冬夏海峰林森淼淑慧贤惠美倩颖璐瑶嘉豪博毅翔昊泽睿"
    "文武德福贵富明亮光宏伯仲叔祥永胜利卫东兵平安康乐凤莲菊香月珊"
)
# What stands after a surname in a name that was changed, or in a word that is none.
_VEILED = tuple("某甲乙丙丁戊己庚辛壬癸×ＸXx*＊○〇□")
_NO_NAME = {
    "张三", "李四", "王五", "赵六", "孙七", "周八", "吴九", "郑十", "平台", "房东", "车主", "车手",
    "司机", "高管", "程序员", "金主", "马仔", "黄牛", "水房", "管理员", "安全员", "司法", "商户",
    "商家", "华为", "农民", "应用", "成员", "明知", "时间", "连带", "全部", "全额", "解冻", "原告",
    "向导", "方案", "方法", "何人", "任何人", "任意", "常人", "边界", "师傅", "官网", "封面",
    "乐观", "南方", "党员", "路人", "单位", "单据", "单证", "关系人", "关联人", "包裹", "包工头",
    "古董",
    "高某", "米商", "金店", "车行", "楼主", "查询", "谈话", "解释", "荣誉", "明细", "卫生", "原件",
    "原物", "温州", "石材", "连锁店", "麦当劳", "成都", "时点", "储蓄卡", "储户", "席位", "管家",
}  # fmt: skip
_TITLES = (
    "先生", "女士", "小姐", "老师", "经理", "总", "老板", "律师", "法官", "同学", "师傅", "大爷",
    "大妈", "阿姨", "哥", "姐", "叔", "氏", "姓", "家", "公司", "银行", "局", "店", "厂",
    "父", "母", "父亲", "母亲", "爸爸", "妈妈", "夫", "妻", "丈夫", "妻子", "子", "儿子", "女儿",
)  # fmt: skip
_NOT_GIVEN = set(
    "的了在和与及或将已未可是有无对被把给向从其均也不同认为应当等称说经由到请如系这那该此所并而且但因于后前"
    "至处即则又再只都就才还诉付款人"
)
_CUE = re.compile(
    r"(?:姓名|户名|持卡人|开户人|收款人|付款人|原告|被告人|被告|被害人|受害人|嫌疑人|证人|法定代表人|联系人|我叫|名叫)"
    r"(?P<mark>[:为是]?)\s*(?P<name>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)
_RUN = re.compile(f"[{_PLAIN}][{_GIVEN}]{{2}}")
_BETWEEN = re.compile(r"[,;/、。\s()\[\]]+")


def warnings(raw: Raw) -> list[Problem]:
    """Return what in the texts of a case, or of data that are none yet, may be a real person's.

    Returns
    -------
    list
        problems with the codes `identity-number`, `mobile-number`, `card-number` and `full-name`
        (texts/*/private.toml), in the order of the file

    Examples
    --------
    >>> [p.code for p in warnings({"parties": [{"id": "a", "name": {"zh": "王小明", "en": "A"}}]})]
    ['full-name']
    """
    findings = [f for spot, text in _texts(raw, ()) for f in _looks(spot, text)]
    return in_order(findings, Places(raw))


def _texts(value: object, spot: Spot) -> Iterator[tuple[Spot, str]]:
    """Yield every text in the data, and where it stands."""
    if isinstance(value, str):
        yield spot, unicodedata.normalize("NFKC", value)
    elif isinstance(value, Mapping):
        same = value.keys() == {"zh", "en"} and value["zh"] == value["en"]
        for key, inner in value.items():
            if key not in NO_TEXT and not (same and key == "en"):
                yield from _texts(inner, (*spot, key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*spot, number))


def _looks(spot: Spot, text: str) -> Iterator[Finding]:
    rest = text
    for code, pattern, holds in (
        ("identity-number", _IDENTITY, _checked),
        ("card-number", _CARD, _luhn),
        ("mobile-number", _MOBILE, lambda _: True),
    ):
        for number in pattern.findall(rest):
            digits = re.sub(r"[ -]", "", number)
            if holds(digits):
                yield Finding(spot, code, {"end": digits[-SHOWN:]})
                rest = rest.replace(number, " ")
    if spot[0] not in PUBLIC:
        for name in dict.fromkeys(_names(rest, "name" in spot)):
            yield Finding(spot, "full-name", {"name": name})


def _checked(number: str) -> bool:
    """Tell whether the last sign of an identity number is what the others make it (GB 11643)."""
    total = sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False))
    return number[-1].upper() == _CHECKS[total % 11]


def _luhn(number: str) -> bool:
    """Tell whether a card's digits add up as those of cards do."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _names(text: str, naming: bool) -> Iterator[str]:
    """Yield a whole text that is a name (where people are named: a part of it between marks), a
    name after its cue, and in running text a likely one."""
    for part in _BETWEEN.split(text) if naming else [text.strip()]:
        if _is_name(part):
            yield part
    for cue in _CUE.finditer(text):
        name = cue["name"]
        if _is_name(name) and (cue["mark"] or name[0] not in "方高应向任时和"):
            yield name
    for run in _RUN.findall(text):
        if run not in _NO_NAME:
            yield run


def _is_name(text: str) -> bool:
    """Tell whether a whole text is a surname and one or two letters that name somebody."""
    for surname in _DOUBLE:
        if text.startswith(surname):
            return _is_given(text[2:])
    known = len(text) in (2, 3) and text[0] in _SURNAMES and text not in _NO_NAME
    return known and _is_given(text[1:])


def _is_given(text: str) -> bool:
    whole = 1 <= len(text) <= 2 and all("\u4e00" <= c <= "\u9fff" for c in text)
    if not whole or text in _TITLES or any(c in _VEILED for c in text):
        return False
    return not any(c in _NOT_GIVEN for c in text)
