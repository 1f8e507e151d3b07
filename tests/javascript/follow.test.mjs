// The claimant's transfers and his loss: which transfers are his, and when one goes along.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { leaving, makeFollower } = await load('own-names.js');

// Row 0 goes to the victim's own card, the others leave it.
const draft = (loss, ...paid) => ({
  loss_fen: loss, parties: [{ id: 'v', role: 'victim' }, { id: 'h', role: 'helper' }], accounts: [{ id: 'card', holder: 'v' }],
  transfers: [{ payer: 'v', payee: 'card', amount_fen: 7 }, ...paid.map((amount_fen) => ({ payer: 'card', payee: 'h', amount_fen }))],
});

// Whether the transfer moved, and what the transfers are, after each stroke.
function written(held, ...strokes) {
  const follower = makeFollower();
  return strokes.map(([key, value]) => {
    follower.before(held, key);
    held[key] = value;
    const moved = follower.after(held);
    return [moved, ...held.transfers.slice(1).map((row) => row.amount_fen)];
  });
}

test('what leaves the claimant and his accounts is his transfer', () => {
  assert.deepEqual(leaving(draft(5, 2, 3)), [1, 2]);
  assert.deepEqual(leaving({ ...draft(5, 2, 3), claimant: 'h' }), []);
  assert.deepEqual(leaving({}), []);
});

test('the only transfer goes along with the loss, past what is no amount', () => {
  assert.deepEqual(written(draft(10, 10), ['loss_fen', 1], ['loss_fen', ''], ['loss_fen', '1x'], ['loss_fen', 18]),
    [[true, 1], [false, 1], [false, 1], [true, 18]]);
});

test('another amount, or one of several transfers, stays as it is', () => {
  assert.deepEqual(written(draft(10, 9), ['loss_fen', 18]), [[false, 9]]);
  assert.deepEqual(written(draft(10, 4, 6), ['loss_fen', 18]), [[false, 4, 6]]);
});

test('another field in between ends it', () => {
  assert.deepEqual(written(draft(10, 10), ['loss_fen', ''], ['title', 'x'], ['loss_fen', 18]), [[false, 10], [false, 10], [false, 10]]);
});
