"""Digests, chains and Merkle trees: the vectors of the RFC, and what no proof survives."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.errors import OutOfScope, UnknownName
from simlib.evidence import (
    chain,
    consistency_proof,
    digest,
    inclusion_proof,
    inclusion_proofs,
    merkle_root,
    verify,
    verify_consistency,
)

FLOWS, JUDGMENT, CHAT = (text.encode() for text in ("银行交易流水", "刑事判决书", "聊天记录"))
# The test tree of Certificate Transparency (RFC 6962): roots of its first 0 to 8 leaves.
LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATHS = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
ADDED = {
    (2, 8): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
pieces = st.lists(st.binary(max_size=40), min_size=1, max_size=40)


def written(nodes):
    """Digests in hexadecimal."""
    return tuple(node.hex() for node in nodes)


def changed(data, place):
    """Bytes of which one, at `place` counted around, is another."""
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_vectors_of_the_design():
    """Digest, leaf, node and chain as reckoned once with `hashlib` alone."""
    assert digest(FLOWS).hex() == "f594e154b5698997eeac62ffadbaff134c77774a63d405e7e7c2e6ec4f61ca62"
    leaves = ["a292620ab38ef556528cdea5550814fe77fa74804d3f0710daf8ce1585462f61",
              "09fd40abc82ef5d1224126af45015676ed106aac5e800990b7b8795bafef1ac6",
              "d75aace617e54f003a5731d95917da5c6fce2a255d45dce495a4b090aff3680d"]  # fmt: skip
    assert [merkle_root([data]).hex() for data in (FLOWS, JUDGMENT, CHAT)] == leaves
    node = "5ede4382138e0d2e0bb0f8f55922d6c1d3d0f502657c7d3da72fdf20f212d179"
    assert merkle_root([FLOWS, JUDGMENT]).hex() == node
    assert inclusion_proof([FLOWS, JUDGMENT, CHAT], 2) == [bytes.fromhex(node)]
    assert written(chain([FLOWS, JUDGMENT])) == (
        "1c0674607a7956e61afa8111ca89f2b734860792a40bd52ffb62af0818ce6e2d",
        "a38877c69c67f8d0590cfa394a0c7705dacaa7ba124ea5393e8123d49ef23fc2",
    )


def test_sm3_where_there_is_one(monkeypatch):
    """The vector of GB/T 32905; a computer without it says so, and another name is no algorithm."""
    if "sm3" in hashlib.algorithms_available:
        sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        assert digest(b"abc", "sm3").hex() == sm3

    def without(name):
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", without)
    with pytest.raises(OutOfScope) as missing:
        digest(b"abc", "sm3")
    assert missing.value.code == "algorithm-missing"
    with pytest.raises(UnknownName):
        merkle_root([b"abc"], "md5")


@pytest.mark.parametrize("count", range(9))
def test_roots_of_the_public_test_tree(count):
    """Roots of 0 to 8 leaves as published for Certificate Transparency."""
    assert merkle_root(LEAVES[:count]).hex() == ROOTS[count]


def test_proofs_of_the_public_test_tree():
    """Its published paths and consistency proofs, and that they verify."""
    for (index, count), path in PATHS.items():
        assert written(inclusion_proof(LEAVES[:count], index)) == path
    for (earlier, count), nodes in ADDED.items():
        proof = consistency_proof(LEAVES[:count], earlier)
        assert written(proof) == nodes
        old, new = (bytes.fromhex(ROOTS[n]) for n in (earlier, count))
        assert verify_consistency(earlier, count, proof, old, new)


@given(pieces, st.sampled_from(["sha256", "sm3"]))
def test_a_proof_of_every_leaf_verifies(leaves, algorithm):
    """Each leaf at its place, one by one and all at once, under either algorithm."""
    if algorithm not in hashlib.algorithms_available:
        return
    root, count = merkle_root(leaves, algorithm), len(leaves)
    proofs = inclusion_proofs(leaves, algorithm)
    assert proofs == [inclusion_proof(leaves, i, algorithm) for i in range(count)]
    assert all(verify(leaves[i], i, count, proofs[i], root, algorithm) for i in range(count))


@given(pieces, st.data())
def test_one_byte_changed_anywhere_fails(leaves, data):
    """In the leaf, in the root, in any node of the proof; another place, a node less or more."""
    index = data.draw(st.integers(0, len(leaves) - 1))
    place = data.draw(st.integers(0, 10_000))
    root, count = merkle_root(leaves), len(leaves)
    proof = inclusion_proof(leaves, index)
    leaf = leaves[index]
    assert not verify(leaf + b"\0", index, count, proof, root)
    if leaf:
        assert not verify(changed(leaf, place), index, count, proof, root)
        assert merkle_root([*leaves[:index], changed(leaf, place), *leaves[index + 1 :]]) != root
    assert not verify(leaf, index, count, proof, changed(root, place))
    for n, node in enumerate(proof):
        torn = [*proof[:n], changed(node, place), *proof[n + 1 :]]
        assert not verify(leaf, index, count, torn, root)
        assert not verify(leaf, index, count, [*proof[:n], *proof[n + 1 :]], root)
    assert not verify(leaf, index, count, [*proof, root], root)
    assert not verify(leaf, -1, count, proof, root)
    assert not verify(leaf, count, count, proof, root)
    for other in range(count):
        assert verify(leaf, other, count, proof, root) == (
            other == index or leaves[other] == leaf and inclusion_proof(leaves, other) == proof
        )


@given(pieces, st.data())
def test_a_longer_tree_is_consistent_with_each_shorter_one(leaves, data):
    """For every m ≤ n, the proof verifies; one byte changed anywhere and it does not."""
    earlier = data.draw(st.integers(0, len(leaves)))
    place = data.draw(st.integers(0, 10_000))
    old, new, count = merkle_root(leaves[:earlier]), merkle_root(leaves), len(leaves)
    proof = consistency_proof(leaves, earlier)
    assert verify_consistency(earlier, count, proof, old, new)
    assert not verify_consistency(earlier, count, proof, changed(old, place), new)
    assert not verify_consistency(earlier, count, [*proof, new], old, new)
    if earlier:
        assert not verify_consistency(earlier, count, proof, old, changed(new, place))
    for n, node in enumerate(proof):
        torn = [*proof[:n], changed(node, place), *proof[n + 1 :]]
        assert not verify_consistency(earlier, count, torn, old, new)
        assert not verify_consistency(earlier, count, proof[:n], old, new)


@given(pieces, st.data())
def test_history_rewritten_is_not_consistent(leaves, data):
    """An earlier leaf replaced: the proof of the new tree does not fit the old root."""
    earlier = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, earlier - 1))
    old = merkle_root(leaves[:earlier])
    rewritten = [*leaves[:index], leaves[index] + b"!", *leaves[index + 1 :]]
    proof = consistency_proof(rewritten, earlier)
    assert not verify_consistency(earlier, len(leaves), proof, old, merkle_root(rewritten))


def test_a_doubled_last_leaf_has_another_root():
    """The rule of RFC 6962: an odd leaf rises, so three leaves are not those three and the last."""
    assert merkle_root([b"a", b"b", b"c"]) != merkle_root([b"a", b"b", b"c", b"c"])
    left, right = (hashlib.sha256(b"\0" + leaf).digest() for leaf in (b"a", b"b"))
    assert merkle_root([b"a", b"b"]) != merkle_root([left + right])  # a node is no leaf


@pytest.mark.parametrize("index", [-1, 3])
def test_a_leaf_that_is_not_there(index):
    """It has no proof, and no tree is longer than it is."""
    with pytest.raises(OutOfScope) as wrong:
        inclusion_proof([b"a", b"b", b"c"], index)
    assert "0" in str(wrong.value)
    with pytest.raises(OutOfScope):
        consistency_proof([b"a", b"b"], index)


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=12), st.data())
def test_a_change_moves_its_link_and_all_later_ones(datas, data):
    """Of a chain; those before stay as they were."""
    index = data.draw(st.integers(0, len(datas) - 1))
    links = chain(datas)
    other = chain([*datas[:index], datas[index] + b"!", *datas[index + 1 :]])
    assert links[:index] == other[:index]
    assert all(a != b for a, b in zip(links[index:], other[index:], strict=True))


def test_blocks_are_the_whole():
    """A digest of blocks is the digest of the bytes, an empty one that of nothing."""
    assert digest(iter([b"ab", b"", b"c"])) == hashlib.sha256(b"abc").digest()
    assert digest([]) == digest(b"") == hashlib.sha256(b"").digest()
