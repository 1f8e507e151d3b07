// @ts-check
// The scenes of a teacher's page: each drawing as the lesson's stage has it, a line for each of its
// rows, and all scenes with drawings and tables as one file that needs no server.

import { h, press } from './draw.js';
import { saveFile } from './lab.js';
import { picture } from './picture.js';

/** @typedef {{drawn: any, picture: string, sentence: string, lines: string[], spec: any[], values: Record<string, unknown>}} Sheet */

const told = JSON.parse(document.getElementById('scenes')?.textContent ?? '{}');
/** @type {Record<string, Sheet>} */
const sheets = told.sheets;
const words = told.words;
const article = /** @type {HTMLElement} */ (document.querySelector('.teacher'));

/** What a drawing asks of a stage: where its knobs stand. Nobody turns them here. @param {Sheet} sheet */
function deskOf({ spec, values }) {
  /** @type {Record<string, any>} */
  const held = { spec, values, frame: { lang: told.lang } };
  return /** @type {any} */ ({
    model: { get: (/** @type {string} */ name) => held[name], on() {}, off() {} },
    word: () => '',
    pending: () => undefined,
    change() {}
  });
}

/** @param {HTMLElement} host @param {Sheet} sheet */
function show(host, sheet) {
  const drawn = h('div', { class: 'scene-drawn', inert: true });
  const said = sheet.drawn.wide || sheet.picture;
  const label = `${host.closest('.teacher-scene')?.querySelector('h3')?.textContent ?? ''} ${sheet.sentence || words.begins}`;
  host.append(
      ...(said ? [h('div', {role: 'img', 'aria-label': label}, drawn)] : []),
      h('ul', {class: 'scene-lines', 'aria-label': words.begins},
          ...sheet.lines.map((line) => h('li', {}, line))));
  if (sheet.drawn.wide) picture(deskOf(sheet), drawn).show(sheet.drawn, sheet.sentence);
  else drawn.innerHTML = sheet.picture;
}

for (const host of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.scene-sheet'))) {
  const sheet = sheets[host.dataset.scene ?? ''];
  if (sheet) show(host, sheet);
}

/** The style sheets of this page as text. */
const styles = () => [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText)).join('\n');

function save() {
  const scenes = [...document.querySelectorAll('.teacher-scene')].map((scene) => {
    const copy = /** @type {HTMLElement} */ (scene.cloneNode(true));
    for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.classList.contains('is-talk') ? [] : link.childNodes);
    return copy;
  });
  const title = h('h1', {}, document.querySelector('h1')?.textContent ?? '');
  const note = document.querySelector('.teacher-lead blockquote')?.cloneNode(true) ?? '';
  const body = h('main', { class: 'course-home' }, h('article', { class: 'teacher' }, title, note, ...scenes));
  const page = document.implementation.createHTMLDocument(document.title);
  page.documentElement.lang = document.documentElement.lang;
  const charset = page.createElement('meta');
  charset.setAttribute('charset', 'utf-8');
  const style = page.createElement('style');
  style.textContent = styles();
  page.head.prepend(charset);
  page.head.append(style);
  page.body.append(page.importNode(body, true));
  const text = `<!DOCTYPE html>\n${page.documentElement.outerHTML}`;
  saveFile({ name: words.file.replace('{lesson}', article.dataset.lesson ?? ''), type: 'text/html', text });
}

const first = document.querySelector('.teacher-scene');
first?.before(h('p', { class: 'scene-save' }, press('scenes', words.save, save, { class: 'home-button' })));
