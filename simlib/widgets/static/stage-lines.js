// @ts-check
// No line of a page breaks a number, its unit or an article: what comes to the page as text, from the
// notebook or from Python, gets the joiners of `unbroken` before it is painted. What is heard only,
// typed, drawn or on one line anyway is left alone; the wall and the editor set their own lines.
// Copied text has no joiners.

import { unbroken } from './stage-measures.js';

const LEFT = 'svg, script, style, option, textarea, .is-heard, .simlib-heard, .talk, .own-editor, ' +
    '[role=status], .bet, .board-cell:not(.is-word)';
const JOINER = '\u2060';
const JOINERS = /\u2060/g;

/** @param {Node} node */
function hold(node) {
  if (node instanceof Text) { holdText(node); return; }
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) holdText(/** @type {Text} */ (walker.currentNode));
}

/** @param {Text} node */
function holdText(node) {
  const held = /\d/.test(node.data) ? unbroken(node.data) : node.data;
  if (held !== node.data && !node.parentElement?.closest(LEFT)) node.data = held;
}

/** @param {ClipboardEvent} event */
function copyClean(event) {
  const chosen = getSelection();
  const said = chosen?.toString() ?? '';
  if (!chosen?.rangeCount || !event.clipboardData || !said.includes(JOINER)) return;
  const part = document.createElement('div');
  for (let n = 0; n < chosen.rangeCount; n++) part.append(chosen.getRangeAt(n).cloneContents());
  event.clipboardData.setData('text/plain', said.replace(JOINERS, ''));
  event.clipboardData.setData('text/html', part.innerHTML.replace(JOINERS, ''));
  event.preventDefault();
}

/** Hold the lines of a page from now on. */
export function holdLines(/** @type {HTMLElement} */ root) {
  hold(root);
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Text) holdText(target);
      for (const node of addedNodes) hold(node);
    }
  }).observe(root, { childList: true, characterData: true, subtree: true });
  document.addEventListener('copy', copyClean);
}
