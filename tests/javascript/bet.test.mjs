// The bet: whose answer is sent again after a reload, in a page that is a few words of its own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import vm from 'node:vm';

const SOURCE = await readFile(new URL('../../simlib/widgets/static/bet.js', import.meta.url), 'utf-8');
const PLACE = 'simlib:bet:1:01-case';

/** A page whose form asks nothing, with what its tab keeps. */
function opened({ search = '', fragment = '', kept = {} }) {
  const form = { dataset: {}, matches: () => false, querySelector: () => null, querySelectorAll: () => [], classList: { add() {} } };
  const window = { simlibFragment: fragment, addEventListener() {}, dispatchEvent() {} };
  vm.runInNewContext(SOURCE, {
    window, Event, HTMLElement: class {}, URLSearchParams, location: { search },
    document: { body: { dataset: { lesson: '01-case' }, matches: () => false }, addEventListener() {}, querySelector: () => form, querySelectorAll: () => [] },
    sessionStorage: { getItem: (place) => kept[place] ?? null, setItem(place, text) { kept[place] = text; }, removeItem(place) { delete kept[place]; } },
  });
  window.simlibBet.resume();
  return { ...window.simlibBet, left: PLACE in kept };
}

const sent = (state) => ({ [PLACE]: JSON.stringify({ values: {}, state }) });

test('after a reload an answer is sent again', () => {
  const { wish, left } = opened({ kept: sent('') });
  assert.deepEqual([wish, left], ['send', true]);
  assert.equal(opened({ kept: sent('x'), search: '?s=x' }).wish, 'send');
});

test('an answer to one state is none to another, nor to a case of one’s own in the fragment', () => {
  for (const page of [{ search: '?s=x' }, { fragment: 'mine' }]) {
    const { wish, left } = opened({ kept: sent(''), ...page });
    assert.deepEqual([wish, left], ['', false]);
  }
});
