// The import of bank statements: a file from the device, its columns as they were understood,
// corrected with selects, every row that is not taken with its reason. It stays while its step is
// left and come back to.

const here = new URL('.', import.meta.url);
const query = new URL(import.meta.url).search;
const { element, saveFile } = await import(new URL('lab.js' + query, here).href);
const { fill } = await import(new URL('own-names.js' + query, here).href);

const MOST_BYTES = 8_000_000;
const QUIET_MS = 300;

export function statement(page) {
  const { model, say, box } = page;
  const file = element('input', { type: 'file', accept: '.csv,.tsv,.txt,.xlsx', id: 'own-statement-file', class: 'own-file' });
  const note = element('div', { class: 'own-help', role: 'status' });
  const body = element('div', {});
  const after = element('div', {});
  box.classList.add('own-import');
  box.replaceChildren(element('p', {}, say.lead), element('label', { for: file.id, class: 'own-label' }, say.file), file, note, body, after);

  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    file.value = '';
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) { note.textContent = fill(say.big, { most: MOST_BYTES }); return; }
    body.replaceChildren();
    model.send({ statement: chosen.name }, undefined, [await chosen.arrayBuffer()]);
  });
  const hear = ({ dialog }) => {
    if (!dialog) return;
    note.textContent = dialog.refused ?? '';
    if (dialog.statement) draw(dialog.statement);
    if (dialog.imported) inserted(dialog.imported);
  };
  model.on('msg:custom', hear);
  const inserted = (found) => {
    if (found.error) { note.textContent = found.error; return; }
    body.replaceChildren();
    page.insert(found.rows, found.said);
    const key = element('button', { type: 'button', 'data-id': 'statement-key', class: 'own-strong' }, say.key);
    key.addEventListener('click', () => saveFile({ name: 'simlib-key.json', type: 'application/json', text: JSON.stringify(found.key, null, 1) }));
    after.replaceChildren(element('p', {}, found.said), element('p', { class: 'own-warn' }, say.key_help), key);
    key.focus();
  };

  // The selects, then what would be read with them; a change is asked for at once.
  const draw = (view) => {
    const held = box.contains(document.activeElement) ? document.activeElement.dataset.role : null;
    let timer = null;
    const inputs = {};
    const send = () => {
      clearTimeout(timer);
      timer = setTimeout(() => model.send({ map: { table: Number(inputs.table?.value ?? view.table), shape: inputs.shape.value, unit: inputs.unit.value,
        account: inputs.account.value, holder: inputs.holder.value,
        columns: Object.fromEntries(view.roles.map(([role]) => [role, Number(inputs[role].value)]).filter(([, n]) => n)) } }), QUIET_MS);
    };
    const labelled = (role, label, control) => {
      control.dataset.role = role;
      control.id = 'statement-' + role;
      control.addEventListener('change', send);
      inputs[role] = control;
      return element('div', { class: 'own-field' }, element('label', { for: control.id, class: 'own-label' }, label), control);
    };
    const select = (role, label, options, value) => {
      const control = element('select', {}, ...options.map(([each, text]) => element('option', { value: each }, text)));
      control.value = String(value);
      return labelled(role, label, control);
    };
    const line = (role, label, value) => {
      const control = element('input', { type: 'text', autocomplete: 'off' });
      control.value = value;
      return labelled(role, label, control);
    };
    const places = [['0', say.role_none], ...view.headers.map((text, n) => [String(n + 1), `${n + 1}　${text}`])];
    const columns = element('div', { class: 'own-columns' },
      view.tables.length > 1 ? select('table', say.table, view.tables.map((text, n) => [String(n), text]), view.table) : '',
      select('shape', say.shape, [...(view.shape ? [] : [['', '']]), ...view.shapes], view.shape),
      select('unit', say.unit, ['yuan', 'fen', 'wan'].map((unit) => [unit, say['unit_' + unit]]), view.unit),
      line('account', say.account, view.account), line('holder', say.holder, view.holder),
      ...view.roles.filter(([role]) => view.columns[role]).map(([role, label]) => select(role, label, places, view.columns[role])));
    const others = element('details', { open: !view.rows }, element('summary', {}, say.others), element('div', { class: 'own-columns' },
      ...view.roles.filter(([role]) => !view.columns[role]).map(([role, label]) => select(role, label, places, 0))));
    const said = (title, lines) => (lines?.length ? [element('p', { class: 'own-label' }, title), element('ul', {}, ...lines.map((text) => element('li', {}, text)))] : []);
    body.replaceChildren(columns, others, ...said(say.uncertain, view.notes), view.error ? element('p', { class: 'own-warn' }, view.error) : '', ...result(view, said));
    body.querySelector(`[data-role="${held}"]`)?.focus();
  };

  const result = (view, said) => {
    if (!view.rows) return [];
    const used = Object.values(page.draft).filter(Array.isArray).flat().map((row) => row?.id).filter((id) => typeof id === 'string');
    const insert = element('button', { type: 'button', class: 'own-strong', 'data-id': 'statement-insert' }, fill(say.insert, view));
    insert.addEventListener('click', () => model.send({ insert: used }));
    const cell = (text, n) => element(n === 0 ? 'th' : 'td', n === 0 ? { scope: 'row' } : {}, String(text));
    const rows = view.rows.map((row) => element('tr', {}, ...[row.row, row.state, ...row.cells].map(cell)));
    return [element('p', { role: 'status', class: 'own-sentence' }, fill(say.counts, view)),
      ...said(say.refused, view.lines.map((line) => fill(say.row, line))), ...said(say.told, view.told),
      element('p', {}, fill(say.rows, { count: view.rows.length })),
      element('div', { class: 'own-scroll', tabindex: 0, role: 'region', 'aria-label': fill(say.rows, { count: view.rows.length }) }, element('table', { class: 'own-table-read' }, element('tbody', {}, ...rows))),
      ...(view.taken ? [insert] : [])];
  };
}
