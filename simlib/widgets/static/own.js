// The editor of a reader's own case. The draft lives here, in the page and in this browser's
// storage; Python checks it, reckons it and writes it down. Native controls throughout, so that
// keyboard, screen reader and phone work as everywhere else.

import {choose, h, hearing, press, styled, tick} from './draw.js';
import {addressOf, copyText, DRAFT, filePicker, handed, listening, publish, saveFile} from './lab.js';
import {makeDraft} from './own-draft.js';
import {fill, makeFollower, sentence} from './own-names.js';
import {makeResult, makeSheet} from './own-result.js';
import {makeSteps} from './own-steps.js';

styled('tokens.css', 'stage.css', 'own.css');

// ---------------------------------------------------------------- tools

// Undo and redo; in a fold what is done once: another case, a file, an end of it.
function makeTools({ model, say, draft, tell, twins, place }) {
  const undo = press('undo', '↶', () => draft.undo(), {
    class: 'is-quiet stage-step',
    'aria-label': say.undo,
    title: `${say.undo}  Ctrl+Z / ⌘Z`,
    'aria-keyshortcuts': 'Control+Z Meta+Z'
  });
  const redo = press('redo', '↷', () => draft.redo(), {
    class: 'is-quiet stage-step',
    'aria-label': say.redo,
    title: `${say.redo}  Ctrl+Shift+Z / ⇧⌘Z`,
    'aria-keyshortcuts': 'Control+Shift+Z Meta+Shift+Z Control+Y'
  });
  const starts = model.get('starts');
  const start = choose(starts, starts[0][0], () => {}, { id: 'own-start' });
  const file = filePicker({ accept: '.toml,.txt', 'aria-label': say.load }, async ([chosen]) => {
    if (chosen.size > model.get('most')) tell(fill(say.big, { most: model.get('most') }));
    else model.send({ file: chosen.name }, undefined, [await chosen.arrayBuffer()]);
  });
  const sample = press('sample', say.sample, () => model.send({ start: starts[1][0] }));
  let sure = false;
  const forget = press('forget', say.forget, ({ currentTarget: button }) => {
    sure = !sure;
    button.textContent = sure ? say.forget_sure : say.forget;
    if (!sure) draft.forget();
  });
  const node = h('div', {class: 'own-bar'}, undo, redo, sample,
      h('details', {class: 'own-tools'}, h('summary', {}, say.tools),
          h('div', {class: 'own-start'},
              h('label',
                  { for: 'own-start'
                  },
                  say.start),
              start, press('start', say.start_go, () => model.send({start: start.value}))),
          h('div', {class: 'own-buttons'}, press('load', say.load, () => file.click()), file,
              forget),
          place.later, twins.node));
  const show = () => {
    undo.setAttribute('aria-disabled', String(!draft.canUndo));
    redo.setAttribute('aria-disabled', String(!draft.canRedo));
    sample.hidden = !draft.isBlank;
  };
  return { node, undo, redo, show };
}

// Where the draft is kept: asked once it is written, and to be changed later among the tools.
const WAYS = ['visit', 'days'];
function makePlace({ say, draft, tell }) {
  const on = () => new Date(
      draft.until).toLocaleDateString(say.lang === 'zh' ? 'zh-CN' : 'en-GB', {dateStyle: 'long'});
  const keep = (way) => {
    draft.keepIn(way);
    tell(fill(say[`kept_${way}`], { on: way === 'days' ? on() : '' }));
  };
  const asked = h('p', { role: 'status' });
  const node = h('div',
      {class: 'own-place-ask', role: 'group', 'aria-label': say.keep_label, hidden: true}, asked,
      h('div', {class: 'own-buttons'},
          ...WAYS.map((way) => press(`keep-${way}`, say[`keep_${way}`], () => keep(way),
                          {class: 'own-strong'}))));
  const ways =
      WAYS.map((way) => tick(`own-keep-${way}`, say[`keep_${way}`], false, () => keep(way),
                   {type: 'radio', name: 'own-place', value: way, 'data-id': `keep-in-${way}`}));
  const later = h('fieldset', { class: 'own-place-later' }, h('legend', {}, say.keep_label), ways);
  const show = () => {
    const held = node.contains(document.activeElement);
    node.hidden = !draft.asks;
    const said = draft.asks ? say.keep_ask : '';
    if (asked.textContent !== said) asked.textContent = said;  // it is announced
    if (held && node.hidden)
      later.closest('.own-editor')?.querySelector('.own-steps [aria-current]')?.focus();
    for (const { firstChild: radio } of ways) radio.checked = radio.value === draft.keptIn;
    later.disabled = !draft.lasting;
  };
  // A lesson has the case in its address; who comes back from there finds the draft, if it is kept.
  const stay = (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || !draft.asks || event.ctrlKey || event.metaKey || event.shiftKey || event.button)
      return;
    event.preventDefault();
    node.scrollIntoView({ block: 'center' });
    node.querySelector('button').focus();
  };
  return { node, later, show, stay };
}

// Ids and the words of the other language: hidden until asked for; what was asked is remembered.
function makeTwins(root, say) {
  const key = `${DRAFT}:twins`;
  const node = tick('own-twins', say.twins, false, (on) => {
    show(on);
    try { localStorage.setItem(key, on ? 'shown' : ''); } catch { /* for this visit only */ }
  });
  const show = (on) => {
    node.firstChild.checked = on;
    root.classList.toggle('has-twins', on);
  };
  try { show(localStorage.getItem(key) === 'shown'); } catch { /* hidden */ }
  return { show, node };
}

// Saving and passing on: beside the result.
function makeKeep({ say, draft, tell, note }) {
  const save = () => draft.settled((found) => saveFile({
    name: `${/^[\w-]+$/.test(draft.value.id ?? '') ? draft.value.id : 'case'}.toml`,
    type: 'application/toml',
    text: found.text
  }));
  const copy = () => draft.settled(async ({ link }) => {
    if (!link) { tell(say.too_long); return; }
    const address = addressOf(link, true);
    if (await copyText(address)) { tell(say.copied); return; }
    const shown = h('input', { readonly: true, value: address, 'aria-label': say.copy });
    note.replaceChildren(shown);
    shown.select();
  });
  return h('div', {class: 'own-buttons own-keep'}, press('save', say.save, save),
      press('copy', say.copy, copy));
}

function keysOf(tools) {
  return (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.('textarea, input:not([type=checkbox]):not([type=file])'))
      return;  // the browser's own undo
    const key = event.key.toLowerCase();
    const which = key === 'z'        ? (event.shiftKey ? tools.redo : tools.undo) :
        key === 'y' && event.ctrlKey ? tools.redo :
                                       null;
    if (which) { event.preventDefault(); which.click(); }
  };
}

// ---------------------------------------------------------------- the page

export async function own({ model, el }) {
  await handed(model);
  const say = model.get('words');
  const spec = model.get('spec');
  const root = h('div', { class: 'stage own-editor' });
  const twins = makeTwins(root, say);
  const note = h('div', { class: 'own-said', role: 'status' });
  const tell = (text, lines = [], detail = []) => note.replaceChildren(text,
      ...lines.map((line) => h('p', {class: 'own-problem'}, sentence(line, say))),
      ...(detail.length ? [h('details', {class: 'own-technical'}, h('summary', {}, say.technical),
                              ...detail.map((line) => h('p', {}, h('code', {}, line))))] :
                          []));
  const view = {
    build: () => {
      follower.forget();
      steps.build();
    },
    show: (found) => show(found),
    tell,
    tools: () => {
      tools.show();
      place.show();
    }
  };
  const follower = makeFollower();
  const change = (edit, key = null) => {
    let moved = false;
    draft.change((held) => {
      follower.before(held, key);
      edit(held);
      moved = follower.after(held);
    }, key);
    steps.rename();
    if (moved) steps.followed(); else if (key !== 'loss_fen') steps.unfollowed();
  };
  const draft = makeDraft({ model, say, view });
  const context = {
    say,
    spec,
    stock: model.get('stock'),
    tables: new Map(spec.tables.map((table) => [table.id, table])),
    change,
    undo: draft.undo,
    twins: twins.show,
    speak: (text) => {
      result.status.textContent = text;
    },
    mark: () => steps.mark(draft.found),
    labs: model.get('labs'),
    get draft() { return draft.value; },
    get found() { return draft.found; }
  };
  const openStatement = async (box) => {
    const { statement } = await import('./own-statement.js');
    statement({
      model,
      ui: say,
      say: say.statement,
      box,
      lesson: fill(say.labs, {no: model.get('labs')[0][1]}),
      get draft() { return draft.value; },
      get isBlank() { return draft.isBlank; },
      replace: draft.replace
    });
  };
  const first = new URLSearchParams(location.hash.slice(1)).get('step');
  const steps = makeSteps({ context, openStatement, first });
  const place = makePlace({ say, draft, tell });
  const tools = makeTools({ model, say, draft, tell, twins, place });
  const result = makeResult({
    model,
    context,
    root,
    keep: makeKeep({say, draft, tell, note}),
    jump: (spot) => {
      result.close();
      steps.jump(spot);
    }
  });
  const sheet = makeSheet(context);
  const earlier = h('div', { class: 'own-place-ask', role: 'status', hidden: true });
  const show = (found) => {
    if (note.textContent === say.lost) tell('');
    result.show(found);
    steps.mark(found);
    earlier.hidden = !found.earlier;
    if (found.earlier) earlier.replaceChildren(h('p', {}, found.earlier.said),
        press('rules-then', say.rules_then, () => draft.readRules(found.earlier.rules)),
        press('rules-now', say.rules_now, () => draft.readRules(null)));
  };
  const hear = (message) => {
    if (message.checked) draft.worth(message.checked);
    if (message.draft)
      draft.started(message.draft, fill(say[message.said], {count: message.count}));
    if (message.refused) tell(say.not_loaded, message.refused, message.detail);
    if (message.why) result.why(message.why);
  };

  root.append(draft.lasting ? '' : h('p', {class: 'own-problem'}, say.memory), tools.node,
      place.node, note, earlier, steps.nav, result.line, result.status,
      h('div', {class: 'own-stage'}, steps.form, result.side), result.drawer, sheet.node);
  root.addEventListener('click', place.stay, true);
  el.append(root);
  draft.resume();
  if (model.get('broken')) tell(say.broken);
  if (draft.isLinked && model.get('note') && !note.textContent) tell(model.get('note'));
  steps.build();
  view.tools();
  // Once the draft is kept, the browser's counts, not the address.
  publish(
      draft.isLinked ? window.simlibFragment || new URLSearchParams(location.search).get('s') : '',
      true);
  draft.ask();
  const silences = [
    listening(model, {'msg:custom': hear}),
    hearing([document, 'keydown', keysOf(tools)], [window, 'beforeunload', draft.leave],
        [window, 'storage', draft.elsewhere]),
    sheet.drop
  ];
  return () => { for (const silence of silences) silence(); };
}
