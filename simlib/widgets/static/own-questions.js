// What an import asks: replace the draft or add to it, then who is the claimant, who lent the card,
// who is unknown. One question at a time; each can be skipped, and what stays open is said.

import { draw, h, choose, press, tick } from './draw.js';
import { filePicker, saveFile } from './lab.js';
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

const STRONG = { class: 'own-strong' };
const help = (text) => h('p', { class: 'own-help' }, text);

// What `theirs` changed of `base`, done to `mine`; what mine has changed itself stays.
function merged(base, mine, theirs) {
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const byId = (rows) => new Map((rows ?? []).map((row) => [row?.id, row]));
  for (const key of new Set([...Object.keys(base), ...Object.keys(theirs)])) {
    const [was, is] = [base[key], theirs[key]];
    if (Array.isArray(is ?? was)) {
      const [before, after, now] = [was, is, mine[key]].map(byId);
      const kept = (mine[key] ?? [])
                       .filter((row) => after.has(row?.id) || !same(row, before.get(row?.id)))
                       .map((row) => (same(row, before.get(row?.id)) ? after.get(row?.id) : row));
      mine[key] = [
        ...kept, ...[...after.values()].filter((row) => !now.has(row?.id) && !before.has(row?.id))
      ];
    } else if (same(mine[key], was)) mine[key] = is;
  }
  return mine;
}

const claimantOf = (draft) =>
    draft.claimant ?? draft.parties.find((row) => row?.role === 'victim')?.id;

export function makeAsked({ page, back, onto, again: anew }) {
  const { say, model } = page;
  const node = h('div', { class: 'own-asked', hidden: true });
  let people = [], more = 0, parts = new Map(), unknown = false, names = false, mode = 'replace',
      last = null;
  let apart = [],
      namesakes = [];    // accounts of somebody else of their holder's name; who has several
  let key = null;        // to all pseudonyms of the draft that this visit's statements gave
  let sent = null;       // what was written as: asked again when something is ticked
  let states = new Map();  // ticks → what was written under them
  let asking = '';         // the tick that was asked about
  const met = new Map();  // whole name → party of the draft, of what was read in this visit

  const show = (...shown) => {
    node.hidden = false;
    node.replaceChildren();
    draw(node, ...shown);
    const first = node.querySelector('[tabindex="-1"]');
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: 'nearest' });
  };
  const title = (text) => h('h3', { tabindex: -1, class: 'own-asked-title' }, text);
  const rowsOf = (table) => (Array.isArray(page.draft[table]) ? page.draft[table] : []);

  // ---------------------------------------------------------------- replace or add

  // Who holds these accounts in the draft, if it is one party.
  const holderOf = (accounts) => {
    const holders = new Set(
        rowsOf('accounts').filter((row) => accounts.includes(row?.id)).map((row) => row.holder));
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
  const keepNames = () => h('div', {}, tick('statement-names', say.names, names, (on) => {
    names = on;
  }), help(say.names_help));
  // A draft whose key this visit has not: who is who would be lost without it.
  const keyLost = () => {
    if (key || page.isBlank || !rowsOf('transfers').length) return null;
    const wrong = h('p', { class: 'own-problem', role: 'status' });
    const file = filePicker({ accept: '.json', 'aria-label': say.key_load }, async ([chosen]) => {
      if (await load(chosen)) anew(); else wrong.textContent = say.key_wrong;
    });
    return h('div', {class: 'own-warn', 'data-key-lost': ''}, h('p', {}, say.key_lost),
        press('statement-key-load', say.key_load, () => file.click()), file, wrong);
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
      key = {
        ...read,
        transfers: read.transfers ?? {},
        sheets: read.sheets ?? {},
        files: read.files ?? []
      };
      return true;
    } catch { return false; }
  };
  // Who has several accounts by his name alone may be several people.
  const partNamesakes = () =>
      namesakes.map(({name, accounts}) => h('fieldset', {class: 'own-question', 'data-apart': ''},
                        h('legend', {}, fill(say.apart, {name, count: accounts.length})),
                        accounts.map(([place, end]) => {
                          const part = (on) => {
                            apart = on ? [...apart, place] : apart.filter((each) => each !== place);
                            anew();
                          };
                          return tick(`statement-apart-${place}`, fill(say.apart_one, {name, end}),
                              apart.includes(place), part);
                        })));
  const askMode = () => {
    const held = { parties: rowsOf('parties').length, transfers: rowsOf('transfers').length };
    const to = (which) => () => { mode = which; knowAgain(); ask(0); };
    show(title(say.mode), h('p', {}, page.isBlank ? say.mode_blank : fill(say.mode_held, held)),
        keyLost(), partNamesakes(), keepNames(),
        h('div', {class: 'own-buttons own-modes'},
            h('div', {},
                press('statement-replace', say.replace, to('replace'), page.isBlank ? STRONG : {}),
                help(say.replace_help)),
            h('div', {}, press('statement-add', say.add, to('add')), help(say.add_help))),
        press('statement-back', say.back_table, back));
  };

  // ---------------------------------------------------------------- three questions

  const besideOf = (one) => [one.own ? say.is_own :
          one.only_name              ? say.is_named :
                                       '',
      fill(say.moved, one)].filter(Boolean)
                                .join(say.semicolon);
  const choice = ({id, part, several}, one, n) =>
      tick(`statement-${id}-${n}`, [h('strong', {}, one.name), ' ', h('small', {}, besideOf(one))],
          parts.get(one.n) === part, (on) => {
            if (!several)
              for (const [who, what] of parts)
                if (what === part) parts.delete(who);
            if (on) parts.set(one.n, part);
            else
              parts.delete(one.n);
          }, {type: several ? 'checkbox' : 'radio', name: `statement-${id}`, value: one.n});
  const nobodyKnows = () =>
      tick('statement-unknown', h('strong', {}, say.unknown), unknown, (on) => {
        unknown = on;
      });
  // Whoever else has a part, or stands in the draft already.
  const others = () => {
    const same = mode === 'add' ?
        rowsOf('parties')
            .filter((row) => row?.id)
            .map((row) => [`is:${row.id}`,
                     fill(say.is_same, {name: inWords(row.name, page.ui) || row.id})]) :
        [];
    const options =
        [['', say.part_none], ...PARTS.map((part) => [part, say[`part_${part}`]]), ...same];
    const fields = people.map((one, n) => {
      const id = `statement-part-${n}`;
      const act = (part) => { if (part) parts.set(one.n, part); else parts.delete(one.n); };
      return h('div', { class: 'own-field' }, h('label', { for: id, class: 'own-label' }, one.name, ' ', h('small', {}, besideOf(one))),
        choose(options, parts.get(one.n) ?? '', act, { id }));
    });
    const unfold = ({ target }) => {
        if (target.open && target.children.length < 2)
          target.append(h('div', {class: 'own-columns'}, fields)); };
    return h('details', { class: 'own-others', 'data-id': 'statement-others', ontoggle: unfold }, h('summary', {}, say.parts));
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
  const keepClaimant = (name) => show(title(fill(say.claimant_kept, { name })), help(say.claimant_kept_help), h('div', { class: 'own-buttons' },
    press('statement-next', say.next, () => ask(1), STRONG), press('statement-claimant', say.claimant_change, () => ask(0, true)), press('statement-before', say.before, askMode)));
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
    show(h('fieldset', {class: 'own-question', 'data-question': id},
             h('legend', {tabindex: -1, class: 'own-asked-title'},
                 fill(say.question, {n: n + 1, of: QUESTIONS.length, text: say[`ask_${id}`]})),
             help(sues ? fill(say.claimant_changes, {name: sues}) : say[`ask_${id}_help`]),
             end && nobodyKnows(), made.slice(0, IN_SIGHT),
             rest.length > 0 &&
                 h('details', {class: 'own-others'},
                     h('summary', {}, fill(say.people_more, {count: rest.length})), rest),
             more > 0 && help(fill(say.people_left, {count: more}))),
        n > 0 && again().length > 0 &&
            h('p', {class: 'own-help', 'data-again': ''},
                fill(say.known_again, {names: again().join(say.between)})),
        end && others(),
        h('div', {class: 'own-buttons'},
            press('statement-next', end ? say.write : say.next, () => ask(n + 1), STRONG),
            press('statement-skip', end ? say.skip_write : say.skip, skip),
            press('statement-before', say.before, () => (n ? ask(n - 1) : askMode()))));
  };
  const finish = () => {
    const adds = mode === 'add';
    const known = adds && key ?
        [...key.accounts, ...key.holders, ...Object.keys(key.transfers).map((id) => ({id}))] :
        [];
    const used = [...Object.values(page.draft).filter(Array.isArray).flat(), ...known]
                     .map((row) => row?.id)
                     .filter((id) => typeof id === 'string');
    const first =
        [...parts].sort(([, one], [, other]) => (other === 'victim') - (one === 'victim'));
    [sent, states] = [
      {
        used,
        mode,
        apart,
        unknown,
        names,
        roles: first,
        draft: adds ? copyOf(page.draft) : null,
        key: adds ? key : null
      },
      new Map()
    ];
    model.send({ insert: sent });
  };

  // ---------------------------------------------------------------- what was written

  // The draft as it is with what was found, by itself.
  const written = (found) => {
    if (found.mode === 'replace') return copyOf(found.draft);
    const next = copyOf(sent.draft);
    for (const [table, list] of Object.entries(found.rows))
      next[table] = [...(next[table] ?? []), ...list];
    for (const [id, fen] of found.openings) {
      for (const row of next.accounts) if (row?.id === id) row.opening_fen = fen;
    }
    if (found.claimant) next.claimant = found.claimant;
    for (const [id, fen] of found.losses) {
      for (const held of [next, ...next.parties.filter((row) => row?.id === id)]) {
        if ((held !== next || id === claimantOf(next)) && held.loss_fen !== undefined)
          held.loss_fen = fen;
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
    const ids = new Set(
        [...rowsOf('transfers'), ...rowsOf('parties').filter((row) => row?.role === 'victim')].map(
            (row) => row?.id));
    for (const input of node.querySelectorAll('[data-tick]'))
      input.checked = ids.has(input.dataset.tick);
    const state = stateOf({
      payers: [],
      unwritten: last.unwritten.concat(last.payers).map(({id}) => ({id, in : ids.has(id)}))
    });
    last = states.get(state) ?? last;
    const box = node.querySelector('[data-told]');
    if (box) draw(box, ...told(last));
  };
  const sendTicks = (input) => {
    asking = input.id;
    const on = [...node.querySelectorAll('[data-tick]')].filter((each) => each.checked);
    const some = (table) => on.filter((each) => each.dataset.of === table);
    model.send({
      insert: {
        ...sent,
        amends: true,
        also: some('rows').map((each) => each.dataset.tick),
        roles: [...sent.roles, ...some('people').map((each) => [Number(each.value), 'covictim'])]
      }
    });
  };
  const ticked = (of, { id, in: on, n }, text, label) => tick(`statement-tick-${id}`, [text, ' ', h('small', {}, label)], on, () => sendTicks(node.querySelector(`#statement-tick-${CSS.escape(id)}`)),
    { 'data-tick': id, 'data-of': of, value: n ?? id });
  const ticks = (name, made, left) => made.length > 0 && h('fieldset', { class: 'own-question', 'data-ticks': name },
    h('legend', { class: 'own-label' }, say[name]), help(say[`${name}_help`]), made.slice(0, IN_SIGHT),
    made.length > IN_SIGHT && h('details', { class: 'own-others' }, h('summary', {}, fill(say.more, { count: made.length - IN_SIGHT })), made.slice(IN_SIGHT)),
    left && help(left));
  const told = (found) => [title(found.said), found.notes.map((text) => h('p', {}, text)),
    found.who.length > 0 && h('details', { class: 'own-others', open: true }, h('summary', {}, say.who), h('ul', {}, found.who.map(([name, id]) => h('li', {}, fill(say.who_is, { name, id })))))];
  const done = (found) => {
    if (found.amends) { amend(found); return; }
    last = null;
    page.replace(written(found), found.said);
    last = found;
    key = found.key;
    states.set(stateOf(found), found);
    for (const [name, id] of found.met) met.set(name, id);
    const save = [
      press('statement-key', say.key,
          () => saveFile({name: 'simlib-key.csv', type: 'text/csv', text: last.key_table})),
      press('statement-key-json', say.key_json, () => saveFile({
        name: 'simlib-key.json',
        type: 'application/json',
        text: JSON.stringify(last.key, null, 1)
      }))
    ];
    const lesson =
        h('a', {class: 'own-next own-strong own-open', 'data-id': 'open-lesson', hidden: true},
            page.lesson);
    const payers =
        found.payers.map((one) => ticked('people', one, fill(say.payer, one), say.also_victim));
    const unwritten = found.unwritten.map(
        (row) => ticked('rows', row, fill(say.became, {...row, at: moment(row.at)}),
            row.came ? say.also_came : say.also_out));
    const left = found.left.length > 0 &&
        h('div', {class: 'own-warn', 'data-left': ''}, h('p', {}, fill(say.left_tables, {
          count: found.left.length,
          names: found.left.map(([, name]) => name).join(say.between)
        })),
            press('statement-onto', fill(say.next_table, {name: found.left[0][1]}),
                () => onto(found.left[0][0]), STRONG));
    show(h('div', {'data-told': ''}, told(found)),
        found.open.length > 0 &&
            [
              h('p', {class: 'own-label'}, say.still),
              h('ul', {}, found.open.map((id) => h('li', {}, say[`open_${id}`])))
            ],
        ticks('payers', payers,
            found.payers_more && fill(say.payers_more, {count: found.payers_more})),
        ticks(
            'unwritten', unwritten, found.unlisted && fill(say.unlisted, {count: found.unlisted})),
        left, lesson, h('p', {class: 'own-wait'}, say.lesson_waits),
        h('p', {class: 'own-warn'}, say.key_help),
        h('div', {class: 'own-buttons'}, save,
            found.mode === 'replace' && press('statement-again', say.again, () => ask(0))));
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
  return { node, begin, done, gone, refresh, get key() {
      return key; }, get apart() {
      return apart; },
    clear() {
      node.hidden = true;
      node.replaceChildren();
      last = null;
      apart = []; } };
  }
