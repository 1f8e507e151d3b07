"""`simlib deposit` and `simlib verify`: what a receipt holds, what it tells apart, bad files."""

from __future__ import annotations

import hashlib
import json
import os
import tracemalloc

import pytest

from simlib.cli import main
from simlib.errors import DepositError
from simlib.evidence import deposit, merkle_root, read_file, read_receipt, verify
from simlib.text import LANGS

AT = "2022-10-05T10:00:00+08:00"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command line in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run


@pytest.fixture
def deposited(run, tmp_path):
    """Two files and the receipt for them, in that folder."""
    (tmp_path / "chat.txt").write_text("聊天记录", encoding="utf-8")
    (tmp_path / "bank.csv").write_bytes(b"1,2\n")
    assert run("deposit", "chat.txt", "bank.csv", "--out", "r.json", "--at", AT)[0] == 0
    return tmp_path


def states(run, *files):
    """States of the files given, the missing ones, and the exit code."""
    code, out, _ = run("verify", "r.json", *files, "--json")
    found = json.loads(out)
    assert found["matches"] == (code == 0)
    return {one["name"]: one["state"] for one in found["files"]}, found["missing"], code


def test_receipt_holds_digests_a_root_and_proofs(deposited):
    """By `hashlib`: each digest that of the contents, the root that of a tree of two digests."""
    data = json.loads((deposited / "r.json").read_text(encoding="utf-8"))
    one, two = (hashlib.sha256(b).digest() for b in ("聊天记录".encode(), b"1,2\n"))
    leaves = [hashlib.sha256(b"\0" + d).digest() for d in (one, two)]
    root = hashlib.sha256(b"\1" + leaves[0] + leaves[1])
    assert data["schema"] == "simlib.deposit/1"
    assert data["root"] == root.hexdigest() == merkle_root([one, two]).hex()
    assert data["files"] == [
        {"name": "chat.txt", "size": 12, "digest": one.hex(), "proof": [leaves[1].hex()]},
        {"name": "bank.csv", "size": 4, "digest": two.hex(), "proof": [leaves[0].hex()]},
    ]
    assert verify(two, 1, 2, [leaves[0]], root.digest())
    assert "聊天记录" not in (deposited / "r.json").read_text(encoding="utf-8")


def test_a_stated_time_is_no_trusted_time_stamp(deposited, run):
    """The receipt says whose time it has, and in both languages that it proves nothing."""
    data = json.loads((deposited / "r.json").read_text(encoding="utf-8"))
    assert (data["at"], data["time_from"], data["trusted_time_stamp"]) == (AT, "stated", False)
    assert any("不是可信时间戳" in line for line in data["notice"]["zh"])
    assert any("no trusted time stamp" in line for line in data["notice"]["en"])
    assert any("第16条" in line and "不适用" in line for line in data["notice"]["zh"])
    code, out, _ = run("deposit", "chat.txt", "--out", "now.json", "--json")
    assert (code, json.loads(out)["time_from"]) == (0, "computer")


def test_all_match(deposited, run):
    """In any order and from any folder; with what equal digests do not show."""
    assert states(run, "bank.csv", "chat.txt") == (
        {"bank.csv": "same", "chat.txt": "same"}, [], 0
    )  # fmt: skip
    (deposited / "later").mkdir()
    for name in ("chat.txt", "bank.csv"):
        (deposited / name).rename(deposited / "later" / name)
    assert states(run, "later/bank.csv", "later/chat.txt")[2] == 0
    said = run("verify", "r.json", "later/bank.csv", "later/chat.txt")[1]
    assert "全部一致" in said
    assert "交存以前" in said
    assert (
        "All match"
        in run("verify", "r.json", "later/bank.csv", "later/chat.txt", "--lang", "en")[1]
    )


def test_one_character_changed(deposited, run):
    """The digest and the root are others, and only that file is named."""
    before = read_receipt("r.json")
    (deposited / "chat.txt").write_text("聊天记录。", encoding="utf-8")
    assert states(run, "chat.txt", "bank.csv") == (
        {"chat.txt": "changed", "bank.csv": "same"}, [], 1
    )  # fmt: skip
    again = deposit([read_file("chat.txt"), read_file("bank.csv")], before.at)
    assert again.root != before.root
    assert "不一致　chat.txt" in run("verify", "r.json", "chat.txt", "bank.csv")[1]


def test_missing_extra_renamed_copied_unreadable(deposited, run):
    """Each is told apart from the others; all but one that is not given make the exit code 1."""
    assert states(run, "chat.txt") == ({"chat.txt": "same"}, ["bank.csv"], 0)
    (deposited / "new.txt").write_bytes(b"new")
    assert states(run, "chat.txt", "bank.csv", "new.txt")[0]["new.txt"] == "extra"
    (deposited / "copy.txt").write_bytes((deposited / "chat.txt").read_bytes())
    assert states(run, "copy.txt", "chat.txt", "bank.csv")[0]["copy.txt"] == "copy"
    assert states(run, "copy.txt", "bank.csv") == (
        {"copy.txt": "renamed", "bank.csv": "same"}, [], 1
    )  # fmt: skip
    assert states(run, "nix.txt", "chat.txt", "bank.csv")[0]["nix.txt"] == "unreadable"
    (deposited / "chat.txt").unlink()
    assert states(run, "chat.txt", "bank.csv") == (
        {"chat.txt": "unreadable", "bank.csv": "same"}, [], 1
    )  # fmt: skip


def test_one_file_of_several_verifies_alone(deposited, run):
    """By its own inclusion proof; and by no proof that is another's."""
    said = run("verify", "r.json", "chat.txt")[1]
    assert "凭自己的包含证明核对" in said
    assert "另处保存的树根比较" in said
    found = json.loads(run("verify", "r.json", "chat.txt", "--json")[1])
    assert (found["matches"], found["complete"], found["root_matches"]) == (True, False, None)
    receipt = json.loads((deposited / "r.json").read_text("utf-8"))
    files = receipt["files"]
    files[0]["proof"], files[1]["proof"] = files[1]["proof"], files[0]["proof"]
    (deposited / "r.json").write_text(json.dumps(receipt), encoding="utf-8")
    assert run("verify", "r.json", "chat.txt")[0] == 1


def test_a_root_left_elsewhere_tells_another_receipt(deposited, run):
    """Whoever alters a file writes a receipt anew that fits it; its root is another."""
    root = read_receipt("r.json").root.hex()
    assert run("verify", "r.json", "chat.txt", "--root", root.upper())[0] == 0
    (deposited / "chat.txt").write_text("聊天记录。", encoding="utf-8")
    assert run("deposit", "chat.txt", "bank.csv", "--out", "anew.json", "--at", AT)[0] == 0
    assert run("verify", "anew.json", "chat.txt")[0] == 0
    code, out, _ = run("verify", "anew.json", "chat.txt", "--root", root)
    assert code == 1
    assert "不是当时的那一份" in out
    assert json.loads(run("verify", "anew.json", "chat.txt", "--root", root, "--json")[1])[
        "matches"
    ] is False  # fmt: skip


def test_names_exchanged_are_both_renamed(deposited, run):
    """Contents come first: each stands under the name of the other."""
    chat, bank = deposited / "chat.txt", deposited / "bank.csv"
    one, two = chat.read_bytes(), bank.read_bytes()
    chat.write_bytes(two)
    bank.write_bytes(one)
    assert states(run, chat, bank)[0] == {"chat.txt": "renamed", "bank.csv": "renamed"}


def test_same_names_in_two_folders_and_same_contents(run, tmp_path):
    """Two files of one name, or of one content, are both deposited and both found."""
    for folder, text in (("a", "1"), ("b", "2"), ("c", "1")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(text)
    files = ("a/x.txt", "b/x.txt", "c/x.txt")
    assert run("deposit", *files, "--out", "r.json")[0] == 0
    assert run("verify", "r.json", *files)[0] == 0
    assert states(run, "a/x.txt", "b/x.txt")[1:] == (["x.txt"], 0)


def test_an_empty_file_is_deposited_with_a_warning(run, tmp_path):
    """Its digest is that of every empty file."""
    (tmp_path / "e.txt").touch()
    code, out, _ = run("deposit", "e.txt", "--out", "r.json")
    assert code == 0
    assert "空文件" in out
    assert hashlib.sha256().hexdigest() in out


@pytest.mark.parametrize("lang", LANGS)
def test_bad_files_are_all_named_and_nothing_is_written(run, tmp_path, lang):
    """A missing file, a folder, a pipe, a ring of links, one without permission: one line each."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "ring").symlink_to("ring")
    (tmp_path / "good").write_text("x")
    bad = ("missing", "folder", "pipe", "ring", "/dev/zero", "good/x", "x" * 5_000, "\udcff")
    code, out, err = run("deposit", "good", *bad, "--out", "r.json", "--lang", lang)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == len(bad)
    assert not (tmp_path / "r.json").exists()


def test_a_file_given_twice_is_a_slip(deposited, run):
    """By whatever path; also when verifying."""
    for words in (("deposit", "chat.txt", "./chat.txt", "--out", "n.json"),
                  ("verify", "r.json", "chat.txt", "chat.txt")):  # fmt: skip
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert "两次" in err


def test_a_receipt_is_never_overwritten(deposited, run):
    """Nor is a file that is deposited; a place that cannot be written to is named."""
    before = (deposited / "r.json").read_bytes()
    for out in ("r.json", "chat.txt", "."):
        assert run("deposit", "chat.txt", "--out", out)[0] == 1
    assert (deposited / "r.json").read_bytes() == before
    code, _, err = run("deposit", "chat.txt", "--out", "no/such/r.json")
    assert code == 1
    assert "无法写入" in err
    assert run("deposit", "chat.txt", "--out", "x" * 5_000)[0] == 1


def test_what_is_wrong_with_the_command_is_said_before_any_file_is_read(deposited, run):
    """One message: the files, which may be large, are not looked at."""
    for words in (("--out", "r.json"), ("--out", "n.json", "--at", "2022-10-05T10:00:00")):
        code, _, err = run("deposit", "missing", *words)
        assert (code, len(err.splitlines())) == (1, 1)
        assert "missing" not in err


def test_a_receipt_written_meanwhile_is_kept(deposited, run, monkeypatch):
    """By another process, after the first look."""
    monkeypatch.setattr(os.path, "lexists", lambda path: False)
    before = (deposited / "r.json").read_bytes()
    assert run("deposit", "chat.txt", "--out", "r.json")[0] == 1
    assert (deposited / "r.json").read_bytes() == before


@pytest.mark.parametrize("at", ["", "2022-10-05", "2022-10-05T10:00:00", "gestern", "9" * 5_000])
def test_an_instant_needs_its_zone(deposited, run, at):
    """Nothing is written for one without."""
    code, _, err = run("deposit", "chat.txt", "--out", "n.json", "--at", at)
    assert code == 1
    assert "时区" in err
    assert not (deposited / "n.json").exists()


def test_notes_and_names_of_any_kind(run, tmp_path):
    """Bytes that are no text, hidden letters and accents written by a Mac are kept and shown."""
    name = os.fsdecode(b"\xff\xe2\x80\xae.txt")
    (tmp_path / name).write_text("x")
    (tmp_path / "re\u0301sume\u0301").write_text("y")
    code, out, _ = run(
        "deposit", name, "re\u0301sume\u0301", "--out", "r.json", "--note", "a\u202e\udcff"
    )
    assert code == 0
    assert "\u202e" not in out
    assert [file.name for file in read_receipt("r.json").files] == ["\\xff\u202e.txt", "résumé"]
    assert run("verify", "r.json", name, "re\u0301sume\u0301")[0] == 0
    assert run("deposit", name, "--out", "n.json", "--note", "x" * 301)[0] == 1


def damage(path, change):
    """Change the data of a receipt."""
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


CHANGES = {
    "digest": lambda d: d["files"][0].update(digest="0" * 64),
    "proof": lambda d: d["files"][1].update(proof=["0" * 64]),
    "short proof": lambda d: d["files"][1].update(proof=[]),
    "root": lambda d: d.update(root="0" * 64),
    "order": lambda d: d["files"].reverse(),
    "row dropped": lambda d: d["files"].pop(),
    "no rows": lambda d: d.update(files=[]),
    "rows of text": lambda d: d.update(files=["x"]),
    "upper case": lambda d: d.update(root=d["root"].upper().replace("0", "A")),
    "no hexadecimal": lambda d: d.update(root="g" * 64),
    "size a flag": lambda d: d["files"][0].update(size=True),
    "size below 0": lambda d: d["files"][0].update(size=-1),
    "another size": lambda d: d["files"][0].update(size=13),
    "no name": lambda d: d["files"][0].pop("name"),
    "no zone": lambda d: d.update(at="2022-10-05T10:00:00"),
    "no instant": lambda d: d.update(at="then"),
    "who says": lambda d: d.update(time_from="notary"),
    "algorithm": lambda d: d.update(algorithm="md5"),
    "note a list": lambda d: d.update(note=[]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_receipt_that_was_altered_is_refused(deposited, run, change):
    """One part no longer follows from the others, or is no such part."""
    damage(deposited / "r.json", change)
    code, out, err = run("verify", "r.json", "chat.txt", "bank.csv")
    assert (code, out) == (1, "")
    assert "收据" in err


OTHERS = {
    "not-json": (b"PK\x03\x04", "receipt-not-json"),
    "empty": (b"", "receipt-not-json"),
    "no text": (b"\xff\xfe\x00", "receipt-not-json"),
    "brackets": (b"[" * 100_000, "receipt-not-json"),
    "digits": (b"9" * 5_000, "receipt-not-json"),
    "a list": (b"[1]", "receipt-other"),
    "a number": (b"1", "receipt-other"),
    "no schema": (b'{"files": []}', "receipt-other"),
    "another schema": (b'{"schema": "simlib.outcome/1"}', "receipt-schema"),
    "a later schema": (b'{"schema": "simlib.deposit/2"}', "receipt-schema"),
    "a schema of another kind": (b'{"schema": ' + b"[" * 900 + b"]" * 900 + b"}", "receipt-other"),
    "nothing else": (b'{"schema": "simlib.deposit/1"}', "receipt-damaged"),
    "too large": (b" " * 16_000_001, "deposit-too-big"),
}


@pytest.mark.parametrize(("data", "code"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_receipt(deposited, run, data, code):
    """Each kind is named; a message in both languages and no traceback."""
    (deposited / "r.json").write_bytes(data)
    with pytest.raises(DepositError) as wrong:
        read_receipt("r.json")
    assert wrong.value.code == code
    for lang in LANGS:
        done, out, err = run("verify", "r.json", "chat.txt", "--lang", lang)
        assert (done, out) == (1, "")
        assert 0 < len(err) < 600


@pytest.mark.parametrize("path", ["missing.json", "/dev/zero", ".", "x" * 5_000, "\udcff"])
def test_a_receipt_that_cannot_be_read(deposited, run, path):
    """A message; nothing is waited for."""
    code, out, err = run("verify", path, "chat.txt")
    assert (code, out) == (1, "")
    assert err


def test_large_files_are_read_in_blocks(run, tmp_path):
    """Of a file of 300 MB no more than a few blocks are in memory at a time."""
    with open(tmp_path / "big", "wb") as file:
        file.truncate(300_000_000)
    steps = []
    tracemalloc.start()
    read = read_file("big", told=lambda done, total: steps.append((done, total)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read.size == 300_000_000
    assert steps[-1] == (300_000_000, 300_000_000)
    assert peak < 8_000_000


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path):
    """Its digest would be that of neither the old nor the new contents."""
    path = tmp_path / "log"
    path.write_bytes(b"x" * 3_000_000)

    def grow(done, total):
        with path.open("ab") as file:
            file.write(b"x")

    with pytest.raises(DepositError) as wrong:
        read_file(path, told=grow)
    assert wrong.value.code == "deposit-changed"


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="no SM3 on this computer")
def test_sm3(run, tmp_path):
    """Digests and tree in the Chinese algorithm; `verify` takes it from the receipt."""
    (tmp_path / "abc").write_bytes(b"abc")
    assert run("deposit", "abc", "--out", "r.json", "--algorithm", "sm3")[0] == 0
    sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert read_receipt("r.json").files[0].digest.hex() == sm3
    assert run("verify", "r.json", "abc")[0] == 0
