// What the trial and the receipts come to, with values that others reckoned.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const digests = await load('digest.js');
const { bits, differing, receiptOf, valuesOf } = await load('deposit-sums.js');

// SHA-256 of three bytes "abc" (FIPS 180-4, example B.1)
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const FIXED = { schema: 'simlib.deposit/1', time_from: 'computer', notice: { zh: ['甲'], en: ['A'] } };

test('one character changes its digest, the later links, and its way to the root', () => {
  const then = valuesOf(['a', 'abc', 'c', 'd'], digests), now = valuesOf(['a', 'abd', 'c', 'd'], digests);
  assert.equal(then.digests[1], ABC);
  assert.deepEqual(differing(then.digests, now.digests), [1]);
  assert.deepEqual(differing(then.links, now.links), [1, 2, 3]);
  assert.deepEqual(then.rows.map((row, n) => differing(row, now.rows[n])), [[1], [0], [0]]);
});

test('bits that differ are counted', () => {
  assert.equal(bits('00', '00'), 0);
  assert.equal(bits('0f', 'f0'), 8);
  assert.equal(bits('a', 'b'), 1);  // 1010, 1011
});

test('a receipt has whole seconds, composed names, and a proof for each file', () => {
  const file = (name) => ({ name, size: 3, digest: digests.digest(digests.utf8('abc')) });
  const found = receiptOf([file('e\u0301.txt'), file('b')], new Date(Date.UTC(2026, 10, 28, 6, 5, 4, 321)), FIXED, digests);
  assert.equal(found.at, '2026-11-28T06:05:04+00:00');
  assert.deepEqual(found.files.map(({ name }) => name), ['\u00e9.txt', 'b']);
  assert.equal(found.files[0].digest, ABC);
  assert.deepEqual(found.files.map(({ proof }) => proof.length), [1, 1]);
  assert.equal(found.trusted_time_stamp, false);
  assert.deepEqual(found.notice, FIXED.notice);
});
