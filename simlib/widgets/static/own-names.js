// What things of a case are called, and how numbers are read and written: no markup here.


// ----------------------------------------------------------------

/** @param {string} text @param {Record<string, unknown>} values */
export const fill = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

// Where a lesson opens a case.
/** @param {string} name @param {string} lab */
export const lessonAt = (name, lab) =>
    `${new URL(name, location.href).pathname}#s=${lab}`;  // in no request

/** @template T @param {T} value @returns {T} */
export const copyOf = (value) => JSON.parse(JSON.stringify(value));

// What is said of a problem, as a whole sentence.
/** @param {string} said @param {any} say */
export const sentence = (said, say) => (/[。？！.?!]$/.test(said) ? said : said + say.stop);

// ---------------------------------------------------------------- numbers

// Yuan as typed → whole fen, or the text as it stands if it is no amount.
export function toFen(/** @type {string} */ text) {
  const plain = text.normalize('NFKC')
                    .replace(/[,\s]/g, '')
                    .replace(/^(¥|cny|rmb|人民币)/i, '')
                    .replace(/元整?$/, '');
  const parts = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) return text;
  const fen = Number(parts[2] + (parts[3] ?? '').padEnd(2, '0'));
  return parts[1] ? -fen : fen;
}

export function toYuan(/** @type {unknown} */ fen) {
  if (typeof fen !== 'number' || !Number.isInteger(fen)) return String(fen);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const [whole, rest] = [digits.slice(0, -2), digits.slice(-2)];
  return (fen < 0 ? '-' : '') + whole + (rest === '00' ? '' : '.' + rest);
}

// An amount in fen as the page says it.
/** @param {number} fen @param {any} say */
export const inYuan = (fen, say) => fill(say.money, { yuan: grouped(toYuan(fen), say.lang) });

// Thousands apart, where a language sets them so.
/** @param {string} yuan @param {string} lang */
const grouped = (yuan, lang) =>
    (lang === 'en' ? yuan.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',') : yuan);

const ZONE_MS = 8 * 3600 * 1000;  // instants are shown in Beijing time

// A day, and the time if there is one: a row that has none stands at midnight.
export function moment(/** @type {unknown} */ at) {
  const ms = typeof at === 'string' ? Date.parse(at) : NaN;
  if (Number.isNaN(ms)) return '';
  const [day, time] = new Date(ms + ZONE_MS).toISOString().slice(0, 19).split('T');
  return time === '00:00:00' ? day : `${day} ${time.replace(/:00$/, '')}`;
}

export const toNumber = (/** @type {string} */ text) => {
  const plain = text.normalize('NFKC').trim();
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : text;
};

/** @param {string} text */
export const toWhole = (text) => (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text);

/** @param {unknown} value */
export const asText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

// ---------------------------------------------------------------- names

// The words of a fact in the page's language, or the other.
export function inWords(/** @type {any} */ words, /** @type {any} */ say) {
  if (typeof words === 'string') return words;
  return words && typeof words === 'object' ?
      String(words[say.lang] || words.zh || words.en || '') :
      '';
}

/** @param {any} spec @param {string} table @param {string} field */
export const fieldOf = (spec, table, field) => (table ?
        spec.tables.find((/** @type {any} */ each) => each.id === table)?.fields :
        spec.head.fields)?.find((/** @type {any} */ each) => each.id === field);

// A value of a closed list in words.
/** @param {any} context @param {string} table @param {string} field @param {unknown} value */
export function wordOf({ spec }, table, field, value) {
  const options = fieldOf(spec, table, field)?.options ?? [];
  return options.find((/** @type {any} */ [key]) => key === value)?.[1] ?? '';
}

// The thing that has this id, as a reader calls it.
/** @returns {string} @param {any} context @param {unknown} id */
export function called(context, id) {
  for (const table of ['parties', 'accounts', 'evidence', 'acts', 'events', 'sources']) {
    const rows = context.draft[table];
    const n = Array.isArray(rows) ? rows.findIndex((row) => row?.id === id) : -1;
    if (n >= 0) return nameOf(context, table, rows[n], n);
  }
  const elsewhere = fieldOf(context.spec, 'recoveries', 'payer')?.also ?? [];
  return elsewhere.find((/** @type {any} */[key]) => key === id)?.[1] ??
      (typeof id === 'string' ? id : '？');
}

function accountName(/** @type {any} */ context, /** @type {any} */ row) {
  const { say, draft } = context;
  const mine = draft.accounts.filter((/** @type {any} */ each) => each?.holder === row.holder);
  const who = called(context, row.holder);
  return mine.length > 1 ? fill(say.account_nth, {who, n: mine.indexOf(row) + 1}) :
                           fill(say.account_of, {who});
}

// What a row is called.
/** @returns {string} @param {any} context @param {string} table @param {any} row
 * @param {number} n */
export function nameOf(context, table, row, n) {
  const { say } = context;
  const known = (/** @type {unknown} */ id) => (id === undefined ? '？' : called(context, id));
  /** @type {Record<string, () => string>} */
  const ways = {
    parties: () => inWords(row.name, say) || wordOf(context, table, 'role', row.role),
    accounts: () =>
        (row.holder === undefined ? fill(say.account_new, {n: n + 1}) : accountName(context, row)),
    transfers: () => fill(say.transfer, {payer: known(row.payer), payee: known(row.payee)}),
    reparations: () => fill(say.transfer, {payer: known(row.party), payee: known(row.victim)}),
    recoveries: () => known(row.payer),
    criminal: () => known(row.party),
    interruptions: () => wordOf(context, table, 'kind', row.kind),
    rulings: () => inWords(row.court, say),
    evidence: () => inWords(row.name, say) || wordOf(context, table, 'kind', row.kind),
  };
  const said = ways[table]?.() ?? inWords(row.name ?? row.title ?? row.words ?? row.text, say);
  return (said || fill(say.row, { n: n + 1 })).slice(0, 80);
}

// The facts that stand beside a row's name.
/** @param {any} context @param {string} table @param {any} row */
export function besideName(context, table, row) {
  const money = typeof row.amount_fen === 'number' ?
      fill(context.say.money, {yuan: grouped(toYuan(row.amount_fen), context.say.lang)}) :
      '';
  const words = ['role', 'grade', 'status', 'form', 'stage',
    'kind'].filter((field) => row[field] !== undefined && !(table === 'evidence' && !row.name))
                    .map((field) => (field === 'grade' && row.grade === 'unknown' ?
                                 context.say.grade_beside :
                                 wordOf(context, table, field, row[field])));
  const name = nameOf(context, table, row, 0);
  const at = table === 'transfers' ? moment(row.at) : '';
  return [...words.filter((word) => word !== name), at, money].filter(Boolean).join(
      context.say.lang === 'zh' ? '，' : ', ');
}

// What can be pointed at: id and name of each.
/** @param {any} context @param {any} field */
export const pointed = (context, field) =>
    field.homes
        .flatMap(
            (/** @type {string} */ home) => (context.draft[home] ?? [])
                .map((/** @type {any} */ row,
                         /** @type {number} */ n) => [row?.id, nameOf(context, home, row ?? {}, n)])
                .filter((/** @type {any} */[id]) => typeof id === 'string' && id))
        .concat(field.also ?? []);

// ---------------------------------------------------------------- another id for a row

// Whatever named a row by its old id names it by the new one.
/** @param {any} context @param {string} table @param {any} before @param {any} now */
export function renamed({ draft, spec }, table, before, now) {
  if (!before || !now || before === now) return;
  const rows = Object.values(draft).filter(Array.isArray).flat();
  if (rows.some((row) => row?.id === before)) return;  // another row has it still
  /** @type {(value: any) => any} */
  const other = (value) => (value === before ? now :
          Array.isArray(value)               ? value.map(other) :
                                               value);
  const through = (/** @type {any} */ row, /** @type {any[]} */ fields) => {
    for (const field of fields) {
      if (field.homes && row[field.id] !== undefined &&
          (field.homes.includes(table) || field.kind === 'place'))
        row[field.id] = other(row[field.id]);
    }
  };
  through(draft, spec.head.fields);
  for (const each of spec.tables)
    for (const row of Array.isArray(draft[each.id]) ? draft[each.id] : []) {
      through(row, each.fields);
      if (table === 'sources') {
        if (row.source === before) row.source = now;
        for (const key of Object.keys(row.sources ?? {}))
          row.sources[key] = other(row.sources[key]);
      }
      if (row.set && typeof row.set === 'object') {
        row.set = Object.fromEntries(Object.entries(row.set).map(([
          path, value
        ]) => [path.startsWith(`${before}.`) ? now + path.slice(before.length) : path, value]));
      }
    }
  if (table === 'sources')
    for (const key of Object.keys(draft.fact_sources ?? {}))
      draft.fact_sources[key] = other(draft.fact_sources[key]);
}

// Settings as drafts of before held them, lines `path = value`, as the record of today.
export function modern(/** @type {any} */ draft) {
  for (const row of Array.isArray(draft.positions) ? draft.positions : []) {
    if (typeof row?.set !== 'string') continue;
    const found =
        row.set.split('\n')
            .map((/** @type {string} */ line) => /^\s*"?([^"=]+?)"?\s*=\s*(.*?)\s*$/.exec(line))
            .filter(Boolean);
    row.set = Object.fromEntries(found.map((/** @type {any} */ [, path, value]) => {
      try { return [path, JSON.parse(value)]; } catch { return [path, value]; }
    }));
  }
  return draft;
}

// ----------------------------------------------------------------
// The claimant's transfers and his loss say the same amount: a single transfer follows the loss.

/** @typedef {{id?: string, role?: string, holder?: string, payer?: string, payee?: string, amount_fen?: unknown}} Row */
/** @typedef {Record<string, any>} Draft */

// The rows of a table, whatever a file made of it.
/** @param {Draft} draft @param {string} table @returns {Row[]} */
const rowsOf = (draft, table) =>
    (Array.isArray(draft[table]) ? draft[table].map((/** @type {Row | null} */ row) => row ?? {}) :
                                   []);

// Which transfers leave the claimant and his accounts, as Python adds them up: numbers of rows.
export function leaving(/** @type {Draft} */ draft) {
  const victims = rowsOf(draft, 'parties').filter(({ role }) => role === 'victim');
  const claimant = draft.claimant ?? (victims.length === 1 ? victims[0].id : undefined);
  if (!claimant) return [];
  const mine = new Set([
    claimant,
    ...rowsOf(draft, 'accounts').filter(({holder}) => holder === claimant).map(({id}) => id)
  ]);
  return rowsOf(draft, 'transfers')
      .flatMap(({payer, payee}, n) => (mine.has(payer) && !mine.has(payee) ? [n] : []));
}

/** @param {unknown} fen */
const isLoss = (fen) => typeof fen === 'number' && Number.isInteger(fen) && fen > 0;

// The only transfer of the claimant, if it is the whole loss or says no amount yet; -1: there is
// none.
export function tiedTo(/** @type {Draft} */ draft) {
  const [only, ...others] = leaving(draft);
  if (only === undefined || others.length) return -1;
  const { amount_fen: amount } = draft.transfers[only];
  return amount === undefined || isLoss(draft.loss_fen) && amount === draft.loss_fen ? only : -1;
}

// The only transfer there is, where it is the claimant's whole loss into an account; -1: there is
// none.
export function soleTransfer(/** @type {Draft} */ draft) {
  const n = tiedTo(draft);
  if (n < 0 || rowsOf(draft, 'transfers').length > 1 || !isLoss(draft.loss_fen)) return -1;
  const { payee, amount_fen: amount } = draft.transfers[n];
  return amount === draft.loss_fen && rowsOf(draft, 'accounts').some(({id}) => id === payee) ? n :
                                                                                               -1;
}

// Let a transfer be what the loss is now; whether it had to change.
export function follow(/** @type {Draft} */ draft, /** @type {number} */ n) {
  const row = draft.transfers?.[n];
  if (!row || !isLoss(draft.loss_fen) || row.amount_fen === draft.loss_fen) return false;
  row.amount_fen = draft.loss_fen;
  return true;
}

/** One who remembers, from stroke to stroke in the field of the loss, which transfer goes with it. */
export function makeFollower() {
  let tied = -1;
  return {
    before(/** @type {Draft} */ draft, /** @type {string | null} */ key) {
      if (key !== 'loss_fen') tied = -1;
      else if (tied < 0) tied = tiedTo(draft);
    },
    /** @param {Draft} draft */
    after: (draft) => tied >= 0 && follow(draft, tied),
    forget() { tied = -1; },
  };
}
