// @ts-check
// The board as a picture to keep: drawn on a canvas from the same data, crisp at twice the size.

/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {{ink: string, soft: string, line: string, track: string, answer: string, ruling: string, victim: string, pale: string, font: string}} Look */

import { span, percent, lines, spread, stamped, marked } from './stage-measures.js';
import { isAnswered } from './stage-row.js';
import { h } from './draw.js';

// Pixels: the sheet, its margin, a row, a bar, the columns of names and of amounts; drawn twice as large.
const FAINT = 0.4;  // stripes where a premise fails
const [WIDE, EDGE, ROW, BAR, NAME, AMOUNT, TWICE] = [1120, 36, 84, 24, 176, 132, 2];

// The page's own colours and type.
/** @returns {Look} */
function readLook() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read('ink'),
    soft: read('soft'),
    line: read('line'),
    track: read('track'),
    answer: read('answer'),
    ruling: read('ruling'),
    victim: read('victim'),
    pale: read('victim-wash'),
    font: read('font')
  };
}

// Words at a place.
/** @param {Pen} pen @param {string} text @param {number} x @param {number} y
 * @param {{size?: number, bold?: boolean, colour: string, font: string, side?: CanvasTextAlign}} how */
function write(pen, text, x, y, { size = 17, bold = false, colour, font, side = 'left' }) {
  pen.font = `${bold ? 600 : 400} ${size}px ${font}`;
  pen.fillStyle = colour;
  pen.textAlign = side;
  pen.fillText(text, x, y);
}

// Stripes for what is not known.
function stripes(/** @type {Pen} */ pen, /** @type {string} */ colour) {
  const tile = h('canvas', { width: 16, height: 16 });
  const ink = /** @type {Pen} */ (tile.getContext('2d'));
  ink.fillStyle = colour;
  ink.fillRect(0, 0, 16, 16);
  ink.strokeStyle = '#ffffffb8';
  ink.lineWidth = 5;
  for (const shift of [-16, 0, 16]) {
    ink.beginPath();
    ink.moveTo(shift - 4, 20);
    ink.lineTo(shift + 20, -4);
    ink.stroke();
  }
  const pattern = /** @type {CanvasPattern} */ (pen.createPattern(tile, 'repeat'));
  pattern.setTransform(new DOMMatrix([1 / TWICE, 0, 0, 1 / TWICE, 0, 0]));
  return pattern;
}

// One bar, `wide` pixels for the whole scale.
/** @param {Pen} pen @param {Row} row @param {Board} board
 * @param {{x: number, y: number, wide: number, colour: string, look: Look, desk: Desk}} place */
function drawBar(pen, row, board, { x, y, wide, colour, look, desk }) {
  const cell = row.cells[board.column];
  if (!cell || cell.low === null) return;
  const { solid, band, end } = span(cell, board.top_fen);
  const px = (/** @type {number} */ share) => share / 100 * wide;
  pen.fillStyle = look.track;
  pen.fillRect(x, y, wide, BAR);
  if (row.ghost) {
    pen.setLineDash([5, 4]);
    pen.strokeStyle = colour;
    if (end) pen.strokeRect(x + .75, y + .75, px(end) - 1.5, BAR - 1.5);
    pen.setLineDash([]);
    pen.globalAlpha = FAINT;
    pen.fillStyle = stripes(pen, colour);
    pen.fillRect(x + px(solid), y + 3, Math.max(0, px(band) - 3), BAR - 6);
    pen.globalAlpha = 1;
  } else {
    pen.fillStyle = row.own ? look.pale : colour;
    pen.fillRect(x, y, px(solid), BAR);
    pen.fillStyle = stripes(pen, row.own ? look.victim : colour);
    pen.fillRect(x + px(solid), y, px(band), BAR);
    pen.strokeStyle = look.victim;
    if (row.own && end) pen.strokeRect(x + .75, y + .75, px(end) - 1.5, BAR - 1.5);
  }
  if (cell.usual) {
    pen.fillStyle = look.ink;
    const at = x + px(percent(cell.usual.low ?? 0, board.top_fen));
    pen.fillRect(at - 1.5, y - 3, 3, BAR + 6);
    drawUsual(pen, desk.word('usual_mark', { text: cell.usual.text }), at, y, look);
  }
  if (cell.kept) {
    const kept = span(cell.kept, board.top_fen);
    pen.strokeStyle = look.ink;
    pen.lineWidth = 2;
    pen.strokeRect(
        x + px(kept.solid) - (kept.band ? 0 : 4), y - 4, kept.band ? px(kept.band) : 8, BAR + 8);
    pen.lineWidth = 1.5;
  }
  if (board.answer && isAnswered(board, row, board.column)) {
    pen.fillStyle = look.answer;
    pen.fillRect(x + px(percent(board.answer.fen, board.top_fen)) - 1, y - 7, 2, BAR + 14);
  }
}

// Where in its band the ordinary case lies, in words beside its mark.
/** @param {Pen} pen @param {string} text @param {number} at @param {number} y @param {Look} look */
function drawUsual(pen, text, at, y, look) {
  pen.font = `600 14px ${look.font}`;
  pen.fillStyle = '#ffffffe6';
  pen.fillRect(at + 4, y + 2, pen.measureText(text).width + 6, BAR - 4);
  write(pen, text, at + 7, y + BAR / 2 + 5,
      {colour: look.ink, font: look.font, size: 14, bold: true});
}

// The name of a row beside its bar, on two lines if it is long.
/** @param {Pen} pen @param {string} name @param {number} y @param {Look} look */
function drawName(pen, name, y, { ink, font }) {
  const fit = (/** @type {number} */ size) => {
    pen.font = `600 ${size}px ${font}`;
    return lines(name, (part) => pen.measureText(part).width, NAME - 14);
  };
  const size = [17, 15, 14].find((each) => fit(each).length < 3) ?? 12;
  const found = fit(size);
  const top = y - (found.length - 1) * size / 2;
  found.forEach((line, n) => write(
                    pen, line, EDGE, top + n * (size + 2), {colour: ink, font, bold: true, size}));
}

// What is to be said of a row, on a line of its own: cut where the sheet ends.
/** @param {Pen} pen @param {Row} row @param {Board} board @param {number} y
 * @param {{colour: string, font: string, size: number}} soft @param {string} lang */
function drawNotes(pen, row, board, y, soft, lang) {
  const { over, said } = stamped(row, board.columns, board.column, lang);
  pen.font = `400 ${soft.size}px ${soft.font}`;
  const text = [
    row.cells[board.column] ? over : row.blank, said, row.same, row.note, row.still
  ].filter(Boolean).join('　');
  const [first, ...rest] = lines(text, (part) => pen.measureText(part).width, WIDE - 2 * EDGE - 20);
  write(pen, rest.length ? `${first.trimEnd()}…` : first, EDGE, y, soft);
}

// Rows, from `top` down; answers where they end.
/** @param {Pen} pen @param {Board} board @param {Row[]} rows @param {number} top
 * @param {Look} look @param {Desk} desk */
function drawRows(pen, board, rows, top, look, desk) {
  const shown = board.columns;
  write(pen, board.unit, EDGE + NAME, top, { colour: look.soft, font: look.font, size: 15 });
  const x = EDGE + NAME;
  const wide = WIDE - 2 * EDGE - NAME - shown.length * AMOUNT;
  const soft = { colour: look.soft, font: look.font, size: 13 };
  shown.forEach(({id, label}, n) => write(pen, label, x + wide + (n + 1) * AMOUNT, top,
                    {...soft, size: 15, bold: id === board.column, side: 'right'}));
  rows.forEach((row, n) => {
    const y = top + 16 + n * ROW;
    pen.fillStyle = look.line;
    pen.fillRect(EDGE, y, WIDE - 2 * EDGE, 1);
    if (row.group && row.group !== rows[n - 1]?.group)
      write(pen, row.group, EDGE, y + 13, {...soft, size: 12, bold: true});
    drawName(
        pen, row.form ? row.name + desk.word('form', {form: row.form}) : row.name, y + 30, look);
    drawBar(pen, row, board, {
      x,
      y: y + 12,
      wide,
      look,
      desk,
      colour: desk.model.get('frame').colors[row.authority] ?? look.ruling
    });
    drawNotes(pen, row, board, y + 62, soft, desk.model.get('frame').lang);
    shown.forEach(({ id }, m) => {
      const cell = row.cells[id];
      const right = x + wide + (m + 1) * AMOUNT;
      if (!cell) return;
      write(pen, cell.text, right, y + 30,
          {colour: look.ink, font: look.font, bold: id === board.column, side: 'right'});
      if (cell.kept && cell.kept.text !== cell.text)
        write(pen, desk.word('kept_mark', {text: cell.kept.text}), right, y + 47,
            {...soft, side: 'right'});
    });
  });
  const under = top + 16 + rows.length * ROW;
  pen.fillStyle = look.line;
  pen.fillRect(EDGE, under, WIDE - 2 * EDGE, 1);
  for (const { fen, text } of spread(board.ticks, board.top_fen, wide, soft.size)) {
    const place = percent(fen, board.top_fen);
    write(pen, text, x + place / 100 * wide, under + 18,
        {...soft,
          side: place < 1 ? 'left' :
              place > 99  ? 'right' :
                            'center'});
  }
  return under + 18;
}

// The marks the rows really bear: a stripe, a dash, a frame only where one is drawn.
/** @param {Board} board @param {Row[]} rows @param {Desk} desk
 * @returns {{kind: string, key?: string, label: string}[]} */
function drawn(board, rows, desk) {
  const { authorities, open, ghost, own } = marked(rows, board.column);
  const is = {
    open,
    ghost,
    own,
    usual: rows.some(({cells}) => cells[board.column]?.usual),
    authority: true
  };
  const marks = board.legend.filter(({ kind, key }) => is[kind] && (!key || authorities.has(key)));
  const kept = rows.some(({cells}) => cells[board.column]?.kept) ?
      [{kind: 'kept', label: desk.word('legend_kept')}] :
      [];
  return [
    ...marks, ...kept, ...(board.answer ? [{kind: 'answer', label: board.answer.label}] : [])
  ];
}

// A dashed frame for what fails, a black one for A, a pale one for what nobody pays.
/** @param {Pen} pen @param {string} kind @param {number} x @param {number} y @param {Look} look */
function drawFrame(pen, kind, x, y, look) {
  pen.setLineDash(kind === 'ghost' ? [3, 2] : []);
  pen.strokeStyle = { ghost: look.soft, own: look.victim }[kind] ?? look.ink;
  pen.fillStyle = kind === 'own' ? look.pale : '#fff';
  pen.fillRect(x, y - 11, 14, 12);
  pen.strokeRect(x, y - 11, 14, 12);
  pen.setLineDash([]);
}

// What colours and marks mean.
/** @param {Pen} pen @param {Board} board @param {Row[]} rows @param {number} top
 * @param {Look} look @param {Desk} desk */
function drawLegend(pen, board, rows, top, look, desk) {
  const entries = drawn(board, rows, desk);
  let [x, y] = [EDGE, top];
  for (const { kind, key, label } of entries) {
    pen.font = `400 14px ${look.font}`;
    const wide = pen.measureText(label).width + 42;
    if (x + wide > WIDE - EDGE) { x = EDGE; y += 26; }
    const colour = key ? desk.model.get('frame').colors[key] ?? look.ruling : look.soft;
    pen.fillStyle = kind === 'open' ? stripes(pen, colour) :
        kind === 'answer'           ? look.answer :
        kind === 'usual'            ? look.ink :
                                      colour;
    if (['ghost', 'own', 'kept'].includes(kind)) drawFrame(pen, kind, x, y, look);
    else pen.fillRect(x, y - 12, { answer: 2, usual: 3 }[kind] ?? 14, 13);
    write(pen, label, x + 21, y, { colour: look.soft, font: look.font, size: 14 });
    x += wide;
  }
  return y;
}

// Everything on one sheet; the height is found by drawing.
/** @param {Pen} pen @param {Desk} desk @param {Row[]} rows @param {Look} look */
function draw(pen, desk, rows, look) {
  const { model } = desk;
  const board = /** @type {Board} */ (model.get('board'));
  const frame = /** @type {Frame} */ (model.get('frame'));
  const words = { colour: look.soft, font: look.font, size: 15 };
  pen.lineWidth = 1.5;
  let y = EDGE - 10;
  pen.font = `600 25px ${look.font}`;
  const title = lines(model.get('scene').question || frame.title,
      (text) => pen.measureText(text).width, WIDE - 2 * EDGE);
  for (const line of title)
    write(pen, line, EDGE, y += 32, {colour: look.ink, font: look.font, size: 25, bold: true});
  write(pen, [frame.case, frame.position, board.kept].filter(Boolean).join(' · '), EDGE, y += 28,
      words);
  pen.font = `400 18px ${look.font}`;
  for (const line of lines(board.sentence, (text) => pen.measureText(text).width, WIDE - 2 * EDGE))
    write(pen, line, EDGE, y += 30, {...words, colour: look.ink, size: 18});
  y = drawRows(pen, board, rows, y + 44, look, desk);
  y = drawLegend(pen, board, rows, y + 36, look, desk);
  write(pen, desk.word('material'), EDGE, y += 38, { ...words, size: 14 });
  write(pen, frame.today, WIDE - EDGE, y, { ...words, size: 14, side: 'right' });
  return y + EDGE - 8;
}

// Let the reader save the board as it stands, with the rows in sight.
export async function savePicture(/** @type {Desk} */ desk) {
  const look = readLook();
  const seen = new Set([...document.querySelectorAll('.board-row')].map(
      (row) => /** @type {HTMLElement} */ (row).dataset.row));
  const rows = /** @type {Board} */ (desk.model.get('board')).rows.filter(({ id }) => seen.has(id));
  const canvas = h('canvas', { width: 1, height: 1 });
  const pen = /** @type {Pen} */ (canvas.getContext('2d'));
  const tall = draw(pen, desk, rows, look);
  canvas.width = WIDE * TWICE;
  canvas.height = tall * TWICE;
  pen.scale(TWICE, TWICE);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, WIDE, tall);
  draw(pen, desk, rows, look);
  const image = await new Promise((/** @type {(image: Blob | null) => void} */ done) => {
    canvas.toBlob(done, 'image/png');
  });
  if (!image) return;
  const url = URL.createObjectURL(image);
  h('a', { href: url, download: `simlib-${desk.model.get('values').case}.png` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
