"""A share is told of what its party answers for, wherever it is told, and never of the whole.

All shipped cases as they stand and in each position, every mode, both languages: rows of lessons 01
and 04, drawers of 01 and 04, headline, sentence and drawers of 05, the table of modes, the command
line. What is told is read back from the words and reckoned anew from the pieces of the outcome.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from staged import solved

from simlib import load_case
from simlib.case.load import shipped_cases
from simlib.cli.report import Report, _parties
from simlib.errors import SimlibError
from simlib.figures.answered_part import along_said, share_said
from simlib.figures.asked_number import Asked
from simlib.figures.board import rounded
from simlib.figures.modes_table import modes_table
from simlib.figures.number_steps import steps
from simlib.figures.row_premises import note
from simlib.interval import Interval, high_end, low_end
from simlib.law.modes import mode_keys
from simlib.lessons.case import outcomes as case_outcomes
from simlib.lessons.chain import outcomes as chain_outcomes
from simlib.lessons.chain.reasons import claimed
from simlib.lessons.fault import reasons as fault_reasons
from simlib.lessons.liability import outcomes as people
from simlib.lessons.liability.reasons import told
from simlib.lessons.outcome import Say
from simlib.lessons.reader import lesson_of
from simlib.lessons.riskbenefit import outcomes as model
from simlib.lessons.riskbenefit.reasons import steps as model_steps
from simlib.widgets.stage.declared import names

NUMBER = r"([\d,]+(?:\.\d+)?)"
RATE = r"(?:约|about )?(\d+(?:\.\d+)?)%(?:[–-](?:约|about )?(\d+(?:\.\d+)?)%)?"
PAIRS = {  # a part and a ratio of it, in the groups named
    "zh": re.compile(rf"{NUMBER}元的{RATE}"),
    "en": re.compile(rf"{RATE} of CNY {NUMBER}"),
}
SUMS = {
    "zh": re.compile(rf"{NUMBER}元×{RATE}＝{NUMBER}元"),
    "en": re.compile(rf"CNY {NUMBER} × {RATE} = CNY {NUMBER}"),
}
NAKED = {  # a share beside which no part stands
    "zh": re.compile(rf"份额(?:是|：|最小是|最大是|（)?{RATE}(?![\d.%–-])"),
    "en": re.compile(rf"[Ss]hare(?:: | is | of | \()?{RATE}(?![\d.%–-])(?! of CNY)"),
}
LANGS = ("zh", "en")


def decided(case, mode="auto"):
    """What lesson 04 finds in a case."""
    return people.solve(case, {"mode": mode})


@cache
def cases():
    """Every shipped case in every position in which somebody answers for a part of the loss."""
    found = []
    for name in shipped_cases():
        case = load_case(name)
        for at in [case, *(case.at(position.id) for position in case.positions)]:
            try:
                law = decided(at).now
            except SimlibError:
                continue
            if law.pieces:
                found.append(at)
    return found


def found_in(case):
    """What lesson 04 finds under every mode that gives an answer."""
    whole = decided(case, "joint")
    return whole, [mode for mode in mode_keys() if mode in whole]


def of_parts(outcome):
    """Those who answer for a part of the loss only."""
    return [id for id in outcome.parties if outcome.answers_for(id) is not None]


def texts(case, found, mode, lang):
    """Party → each sentence, row and drawer that may tell his share under a mode."""
    now = found.under(mode)
    say = Say("liability", lang, names("liability", lang))
    scene = lesson_of("liability").scenes[0]
    cli = Report("cli", case, lang)
    table = _parties(cli, now.now).splitlines()
    for id in of_parts(now.now):
        said = [people.line(now, id, scene, say).note, note(case, now.now, id, lang)]
        said.append(next(line for line in table if cli.name(id) in line))
        said.append(modes_table(case, {mode: now.now}, id, lang).rows[0][4].text)
        for key in ("exposure", "burden", "paid"):
            said += told(now, key, id, say)[1]
            said += steps(Asked(case, found, mode, key, id, lang))
        yield id, said


def yuan(said):
    """An amount as it was written [fen]."""
    return round(float(said.replace(",", "")) * 100)


def sizes(outcome, id):
    """What of the loss he answers for, piece by piece: size, due, least and most of his share."""
    return [
        (of.loss_fen, float(low_end(of.parties[id].share)), float(high_end(of.parties[id].share)))
        for of in outcome.pieces
        if id in of.answers
    ]


def fits(outcome, id, part, low, high, digits=2):
    """Whether a ratio is his share of just this part: of a piece, of several alike, or of all."""
    mine = sizes(outcome, id)
    near = 0.51 * 10**-digits
    alike = [
        size for size, a, b in mine if abs(a * 100 - low) <= near and abs(b * 100 - high) <= near
    ]
    if part in (sum(alike), *alike):
        return True
    whole = sum(size for size, _, _ in mine)
    ends = [sum(size * end[n] for size, *end in mine) / whole * 100 for n in (0, 1)]
    return part == whole and abs(ends[0] - low) <= near and abs(ends[1] - high) <= near


def pairs(said, lang):
    """Each part with the ratio told of it, in hundredths."""
    for match in PAIRS[lang].finditer(said):
        part, low, high = match.groups() if lang == "zh" else (match[3], match[1], match[2])
        yield yuan(part), float(low), float(high or low)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_every_ratio_is_told_of_the_part_that_it_is_a_ratio_of(lang):
    """For Han of hypo-pieces, whose share was found to be 10 % of 10 000, no 「1%」 anywhere."""
    wrong, seen = [], 0
    for case in cases():
        found, modes = found_in(case)
        for mode in modes:
            outcome = found[mode]
            for id, said in texts(case, found, mode, lang):
                for text in said:
                    where = (case.id, mode, id, text)
                    for part, low, high in pairs(text, lang):
                        seen += 1
                        if not fits(outcome, id, part, low, high):
                            wrong.append(where)
                    if NAKED[lang].search(text):
                        wrong.append(where)
    assert seen > 100
    assert not wrong, f"{len(wrong)}: " + "\n".join(map(str, dict.fromkeys(wrong)))[:5000]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_every_sum_of_a_ratio_comes_out(lang):
    """A part times a ratio of two decimals is the amount, to half a hundredth of a per cent."""
    wrong, seen = [], 0
    for case in cases():
        found, modes = found_in(case)
        for mode in modes:
            for id, said in texts(case, found, mode, lang):
                for match in (m for text in said for m in SUMS[lang].finditer(text)):
                    part, low, high, amount = match.groups()
                    if high is None:
                        seen += 1
                        off = abs(yuan(part) * float(low) / 100 - yuan(amount))
                        if off > yuan(part) * 0.00005 + 60:
                            wrong.append((case.id, mode, id, match[0]))
    assert seen > 100
    assert not wrong, wrong[:12]


@pytest.mark.parametrize("lang", LANGS)
def test_lesson_05_tells_the_share_of_the_part(lang):
    """Headline, sentence and drawer: what is owed is the ratio of the part, in whole yuan."""
    seen = 0
    for case in cases():
        for id in of_parts(decided(case).now):
            if case.party(id).role != "helper":
                continue
            at = solved("riskbenefit", case, party=id)
            part = at.outcome.answers_for(id)
            if at.party != id or part is None:
                continue
            seen += 1
            say = Say("riskbenefit", lang, names("riskbenefit", lang))
            scene = lesson_of("riskbenefit").scenes[0]
            ends = [float(end(at.share)) for end in (low_end, high_end)]
            whole = [float(end(at.outcome.parties[id].share)) for end in (low_end, high_end)]
            assert ends[0] * part == pytest.approx(whole[0] * case.loss_fen)
            big = model.large(at, scene, "share", say).text
            assert big.startswith((f"{ends[0] * 100:.0f}%", f"{ends[0]:.2%}"))
            text = model.sentence(at, scene, say) + "".join(model_steps(at, "share", say)[1])
            shown = f"{part // 100:,}" if lang == "en" else str(part // 100)
            assert shown in text
            lost = f"{case.loss_fen // 100:,}" if lang == "en" else str(case.loss_fen // 100)
            assert lost not in text
    assert seen > 4


def test_shares_by_hand():
    """hypo-pieces, shares found: 10 % of Han's 10 000; as set .18 of 1.18, .18 of 1.4 (below).

    As set Han weighs .3 × .6 = .18. Of 4 000 only the fraudster (1) answers beside him:
    .18 ÷ 1.18 = 15.25 %. Of 6 000 the platform (.12) and the bank (.1) too: .18 ÷ 1.4 = 12.86 %.
    Cao weighs .48 and is in four pieces: .48 ÷ 1.48, of 51 000; ÷ (1.48 + .2), of 15 000;
    ÷ (1.48 + .12), of 8 000; ÷ (1.48 + .22), of 6 000: 16 540.54 + 4 285.71 + 2 400 + 1 694.12.
    """
    case = load_case("hypo-pieces")
    found = decided(case.at("shares")).now
    assert share_said(found, "han", "zh") == "其中10000元的10%"
    assert share_said(found, "bank", "en") == "5% of CNY 12,000 of the loss"
    base = decided(case).now
    assert share_said(base, "han", "zh") == "其中6000元的12.86%、4000元的15.25%"
    assert share_said(base, "cao", "zh") == "其中80000元里的约24920元"


def test_money_through_two_cards_is_told_of_both():
    """both-cards: 15 000 came first into Cao's account and went on to Han's."""
    case = load_case("hypo-pieces").at("both-cards")
    law = decided(case).now
    han, cao = (along_said(law, case, id, "zh") for id in ("han", "cao"))
    assert han == "有15000元先进曹某的账户，再转到韩某那里：同一笔钱，两人都负责，只赔一次。"
    assert cao == "其中15000元又转到韩某那里：同一笔钱只赔一次。"
    assert along_said(law, case, "miao", "zh") == ""
    assert han in "".join(claimed(solved("chain", case), "auto", "han", "zh")[1])


def test_lesson_06_gives_one_amount_by_the_scale_everywhere():
    """Han's 1 381.60 by the teaching scale: in whole yuan in headline, row and drawer."""
    case = load_case("hypo-pieces")
    found, say = solved("chain", case), Say("chain", "zh", names("chain", "zh"))
    big = chain_outcomes.large(found, lesson_of("chain").scenes[0], "amount", say)
    assert big.text == "1382元"
    assert "1382元" in claimed(found, "auto", "han", "zh")[0]


def test_what_she_receives_is_not_called_what_one_who_is_not_sued_owes():
    """hypo-pieces: Han alone is sued and pays; Miao, looked at, pays nothing of it."""
    case, say = load_case("hypo-pieces"), Say("case", "zh", names("case", "zh"))
    by = {id: solved("case", case, party=id) for id in ("miao", "han")}
    assert "被诉的韩某付的；苗某没有被诉，不付" in case_outcomes.asked(by["miao"], "received", say)
    assert "没有被诉" not in case_outcomes.asked(by["han"], "received", say)


def test_ends_that_round_to_one_amount_are_one_amount():
    """1 882.60 to 1 883.40 yuan is 1 883, not 1 883 to 1 883; 0 to .40 is nothing."""
    assert rounded(Interval(188_260, 188_340)) == 188_300
    assert rounded(Interval(0, 40)) == 0
    assert rounded(Interval(0, 60)) == Interval(0, 100)


def test_a_range_below_the_cap_is_not_called_the_cap():
    """hypo-pieces: no cap binds the platform (32.97 % of at most 37.5 %); by the drawer's words."""
    case = load_case("hypo-pieces")
    found = decided(case, "risk_benefit")
    for id in ("platform", "bank"):
        said = "".join(steps(Asked(case, found, "risk_benefit", "exposure", id, "zh")))
        assert "没有碰到上限" in said
        assert "上限是这类帮助的上限" not in said


def test_lesson_04_gives_ratio_and_sum_of_the_model():
    """Cao: the ratio is of his 80 000; in the piece of 51 000 the product."""
    case = load_case("hypo-pieces")
    found = decided(case, "risk_benefit")
    say = Say("liability", "zh", names("liability", "zh"))
    said = "".join(told(found, "exposure", "cao", say)[1])
    assert "51000元×约23.5398%＝12005.30元" in said
    assert "占由曹某负责的80000元" in said


def test_lesson_02_takes_the_ratio_of_the_part():
    """Shares found: 10 % of Han's 10 000 is 1 000; 1 % of it was told before."""
    for lang, said in (("zh", "10000元×10%＝1000元"), ("en", "CNY 10,000 × 10% = CNY 1,000")):
        case = load_case("hypo-pieces").at("shares")
        proof = solved("fault", case, lang, party="han")["plaintiff.formal"]
        say = Say("fault", lang, names("fault", lang))
        assert said in "".join(fault_reasons.steps(proof, "exposure", say))
