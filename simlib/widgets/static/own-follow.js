// The claimant's transfers and his loss say the same amount: a single transfer follows the loss.

/** @typedef {{id?: string, role?: string, holder?: string, payer?: string, payee?: string, amount_fen?: unknown}} Row */
/** @typedef {Record<string, any>} Draft */

/**
 * The rows of a table, whatever a file made of it.
 * @param {Draft} draft
 * @param {string} table
 * @returns {Row[]}
 */
const rowsOf = (draft, table) => (Array.isArray(draft[table]) ? draft[table].map((/** @type {Row | null} */ row) => row ?? {}) : []);

/**
 * Which transfers leave the claimant and his accounts, as Python adds them up: numbers of rows.
 * @param {Draft} draft
 */
export function leaving(draft) {
  const victims = rowsOf(draft, 'parties').filter(({ role }) => role === 'victim');
  const claimant = draft.claimant ?? (victims.length === 1 ? victims[0].id : undefined);
  if (!claimant) return [];
  const mine = new Set([claimant, ...rowsOf(draft, 'accounts').filter(({ holder }) => holder === claimant).map(({ id }) => id)]);
  return rowsOf(draft, 'transfers').flatMap(({ payer, payee }, n) => (mine.has(payer) && !mine.has(payee) ? [n] : []));
}

/** @param {unknown} fen */
const isLoss = (fen) => typeof fen === 'number' && Number.isInteger(fen) && fen > 0;

/**
 * The only transfer of the claimant, if it is the whole loss or says no amount yet; -1: there is none.
 * @param {Draft} draft
 */
export function tiedTo(draft) {
  const [only, ...others] = leaving(draft);
  if (only === undefined || others.length) return -1;
  const { amount_fen: amount } = draft.transfers[only];
  return amount === undefined || isLoss(draft.loss_fen) && amount === draft.loss_fen ? only : -1;
}

/**
 * The only transfer there is, where it is the claimant's whole loss into an account; -1: there is none.
 * @param {Draft} draft
 */
export function soleTransfer(draft) {
  const n = tiedTo(draft);
  if (n < 0 || rowsOf(draft, 'transfers').length > 1 || !isLoss(draft.loss_fen)) return -1;
  const { payee, amount_fen: amount } = draft.transfers[n];
  return amount === draft.loss_fen && rowsOf(draft, 'accounts').some(({ id }) => id === payee) ? n : -1;
}

/**
 * Let a transfer be what the loss is now; whether it had to change.
 * @param {Draft} draft
 * @param {number} n
 */
export function follow(draft, n) {
  const row = draft.transfers?.[n];
  if (!row || !isLoss(draft.loss_fen) || row.amount_fen === draft.loss_fen) return false;
  row.amount_fen = draft.loss_fen;
  return true;
}

/** One who remembers, from stroke to stroke in the field of the loss, which transfer goes with it. */
export function makeFollower() {
  let tied = -1;
  return {
    /** @param {Draft} draft @param {string | null} key */
    before(draft, key) {
      if (key !== 'loss_fen') tied = -1;
      else if (tied < 0) tied = tiedTo(draft);
    },
    /** @param {Draft} draft */
    after: (draft) => tied >= 0 && follow(draft, tied),
    forget() { tied = -1; },
  };
}
