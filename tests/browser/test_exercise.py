"""Exercises in a real browser: feedback on the step, the score, new variants, reload, downloads."""

from __future__ import annotations

import csv
import io
import json

from browser.conftest import DESKTOP
from browser.pages import fits, loose, until
from playwright.sync_api import expect

from simlib.exercise import draw, names
from simlib.worksheet import key_label, sheet

LESSON = "voila/render/{}/01-case.ipynb"
WAIT_MS = 60_000


def exercises(page, url, lang="zh", query=""):
    """Open the lesson, answer it, and wait for the first exercise."""
    page.goto(url + LESSON.format(lang) + query)
    page.locator("[data-id=commit]").wait_for(timeout=WAIT_MS)
    page.locator("[data-id=open]").click()
    card(page, "grade").locator("[data-step=norm]").wait_for(timeout=WAIT_MS)
    return page


def card(page, name):
    """One exercise."""
    return page.locator(f'.simlib-exercise[data-name="{name}"]')


def give(page, name, step, answer):
    """Answer one step: choose an option by its key, or type an amount."""
    question = card(page, name).locator(f"[data-step={step}]")
    question.wait_for()
    radio = question.locator(f'input[type=radio][value="{answer}"]')
    if radio.count():
        radio.check()
    else:
        question.locator("input[type=text]").fill(answer)
    question.locator("button[type=submit]").click()
    return question


def says(question, text):
    """Wait until the feedback of a step says something."""
    expect(question.locator(".simlib-feedback")).to_contain_text(text)


def solve(page, name, seed):
    """Answer every step of a variant rightly."""
    one = draw("case", name, seed)
    for step in one.steps:
        right = step.key if step.options else f"{step.key // 100}.{step.key % 100:02d}"
        says(give(page, name, step.id, right), "正确")
    return one


def test_a_wrong_answer_is_told_which_step_went_wrong_and_the_score_is_downloaded(course, desktop):
    """Joint reckoned for several: the form of liability; the second time the key is told. CSV with
    a line a step, JSON with the same; cleared by a second press."""
    page = exercises(desktop, course, query="?seed=61")
    one = draw("case", "grade", 61)  # ordinary negligence
    assert one.kind == "slight"
    question = give(page, "grade", "norm", "concert")
    says(question, "错在「请求权基础」这一步")
    says(question, "再试一次")
    says(give(page, "grade", "norm", "separate"), "正确")
    give(page, "grade", "document", "support")
    give(page, "grade", "mode", "several")
    whole, key = one.values["loss_fen"] // 100, key_label(one, one.step("amount"), "zh")
    over = "[data-step={}] .simlib-over > summary".format
    expect(card(page, "grade").locator(over("norm"))).to_contain_text("✓第二次答对")
    expect(card(page, "grade").locator(over("document"))).to_contain_text("✓答对")
    question = give(page, "grade", "amount", f"{whole:,}.00")
    says(question, "你按连带责任计算，得到全部金额")
    says(question, "错在「责任形态」这一步")
    assert not loose(key).search(question.locator(".simlib-feedback").inner_text())
    question = give(page, "grade", "amount", "1234.56")
    says(question, "不是任何一种常见错误得出的")
    says(question, loose(f"答案是：{key}"))
    # norm at the second try 1, document 2, mode 2, amount 0
    expect(card(page, "grade")).to_contain_text("本题完成：5 / 8 分")
    expect(card(page, "grade").locator(".simlib-model")).to_contain_text("另一种观点")
    expect(page.locator(".simlib-score")).to_contain_text(
        "得分 5 / 8；已答 4 步，其中 2 步一次答对"
    )
    found = downloads(page)
    assert found["csv"].startswith("\ufeff课,练习,变式编号")
    line = next(csv.DictReader(io.StringIO(found["csv"].lstrip("\ufeff"))))
    told = [line[name] for name in ("变式编号", "考什么", "次数", "得分")]
    assert told == ["61", "请求权基础", "2", "1"]
    steps = json.loads(found["json"])["steps"]
    told = [(step["step"], step["tries"], step["right_first"]) for step in steps]
    assert told == [("norm", 2, 0), ("document", 1, 1), ("mode", 1, 1), ("amount", 2, 0)]
    page.locator("[data-id=score-clear]").click()
    page.locator("[data-id=score-clear]").click()
    expect(page.locator(".simlib-score")).to_contain_text("得分 0 / 0")
    assert page.evaluate("JSON.parse(localStorage.getItem('simlib:exercises:1')).records") == {}


def downloads(page):
    """The files of the score, by kind."""
    found = {}
    page.locator(".simlib-manage > summary").click()
    for kind in ("csv", "json"):
        with page.expect_download() as got:
            page.locator(f"[data-id=score-{kind}]").click()
        assert got.value.suggested_filename == f"simlib-exercises.{kind}"
        found[kind] = got.value.path().read_text("utf-8")
    return found


def test_what_cannot_be_read_costs_no_try(course, phone):
    """Nothing typed, or words: a hint, and the first try is still to come. A screen reader hears
    what each control is, from one voice what an answer was worth. All open, 390 px are enough."""
    page = exercises(phone, course)
    for name in names("case")[1:]:
        card(page, name).locator("summary").first.click()
        card(page, name).locator("[data-step]").first.wait_for(timeout=WAIT_MS)
    question = card(page, "modes").locator("[data-step=joint]")
    question.wait_for()
    nameless = page.locator(".simlib-exercises").evaluate_all(
        """boxes => boxes.flatMap(b => [...b.querySelectorAll('input, select, button')])
           .filter(c => !(c.getAttribute('aria-label') || c.getAttribute('aria-labelledby')
                          || c.labels?.length || c.textContent.trim())).map(c => c.outerHTML)"""
    )
    assert nameless == []
    assert page.locator(".simlib-exercises [role=status]").count() == 1  # one voice for all
    question.locator("button[type=submit]").click()
    says(question, "精确到分")
    says(give(page, "modes", "joint", "about all"), "读不出金额")
    one = draw("case", "modes", 1)
    says(give(page, "modes", "joint", f"{one.step('joint').key / 1_000_000}万"), "正确")
    expect(page.locator(".simlib-score")).to_contain_text("得分 2 / 6")
    assert fits(page)


def test_score_variants_reload_and_languages(course, desktop):
    """All right: full score; steps done are a line each that opens. A new variant has the next
    number; a reload, and the English page, show where the reader was, with the same score."""
    page = exercises(desktop, course)
    one = solve(page, "grade", 1)
    folded = card(page, "grade").locator(".simlib-over")
    expect(folded).to_have_count(len(one.steps) - 1)
    marked = folded.first.locator(".simlib-feedback")
    expect(marked).to_be_hidden()
    folded.first.locator("> summary").click()
    expect(marked).to_be_visible()
    expect(card(page, "grade")).to_contain_text("本题完成：8 / 8 分")
    expect(card(page, "grade").locator(".simlib-article").first).to_be_attached()
    card(page, "grade").locator("[data-id=again]").click()
    told = sheet(draw("case", "grade", 2), "zh")["facts"]
    expect(card(page, "grade").locator(".simlib-exercise-body")).to_contain_text(loose(told[1]))
    assert told != sheet(one, "zh")["facts"]
    says(give(page, "grade", "norm", draw("case", "grade", 2).step("norm").key), "正确")
    page.reload()
    second = card(page, "grade").locator("[data-step=document]")
    second.wait_for(timeout=WAIT_MS)
    expect(card(page, "grade")).to_contain_text(loose(told[1]))
    says(card(page, "grade").locator("[data-step=norm]"), "正确")
    expect(page.locator(".simlib-score")).to_contain_text(
        "得分 10 / 16；已答 5 步，其中 5 步一次答对"
    )
    page.locator("#course-other").click()
    card(page, "grade").locator("[data-step=document]").wait_for(timeout=WAIT_MS)
    expect(page.locator(".simlib-score")).to_contain_text("Score 10 / 16")


def test_a_class_can_share_a_number(course, desktop):
    """Typed into the page, one number gives everybody the same set."""
    page = exercises(desktop, course)
    page.locator(".simlib-manage > summary").click()
    page.locator(".simlib-seed input").fill("35")
    page.locator(".simlib-seed button").click()
    for name in names("case"):
        told = sheet(draw("case", name, 35), "zh")["facts"]
        if card(page, name).get_attribute("open") is None:
            card(page, name).locator("summary").first.click()
        expect(card(page, name).locator(".simlib-exercise-body")).to_contain_text(loose(told[-1]))
    page.locator(".simlib-seed input").fill("1000000")
    page.locator(".simlib-seed button").click()
    expect(page.locator("p.simlib-said:not([role])")).to_have_text(
        "变式编号应是 0 至 999999 的整数。"
    )
    expect(page.locator(".simlib-heard")).to_have_text("变式编号应是 0 至 999999 的整数。")


def test_a_browser_that_keeps_nothing_still_works(course, desktop):
    """Storage refused, as in some private windows: exercises work and the page says so."""
    desktop.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"
    )
    page = exercises(desktop, course)
    expect(page.get_by_text("这个浏览器不允许保存成绩")).to_be_visible()
    solve(page, "grade", 1)
    expect(page.locator(".simlib-score")).to_contain_text("得分 8 / 8")


def test_keyboard_alone(course, desktop):
    """Arrow to an option, Enter; focus goes on to the next step, in the end to what comes next.

    That is in sight; the next exercise begins at its head, for its facts come before its question,
    and are what its first question is described by.
    """
    page = exercises(desktop, course)
    one = draw("case", "grade", 1)
    card(page, "grade").locator("[data-step=norm] input").first.focus()
    for step in one.steps:
        if step.options:
            for _ in range(step.options.index(step.key)):
                page.keyboard.press("ArrowDown")
            if step.options.index(step.key) == 0:
                page.keyboard.press("Space")
        else:
            page.keyboard.type(f"{step.key / 100:.2f}")
        page.keyboard.press("Enter")
        says(card(page, "grade").locator(f"[data-step={step.id}]"), "正确")
    until(page, "document.activeElement.dataset.id === 'next'")
    box = card(page, "grade").locator("[data-id=next]").bounding_box()
    assert box["y"] + box["height"] <= DESKTOP["height"]
    page.keyboard.press("Tab")
    until(page, "document.activeElement.dataset.id === 'again'")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.matches('[data-step=norm] input')")
    expect(card(page, "grade").locator(".simlib-variant")).to_have_text("变式编号 2")
    described = "document.activeElement.closest('fieldset').getAttribute('aria-describedby')"
    facts = page.evaluate(f"document.getElementById({described}).textContent")
    assert loose("".join(sheet(draw("case", "grade", 2), "zh")["facts"])).fullmatch(facts)
    solve(page, "grade", 2)
    card(page, "grade").locator("[data-id=next]").press("Enter")
    question = page.locator(".simlib-exercise[open] [data-step] input").first
    question.wait_for()
    until(page, "document.activeElement.matches('.simlib-exercise[open] > summary')")
