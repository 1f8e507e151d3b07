// Fields of the editor: a label above its control, what is wrong with it below; the rarer ones folded.

import { h } from './draw.js';
import { fill, inWords, nameOf } from './own-names.js';
import { CONTROLS } from './own-kinds.js';

const NOTED = ['money', 'fraction', 'whole', 'day', 'instant', 'choice', 'flag', 'pointer'];
const REQUIRED = 'input:not([type=checkbox], [type=radio], [type=file]), select, textarea';
let serial = 0;

// A field of `row`: its label, its control, a place for what is wrong with it.
export function makeControl(table, row, field, context, spot) {
  const id = 'own-' + serial++;
  const where = [...spot, field.id];
  const set = (value) => context.change(() => {
    if (value === '' || value === null || value === undefined || (Array.isArray(value) && !value.length)) delete row[field.id];
    else row[field.id] = value;
  }, where.join('/'));
  const made = (CONTROLS[field.kind] ?? CONTROLS.line)({ id, row, field, set, context, table, where });
  const isMust = Boolean(field.must || field.wanted);
  const must = isMust ? h('small', { 'aria-hidden': 'true' }, context.say.must) : '';  // the control says it itself
  if (isMust) for (const node of made.nodes) for (const control of [node, ...node.querySelectorAll('*')]) if (control.matches(REQUIRED)) control.setAttribute('aria-required', 'true');
  const label = h(made.group ? 'legend' : 'label', { for: made.group ? null : id, class: 'own-label' }, field.label, must);
  const parts = made.tick ? [...made.nodes, label] : [label, ...made.nodes];
  return h(made.group ? 'fieldset' : 'div', { class: `own-field own-${field.kind}`, 'data-spot': where.join('/'), 'data-id': field.id },
    ...parts, h('div', { class: 'own-said-here' }));
}

// Whether a field is asked of this row: some are about one role only, one about several victims only.
function isAsked(table, row, field, draft) {
  if (row[field.id] !== undefined) return true;
  if (!table && field.id === 'claimant') return (draft.parties ?? []).filter((each) => each?.role === 'victim').length > 1;
  return (!field.roles || field.roles.includes(row.role)) && (!field.acts || field.acts.includes(row.act));
}

// All fields of a row: what most people need, then one fold with the rest.
export function fieldsOf(table, row, shape, context, spot) {
  const build = (field) => makeControl(table, row, field, context, spot);
  const asked = shape.fields.filter((field) => isAsked(table, row, field, context.draft));
  const first = asked.filter((field) => !field.more && !field.technical);
  const plain = h('div', { class: 'own-fields' }, ...first.map(build));
  const fold = h('details', { class: 'own-more' }, h('summary', {}, context.say.more));
  const fillFold = () => {
    if (fold.dataset.full) return;
    fold.dataset.full = 'yes';
    const others = asked.filter((field) => field.kind === 'words').map((field) => otherLanguage(field, context.say));
    const technical = shape.fields.filter((field) => field.technical);
    const inner = technical.map((field) => (field.id === 'id' ? twin(build(field)) : build(field)));
    const ids = technical.every((field) => field.id === 'id') ? ' own-twin' : '';
    fold.append(h('div', { class: 'own-fields' }, ...others.map(build).map(twin), ...asked.filter((field) => field.more).map(build)),
      shape.noted ? notes(table, row, shape, context, spot) : '',
      inner.length ? h('details', { class: `own-technical${ids}` }, h('summary', {}, context.say.technical), h('div', { class: 'own-fields' }, ...inner)) : '');
  };
  fold.addEventListener('own:fill', fillFold);  // a problem lies in it
  fold.addEventListener('toggle', () => { if (fold.open && !fold.dataset.full) { fillFold(); context.mark(); } });
  return [plain, fold];
}

// Ids and what stands for the other language: seen only by who asks for it.
function twin(node) {
  node.classList.add('own-twin');
  return node;
}

function otherLanguage(field, say) {
  const lang = say.lang === 'zh' ? 'en' : 'zh';
  return { ...field, lang, must: false, label: fill(say[`in_${lang}`], { field: field.label }) };
}

// Of what kind each fact is, and where it comes from: only for facts that are there.
function notes(table, row, shape, context, spot) {
  const { say, spec } = context;
  const box = h('details', { class: 'own-notes' }, h('summary', {}, say.kinds));
  const note = (field, key, label, options) => {
    const select = h('select', {}, ...[['', say.kind_none], ...options].map(([value, text]) => h('option', { value }, text)));
    select.value = row[key]?.[field.id] ?? '';
    select.addEventListener('change', () => context.change(() => {
      row[key] = { ...row[key], [field.id]: select.value };
      if (!select.value) delete row[key][field.id];
      if (!Object.keys(row[key]).length) delete row[key];
    }, `${[...spot, field.id].join('/')}/${key}`));
    return h('label', { class: 'own-part' }, h('span', {}, fill(label, { field: field.label })), select);
  };
  box.addEventListener('toggle', () => {
    if (!box.open) return;
    const sources = (context.draft.sources ?? []).filter((each) => each?.id).map((each, n) => [each.id, inWords(each.text, say) || nameOf(context, 'sources', each, n)]);
    const key = table ? 'sources' : 'fact_sources';
    const facts = shape.fields.filter((field) => NOTED.includes(field.kind) && row[field.id] !== undefined);
    const made = facts.flatMap((field) => [note(field, 'kinds', say.kind, spec.kinds), ...(sources.length ? [note(field, key, say.source, sources)] : [])]);
    box.replaceChildren(box.firstChild, made.length ? h('div', { class: 'own-fields' }, ...made) : h('p', { class: 'own-help' }, say.kinds_none));
  });
  return box;
}

// What a file had and the page has no control for: it can be seen and taken away.
export function alienField(row, key, spot, { say, change }, again) {
  const button = h('button', { type: 'button' }, say.remove);
  button.addEventListener('click', () => { change(() => { delete row[key]; }); again(); });
  return h('div', { class: 'own-field own-alien', 'data-spot': spot.join('/') }, h('p', {}, say.alien),
    h('details', {}, h('summary', {}, say.technical), h('code', {}, `${key} = ${JSON.stringify(row[key])}`)), button, h('div', { class: 'own-said-here' }));
}
