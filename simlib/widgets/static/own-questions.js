// What an import asks: replace the draft or add to it, then who is the claimant, who lent the card,
// who is unknown. One question at a time; each can be skipped, and what stays open is said.

import { h } from './draw.js';
import { saveFile } from './lab.js';
import { copyOf, fill, inWords, moment } from './own-names.js';

const KEY = 'simlib.import-key/1';
const IN_SIGHT = 8;  // people before the fold
// Each question, the part it gives, and whether several can have it.
const QUESTIONS = [
  { id: 'claimant', part: 'victim', several: false },
  { id: 'lender', part: 'lender', several: true },
  { id: 'fraudster', part: 'principal', several: true },
];
const PARTS = ['victim', 'lender', 'principal', 'platform', 'operator'];

const press = (id, label, act, strong = false) => {
  const made = h('button', { type: 'button', 'data-id': id, class: strong ? 'own-strong' : null }, label);
  made.addEventListener('click', act);
  return made;
};

// What `theirs` changed of `base`, done to `mine`; what mine has changed itself stays.
function merged(base, mine, theirs) {
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const byId = (rows) => new Map((rows ?? []).map((row) => [row?.id, row]));
  for (const key of new Set([...Object.keys(base), ...Object.keys(theirs)])) {
    const [was, is] = [base[key], theirs[key]];
    if (Array.isArray(is ?? was)) {
      const [before, after, now] = [was, is, mine[key]].map(byId);
      const kept = (mine[key] ?? []).filter((row) => after.has(row?.id) || !same(row, before.get(row?.id)))
        .map((row) => (same(row, before.get(row?.id)) ? after.get(row?.id) : row));
      mine[key] = [...kept, ...[...after.values()].filter((row) => !now.has(row?.id) && !before.has(row?.id))];
    } else if (same(mine[key], was)) mine[key] = is;
  }
  return mine;
}

const claimantOf = (draft) => draft.claimant ?? draft.parties.find((row) => row?.role === 'victim')?.id;

export function makeAsked({ page, back, onto, again: anew }) {
  const { say, model } = page;
  const node = h('div', { class: 'own-asked', hidden: true });
  let people = [], more = 0, parts = new Map(), unknown = false, names = false, mode = 'replace', last = null;
  let apart = [], namesakes = [];  // accounts of somebody else of their holder's name; who has several
  let key = null;        // to all pseudonyms of the draft that this visit's statements gave
  let sent = null;       // what was written as: asked again when something is ticked
  let states = new Map();  // ticks → what was written under them
  let asking = '';         // the tick that was asked about
  const met = new Map();  // whole name → party of the draft, of what was read in this visit

  const show = (...parts_) => {
    node.hidden = false;
    node.replaceChildren(...parts_);
    const first = node.querySelector('[tabindex="-1"]');
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: 'nearest' });
  };
  const title = (text) => h('h3', { tabindex: -1, class: 'own-asked-title' }, text);
  const rowsOf = (table) => (Array.isArray(page.draft[table]) ? page.draft[table] : []);

  // ---------------------------------------------------------------- replace or add

  // Who holds these accounts in the draft, if it is one party.
  const holderOf = (accounts) => {
    const holders = new Set(rowsOf('accounts').filter((row) => accounts.includes(row?.id)).map((row) => row.holder));
    return holders.size === 1 ? [...holders][0] : undefined;
  };
  // Whom an earlier statement put into the draft stays who he is; the reader may choose otherwise.
  const knowAgain = () => {
    for (const [who, what] of parts) if (what.startsWith('is:')) parts.delete(who);
    if (mode !== 'add') return;
    const there = new Set(rowsOf('parties').map((row) => row?.id));
    for (const { n, name, there: accounts } of people) {
      const id = holderOf(accounts) ?? met.get(name);
      if (!parts.has(n) && there.has(id)) parts.set(n, `is:${id}`);
    }
  };
  const keepNames = () => {
    const tick = h('input', { type: 'checkbox', id: 'statement-names' });
    tick.checked = names;
    tick.addEventListener('change', () => { names = tick.checked; });
    return h('div', {}, h('label', { class: 'own-tick', for: tick.id }, tick, h('span', {}, say.names)), h('p', { class: 'own-help' }, say.names_help));
  };
  // A draft whose key this visit has not: who is who would be lost without it.
  const keyLost = () => {
    const lost = !key && !page.isBlank && rowsOf('transfers').length > 0;
    if (!lost) return '';
    const file = h('input', { type: 'file', accept: '.json', hidden: true, 'aria-label': say.key_load });
    const wrong = h('p', { class: 'own-problem', role: 'status' });
    file.addEventListener('change', async () => {
      const [chosen] = file.files;
      if (chosen && await load(chosen)) anew(); else wrong.textContent = say.key_wrong;
    });
    return h('div', { class: 'own-warn', 'data-key-lost': '' }, h('p', {}, say.key_lost), press('statement-key-load', say.key_load, () => file.click()), file, wrong);
  };
  // Whether a file is a key; it is kept as long as this page is open, like one made here.
  const load = async (/** @type {File} */ chosen) => {
    try {
      const read = JSON.parse(await chosen.text());
      if (read.schema !== KEY || ![read.accounts, read.holders].every(Array.isArray)) return false;
      for (const { id, original } of read.holders) {
        const name = /^name:([^\t]+)$/.exec(original)?.[1];
        if (name) met.set(name, id);
      }
      key = { ...read, transfers: read.transfers ?? {}, sheets: read.sheets ?? {}, files: read.files ?? [] };
      return true;
    } catch { return false; }
  };
  // Who has several accounts by his name alone may be several people.
  const partNamesakes = () => namesakes.map(({ name, accounts }) => h('fieldset', { class: 'own-question', 'data-apart': '' }, h('legend', {}, fill(say.apart, { name, count: accounts.length })),
    ...accounts.map(([place, end]) => {
      const tick = h('input', { type: 'checkbox', id: `statement-apart-${place}` });
      tick.checked = apart.includes(place);
      tick.addEventListener('change', () => { apart = tick.checked ? [...apart, place] : apart.filter((each) => each !== place); anew(); });
      return h('label', { class: 'own-tick', for: tick.id }, tick, h('span', {}, fill(say.apart_one, { name, end })));
    })));
  const askMode = () => {
    const held = { parties: rowsOf('parties').length, transfers: rowsOf('transfers').length };
    const to = (which) => () => { mode = which; knowAgain(); ask(0); };
    show(title(say.mode), h('p', {}, page.isBlank ? say.mode_blank : fill(say.mode_held, held)), keyLost(), ...partNamesakes(), keepNames(),
      h('div', { class: 'own-buttons own-modes' },
        h('div', {}, press('statement-replace', say.replace, to('replace'), page.isBlank), h('p', { class: 'own-help' }, say.replace_help)),
        h('div', {}, press('statement-add', say.add, to('add')), h('p', { class: 'own-help' }, say.add_help))),
      press('statement-back', say.back_table, back));
  };

  // ---------------------------------------------------------------- three questions

  const besideOf = (one) => [one.own ? say.is_own : one.only_name ? say.is_named : '', fill(say.moved, one)].filter(Boolean).join(say.semicolon);
  const choice = ({ id, part, several }, one, n) => {
    const input = h('input', { type: several ? 'checkbox' : 'radio', name: `statement-${id}`, id: `statement-${id}-${n}`, value: one.n });
    input.checked = parts.get(one.n) === part;
    input.addEventListener('change', () => {
      if (!several) for (const [who, what] of parts) if (what === part) parts.delete(who);
      if (input.checked) parts.set(one.n, part); else parts.delete(one.n);
    });
    return h('label', { class: 'own-tick', for: input.id }, input, h('span', {}, h('strong', {}, one.name), ' ', h('small', {}, besideOf(one))));
  };
  const nobodyKnows = () => {
    const tick = h('input', { type: 'checkbox', id: 'statement-unknown' });
    tick.checked = unknown;
    tick.addEventListener('change', () => { unknown = tick.checked; });
    return h('label', { class: 'own-tick', for: tick.id }, tick, h('span', {}, h('strong', {}, say.unknown)));
  };
  // Whoever else has a part, or stands in the draft already.
  const others = () => {
    const same = mode === 'add' ? rowsOf('parties').filter((row) => row?.id).map((row) => [`is:${row.id}`, fill(say.is_same, { name: inWords(row.name, page.ui) || row.id })]) : [];
    const options = [['', say.part_none], ...PARTS.map((part) => [part, say[`part_${part}`]]), ...same];
    const fields = people.map((one, n) => {
      const control = h('select', { id: `statement-part-${n}` }, ...options.map(([value, text]) => h('option', { value }, text)));
      control.value = parts.get(one.n) ?? '';
      control.addEventListener('change', () => { if (control.value) parts.set(one.n, control.value); else parts.delete(one.n); });
      return h('div', { class: 'own-field' }, h('label', { for: control.id, class: 'own-label' }, one.name, ' ', h('small', {}, besideOf(one))), control);
    });
    const fold = h('details', { class: 'own-others', 'data-id': 'statement-others' }, h('summary', {}, say.parts));
    fold.addEventListener('toggle', () => { if (fold.open && fold.children.length < 2) fold.append(h('div', { class: 'own-columns' }, ...fields)); });
    return fold;
  };
  const again = () => people.filter(({ n }) => parts.get(n)?.startsWith('is:')).map(({ name }) => name);
  // Whoever sues in the draft goes on to sue; the reader may say otherwise.
  const claimantHere = () => {
    const id = mode === 'add' ? claimantOf(page.draft) : undefined;
    const row = id && rowsOf('parties').find((each) => each?.id === id);
    const [name] = [...met].find(([, party]) => party === id) ?? [];
    if (!row || !(name || row.name)) return '';  // a blank draft's claimant is nobody yet
    const called = inWords(row.name, page.ui) || id;
    return name && name !== called ? fill(say.known_as, { name, called }) : called;
  };
  const keepClaimant = (name) => show(title(fill(say.claimant_kept, { name })), h('p', { class: 'own-help' }, say.claimant_kept_help),
    h('div', { class: 'own-buttons' }, press('statement-next', say.next, () => ask(1), true), press('statement-claimant', say.claimant_change, () => ask(0, true)), press('statement-before', say.before, askMode)));
  const ask = (n, changes = false) => {
    const question = QUESTIONS[n];
    if (!question) { finish(); return; }
    const { id, part } = question;
    const sues = id === 'claimant' ? claimantHere() : '';
    if (sues && !changes && ![...parts.values()].includes(part)) { keepClaimant(sues); return; }
    const free = people.filter((one) => [undefined, part].includes(parts.get(one.n)));
    const made = free.map((one, k) => choice(question, one, k));
    const rest = made.slice(IN_SIGHT);
    const end = n === QUESTIONS.length - 1;
    const skip = () => {
      for (const [who, what] of parts) if (what === part) parts.delete(who);
      if (end) unknown = false;
      ask(n + 1);
    };
    show(h('fieldset', { class: 'own-question', 'data-question': id },
      h('legend', { tabindex: -1, class: 'own-asked-title' }, fill(say.question, { n: n + 1, of: QUESTIONS.length, text: say[`ask_${id}`] })),
      h('p', { class: 'own-help' }, sues ? fill(say.claimant_changes, { name: sues }) : say[`ask_${id}_help`]), end ? nobodyKnows() : '', ...made.slice(0, IN_SIGHT),
      rest.length ? h('details', { class: 'own-others' }, h('summary', {}, fill(say.people_more, { count: rest.length })), ...rest) : '',
      more ? h('p', { class: 'own-help' }, fill(say.people_left, { count: more })) : ''),
    n > 0 && again().length ? h('p', { class: 'own-help', 'data-again': '' }, fill(say.known_again, { names: again().join(say.between) })) : '', end ? others() : '',
    h('div', { class: 'own-buttons' }, press('statement-next', end ? say.write : say.next, () => ask(n + 1), true), press('statement-skip', end ? say.skip_write : say.skip, skip),
      press('statement-before', say.before, () => (n ? ask(n - 1) : askMode()))));
  };
  const finish = () => {
    const adds = mode === 'add';
    const known = adds && key ? [...key.accounts, ...key.holders, ...Object.keys(key.transfers).map((id) => ({ id }))] : [];
    const used = [...Object.values(page.draft).filter(Array.isArray).flat(), ...known].map((row) => row?.id).filter((id) => typeof id === 'string');
    const first = [...parts].sort(([, one], [, other]) => (other === 'victim') - (one === 'victim'));
    [sent, states] = [{ used, mode, apart, unknown, names, roles: first, draft: adds ? copyOf(page.draft) : null, key: adds ? key : null }, new Map()];
    model.send({ insert: sent });
  };

  // ---------------------------------------------------------------- what was written

  // The draft as it is with what was found, by itself.
  const written = (found) => {
    if (found.mode === 'replace') return copyOf(found.draft);
    const next = copyOf(sent.draft);
    for (const [table, list] of Object.entries(found.rows)) next[table] = [...(next[table] ?? []), ...list];
    for (const [id, fen] of found.openings) {
      for (const row of next.accounts) if (row?.id === id) row.opening_fen = fen;
    }
    if (found.claimant) next.claimant = found.claimant;
    for (const [id, fen] of found.losses) {
      for (const held of [next, ...next.parties.filter((row) => row?.id === id)]) {
        if ((held !== next || id === claimantOf(next)) && held.loss_fen !== undefined) held.loss_fen = fen;
      }
    }
    return next;
  };
  const stateOf = (found) => found.unwritten.concat(found.payers).filter((each) => each.in).map(({ id }) => id).sort().join(' ');
  // What was ticked goes in, and out again; whatever else was written since stays as it is.
  const amend = (found) => {
    const next = merged(written(last), copyOf(page.draft), written(found));
    [last, key] = [found, found.key];
    states.set(stateOf(found), found);
    page.replace(next, say.amended);
    node.querySelector(`#${asking}`)?.focus({ preventScroll: true });
  };
  // The ticks stand as the draft does: one may have been undone.
  const refresh = () => {
    if (!last) return;
    const ids = new Set([...rowsOf('transfers'), ...rowsOf('parties').filter((row) => row?.role === 'victim')].map((row) => row?.id));
    for (const input of node.querySelectorAll('[data-tick]')) input.checked = ids.has(input.dataset.tick);
    const state = stateOf({ payers: [], unwritten: last.unwritten.concat(last.payers).map(({ id }) => ({ id, in: ids.has(id) })) });
    last = states.get(state) ?? last;
    node.querySelector('[data-told]')?.replaceChildren(...told(last));
  };
  const sendTicks = (input) => {
    asking = input.id;
    const on = [...node.querySelectorAll('[data-tick]')].filter((each) => each.checked);
    const some = (table) => on.filter((each) => each.dataset.of === table);
    model.send({ insert: { ...sent, amends: true, also: some('rows').map((each) => each.dataset.tick), roles: [...sent.roles, ...some('people').map((each) => [Number(each.value), 'covictim'])] } });
  };
  const tick = (of, { id, in: on, n }, text, label) => {
    const input = h('input', { type: 'checkbox', id: `statement-tick-${id}`, 'data-tick': id, 'data-of': of, value: n ?? id });
    input.checked = on;
    input.addEventListener('change', () => sendTicks(input));
    return h('label', { class: 'own-tick', for: input.id }, input, h('span', {}, text, ' ', h('small', {}, label)));
  };
  const ticks = (name, made, more) => (made.length ? [h('fieldset', { class: 'own-question', 'data-ticks': name },
    h('legend', { class: 'own-label' }, say[name]), h('p', { class: 'own-help' }, say[`${name}_help`]), ...made.slice(0, IN_SIGHT),
    made.length > IN_SIGHT ? h('details', { class: 'own-others' }, h('summary', {}, fill(say.more, { count: made.length - IN_SIGHT })), ...made.slice(IN_SIGHT)) : '',
    more ? h('p', { class: 'own-help' }, more) : '')] : []);
  const told = (found) => [title(found.said), ...found.notes.map((text) => h('p', {}, text)),
    ...(found.who.length ? [h('details', { class: 'own-others', open: true }, h('summary', {}, say.who), h('ul', {}, ...found.who.map(([name, id]) => h('li', {}, fill(say.who_is, { name, id })))))] : [])];
  const done = (found) => {
    if (found.amends) { amend(found); return; }
    last = null;
    page.replace(written(found), found.said);
    last = found;
    key = found.key;
    states.set(stateOf(found), found);
    for (const [name, id] of found.met) met.set(name, id);
    const save = [press('statement-key', say.key, () => saveFile({ name: 'simlib-key.csv', type: 'text/csv', text: last.key_table })),
      press('statement-key-json', say.key_json, () => saveFile({ name: 'simlib-key.json', type: 'application/json', text: JSON.stringify(last.key, null, 1) }))];
    const lesson = h('a', { class: 'own-next own-strong own-open', 'data-id': 'open-lesson', hidden: true }, page.lesson);
    const payers = found.payers.map((one) => tick('people', one, fill(say.payer, one), say.also_victim));
    const unwritten = found.unwritten.map((row) => tick('rows', row, fill(say.became, { ...row, at: moment(row.at) }), row.came ? say.also_came : say.also_out));
    show(h('div', { 'data-told': '' }, ...told(found)),
      ...(found.open.length ? [h('p', { class: 'own-label' }, say.still), h('ul', {}, ...found.open.map((id) => h('li', {}, say[`open_${id}`])))] : []),
      ...ticks('payers', payers, found.payers_more ? fill(say.payers_more, { count: found.payers_more }) : ''),
      ...ticks('unwritten', unwritten, found.unlisted ? fill(say.unlisted, { count: found.unlisted }) : ''),
      ...(found.left.length ? [h('div', { class: 'own-warn', 'data-left': '' }, h('p', {}, fill(say.left_tables, { count: found.left.length, names: found.left.map(([, name]) => name).join(say.between) })),
        press('statement-onto', fill(say.next_table, { name: found.left[0][1] }), () => onto(found.left[0][0]), true))] : []),
      lesson, h('p', { class: 'own-wait' }, say.lesson_waits),
      h('p', { class: 'own-warn' }, say.key_help), h('div', { class: 'own-buttons' }, ...save, ...(found.mode === 'replace' ? [press('statement-again', say.again, () => ask(0))] : [])));
  };
  const begin = (found) => {
    [people, more, parts, unknown] = [found.listed, found.more, new Map(), false];
    if (!apart.length) namesakes = people.filter(({ accounts }) => accounts.length > 1);
    askMode();
  };
  // What was written and is not in the draft any more: it was undone, or another draft was begun.
  const gone = () => {
    if (!last) return false;
    const ids = new Set(rowsOf('transfers').map((row) => row?.id));
    const written = (last.mode === 'replace' ? last.draft : last.rows).transfers ?? [];
    return written.length > 0 && !written.some(({ id }) => ids.has(id));
  };
  return { node, begin, done, gone, refresh, get key() { return key; }, get apart() { return apart; },
    clear() { node.hidden = true; node.replaceChildren(); last = null; apart = []; } };
}
