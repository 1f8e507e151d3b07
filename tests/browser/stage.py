"""What tests do on a page of the new frame (`simlib.widgets.stage`): bet, knobs, board, drawer."""

from __future__ import annotations

from browser.pages import WAIT_MS

NUMBER = "[data-say]"


def send_bet(page, by_keyboard=False) -> None:
    """Answer whatever the bet asks, on either frame, and wait for the first number."""
    answer_bet(page)
    button = page.locator("[data-id=commit]")
    if by_keyboard:
        button.focus()
        page.keyboard.press("Enter")
    else:
        button.click()
    page.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    page.wait_for_timeout(300)


def answer_bet(page, norm=0, document=0, amount=12_500) -> None:
    """Choose in every question of the new frame's bet; the old one has answers beforehand."""
    form = page.locator("form[data-bet]")
    if not form.count():
        return
    for name, at in (("norm", norm), ("document", document)):
        form.locator(f"[data-id={name}] label").nth(at).click()
    form.locator("[data-id=amount] input[type=number]").fill(str(amount))
