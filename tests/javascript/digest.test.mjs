// Digests in the page: published vectors, bytes that come in parts, files in blocks.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { Digest, chain, digest, digestFile, hex, inclusionProof, merkleRoot, utf8, verify } = await load('digest.js');

const [flows, judgment, chat] = ['银行交易流水', '刑事判决书', '聊天记录'].map(utf8);

test('the examples of the standards', () => {
  assert.equal(hex(digest(utf8(''))), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(hex(digest(utf8('abc'))), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(hex(digest(utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1');
  assert.equal(hex(digest(utf8('abc'), 'sm3')), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  assert.equal(hex(digest(utf8('abcd'.repeat(16)), 'sm3')), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
});

test('the chain and the tree of the design', () => {
  assert.equal(hex(digest(flows)), 'f594e154b5698997eeac62ffadbaff134c77774a63d405e7e7c2e6ec4f61ca62');
  assert.deepEqual(chain([flows, judgment]).map(hex), [
    '1c0674607a7956e61afa8111ca89f2b734860792a40bd52ffb62af0818ce6e2d',
    'a38877c69c67f8d0590cfa394a0c7705dacaa7ba124ea5393e8123d49ef23fc2',
  ]);
  assert.equal(hex(merkleRoot([flows, judgment])), '5ede4382138e0d2e0bb0f8f55922d6c1d3d0f502657c7d3da72fdf20f212d179');
  assert.deepEqual(inclusionProof([flows, judgment, chat], 2).map(hex), [hex(merkleRoot([flows, judgment]))]);
});

test('one character changed changes the root; a forged one has a root like any other', () => {
  const [true_, other] = ['转我2000元', '转我3000元'].map(utf8);
  const root = merkleRoot([flows, true_]), proof = inclusionProof([flows, true_], 1);
  assert.ok(verify(true_, 1, 2, proof, root));
  assert.ok(!verify(other, 1, 2, proof, root));
  assert.notEqual(hex(merkleRoot([flows, other])), hex(root));
  assert.ok(verify(other, 1, 2, proof, merkleRoot([flows, other])));  // deposited forged, it verifies
  assert.ok(!verify(true_, 2, 2, proof, root) && !verify(true_, -1, 2, proof, root));
  assert.ok(!verify(true_, 1, 2, [], root) && !verify(true_, 1, 2, [...proof, root], root));
});

test('bytes that come in parts have the digest of the whole', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, n) => n % 251);
  for (const algorithm of ['sha256', 'sm3']) {
    for (const step of [1, 7, 55, 56, 63, 64, 65, 128]) {
      const parts = new Digest(algorithm);
      for (let at = 0; at < bytes.length; at += step) parts.update(bytes.subarray(at, at + step));
      assert.equal(hex(parts.end()), hex(digest(bytes, algorithm)));
    }
  }
});

test('a file is read in blocks and says how far it is', async () => {
  const bytes = new Uint8Array(2_500_000).fill(7), steps = [];
  const found = await digestFile(new Blob([bytes]), (done, total) => steps.push([done, total]));
  assert.equal(hex(found), hex(digest(bytes)));
  assert.deepEqual(steps, [[1_048_576, 2_500_000], [2_097_152, 2_500_000], [2_500_000, 2_500_000]]);
  assert.equal(hex(await digestFile(new Blob([]))), hex(digest(utf8(''))));
});

test('a million letters, and lengths beyond 32 bits of bits', () => {
  assert.equal(hex(digest(utf8('a'.repeat(1_000_000)))), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  const long = new Digest();
  long.length = 2 ** 30;  // as if so many zero bytes had been fed: the length is written in 64 bits
  const short = new Digest();
  assert.notEqual(hex(long.end()), hex(short.end()));
});
