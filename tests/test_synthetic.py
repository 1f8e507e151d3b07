"""Generated chains: sizes to the transfer, never an overdraft, the same from the same chance.

Counts, cuts and statistics are worked out by hand in the docstrings; ledgers are walked by a plain
loop written here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simlib.case import load_case
from simlib.case.columns import UNDATED, Columns
from simlib.chain import trace_case, trace_funds
from simlib.cli import main
from simlib.errors import SyntheticError, UnknownName
from simlib.synthetic import ROLES, generate, published, settings, statistics
from simlib.synthetic.layer import Batches, circle, cut, freeze, in_proportion, keep, pay_services
from simlib.synthetic.model import Chain, Numbered
from simlib.synthetic.plan import plan
from simlib.synthetic.settings import chosen
from simlib.text import LANGS, topic_words, words

PLAIN = {  # two payments make a batch of four pieces, and nothing beside
    "batch.inflows": 2, "batch.pieces": 4, "honest.share": 0, "circle.share": 0,
    "service.share": 0.05, "extras.from": 1_000,
}  # fmt: skip


def rng(seed: int = 1) -> np.random.Generator:
    """Chance."""
    return np.random.default_rng(seed)


def lowest(chain: Chain) -> int:
    """The lowest balance anybody but a victim ever has, and that no amount is nothing [fen]."""
    columns, low = chain.columns, 0
    balance = dict(enumerate(chain.opening_fen.tolist()))
    for payer, payee, amount, fee in zip(
        columns.payer.tolist(), columns.payee.tolist(), columns.amount_fen.tolist(),
        columns.fee_fen.tolist(), strict=True,
    ):  # fmt: skip
        assert amount > 0 <= fee
        assert payer != payee
        balance[payer] -= amount + fee
        balance[payee] += amount
        if ROLES[chain.role[payer]] != "victim":
            low = min(low, balance[payer])
    return low


# counts and cuts, by hand


def test_the_counts_of_a_plain_chain() -> None:
    """One payment leads to 1 + 2 + 4 = 7 transfers over two layers, so that 70 have 10 payments.

    10 payments, 5 batches, 20 pieces; of those 10 batches, and the 40 transfers that are left.
    Services: a twentieth of 10 batches is half of one, rounded to the even 0.
    """
    values = chosen(PLAIN) | {"service.share": 0.0}
    planned = plan(70, 2, None, values)
    assert (planned.payments, planned.victims) == (10, 3)
    assert [(s.batches, s.pieces) for s in planned.stages] == [(5, 20), (10, 40)]
    assert sum(s.transfers for s in planned.stages) + planned.payments == 70


def test_money_is_cut_to_the_fen() -> None:
    """3000 yuan in three: 1000 each, in hundreds; 1000 in three: 333, 333 and 334, in yuan.

    A quarter of a piece is 250 yuan, more than the unit of 100; then 83, less than it.
    0.10 yuan in three: 3, 3 and 4 fen.
    """
    pieces = cut(np.array([300_000, 100_000, 10]), np.array([3, 3, 3]), 0.0, 10_000, rng())
    assert pieces.tolist() == [100_000] * 3 + [33_300, 33_300, 33_400] + [3, 3, 4]
    uneven = cut(np.array([1_000_000]), np.array([7]), 0.4, 10_000, rng())
    assert uneven.sum() == 1_000_000
    assert len(set(uneven.tolist())) > 2


def test_pieces_go_where_the_money_is() -> None:
    """12 more pieces over 10, 20 and 30: 2, 4 and 6, whatever chance says, as these are whole."""
    for seed in range(5):
        assert in_proportion(12, np.array([10, 20, 30]), rng(seed)).tolist() == [2, 4, 6]
    assert in_proportion(7, np.array([1, 1, 1]), rng()).sum() == 7


def four_batches() -> Batches:
    """Four of 1000 yuan on three cards, the first card twice."""
    return Batches(np.array([0, 1, 0, 2]), np.full(4, 100_000), np.arange(4))


def test_holders_keep_and_services_are_paid_their_part_of_the_flow() -> None:
    """0.85 % of 1000 is 8.50, kept as 8 yuan. 5 % of 4000 from two batches: 100 each."""
    assert keep(four_batches(), 0.0085).tolist() == [800] * 4
    values, everybody = chosen(None), _services()
    paid, stream = pay_services(four_batches(), 2, 0.05, everybody, values, rng())
    assert sorted(paid.tolist()) == [0, 0, 10_000, 10_000]
    assert stream.amount.tolist() == [10_000, 10_000]
    paid, _ = pay_services(four_batches(), 1, 0.1, everybody, values, rng())
    assert paid.sum() == 30_000  # 40 % would be needed of one batch: it pays 30 % at the most


def _services() -> object:
    from simlib.synthetic.layer import Group

    return Group(ROLES.index("tech"), 0, 10, 2)


def test_only_the_last_batch_of_a_card_stays() -> None:
    """Of four batches of 1000 the first is not its card's last.

    Target 1500: one stays whole and half of another; 1600: one, half of the two others, of which
    the last only 100. Target 9000: two whole, the last half. One batch alone: half of it at most.
    """
    free = four_batches().amount
    for seed in range(5):
        kept = freeze(four_batches(), free, 150_000, rng(seed))
        assert sorted(kept.tolist()) == [0, 0, 50_000, 100_000]
        assert kept[0] == 0
        kept = freeze(four_batches(), free, 160_000, rng(seed))
        assert sorted(kept.tolist()) == [0, 10_000, 50_000, 100_000]
        kept = freeze(four_batches(), free, 900_000, rng(seed))
        assert sorted(kept.tolist()) == [0, 50_000, 100_000, 100_000]
    one = Batches(np.array([0]), np.array([100_000]), np.array([0]))
    assert freeze(one, one.amount, 30_000, rng()).tolist() == [30_000]
    assert freeze(one, one.amount, 90_000, rng()).tolist() == [50_000]


def test_a_circle_goes_and_comes_back() -> None:
    """Of each of four batches 30 % of 1000 yuan goes out after the batch is there, and back later.

    What goes on waits for it.
    """
    batches = four_batches()
    ready, (out, back) = circle(batches, batches.amount, 4, _services(), chosen(None), rng())
    assert out.amount.tolist() == back.amount.tolist() == [30_000] * 4
    assert (out.payer == back.payee).all()
    assert (out.payee == back.payer).all()
    assert (out.at > 0).all()
    assert (back.at > out.at).all()
    assert sorted(ready.tolist()) == sorted(back.at.tolist())


# whole chains


@pytest.mark.parametrize("layers", [1, 2, 3, 4])
@pytest.mark.parametrize("size", [10, 11, 19, 20, 25, 47, 100, 333, 2_000])
def test_no_account_ever_pays_what_it_does_not_hold(size: int, layers: int) -> None:
    """Exact sizes, as many victims as asked for, whole seconds in order, and no overdraft."""
    for victims in (None, 1, 3, size - layers):
        chain = generate(size, rng=rng(size + layers), layers=layers, victims=victims)
        assert len(chain) == len(chain.columns.ids) == size
        assert victims is None or len(chain.victims) == victims
        assert lowest(chain) == 0
        assert (np.diff(chain.columns.at_us) >= 0).all()
        assert not (chain.columns.at_us % 1_000_000).any()
        assert sorted(set(chain.layer.tolist()) - {0}) == list(range(1, layers + 1))


def test_settings_at_their_ends_make_no_overdraft() -> None:
    """Every setting at the low and the high end of its range, the others as usual."""
    for key, setting in settings().items():
        for value in {setting.low, setting.high}:
            for size in (10, 200):
                chain = generate(size, rng=rng(), settings={key: value})
                assert (len(chain), lowest(chain)) == (size, 0), (key, value)


def test_money_is_neither_made_nor_lost() -> None:
    """Lost + honest in − honest out = cash + crypto + services + frozen + left on cards + fees."""
    chain = generate(3_000, rng=rng(4))
    columns, role = chain.columns, chain.role
    shop = ROLES.index("shop")
    into = columns.amount_fen[role[columns.payer] == shop].sum()
    back = columns.amount_fen[role[columns.payee] == shop].sum()
    found = {s.key: s.value for s in statistics(chain) if not s.layer}
    ends = sum(value for key, value in found.items() if key.startswith("end."))
    assert ends * found["loss.total"] * 100 == pytest.approx(
        found["loss.total"] * 100 + into - back, abs=1e-3
    )


def test_holders_keep_their_gain_and_what_is_to_be_frozen_stays() -> None:
    """With no honest money each card holds at the end its gain, and the frozen ones the rest.

    A tenth of what was lost, a third of it at each of three layers, each rounded down to a yuan.
    """
    chain = generate(4_000, rng=rng(5), settings={"honest.share": 0, "frozen.share": 0.1})
    columns, count = chain.columns, len(chain.columns.names)
    held = np.bincount(columns.payee, columns.amount_fen, count)
    held -= np.bincount(columns.payer, columns.amount_fen + columns.fee_fen, count)
    card, frozen = chain.role == ROLES.index("card"), chain.frozen_at_us != UNDATED
    assert (held[card & ~frozen] == chain.gain_fen[card & ~frozen]).all()
    stays = (held - chain.gain_fen)[frozen].sum()
    lost = columns.amount_fen[chain.role[columns.payer] == 0].sum()
    assert 0 <= 0.1 * lost - stays < 300


def test_free_service_is_not_paid() -> None:
    """Where a service costs nothing there is no payment for it, and nobody to get one."""
    chain = generate(300, rng=rng(), settings={"gain.tech": 0})
    assert chain.named(ROLES.index("tech")) == ()
    assert chain.named(ROLES.index("promotion"))


def test_a_chain_is_a_ledger_the_tracer_accepts() -> None:
    """Followed with overdrafts refused; all of the claimant's money is found again."""
    chain = generate(2_000, rng=rng(2))
    origins = {"claimant": chain.victims[:1], "others": chain.victims[1:]}
    opening = chain.opening
    tracing = trace_funds(chain.columns, origins, "fifo", opening=opening, overdraft="refuse")
    for origin in origins:
        assert sum(tracing.ends(origin).values()) == tracing.paid(origin) > 0


def test_every_kind_of_transfer_is_there_and_some_share_a_second() -> None:
    """Splitting, mixing, services, circles, cash, crypto, fees, frozen remainders."""
    chain = generate(5_000, rng=rng(3))
    columns, role, layer = chain.columns, chain.role, chain.layer
    assert {ROLES[r] for r in role} == set(ROLES)
    depth = layer[columns.payee].astype(int) - layer[columns.payer]
    cards = (role[columns.payer] == 1) & (role[columns.payee] == 1)
    assert (depth[cards] == -1).any()
    assert (columns.fee_fen > 0).any()
    assert (np.diff(columns.at_us) == 0).any()
    frozen = chain.frozen_at_us != UNDATED
    assert frozen.any()
    assert (chain.frozen_fen[frozen] > 0).all()
    assert not chain.frozen_fen[~frozen].any()


def test_nothing_leaves_a_frozen_card_afterwards() -> None:
    """Each was frozen half an hour after its last transfer."""
    chain = generate(1_000, rng=rng(3))
    columns = chain.columns
    for place in np.flatnonzero(chain.frozen_at_us != UNDATED):
        mine = (columns.payer == place) | (columns.payee == place)
        late = int(chain.frozen_at_us[place]) - int(columns.at_us[mine].max())
        assert late == 30 * 60 * 1_000_000


def test_same_seed_gives_the_same_chain(tmp_path: Path) -> None:
    """Columns and bytes of files; another state gives another."""
    first, again, other = (generate(400, rng=rng(seed)) for seed in (5, 5, 6))
    for name in ("payer", "payee", "amount_fen", "fee_fen", "at_us"):
        assert (getattr(first.columns, name) == getattr(again.columns, name)).all()
    assert not (first.columns.amount_fen == other.columns.amount_fen).all()
    written = [one.write(tmp_path / str(n) / "chain") for n, one in enumerate((first, again))]
    for file in ("case.toml", "flows.csv"):
        assert len({(folder / file).read_bytes() for folder in written}) == 1


def test_names_are_counted_and_like_no_real_number(tmp_path: Path) -> None:
    """Letter, number, card: no run of digits as long as a card's or a person's number."""
    chain = generate(3_000, rng=rng(7), layers=4)
    names = chain.columns.names
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"(v|s|tech|promo|cash|w)\d{1,7}|c\d-\d{1,7}", name) for name in names)
    appearing = np.stack([chain.columns.payer, chain.columns.payee], 1).ravel()
    order = list(dict.fromkeys(appearing.tolist()))
    assert order == list(range(len(names)))
    folder = chain.write(tmp_path / "chain")
    for file in ("case.toml", "flows.csv"):
        assert not re.search(r"\d{12}", (folder / file).read_text(encoding="utf-8"))


def test_numbers_of_transfers_are_made_when_asked_for() -> None:
    """t1 to t5, slices and the last."""
    ids = Numbered("t", 5)
    assert (list(ids), ids[1:3], ids[-1]) == (["t1", "t2", "t3", "t4", "t5"], ["t2", "t3"], "t5")
    assert (ids[3:], ids[-2:], ids[9:]) == (["t4", "t5"], ["t4", "t5"], [])
    with pytest.raises(IndexError):
        ids[5]


# statistics, by hand


def small_chain() -> Chain:
    """v1 pays 1000 to c1-1 at 0:00, which pays 600 to c2-1 at 0:10 with a fee of 10.

    A shop pays 200 into c2-1 at 0:20, which sends 50 round through c1-1 at 0:21, back at 0:22,
    and pays 30 to tech1 at 0:24 and 500 in cash at 0:40.
    c1-1 keeps 20 as gain; c2-1 is frozen with 270: 600 + 200 − 30 − 500.
    """
    yuan, minute = 100, 60_000_000
    names = ("v1", "c1-1", "c2-1", "s1", "tech1", "cash1")
    columns = Columns(
        names, Numbered("t", 7), np.array([0, 1, 3, 2, 1, 2, 2]), np.array([1, 2, 2, 1, 2, 4, 5]),
        np.array([1000, 600, 200, 50, 50, 30, 500]) * yuan,
        np.array([0, 10, 0, 0, 0, 0, 0]) * yuan, np.array([0, 10, 20, 21, 22, 24, 40]) * minute,
    )  # fmt: skip
    role = np.array([ROLES.index(r) for r in ("victim", "card", "card", "shop", "tech", "cash")])
    return Chain(
        columns, 2, role, np.array([0, 1, 2, 0, 0, 0]), np.array([0, 0, 0, 20_000, 0, 0]),
        np.array([0, 0, 27_000, 0, 0, 0]),
        np.array([UNDATED, UNDATED, 70 * minute, UNDATED, UNDATED, UNDATED]),
        np.array([0, 2_000, 0, 0, 3_000, 0]), chosen(None),
    )  # fmt: skip


def test_statistics_of_seven_transfers() -> None:
    """By hand: 1000 lost; 1600 passed the cards, of which 20 kept: 1.25 %; 500 cashed; 270 frozen.

    390 is left on c1-1. Layer 1: 1000 of the 1050 that came in are the victim's; money stayed ten
    minutes and one, 5.5 in the middle. Layer 2: 850 came in, 200 of it honest; three payments out
    for three in; from 0:20 to 0:21 one minute, from 0:22 to 0:24 two.
    """
    found = {(s.key, s.layer): s.value for s in statistics(small_chain())}
    expected = {
        ("transfers", 0): 7, ("victims", 0): 1, ("loss.total", 0): 1000, ("loss.mean", 0): 1000,
        ("payment.mean", 0): 1000, ("days", 0): 40 / 1440, ("gain.payment", 0): 0.0125,
        ("gain.tech", 0): 0.03, ("gain.promotion", 0): 0, ("end.cash", 0): 0.5,
        ("end.crypto", 0): 0, ("end.services", 0): 0.03, ("end.frozen", 0): 0.27,
        ("end.cards", 0): 0.39, ("end.fees", 0): 0.01, ("cards", 1): 1, ("split", 1): 1,
        ("flow.victims", 1): 1000 / 1050, ("flow.honest", 1): 0, ("hop", 1): 5.5, ("cards", 2): 1,
        ("split", 2): 1, ("flow.honest", 2): 200 / 850, ("hop", 2): 1.5,
    }  # fmt: skip
    assert found == expected


def test_what_was_published_stands_beside_it() -> None:
    """1.25 % lies outside 0.3–0.8 %, 3 % inside 0.4–11 %; of cash no figure is known to us."""
    found = {s.key: s for s in statistics(small_chain())}
    payment, tech, cash = (found[k] for k in ("gain.payment", "gain.tech", "end.cash"))
    assert (payment.low, payment.high, payment.inside) == (0.003, 0.008, False)
    assert (tech.low, tech.high, tech.inside) == (0.004, 0.11, True)
    assert (cash.low, cash.sources, cash.inside) == (None, (), None)
    assert found["end.frozen"].high == 0.1221
    assert "jishui-workshop" in payment.sources


def test_a_long_chain_lies_where_it_is_meant_to() -> None:
    """At 200 000 transfers gains, losses and what is frozen lie within what was published."""
    found = {s.key: s.inside for s in statistics(generate(200_000, rng=rng(1)))}
    known = {key: inside for key, inside in found.items() if inside is not None}
    assert known.pop("flow.victims") is False  # as its note says
    assert known == dict.fromkeys(known, True)


# as a case


def test_a_chain_becomes_a_case() -> None:
    """Hypothetical by basis and title; the claimant's own transfers are the loss; all accounted."""
    chain = generate(300, rng=rng(8), victims=4)
    case = chain.to_case()
    assert case.basis == "hypothetical"
    assert case.title.zh.startswith("假设")
    assert case.title.en.startswith("Hypothetical")
    assert len(case.transfers) == 300
    assert case.claimant == "v1"
    paid = sum(t.amount_fen for t in case.transfers if t.payer == "v1")
    assert paid == case.loss_fen
    gains = {p.id: p.gain_direct_fen for p in case.parties}
    assert gains["tech1"] == sum(t.amount_fen for t in case.transfers if t.payee == "tech1")
    assert trace_case(case, "timestamp").unlisted == {}
    leaving = {a.id[0]: a.leaves for a in case.accounts if a.holder == "principal"}
    assert leaving == {"c": "cash", "w": "wallet"}
    assert sum(a.frozen_fen or 0 for a in case.accounts) == chain.frozen_fen.sum()


def test_parties_beyond_the_limit_are_merged() -> None:
    """At four layers no more than 64 people; every loss and every account is still there."""
    chain = generate(6_000, rng=rng(9), layers=4)
    case = chain.to_case("many")
    assert len(case.parties) <= 64
    lost = case.loss_fen + sum(p.loss_fen for p in case.parties if p.loss_fen)
    victims = np.flatnonzero(chain.role == 0)
    paid = chain.columns.amount_fen[np.isin(chain.columns.payer, victims)].sum()
    assert lost == paid
    cards = {a.id for a in case.accounts if a.id.startswith("c")} - {"cash1"}
    assert cards == set(chain.named(ROLES.index("card")))
    assert "合并" in case.party("k1-rest").name.zh
    assert "合并" in case.summary.zh


def test_the_file_says_what_it_was_made_of(tmp_path: Path) -> None:
    """Label in both languages, the command, and each setting that is not the usual one."""
    chain = generate(50, rng=rng(), settings={"exit.crypto": 0.8})
    text = (chain.write(tmp_path / "x", "made so") / "case.toml").read_text(encoding="utf-8")
    head = text.splitlines()[:4]
    assert head[0].startswith("# 假设")
    assert head[1].startswith("# Hypothetical")
    assert head[2:] == ["# made so", "# exit.crypto = 0.8"]
    assert load_case(tmp_path / "x").id == "x"


# what is refused


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"size": 9}, "size-out-of-range"),
        ({"size": 10_000_001}, "size-out-of-range"),
        ({"size": 100.0}, "size-out-of-range"),
        ({"size": 100, "layers": 0}, "layers-out-of-range"),
        ({"size": 100, "layers": 5}, "layers-out-of-range"),
        ({"size": 100, "layers": True}, "layers-out-of-range"),
        ({"size": 100, "victims": 0}, "victims-out-of-range"),
        ({"size": 100, "victims": 98}, "victims-out-of-range"),
        ({"size": 100, "settings": {"exit.crypto": 1.5}}, "setting-out-of-range"),
        ({"size": 100, "settings": {"exit.crypto": float("nan")}}, "setting-out-of-range"),
    ],
)
def test_impossible_settings_are_refused(asked: dict, code: str) -> None:
    """Each with its own code, whose words name the value."""
    with pytest.raises(SyntheticError) as error:
        generate(**asked, rng=rng())
    assert error.value.code == code
    assert str(error.value.values["value"]) in str(error.value)


def test_unknown_setting_is_refused() -> None:
    """With the nearest one there is."""
    with pytest.raises(UnknownName) as error:
        generate(100, rng=rng(), settings={"exit.cypto": 0.5})
    assert error.value.values["near"] == "exit.crypto"


def test_non_empty_folder_is_not_overwritten(tmp_path: Path) -> None:
    """Nor a file in the way, nor a chain too long for a case, is written over."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    chain = generate(10, rng=rng())
    for place in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(SyntheticError) as error:
            chain.write(place)
        assert error.value.code == "folder-not-empty"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(SyntheticError) as error:
        chain.write(tmp_path / "mine.txt" / "below")
    assert error.value.code == "cannot-write"
    with pytest.raises(SyntheticError) as error:
        generate(1_000_001, rng=rng()).write(tmp_path / "new")
    assert error.value.code == "chain-too-long"
    assert not (tmp_path / "new").exists()


# data and words


def test_every_setting_says_what_it_rests_on() -> None:
    """In its range, with basis, source and day; name and reason in both languages."""
    for key, setting in settings().items():
        assert setting.low <= setting.value <= setting.high
        assert setting.basis in ("published figure", "teaching assumption")
        assert setting.checked >= setting.since
        for lang in LANGS:
            said = [words("synthetic", f"settings.{key}.{part}", lang) for part in ("name", "why")]
            said.append(words("synthetic", f"sources.{setting.source}", lang))
            said.append(words("synthetic", f"bases.{setting.basis}", lang))
            said.append(words("synthetic", f"units.{setting.unit}", lang))
            assert all(said)
    stated = {s.key for s in settings().values() if s.basis == "published figure"}
    assert stated == {"gain.payment"}  # 6 950 of 868 297, 0.8 %
    assert settings()["gain.payment"].value == round(6_950 / 868_297, 4)


def test_published_figures_are_those_of_their_sources() -> None:
    """Reckoned again: 3.897 bn / 65 000; 71.1033 m / 1080; 2 300 / 700 000; 217 300 / 5.71 m."""
    loss, flow = published()["loss.mean"], published()["flow.victims"]
    assert (loss.low, loss.high) == (round(3_897e6 / 65_000), round(71_103_300 / 1_080))
    assert (flow.low, flow.high) == (round(2_300 / 700_000, 4), round(217_300 / 5.71e6, 4))
    for row in published().values():
        for lang in LANGS:
            assert words("synthetic", f"statistics.{row.key}", lang)
            assert all(words("synthetic", f"sources.{name}", lang) for name in row.sources)


def test_every_statistic_has_a_name() -> None:
    """In both languages; and every note is of a statistic that was compared."""
    keys = {s.key for s in statistics(small_chain())}
    for lang in LANGS:
        assert all(words("synthetic", f"statistics.{key}", lang) for key in keys)
        notes = topic_words("synthetic", lang)["notes"]
        noted = {f"{stem}.{key}" for stem, part in notes.items() for key in part}
        assert noted <= published().keys()


def test_importing_the_room_is_light() -> None:
    """numpy is for who generates."""
    code = "import sys, simlib.synthetic; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# the command line


def test_generate_prints_the_label_and_writes_a_case(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    """Once; a second time into the same folder is refused and changes nothing."""
    line = ["generate", "--size", "40", "--seed", "3", "--victims", "3", "--out"]
    assert main([*line, str(tmp_path / "x")]) == 0
    out, err = capsys.readouterr()
    assert (out.startswith("假设"), err) == (True, "")
    for said in ("没有已知的公开数字", "在公开范围", "湖州", "已写入"):
        assert said in out
    text = (tmp_path / "x" / "case.toml").read_text(encoding="utf-8")
    assert "# simlib generate --size 40 --seed 3 --layers 3 --victims 3" in text
    assert main(["check", str(tmp_path / "x")]) == 0
    capsys.readouterr()
    assert main([*line, str(tmp_path / "x"), "--lang", "en"]) == 1
    assert "is not an empty folder" in capsys.readouterr().err
    assert (tmp_path / "x" / "case.toml").read_text(encoding="utf-8") == text


def test_generate_gives_plain_data(capsys: pytest.CaptureFixture) -> None:
    """The statistics with their sources, the number and the settings; valid JSON without NaN."""
    line = "generate --size 500 --seed 2 --setting exit.crypto=0.8"
    assert main([*line.split(), "--json"]) == 0
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert (found["schema"], found["basis"]) == ("simlib.synthetic/1", "hypothetical")
    assert (found["size"], found["seed"], found["settings"]["exit.crypto"]) == (500, 2, 0.8)
    chain = generate(500, rng=rng(2), settings={"exit.crypto": 0.8})
    assert found["statistics"] == [s.to_json() for s in statistics(chain)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--size 5", "cannot be generated"),
        ("--size 50 --seed -1", "cannot be used"),
        ("--size 50 --setting exit.crypto=much", "exit.crypto=much"),
        ("--size 50 --setting exit.cypto=0.5", "perhaps exit.crypto was meant"),
        ("--size 2000000 --out nowhere", "do not fit into a case"),
    ],
)
def test_generate_refuses_in_words(line: str, said: str, capsys: pytest.CaptureFixture) -> None:
    """What is wrong and what to do, on standard error, with code 1."""
    assert main(["generate", *line.split(), "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert (out, said in err) == ("", True)
