// @ts-check
// The stage of a lesson: bet, reveal, board, knobs, tasks and reasons on one screen. State lives in
// Python; the parts here show the synced traits and send back what the reader does.

import { h, styled } from './draw.js';
import { handed, tell, pressed, wisher, publish, saveFile } from './lab.js';
import { withState, isTrying } from './stage-measures.js';
import { said } from './stage-row.js';
import { bet } from './stage-bet.js';
import { reveal } from './stage-reveal.js';
import { head } from './stage-head.js';
import { board } from './stage-board.js';
import { tasks } from './stage-tasks.js';
import { knobs } from './stage-knobs.js';
import { drawer } from './stage-drawer.js';
import { status } from './stage-status.js';
import { talk } from './stage-mode.js';
import { opening } from './stage-opening.js';
import { ending } from './stage-ending.js';
import { stuck } from './stage-phone.js';
import { hold } from './stage-hold.js';

styled('tokens.css', 'stage.css');

const NOTE_MS = 6000;

/**
 * @param {Model} model
 * @param {HTMLElement} line where words of the moment stand, and what was refused
 * @returns {Desk}
 */
function deskOf(model, line) {
  let timer = 0;
  const clear = () => { if (line.matches('.is-note')) line.replaceChildren(); };
  return {
    model,
    word: (key, values = {}) => (model.get('words')[key] ?? key)
      .replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => String(values[name])),
    said: (text) => said(text, model.get('frame').lang),
    tell: (content) => tell(model, content),
    press: (action) => pressed(model, action),
    change: wisher(model),
    note: (text) => {
      clearTimeout(timer);
      line.textContent = text;
      line.classList.add('is-note');
      timer = window.setTimeout(clear, NOTE_MS);
    },
  };
}

/**
 * What was refused, and short words of the tools; above the bet as long as the stage is shut.
 * @param {Model} model
 * @param {HTMLElement} line
 * @param {HTMLElement} root
 */
function notice(model, line, root) {
  const place = () => {
    const bet = model.get('bet').open ? document.querySelector('.lesson-bet') : null;
    (bet ?? root.querySelector('.stage-grid'))?.before(line);
  };
  const show = () => {
    line.classList.remove('is-note');
    line.innerHTML = model.get('notice');
  };
  place();
  show();
  return { on: { notice: show, bet: place }, drop: () => line.remove() };
}

/**
 * The page's address keeps the state; a class in front of it (stage mode) leaves it alone.
 * @param {Model} model
 */
function address(model) {
  const show = () => {
    if (document.documentElement.classList.contains('is-talk')) return;
    publish(model.get('link'), Boolean(model.get('values').own));
  };
  const watcher = new MutationObserver(show);
  watcher.observe(document.documentElement, { attributeFilter: ['class'] });
  show();
  return { on: { link: show }, drop: () => watcher.disconnect() };
}

/**
 * What the page keeps of how far the reader has come.
 * @param {Model} model
 */
function progress(model) {
  let said = '';
  const show = () => {
    const { list } = /** @type {Tasks} */ (model.get('tasks'));
    const all = list ?? [];
    const home = Boolean(model.get('scene').id);  // of another case nothing is asked
    const detail = { bet: home && !model.get('bet').open && !model.get('bet').theirs,
      tasks: withState(all, ['done']), of: all.length, trying: isTrying(all) };
    if (JSON.stringify(detail) === said) return;
    said = JSON.stringify(detail);
    window.dispatchEvent(new CustomEvent('simlib:progress', { detail }));
  };
  show();
  return { on: { tasks: show, bet: show, scene: show } };
}

/**
 * Somebody else's link: what he did of the tasks is not the reader's, who begins them himself. A
 * link to a task that still asks for the bet was made for the reader, and stays as it is.
 * @param {Model} model
 * @param {Desk} desk
 */
function fresh(model, desk) {
  const { list } = /** @type {Tasks} */ (model.get('tasks'));
  const begun = (list ?? []).some(({ state }) => state !== 'new');
  if (!begun || model.get('bet').open || !(/** @type {any} */ (window).simlibCame)) return;
  window.dispatchEvent(new Event('simlib:fresh'));
  desk.press('fresh');
}

/**
 * A file that Python made is saved.
 * @param {Model} model
 */
function files(model) {
  const hear = (/** @type {any} */ message) => { if (message?.file) saveFile(message.file); };
  model.on('msg:custom', hear);
  return { on: {}, drop: () => model.off('msg:custom', hear) };
}

/**
 * @param {{model: Model, el: HTMLElement}} view
 * @returns {Promise<() => void>}
 */
export async function stage({ model, el }) {
  await handed(model);
  const line = h('div', { class: 'stage-notice', role: 'alert' });
  const desk = deskOf(model, line);
  const root = h('div', { class: 'stage', 'data-topic': model.get('frame').topic });
  /** @type {Part[]} */
  const shown = [bet(desk, root), reveal(desk), head(desk), tasks(desk), board(desk), knobs(desk), drawer(desk, root), status(desk), ending(desk)];
  const [ask, told, top, card, bars, turn, why, heard, end] = shown.map(({ node }) => node ?? h('div'));
  root.append(ask, told, line, h('div', { class: 'stage-grid' },
    h('div', { class: 'stage-main' }, top, card, bars), turn), end, why, heard);
  el.append(root);
  /** @type {Part[]} */
  const parts = [...shown, stuck(desk, bars), hold(root), opening(desk), notice(model, line, root), address(model), progress(model), files(model)];
  const wired = parts.flatMap((part) => Object.entries(part.on));
  for (const [trait, act] of wired) model.on('change:' + trait, act);
  const silence = talk(model, desk);
  fresh(model, desk);
  return () => {
    silence();
    for (const [trait, act] of wired) model.off('change:' + trait, act);
    for (const part of parts) part.drop?.();
  };
}
