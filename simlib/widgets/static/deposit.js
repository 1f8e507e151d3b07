// @ts-check
// A trial with four lines of chat, and receipts for the reader's own files. All of it happens here:
// nothing that is typed or chosen goes to the server or into a store of the browser.

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

import { h, press as pressed, styled } from './draw.js';
import { saveFile } from './lab.js';
import * as digests from './digest.js';
import { bits, differing, receiptOf, valuesOf } from './deposit-sums.js';

styled('tokens.css', 'deposit.css');

const SHOWN = 8;  // digits of a value in the picture
const QUIET_MS = 500;  // what changed is said once the reader rests
const LONGEST = 200;  // characters of a line
let serial = 0;

export function deposit(/** @type {{model: Model, el: HTMLElement}} */ { model, el }) {
  const held = model.get('words');
  /** @type {Say} */
  const say = (key, values = {}) =>
      key.split('.')
          .reduce((table, part) => table[part], held)
          .replace(/\{(\w+)\}/g,
              (/** @type {string} */ _, /** @type {string} */ name) => String(values[name]));
  el.append(h('section', {class: 'simlib-lab deposit', 'aria-label': say('title')},
      h('p', {class: 'deposit-note'}, say('teaching')), trial(say, Object.values(held.lines)),
      own(say, model)));
}

// A line that a screen reader hears when its words change.
/** @returns {HTMLElement} */
const status = () => h('p', { class: 'deposit-said', role: 'status' });

// ---------------------------------------------------------------- the trial

/** @param {Say} say @param {string[]} first the lines as they are deposited first */
function trial(say, first) {
  let stored = [...first];
  const id = `deposit-${serial++}`;
  /** @type {HTMLInputElement[]} */
  const inputs = first.map((line, n) => h('input', {
    type: 'text',
    id: `${id}-${n}`,
    value: line,
    maxlength: LONGEST,
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => {
      const words = show();
      clearTimeout(timer);
      timer = setTimeout(() => {
        told.textContent = words;
      }, QUIET_MS);
    }
  }));
  const picture = h('div', { class: 'deposit-picture' });
  const full = h('dl', {});
  const told = status();
  let timer = 0;
  const lines = () => inputs.map((input) => input.value);

  const show = () => {
    const then = valuesOf(stored, digests), now = valuesOf(lines(), digests);
    picture.replaceChildren(...drawn(say, then, now));
    full.replaceChildren(...listed(say, now));
    inputs.forEach((input, n) => input.classList.toggle('is-changed', input.value !== stored[n]));
    return outcome(
        say, differing(stored, lines()), first.length, bits(then.rows[2][0], now.rows[2][0]));
  };
  /** @param {string} words */
  const press = (words) => { clearTimeout(timer); show(); told.textContent = words; };

  const keep = pressed('deposit', say('trial.deposit'), () => {
    stored = lines();
    press(say('trial.deposited'));
  });
  const back = pressed('restore', say('trial.restore'), () => {
    inputs.forEach((input, n) => { input.value = stored[n]; });
    press(say('trial.restored'));
  });
  told.textContent = show();
  return h('section', { class: 'deposit-trial', 'aria-labelledby': id },
    h('h3', { id }, say('trial.title')), h('p', {}, say('trial.about')),
    ...inputs.map((input, n) => h('div', { class: 'deposit-line' },
      h('label', { for: input.id }, say('trial.line', { n: n + 1 })), input)),
    h('div', { class: 'deposit-buttons' }, back, keep), told, picture,
    h('p', { class: 'deposit-note' }, say('short')),
    h('details', {}, h('summary', {}, say('trial.full')), full),
    h('p', {}, say('trial.means')));
}

// What a change of some lines came to, in a sentence.
/** @param {Say} say @param {number[]} changed @param {number} count @param {number} flipped */
function outcome(say, changed, count, flipped) {
  if (!changed.length) return say('trial.same');
  if (changed.length === count) return say('trial.all_differ', { bits: flipped });
  return say('trial.differs', {
    lines: changed.map((n) => n + 1).join(say('between')),
    link: changed[0] + 1,
    rest: count - changed.length,
    bits: flipped
  });
}

/** @typedef {ReturnType<typeof valuesOf>} Values */

// Digests, chain and tree as rows of boxes; what changed says so.
/** @param {Say} say @param {Values} then @param {Values} now */
function drawn(say, then, now) {
  /** @type {(name: string, now: string[], then: string[], span: number) => HTMLElement} */
  const row = (name, values, before,
      span) => h('ol', {class: `deposit-row is-${span}`}, ...values.map((value, n) => {
    const changed = value !== before[n];
    return h('li', { class: changed ? 'is-changed' : false, 'data-value': value },
      h('small', {}, say(name, { n: n + 1 })), h('code', {}, value.slice(0, SHOWN)),
      ...(changed ? [h('b', {}, say('changed'))] : []));
  }));
  const [leaves, nodes, root] = ['leaf', 'node', 'root'].map(
      (name, n) => row(`trial.${name}`, now.rows[n], then.rows[n], 2 ** n));
  /** @param {string} key @param {...HTMLElement} rows */
  const part = (key, ...rows) => h('div', { class: 'deposit-part', 'data-id': key },
    h('h4', {}, say(`trial.${key}`)), ...rows);
  return [part('digests', row('trial.line', now.digests, then.digests, 1)),
    part('chain', row('trial.link', now.links, then.links, 1)), part('tree', root, nodes, leaves)];
}

// Every value in full.
function listed(/** @type {Say} */ say, /** @type {Values} */ now) {
  /** @type {[string, string[]][]} */
  const rows = [
    ['line', now.digests], ['link', now.links], ['leaf', now.rows[0]], ['node', now.rows[1]],
    ['root', now.rows[2]]
  ];
  return rows.flatMap(([name, values]) => values.flatMap((value, n) => [
    h('dt', {}, say(`trial.${name}`, { n: n + 1 })), h('dd', {}, h('code', {}, value))]));
}

// ---------------------------------------------------------------- files of one's own

function own(/** @type {Say} */ say, /** @type {Model} */ model) {
  const id = `deposit-${serial++}`;
  const input = h('input',
      {type: 'file', id: `${id}-file`, multiple: true, 'aria-describedby': `${id}-promise`});
  const bar = h('progress', { max: 1, value: 0, hidden: true, 'aria-label': say('own.progress') });
  const told = status();
  const found = h('div', { class: 'deposit-found' });
  let turn = 0, before = '';

  input.addEventListener('click', () => { input.value = ''; });  // the same file may have changed
  input.addEventListener('change', async () => {
    const mine = ++turn, files = [...(input.files ?? [])];
    if (!files.length) return;
    found.replaceChildren();
    const read = [];
    for (const file of files) {
      told.textContent = say('own.busy', { name: file.name });
      bar.hidden = false;
      try {
        const digest = await digests.digestFile(file, (done, total) => {
          if (mine !== turn) throw new Error('another choice');
          bar.value = done / total;
        });
        read.push({ name: file.name, size: file.size, digest });
      } catch {
        if (mine === turn) {
          bar.hidden = true;
          told.textContent = say('own.unread', {name: file.name});
        }
        return;
      }
      if (mine !== turn) return;
    }
    bar.hidden = true;
    const receipt = receiptOf(read, new Date(), model.get('receipt'), digests);
    found.replaceChildren(...shown(say, receipt, receipt.notice[model.get('lang')]));
    const again = before ? ' ' + say(before === receipt.root ? 'own.same' : 'own.differs') : '';
    before = receipt.root;
    told.textContent =
        say('own.done', {count: read.length, root: receipt.root.slice(0, SHOWN)}) + again;
  });
  return h('section', { class: 'deposit-own', 'aria-labelledby': id },
    h('h3', { id }, say('own.title')), h('p', { id: `${id}-promise` }, say('own.promise')),
    h('div', { class: 'deposit-choose' }, input, h('label', { for: input.id }, say('own.choose'))),
    bar, told, found);
}

/** @param {Say} say @param {ReturnType<typeof receiptOf>} receipt @param {string[]} limits */
function shown(say, receipt, limits) {
  /** @param {string} name @param {string} value */
  const pair = (name, value) => [h('dt', {}, name), h('dd', {}, h('code', {}, value))];
  const save = pressed('receipt', say('own.download'), () => saveFile({
    name: say('own.file'),
    type: 'application/json',
    text: JSON.stringify(receipt, null, 1) + '\n'
  }),
      {class: 'is-strong'});
  return [
    h('dl', {},
        ...receipt.files.flatMap(
            (file) => [h('dt', {}, say('own.name')),
                h('dd', {}, `${file.name}　${say('own.size', {size: file.size})}`),
                ...pair(say('own.digest'), file.digest)]),
        ...pair(say('own.root'), receipt.root), ...pair(say('own.at'), receipt.at)),
    h('h4', {}, say('own.limits')),
    h('ul', {}, ...limits.map((line) => h('li', {}, line))),
    h('div', {class: 'deposit-buttons'}, save),
    h('p', {}, say('own.verify'), ' ', h('code', {}, `simlib verify ${say('own.file')} …`)),
  ];
}
