"""The reader's own case in a lab: opened, linked, taken back, refused; no browser."""

import base64
import json
import tomllib
import zlib
from html import escape

import pytest
from telling import MAKERS, looks, opens, tell, write
from two_cards import ALL, MONEY, NAMED, WITH_CHAT

from simlib.case import check_text, load_case, shipped_cases
from simlib.case.transfers import Transfers
from simlib.chain import trace
from simlib.chain.account_summary import Ways
from simlib.resources import shelf
from simlib.widgets import (
    case_lab,
    causation_lab,
    chain_lab,
    liability_lab,
    riskbenefit_lab,
)
from simlib.widgets.case import CaseLab
from simlib.widgets.fault.lab import FaultLab
from simlib.widgets.liability.lab import LiabilityLab
from simlib.widgets.own import OwnEditor, draft
from simlib.widgets.state import MOST_LINK, OWN, case_link, lacking, speaks_of_own

# Two victims, a platform, no position, no transfer: as little as a case may be.
SPARE = """
id = "spare"
basis = "hypothetical"
title = { zh = "某平台案", en = "A platform" }
acted_on = 2023-01-01
claimant = "v1"
loss_fen = 1_000_000
parties = [
 { id = "v1", role = "victim", name = { zh = "甲", en = "V1" } },
 { id = "v2", role = "victim", name = { zh = "乙", en = "V2" }, loss_fen = 500_000 },
 { id = "p", role = "principal", name = { zh = "丙", en = "P" }, sued = false },
 { id = "pl", role = "platform", name = { zh = "平台", en = "Platform" }, grade = "slight" },
]
"""

ALONE = SPARE.replace('role = "platform"', 'role = "principal"').replace(
    ', grade = "slight"', ", sued = false"
)


def text_of(name):
    """A shipped case as a reader would have it on his device."""
    return (shelf("cases") / name / "case.toml").read_text("utf-8")


# Evidence; the template; two victims and a platform; nobody who helped; a chain of accounts.
TEXTS = (text_of("hypo-knowledge"), text_of("_template"), SPARE, ALONE, text_of("hypo-layers"))


def large():
    """Fix-1 with 2 000 more transfers between two of its people, more than a link carries."""
    rows = [
        f'[[transfers]]\nid = "x{n}"\npayer = "A"\npayee = "C"\namount_fen = {(n * 7919) % 99991}\n'
        f"at = 2023-05-{n % 28 + 1:02d}T{n % 24:02d}:{n * 37 % 60:02d}:{n * 53 % 60:02d}+08:00\n"
        for n in range(2_000)
    ]
    return text_of("fix-1") + "".join(rows)


def opened(make=case_lab, lang="zh"):
    """A lab whose results are open."""
    return looks(opens(make(lang)))


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("text", TEXTS[:3])
def test_every_lab_shows_a_readers_case_or_says_why_not(make, text):
    """Opened, linked in the other language, taken back, taken again, kept, swapped; or a reason."""
    lab = opened(make)
    before = lab.state.snapshot()
    lab.mine.open(text)
    if lab.state.case_id != OWN:
        assert "自编案件" in lab.view.notice
        assert lab.state.snapshot() == before
        return
    assert lab.view.values["case"] == OWN
    assert lab.view.spec[0]["options"][-1]["label"].startswith("我的案件：")
    other = make("en")
    assert other.state.from_text(lab.view.link, other.accept)
    assert other.state.own == text
    lab._pressed("undo")
    assert lab.state.snapshot() == before
    assert OWN not in [o["value"] for o in lab.view.spec[0]["options"]]
    lab._pressed("redo")
    assert lab.state.own == text
    lab._pressed("keep")
    assert lab.beside.view.case.id == lab.now.case.id
    assert lab.file("json")["name"] == "simlib-own.json"


SHIPPED = {str(load_case(name).loss_fen // 100) for name in shipped_cases()} - {"30000"}


def said(drawn):
    """Every text of what is drawn, without places and sizes."""
    if isinstance(drawn, str):
        return drawn
    inner = drawn.values() if isinstance(drawn, dict) else drawn
    return "\n".join(map(said, inner)) if isinstance(drawn, dict | list | tuple) else ""


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_drawing_of_ones_own_case_has_its_people_and_amounts_and_no_others(make):
    """By hand: 龚某 → 滕某 → 裘某 → unknown; all that is drawn and written is of these.

    The opening's picture of every lesson has her 30 000 yuan on the way to 滕某's card.
    """
    lab = opened(make)
    tell(lab.view, {"own": "text", "text": WITH_CHAT})
    assert lab.state.case_id == OWN
    topic = make.__name__.removesuffix("_lab")
    opening = lab.view.frame["opening"]
    board = lab.view.board  # without the marks of its axis
    shown = said([lab.view.drawn, board["rows"], board["sentence"], opening])
    people = {p.name.zh for name in shipped_cases() for p in load_case(name).parties}
    assert {name for name in people - ALL if name.endswith("某") and name in shown} == set()
    assert SHIPPED.isdisjoint(MONEY.findall(shown))
    assert "龚某的30000元转入滕某的卡" in opening["picture"]
    drawn = said(lab.view.drawn)
    people, amounts = NAMED.get(topic, (set(), set()))
    assert {name for name in ALL if name in drawn} == people
    assert amounts <= set(MONEY.findall(drawn))


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_drawing_follows_an_amount_of_ones_own_case(make):
    """With 41 300 instead of 30 000 paid, no drawing has the amount of before any more."""
    lab = opened(make)
    tell(lab.view, {"own": "text", "text": WITH_CHAT.replace("3_000_000", "4_130_000")})
    topic = make.__name__.removesuffix("_lab")
    drawn = set(MONEY.findall(said(lab.view.drawn)))
    assert "30000" not in drawn
    assert ("41300" in drawn) == ("30000" in NAMED.get(topic, ((), ()))[1])


def test_a_readers_positions_can_be_chosen():
    """fix-1 as a reader's own: P with 12 000 yuan; several: P pays min(15 000, 12 000), A his
    3 000 of 6 250, C 3 750: 18 750 in all."""
    lab = opened(liability_lab)
    lab.mine.open(text_of("fix-1"))
    lab._chosen({"position": "principal-12000"})
    assert lab.outcomes["several"].received_fen == 1_875_000
    assert lab.state.base().party("P").assets_fen == 1_200_000


def seen(lab):
    """The names of the rows on the stage."""
    return [row["name"] for row in lab.view.board["rows"]]


def test_another_case_of_ones_own_replaces_the_first_and_what_was_kept_of_it():
    """A spoke of the first: it goes; undo brings both back; the pictures are of the new one."""
    lab = opened(liability_lab)
    lab.mine.open(text_of("fix-1"))
    lab._pressed("keep")
    lab.mine.open(SPARE)
    assert lab.state.kept is None
    assert lab.now.case.id == "spare"
    assert "平台" in seen(lab)
    lab._pressed("undo")
    assert lab.now.case.id == "fix-1"
    assert lab.beside.view.case.id == "fix-1"
    assert "平台" not in seen(lab)


def test_a_broken_file_is_told_as_simlib_check_tells_it():
    """The file's own bytes; every problem with its remedy; nothing has changed."""
    lab = opened()
    before = lab.state.snapshot()
    lab.mine.hear({"own": "file"}, [b'id = "x"\nloss_fen = "much"\n'])
    assert "loss_fen: not-whole: &quot;much&quot; 不是整数" in lab.view.notice
    assert "parties: missing-key" in lab.view.notice
    lab.mine.hear({"own": "file"}, [b"\xff\xfe"])
    assert "not-utf8" in lab.view.notice
    lab.mine.hear({"own": "file"}, [b" " * 2_000_001])
    assert "too-big" in lab.view.notice
    for nonsense in (None, {}, {"own": "file"}, {"own": 3}, {"own": "text"}, {"own": "stored"}):
        tell(lab.view, nonsense)
    assert lab.state.snapshot() == before


def test_kept_scene_is_redrawn_for_another_case_of_ones_own():
    """The same scene of two cases: A is drawn anew."""
    lab = opened(liability_lab)
    for title in ("某平台案", "另一案"):
        lab.mine.open(SPARE.replace("某平台案", title))
        lab._pressed("keep")
        assert lab.beside.view.case.title.zh == title


class Stumbling(CaseLab):
    """A lab that no own case suits, for a reason nobody thought of."""

    def place(self):
        """Fail on a reader's own case."""
        if self.state.case_id == OWN:
            raise IndexError("nobody there")
        super().place()


def test_case_that_makes_a_lab_fail_is_not_shown(caplog):
    """One friendly sentence; the lab stays whole; the reason is in the log."""
    lab = opened(Stumbling)
    before, board = lab.state.snapshot(), lab.view.board
    lab.mine.open(text_of("fix-1"))
    assert "这一课显示不了这个案件" in lab.view.notice
    assert (lab.state.snapshot(), lab.view.board) == (before, board)
    assert lab.now.scene.case_id == lab.view.values["case"] == before["case_id"]
    assert OWN not in [o["value"] for o in lab.view.spec[0]["options"]]
    assert not lab.history.can_undo
    assert "nobody there" in caplog.text


# ---------------------------------------------------------------- links


def link(held, version=1):
    """A link made by hand."""
    packed = zlib.compress(json.dumps([version, held]).encode())
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


@pytest.mark.parametrize(
    "held",
    [
        {"case_id": "/etc/passwd"},
        {"case_id": str(shelf("cases") / "_template")},
        {"case_id": str(shelf("cases") / "fix-1" / "case.toml")},
        {"case_id": OWN},
        {"case_id": OWN, "own": ""},
        {"case_id": OWN, "own": 'transfers_file = "flows.csv"\n' + SPARE},
        {"case_id": OWN, "own": SPARE, "lacks": "0" * 16},
        {"case_id": OWN, "own": "[" * 5_000},
        {"case_id": OWN, "own": SPARE, "position": "base"},
        {"case_id": OWN, "own": 7},
        {"case_id": OWN, "lacks": 7},
        {"case_id": OWN, "own": "#" * 200_000},
        {"case_id": OWN, "own": SPARE.replace("某平台案", "\ud800")},
        {"case_id": "fix-1", "own": "no case"},
        {"case_id": "fix-1", "chosen": {"\udfff": "\ud800"}},
    ],
)
def test_a_link_reads_no_file_and_takes_no_nonsense(held):
    """Whatever a link says, the lab opens as new, and names no problem of a file."""
    lab = CaseLab("zh", link=link(held))
    assert lab.restored is False
    assert (lab.state.case_id, lab.state.own) == (CaseLab("zh").state.case_id, "")


def test_a_large_case_is_not_in_the_link_but_its_settings_are():
    """The link lacks it and says so; its settings come back with the very case alone."""
    lab = opened(liability_lab)
    lab.mine.open(large())
    lab._chosen({"position": "principal-12000"})
    assert len(lab.view.link) < 300
    assert lab.view.values[OWN] == "left"
    assert lacking(lab.view.link)
    again = LiabilityLab("zh", link=lab.view.link)
    assert again.restored is False
    assert "请打开那个案件文件" in again.view.notice
    assert next(s for s in again.view.spec if s["id"] == OWN)["awaits"] is True
    assert not again.state.from_text(lab.view.link, again.accept, own=text_of("fix-1"))
    again.mine.hear({"own": "stored", "texts": ["", SPARE, large()]}, [])
    assert again.state.position == "principal-12000"
    assert again.now.case.id == "fix-1"
    assert again.view.notice == ""
    third = LiabilityLab("zh", link=lab.view.link)
    third.mine.open(SPARE)
    assert "设定没有恢复" in third.view.notice
    assert (third.now.case.id, third.state.changes) == ("spare", {})


def long():
    """Hypo-layers with 400 more transfers between two of its accounts, as a reader's own case."""
    rows = [
        f'[[transfers]]\nid = "x{n}"\npayer = "shop-1"\npayee = "xu-2"\namount_fen = {n + 1}\n'
        f"at = 2023-05-{n % 28 + 1:02d}T{n % 24:02d}:{n * 37 % 60:02d}:00+08:00\n"
        for n in range(400)
    ]
    return text_of("hypo-layers") + "".join(rows)


@pytest.mark.parametrize("make", [case_lab, causation_lab, liability_lab, riskbenefit_lab])
def test_a_knob_reads_and_traces_no_transfer_again(make, monkeypatch):
    """Transfers did not change: they are neither checked nor followed again, whatever is asked."""
    lab = opened(make)
    lab.mine.open(long())
    assert lab.state.case_id == OWN
    calls = []

    def count(owner, name):
        whole = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *given: calls.append(name) or whole(*given))

    for owner, name in ((Transfers, "__getitem__"), (trace, "_trace"), (Ways, "_steps")):
        count(owner, name)
    before = lab.state.to_text()
    for item in [item for item in lab.view.spec if item["kind"] == "range"][:3]:
        write(lab.view, asked={item["id"]: [1, item["max"], 1]})
    assert lab.state.to_text() != before
    assert lab.now.case.transfers is lab.state.load(OWN).transfers
    assert (type(lab.now.case.transfers), calls) == (Transfers, [])


def test_many_transfers_give_what_few_give(monkeypatch):
    """Columns or rows: every share, exposure and reason of the case is the same."""
    outcomes = []
    for most in (10, 10_000):
        monkeypatch.setattr("simlib.widgets.prepared_case.MANY", most)
        lab = opened(case_lab)
        lab.mine.open(long())
        outcomes.append({mode: found.to_json() for mode, found in lab.outcomes.items()})
    assert outcomes[0] == outcomes[1]


def test_a_link_never_grows_without_bound():
    """A case that fits alone, and many changes with it: one or the other, never too long."""
    lab = opened()
    lab.mine.open(text_of("fix-1"))
    assert lab.view.values[OWN] == "carried"
    # no control of lesson 01 gives this much: put in by hand, it only makes the link long
    lab.state.chosen = {str(n): str(hash((n, "x"))) for n in range(1_000)}
    lab._fill()
    assert len(lab.view.link) <= MOST_LINK
    assert lab.view.values[OWN] == "left"


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_state_from_the_fragment_is_what_a_link_restores(make, monkeypatch):
    """The page hands it over once the lab stands there: the same as if the lab began with it; an
    older one of another case, its settings and its history are gone."""
    first = opened(make)
    first.mine.open(TEXTS[0])
    link = first.view.link
    lab = opened(make)
    lab.mine.open(text_of("hypo-layers"))
    monkeypatch.setenv("QUERY_STRING", f"s={link}")
    wanted = make("zh")
    tell(lab.view, {"own": "link", "text": link})
    assert lab.view.handed
    assert wanted.restored is lab.restored
    assert lab.state.snapshot() == wanted.state.snapshot()
    assert (lab.view.board, lab.view.frame, lab.view.link) == (
        wanted.view.board, wanted.view.frame, link,
    )  # fmt: skip
    assert not lab.view.tools["undo"]


@pytest.mark.parametrize(
    "text",
    ["", "x", "%", "A" * 100_000, link({}, 3), link({OWN: 3}), link({"case_id": OWN, OWN: "="})],
    ids=["none", "short", "percent", "long", "version", "type", "no case"],
)
def test_a_fragment_that_is_no_state_is_told(text):
    """A sentence, and the page may show the lesson's own case; nothing of the text is kept."""
    lab = case_lab("zh")
    before = lab.state.snapshot()
    tell(lab.view, {"own": "link", "text": text})
    assert lab.view.handed
    assert (lab.view.notice != "") == (text != "")
    assert lab.state.snapshot() == before
    assert lab.view.bet["open"]


def test_a_fragment_that_lacks_its_case_awaits_it():
    """As a link does: the page is told to look for it, and the settings come back with it."""
    lab = opened(liability_lab)
    lab.mine.open(large())
    lab._chosen({"position": "principal-12000"})
    again = liability_lab("zh")
    tell(again.view, {"own": "link", "text": lab.view.link})
    assert again.view.handed
    assert next(s for s in again.view.spec if s["id"] == OWN)["awaits"] is True
    tell(again.view, {"own": "stored", "texts": [large()]})
    assert again.state.position == "principal-12000"


def test_which_links_speak_of_a_case_of_ones_own():
    """What carries one, or settings of one; a shipped case is no secret, and rubbish is none."""
    lab = opened(liability_lab)
    assert not speaks_of_own(lab.view.link)
    lab._pressed("keep")
    lab.mine.open(SPARE)
    assert speaks_of_own(lab.view.link)
    lab._pressed("swap")  # as A, beside a shipped case
    assert lab.state.case_id != OWN
    assert speaks_of_own(lab.view.link)
    assert lab.view.values[OWN] == "carried"
    lab.mine.open(large())
    assert speaks_of_own(lab.view.link)
    assert speaks_of_own(case_link(SPARE))
    assert not any(map(speaks_of_own, ("", "x", "A" * 100_000, link({"case_id": "fix-1"}))))


def test_the_server_reads_no_link_to_tell_whose_case_it_is(monkeypatch):
    """Each visit may bring one: 700 letters that unpack to 120,000 lists took its loop 0.1 s."""
    bomb, mine = link({"selected": [[]] * 120_000}), case_link(SPARE)
    monkeypatch.setattr(json, "loads", None)
    assert len(bomb) < 1000
    assert not speaks_of_own(bomb)
    assert speaks_of_own(mine)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_the_editors_link_opens_every_lesson_or_says_why_not(make, text, monkeypatch):
    """It names the case and its position and nobody in it: the lab chooses somebody itself."""
    data = tomllib.loads(text)
    worth = OwnEditor("zh").worth(draft.to_draft(data))
    monkeypatch.setenv("QUERY_STRING", f"s={worth['lab']}")
    lab = make("zh")
    case = check_text(text)[0]
    if reason := lab.refuses(case):
        assert lab.restored is False
        assert escape(reason) in lab.view.notice
        assert lab.state.case_id != OWN
        return
    assert lab.restored is True
    assert (lab.state.case_id, lab.now.case.id) == (OWN, case.id)
    assert lab.state.party in (lab.helpers(lab.now.case) or [""])


def test_cases_that_each_lab_refuses():
    """Nobody helped: only lesson 06 follows money without a helper, and this case has none."""
    alone, chain = (check_text(text)[0] for text in (ALONE, text_of("hypo-layers")))
    labs = [make("zh") for make in MAKERS]
    assert [bool(lab.refuses(alone)) for lab in labs] == [True] * len(labs)
    assert [lab.refuses(chain) for lab in labs] == [""] * len(labs)


def test_a_linked_case_the_lab_cannot_show_is_told_before_the_answer():
    """The editor's link to lesson 02 with a case without evidence: the reason, not "broken"."""
    lab = FaultLab("zh", link=link({"case_id": OWN, "own": SPARE}))
    assert lab.restored is False
    assert lab.state.case_id != OWN
    reason = lab.refuses(check_text(SPARE)[0])
    assert reason
    assert reason in lab.view.notice


def test_choosing_a_case_the_lab_cannot_show_is_refused_with_the_labs_reason():
    """A link may carry a case that no scene shows: who chooses it is told why not."""
    lab = FaultLab("zh", link=case_link(SPARE))
    assert lab.restored is True
    lab._chosen({"case": OWN})
    assert lab.state.case_id != OWN
    assert lab.refuses(check_text(SPARE)[0]) in lab.view.notice


def test_a_kept_chain_says_whose_money_and_which_rule():
    """A and B of one case differ by what was asked: A's name says it."""
    lab = opened(chain_lab)
    lab._change({"chosen": {"method": "fifo", "who": "chen"}})
    lab._pressed("keep")
    lab._change({"chosen": {}})
    assert "陈某的钱" in lab.view.board["kept"]
    assert "先进先出" in lab.view.board["kept"]
