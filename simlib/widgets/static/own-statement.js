// The import of bank statements: a file from the device, its own table with a choice for each column,
// what becomes of its rows, then the questions it leaves. It stays while its step is left and come
// back to. A password is sent once with its file and kept nowhere.

import { h } from './draw.js';
import { fill } from './own-names.js';
import { makeColumns } from './own-columns.js';
import { makeAsked } from './own-questions.js';

const MOST_BYTES = 8_000_000;
const KINDS = '.csv,.tsv,.txt,.xlsx,.xls,.pdf,.zip';

export function statement(page) {
  const { model, say, box } = page;
  const file = h('input', { type: 'file', accept: KINDS, multiple: true, id: 'own-statement-file', hidden: true, 'aria-label': say.file });
  const pick = h('button', { type: 'button', class: 'own-strong', 'data-id': 'statement-file' }, say.file);
  const note = h('div', { class: 'own-help own-refused', role: 'status' });
  let held = null;  // the chosen file, as long as it may need a password
  /** @type {File[]} */
  let waiting = [];  // files chosen together with it, still to be read

  const send = (password) => {
    note.textContent = say.reading;
    model.send({ statement: held.name, ...(password ? { password } : {}) }, undefined, [held.bytes]);
  };
  const locked = secret(say, send);
  const people = () => model.send({ people: true, key: asked.key, apart: asked.apart });
  const columns = makeColumns({ say, send: (said) => model.send(said), go: people });
  const asked = makeAsked({ page, back: () => { asked.clear(); columns.show(true); },
    onto: (table) => { asked.clear(); columns.show(true); columns.choose(table); }, again: people });
  let unwritten = false;  // a statement is open that is not in the case
  const queue = h('div', { class: 'own-warn', 'data-waiting': '', tabindex: -1, hidden: true });
  // Files chosen while a statement is not written wait, first the newest choice: nothing goes unasked.
  const come = (/** @type {File[]} */ chosen) => {
    if (!chosen.length) return;
    waiting = [...chosen, ...waiting];
    if (!unwritten) { take(waiting); return; }
    showQueue();
    queue.scrollIntoView({ block: 'nearest' });
    queue.focus({ preventScroll: true });
  };
  const showQueue = () => {
    queue.hidden = !waiting.length;
    if (!waiting.length) return;
    const next = h('button', { type: 'button', 'data-id': 'statement-next-file' }, fill(unwritten ? say.skip_file : say.next_file, { name: waiting[0].name }));
    next.addEventListener('click', () => take(waiting));
    const left = fill(say.left_files, { count: waiting.length, names: waiting.map(({ name }) => name).join(say.between) });
    queue.replaceChildren(h('p', {}, left, unwritten ? say.file_unwritten : ''), next);
  };
  box.classList.add('own-import');
  box.replaceChildren(h('p', {}, say.lead), h('div', { class: 'own-drop' }, file, pick, h('span', { class: 'own-help' }, say.drop)), note, locked.node, columns.node, asked.node, queue);

  const take = async (/** @type {File[]} */ [chosen, ...others]) => {
    if (!chosen) return;
    [waiting, unwritten] = [others, false];
    showQueue();
    if (chosen.size > MOST_BYTES) { note.textContent = fill(say.big, { most: MOST_BYTES }); return; }
    held = { name: chosen.name, bytes: await chosen.arrayBuffer() };
    for (const part of [columns, asked, locked]) part.clear();
    send();
  };
  pick.addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    const chosen = [...file.files];
    file.value = '';
    come(chosen);
  });
  // A file that is dropped anywhere on the step is read, and never opened in place of the page.
  const over = (event, on) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    box.classList.toggle('is-over', on);
  };
  box.addEventListener('dragover', (event) => over(event, true));
  box.addEventListener('dragleave', (event) => over(event, box.contains(event.relatedTarget)));
  box.addEventListener('drop', (event) => {
    over(event, false);
    come([...event.dataTransfer?.files ?? []]);
  });
  const hear = ({ dialog, refused }) => {
    if (refused) note.textContent = '';
    if (!dialog) return;
    note.textContent = dialog.refused ?? '';
    locked.ask(Boolean(dialog.password));
    if (dialog.statement) { held = null; unwritten = true; columns.draw(dialog.statement); }
    if (dialog.people) { columns.show(false); asked.begin(dialog.people); }
    if (dialog.imported) {
      if (dialog.imported.error) { note.textContent = dialog.imported.error; asked.refresh(); } else { unwritten = false; asked.done(dialog.imported); }
    }
    showQueue();
    box.classList.toggle('is-reading', columns.shown);
  };
  // The draft was drawn anew, maybe as it was before the statement.
  box.addEventListener('own:built', () => {
    asked.refresh();
    if (!asked.gone()) return;
    asked.clear();
    columns.show(true);
    unwritten = true;
    showQueue();
    note.textContent = say.taken_back;
  });
  model.on('msg:custom', hear);
}

// The field that a file with a password needs; it is empty again as soon as it was sent.
function secret(say, send) {
  const input = h('input', { type: 'password', id: 'own-statement-password', autocomplete: 'off', spellcheck: 'false' });
  const open = h('button', { type: 'button', class: 'own-strong', 'data-id': 'statement-open' }, say.password_go);
  const node = h('div', { class: 'own-secret', hidden: true }, h('label', { for: input.id, class: 'own-label' }, say.password), input, open,
    h('p', { class: 'own-help' }, say.password_help));
  const go = () => {
    if (!input.value) { input.focus(); return; }
    const { value } = input;
    input.value = '';
    send(value);
  };
  open.addEventListener('click', go);
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); go(); } });
  const clear = () => { input.value = ''; node.hidden = true; };
  return { node, clear, ask(needed) {
    if (!needed) { clear(); return; }
    node.hidden = false;
    input.focus();
  } };
}
