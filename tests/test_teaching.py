"""Teachers' pages and worksheets: prose whose numbers are the engine's, and exercises to print."""

from __future__ import annotations

import gzip
import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from types import SimpleNamespace

import pytest
import serving
from nbformat import read
from nbformat.v4 import new_notebook
from traitlets.config import Config
from voila.execute import VoilaExecutor

from simlib import decide, load_case
from simlib.exercise import MOST_SEED, draw, names, series, topics
from simlib.interval import high_end, low_end
from simlib.resources import shelf
from simlib.server import app, extension, pages, teacher_pages
from simlib.widgets.case import CaseLab
from simlib.widgets.scene_sheets import scene_sheets
from simlib.widgets.stage.declared import scenes
from simlib.worksheet import sheet, solution

PAGES = sorted(shelf("course").glob("*/teacher/*.ipynb"))
IDS = [f"{page.parts[-3]}/{page.name}" for page in PAGES]
OF_CASE = [page for page in PAGES if page.stem == "01-case"]  # others have a test of their own
SCENES, CASE = scenes("case"), load_case("2024-lu-0302-5690")
ROWS = ("auto", "several", "risk_benefit", "all_or_nothing")
RECEIVED = "joint several all_or_nothing"
# Each scene's table: what is turned in each row, which modes and what of them the columns show.
TURNS = {
    "start": [{}] + [{"zhang.causal_force": force} for force in (0.3, 0.6, 0)],
    "grade": [{"zhang.grade": grade} for grade in ("knowing", "gross", "slight", "none")]
    + [{"zhang.proof.fault": 0.5}],
    "gain": [{"zhang.gain_direct_fen": fen} for fen in (0, 50_000, 500_000)],
    "forms": [{}, {"zhang.grade": "slight"}, {"zhang.proof.fault": 0.5}],
    "insolvent": [{"zhang.assets_fen": fen} for fen in (None, 500_000, 0)],
}
COLUMNS = {
    "start": [(mode, "exposure") for mode in ROWS],
    "grade": [(mode, "exposure") for mode in (*ROWS[:3], "joint")],
    "gain": [(mode, "exposure") for mode in (*ROWS[:3], "benefit_cap")],
    "forms": [(mode, "exposure") for mode in RECEIVED.split()] + [(RECEIVED, "received")],
    "insolvent": [(mode, "received") for mode in ("joint", "several", "risk_benefit")],
}
POOR = SCENES[-1]


def prose(path):
    """All of a teacher's page, as it is written."""
    return "\n\n".join(cell["source"] for cell in read(path, 4).cells)


def tables(text):
    """The tables of a page, each a list of rows of cells without its head."""
    found = re.findall(r"(?:^\|.*\|\n?)+", text, re.M)
    return [
        [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]
        for table in found
    ]


def yuan(fen):
    """An amount as the page writes it: whole yuan, or both ends of a range."""
    ends = dict.fromkeys((low_end(fen), high_end(fen)))
    return "–".join(f"{round(end / 100)}" for end in ends)


def shown(case, modes, what):
    """What the engine says of one cell; the same under each of its modes."""
    outcomes = [decide(case, mode) for mode in modes.split()]
    said = {
        yuan(o.received_fen if what == "received" else o.parties["zhang"].exposure_fen)
        for o in outcomes
    }
    assert len(said) == 1
    return said.pop()


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_a_teachers_page_is_prose_with_a_place_for_the_form(path):
    """Markdown cells only, one tagged for the form; it names itself and is no legal advice."""
    book = read(path, 4)
    assert {cell["cell_type"] for cell in book.cells} == {"markdown"}
    assert [cell.metadata.get("tags") for cell in book.cells].count(["worksheet"]) == 1
    assert {"lang", "title", "question", "no"} <= book.metadata.keys()
    lesson = pages.read_lesson(path.parents[1] / path.name, path.parts[-3])
    assert book.metadata.title.split("　")[1] == lesson.title
    notice = "不构成法律意见" if path.parts[-3] == "zh" else "not legal advice"
    assert notice in prose(path)
    assert "simlib " not in prose(path)


def test_teachers_pages_come_in_pairs():
    """Each page is there in both languages, with as many cells and tables."""
    zh, en = ([p for p in PAGES if p.parts[-3] == lang] for lang in pages.LANGS)
    assert [p.name for p in zh] == [p.name for p in en] != []
    for one, twin in zip(zh, en, strict=True):
        assert len(read(one, 4).cells) == len(read(twin, 4).cells)
        assert len(tables(prose(one))) == len(tables(prose(twin))) == 6


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_the_minutes_of_the_parts_add_up(path):
    """45 minutes in all, and 15 in the short version; the last row is the sum."""
    rows = tables(prose(path))[0]
    for column, total in ((1, 45), (2, 15)):
        minutes = [int(row[column].strip("*").replace("—", "0")) for row in rows]
        assert minutes[-1] == sum(minutes[:-1]) == total


def begun(scene):
    """The case as a scene of the stage begins."""
    return CASE.at(scene.position).set(scene.changes)


@pytest.mark.parametrize("lang", pages.LANGS)
def test_the_scenes_and_knobs_are_called_as_on_the_stage(lang):
    """Titles, knobs, rows and columns word for word; a table shows only rows in sight."""
    lab = CaseLab(lang)
    text = prose(shelf("course") / lang / "teacher" / "01-case.ipynb")
    titles = re.findall(r"^### [^：:]+[：:] ?(.*)$", text, re.M)
    assert titles == [scene["question"] for scene in lab.view.scenes]
    knobs = {knob.label for knob in lab.knobs.values()}
    names = {row["id"]: row["name"] for row in lab.view.board["rows"]}
    columns = {each["id"]: each["label"] for each in lab.view.board["columns"]}
    heads = [line.split("|")[1:-1] for line in re.findall(r"^\|.*\|(?=\n\|---)", text, re.M)][1:]
    for scene, (knob, *told) in zip(SCENES, heads, strict=True):
        assert knob.strip() in knobs
        for head, (modes, column) in zip(told, COLUMNS[scene.id], strict=True):
            assert set(modes.split()) <= set(scene.rows)
            row, _, seen = head.strip().replace(": ", "：").partition("：")
            if modes == RECEIVED:  # the same in all its rows
                assert row.startswith(columns[column])
            else:
                assert (row, seen or columns[column]) == (names[modes], columns[column])


@pytest.mark.parametrize("path", OF_CASE, ids=[p.parts[-3] for p in OF_CASE])
def test_no_code_word_of_a_scene_is_in_sight(path):
    """A teacher reads 「场景二」, not `grade`; the links alone name it."""
    text = re.sub(r"\]\([^)]*\)", "]", prose(path))
    assert not re.search(r"[（(](start|grade|gain|forms|insolvent)[）)]", text)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
@pytest.mark.parametrize("path", OF_CASE, ids=[p.parts[-3] for p in OF_CASE])
def test_the_scenes_numbers_are_the_engines(path, scene):
    """Every amount in a scene's table, but for a remark in brackets behind it."""
    rows = tables(prose(path))[1 + SCENES.index(scene)]
    told = [[re.split(r" ?[（(]", cell)[0] for cell in row[1:]] for row in rows]
    assert told == [
        [shown(begun(scene).set(turn), *column) for column in COLUMNS[scene.id]]
        for turn in TURNS[scene.id]
    ]


def test_zhang_bears_the_insolvency_under_joint_and_zhao_under_several_liability():
    """By hand: half of 25,000 each; the one pays 25,000, the other receives 12,500 too little."""
    joint, several = (decide(begun(POOR), mode) for mode in ("joint", "several"))
    zhang = joint.parties["zhang"]
    assert (zhang.burden_fen, zhang.carried_fen) == (1_250_000, 2_500_000)
    assert (several.received_fen, several.unrecovered_fen) == (1_250_000, 1_250_000)


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_no_number_has_more_decimals_than_it_means(path):
    """At most one decimal, outside of dates and licences."""
    assert re.findall(r"\d\.\d{2,}", prose(path)) == []


# ---------------------------------------------------------------- worksheets


@pytest.mark.parametrize(
    ("asked", "wish"),
    [
        (("case", "7", "3", "1"), teacher_pages.Wish("case", 7, 3, True)),
        (("chain", "0", "12", "0"), teacher_pages.Wish("chain", 0, 12, False)),
        (("case", str(MOST_SEED), "4", "0"), teacher_pages.Wish("case", MOST_SEED, 4, False)),
        (("case", str(MOST_SEED), "5", "0"), None),  # the fifth has the next number
        (("case", "1000000", "1", "0"), None),
        (("case", "-1", "1", "0"), None),
        (("case", "٣", "1", "0"), None),
        (("case", "1", "0", "0"), None),
        (("case", "1", "13", "0"), None),
        (("case", "1", "1e1", "0"), None),
        (("case", "1", "1", "yes"), None),
        (("own", "1", "1", "0"), None),
        (("", "1", "1", "0"), None),
    ],
)
def test_a_wish_outside_the_bounds_is_none(asked, wish):
    """Topic, seed, number of tasks and key are checked before anything is drawn."""
    assert teacher_pages.read_wish(*asked) == wish


def test_a_series_goes_on_with_the_next_seed():
    """Six tasks of a topic with four: all of seed 7, then two of seed 8."""
    drawn = series("case", 7, 6)
    wanted = [(name, 7) for name in names("case")] + [(name, 8) for name in names("case")[:2]]
    assert drawn == [draw("case", name, seed) for name, seed in wanted]


@pytest.fixture(scope="module")
def served():
    """A server on the shipped course; nothing here may start a kernel."""
    server = serving.start_course(shelf("course"))
    yield server
    assert serving.kernels_below(server.process.pid) == []
    code, said = server.stop()
    assert (code, "Traceback" in said) == (0, False), said


def page(server, path):
    """A page's status, and its text without tags and entities."""
    status, _, body = serving.fetch(server.url + path)
    return status, words_of(body.decode("utf-8"))


def words_of(html):
    """The text of HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("lang", pages.LANGS)
@pytest.mark.parametrize("topic", topics())
def test_a_worksheet_has_the_exercises_of_its_number_and_the_key_behind(served, topic, lang):
    """Facts, questions and keys are those of `draw`; no key stands before the last question."""
    path = f"course/worksheet?lesson={topic}&seed=7&count=2&lang={lang}"
    status, plain = page(served, path)
    keyed = serving.fetch(served.url + path + "&key=1")[2].decode("utf-8")
    paper, key = map(words_of, keyed.split('id="key">'))
    assert status == 200
    for name in names(topic)[:2]:
        one = draw(topic, name, 7)
        asked, answered = sheet(one, lang), solution(one, lang)
        for text in [*asked["facts"], *(step["ask"] for step in asked["steps"])]:
            assert text in plain
            assert text in paper
        for answer in answered["steps"]:
            assert answer["why"] not in plain + paper
            assert answer["why"] in key
            assert answer["key_label"] in key


def test_a_worksheet_is_the_same_for_all(served):
    """Asked for twice, byte for byte; another number is another sheet."""
    first, again, other = (
        serving.fetch(f"{served.url}course/worksheet?lesson=case&seed={seed}&count=12&key=1")[2]
        for seed in (3, 3, 4)
    )
    assert first == again != other


@pytest.mark.parametrize(
    "query",
    ["", "?lesson=x", "?lesson=case&seed=-1", "?lesson=case&count=99", "?lesson=case&key=2",
     "?lesson=case&seed=%ff", "?lesson=case&seed=1&seed=x"],
)  # fmt: skip
def test_a_bad_worksheet_is_a_friendly_page(served, query):
    """400, what can be asked for, and the way back; a query's own words are not shown."""
    status, text = page(served, f"course/worksheet{query}")
    assert status == 400
    assert "题数是1至12，编号是0至999999" in text
    assert "给教师" in text


@pytest.mark.parametrize("path", [
    "course/teacher/99-none", "course/teacher/..", "course/teacher/%2e%2e", "course/teacher/",
    "course/teacher/01-case.ipynb", "course/teacher/01-case/x", "course/worksheet/x",
    "voila/render/zh/teacher/01-case.ipynb",
])  # fmt: skip
def test_no_other_address_is_a_teachers_page(served, path):
    """A page that is not there is 404, however it is spelled."""
    answer = serving.fetch(served.url + path)
    assert (answer[0], b"cell_type" in answer[2]) == (404, False)


@pytest.mark.parametrize("lang", pages.LANGS)
def test_a_teachers_page_opens_without_a_kernel_and_leads_to_the_lesson(served, lang):
    """Headings, tables, the form with its topic chosen, links with the language."""
    status, _, body = serving.fetch(f"{served.url}course/teacher/01-case?lang={lang}")
    html = body.decode("utf-8")
    assert status == 200
    assert html.count("<table") == 6
    assert html.count('class="teacher-scene"') == len(SCENES)
    assert f'href="/voila/render/{lang}/01-case.ipynb?lang={lang}"' in html
    assert '<option value="case" selected>' in html
    assert ".ipynb)" not in html
    assert "#scene-" not in html
    address = rf'href="/voila/render/{lang}/01-case.ipynb\?lang={lang}&amp;s=([\w-]+)'
    states = re.findall(address + '#talk"', html)  # a button each, into stage mode
    assert set(re.findall(address + '"', html)) < set(states)
    opened = [CaseLab(lang, link=state).view for state in states]
    assert [view.scene["id"] for view in opened] == [scene.id for scene in SCENES]
    assert not any(view.bet["open"] for view in opened)
    offered = re.findall(r'<option value="(\w+)"', html)
    assert sorted(offered) == sorted(topics())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_teachers_page_is_whole_by_itself(served, path):
    """Keys and hands, and of each scene of the lesson its drawing with a line for each row.

    Nothing leads to the page of lesson 01 for the rest.
    """
    name, lang = path.stem, path.parts[-3]
    html = serving.fetch(f"{served.url}course/teacher/{name}?lang={lang}")[2].decode("utf-8")
    keys = ("P", "→", "←", "K", "Tab", "Shift", "PageUp", "B", "Esc")
    assert all(f"<code>{key}</code>" in html for key in keys)
    assert ("圆钮可以拖动" if lang == "zh" else "handles in the drawing can be dragged") in html
    assert not re.search(r'href="01-case', html)
    told = re.search(r'<script id="scenes" type="application/json">(.*?)</script>', html, re.S)
    sheets = json.loads(told[1])["sheets"]
    topic = name.partition("-")[2]
    assert re.findall('data-scene="([a-z_]+)"', html) == [scene.id for scene in scenes(topic)]
    assert sheets.keys() == {scene.id for scene in scenes(topic)}
    for scene in scenes(topic):
        held = sheets[scene.id]
        assert held["drawn"].keys() == {"wide", "narrow"} or "<svg" in held["picture"]
        assert len(held["lines"]) >= len(scene.rows)
        assert not any("{" in line for line in held["lines"])


@pytest.mark.parametrize(("name", "count"), [("00-start", 2), ("02-fault", 3), ("04-liability", 4)])
def test_the_form_asks_for_no_more_tasks_than_the_lesson_has(served, name, count):
    """Lesson 00 has two exercises, 02 has three; of the eight of 04 it asks for four."""
    html = serving.fetch(f"{served.url}course/teacher/{name}?lang=zh")[2].decode("utf-8")
    assert re.search(r'name="count" [^>]*value="(\d+)"', html)[1] == str(count)


def test_words_in_place_of_an_amount_have_no_unit():
    """In lesson 07 a judgment has no day, and of the case as it was none was published."""
    sheets = scene_sheets("procedure", "zh")
    lines = [*sheets["at_large"]["lines"], *sheets["after"]["lines"], *sheets["assets"]["lines"]]
    assert sum("没有" in line for line in lines) == 5  # three at large, one each of the case
    assert not any(f"没有{what}{unit}" in line for line in lines
                   for what in ("日期", "公布") for unit in ("个月", "元"))  # fmt: skip


def test_the_lines_of_a_scene_are_those_of_its_board():
    """Lesson 01, first scene: court and law in force order all of 25 000; shares are open."""
    lines = scene_sheets("case", "zh")["start"]["lines"]
    assert lines[0] == "法院　对外25000元"
    assert lines[1] == "现行法：连带　对外25000元，收到25000元，内部负担0–12500元"
    assert lines[2].startswith("按份责任　对外0–12500元，")
    assert lines[2].endswith("（明知的依第1169条连带；按份仅作假设）")


def test_the_list_of_teachers_pages_promises_no_more_than_there_is(served):
    """A link for each page that there is."""
    html = serving.fetch(served.url + "course/teacher")[2].decode("utf-8")
    there = [f"/course/teacher/{page.stem}" for page in PAGES if page.parts[-3] == "zh"]
    assert re.findall(r'href="(/course/teacher/[^"?]+)', html) == there


def test_worksheets_per_address_are_rate_limited(tmp_path):
    """Who prints sheet after sheet is asked to wait; a foreign page's image is refused at once."""
    server = serving.start_course(
        serving.small_course(tmp_path), bounds="rate_limit.SHEETS = (2, 0.01)"
    )
    address = server.url + "course/worksheet?lesson=case&count=1"
    foreign = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    assert serving.fetch(address, **foreign)[0] == 403
    assert [serving.fetch(address)[0] for _ in range(3)] == [200, 200, 429]
    assert serving.fetch(server.url + "course/teacher")[0] == 200
    assert server.stop()[0] == 0


FOREIGN = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Site": "cross-site"}
AT_ONCE = 60
# Making a page takes until it is let go, or until it has waited in vain.
HELD = """
import pathlib, time
from simlib.server import teacher_pages
made = teacher_pages.read_note
def held(*asked):
    print("making", asked[1:3], flush=True)
    until = time.monotonic() + 5
    while not pathlib.Path({go!r}).exists() and time.monotonic() < until:
        time.sleep(0.01)
    print("let go" if pathlib.Path({go!r}).exists() else "in vain", flush=True)
    return made(*asked)
teacher_pages.read_note = held
"""


@pytest.mark.parametrize("path", ["course/teacher", "course/teacher/01-case"])
def test_a_foreign_pages_image_or_script_gets_no_teachers_page(served, path):
    """As with lessons: who opens it gets it, what a page loads is refused."""
    for kind in ("image", "script", "empty"):
        answer = serving.fetch(served.url + path, **FOREIGN, **{"Sec-Fetch-Dest": kind})
        assert (answer[0], "不能由别的网站代为打开" in words_of(answer[2].decode())) == (403, True)
    visit = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert serving.fetch(served.url + path, **visit, **{"Sec-Fetch-Site": "cross-site"})[0] == 200


def test_a_teachers_page_is_sent_as_it_is_kept(served):
    """Compressed or not it is the same page; who has it is told so."""
    address = served.url + "course/teacher/01-case?lang=en"
    plain, zipped = (serving.fetch(address, **{"Accept-Encoding": kind}) for kind in ("", "gzip"))
    assert zipped[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped[2]) == plain[2]
    assert len(zipped[2]) < len(plain[2]) / 2
    assert plain[1]["Etag"] == zipped[1]["Etag"]
    assert {"Accept-Language", "Accept-Encoding"} <= set(zipped[1]["Vary"].split(", "))
    assert serving.fetch(address, **{"If-None-Match": plain[1]["Etag"]})[::2] == (304, b"")
    other = serving.fetch(served.url + "course/teacher/01-case?lang=zh")
    assert other[1]["Etag"] != plain[1]["Etag"]


@pytest.fixture
def course_of_a_teacher(tmp_path):
    """The small course with a teacher's page in Chinese, and where that lies."""
    root = serving.small_course(tmp_path / "course")
    note = root / "zh" / "teacher" / "01-trial.ipynb"
    note.parent.mkdir()
    note.write_bytes((root / "zh" / "01-trial.ipynb").read_bytes())
    return root, note


def test_60_at_once_make_a_page_once_and_keep_nobody_waiting(course_of_a_teacher, tmp_path):
    """While it is made the home page is answered; a notebook that changes is made again."""
    (root, note), go = course_of_a_teacher, tmp_path / "go"
    server = serving.start_course(root, bounds=HELD.format(go=str(go)))
    address = server.url + "course/teacher/01-trial"
    with ThreadPoolExecutor(AT_ONCE) as class_:
        asked = [class_.submit(serving.fetch, address) for _ in range(AT_ONCE)]
        assert serving.eventually(lambda: any("making" in line for line in server.lines))
        assert serving.fetch(server.url)[0] == 200
        assert not any(each.done() for each in asked)
        go.touch()
        answers = [each.result() for each in asked]
    assert {answer[::2] for answer in answers} == {(200, answers[0][2])}
    assert "谁来赔？" in answers[0][2].decode()
    book = json.loads(note.read_text("utf-8"))
    book["cells"][0]["source"] = "改过的课文"
    note.write_text(json.dumps(book), "utf-8")
    changed = [serving.fetch(address)[2].decode() for _ in range(2)]
    assert all("改过的课文" in text for text in changed)
    code, said = server.stop()
    told = [line for line in said.splitlines() if line.startswith(("making", "let go", "in vain"))]
    assert (code, told) == (0, 2 * ["making ('zh', '01-trial')", "let go"])


def test_a_notebook_that_cannot_be_read_is_no_page_until_it_can(course_of_a_teacher):
    """404 for half a file; the whole one opens."""
    root, note = course_of_a_teacher
    whole = note.read_bytes()
    server = serving.start_course(root)
    address = server.url + "course/teacher/01-trial"
    note.write_bytes(whole[:50])
    assert serving.fetch(address)[0] == 404
    note.write_bytes(whole)
    assert serving.fetch(address)[0] == 200
    assert server.stop()[0] == 0


def test_the_addresses_answer_to_reading_only(served):
    """No other method of HTTP reaches them."""
    for pattern, handler, *_ in teacher_pages.routes("/"):
        assert handler.SUPPORTED_METHODS == ("GET",), pattern


def test_a_jupyter_server_has_teachers_pages_below_its_base():
    """Binder and JupyterHub: the extension adds them, in the language the browser prefers."""
    added, other = [], "a connection of another kind"
    web = SimpleNamespace(
        settings={"base_url": "/user/x/", "kernel_websocket_connection_class": other},
        add_handlers=lambda host, handlers: added.extend(handlers),
    )
    config = Config()
    server = SimpleNamespace(web_app=web, root_dir=str(shelf("course").parent), config=config)
    extension._load_jupyter_server_extension(server)
    named = ("teacher", "teacher/01-case", "worksheet", "")
    for (pattern, *_), name in zip(added, named, strict=False):
        assert re.fullmatch(pattern, f"/user/x/course/{name}")
    assert (web.settings["course_lang"], web.settings["course_prefix"]) == (None, "course/")
    assert web.settings["extra_log_scrub_param_keys"] == ["s"]  # Jupyter's own log leaves it out
    executor = VoilaExecutor(new_notebook(), config=config)
    assert executor.iopub_timeout == app.config().NotebookClient.iopub_timeout == 60
