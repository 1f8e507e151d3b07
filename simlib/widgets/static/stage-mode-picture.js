// @ts-check
// Pictures on the wall: their small words as large as the last row needs them, nothing empty around.

const LEAST = 28.8 / 1920;  // the smallest letters, of a 16:9 window's width
const EDGE = 4;  // what is left free around a picture, of its own units
const ROUNDS = 3;  // larger words make it wider, and then it is drawn smaller

/**
 * Words of a picture that would be too small are made larger.
 * @param {SVGSVGElement} drawn
 */
export function legible(drawn) {
  const least = LEAST * Math.min(innerWidth, innerHeight * 16 / 9) / (drawn.getScreenCTM()?.a || 1);
  for (const text of drawn.querySelectorAll('text')) {
    text.dataset.size ??= String(parseFloat(getComputedStyle(text).fontSize));
    text.style.fontSize = `${Math.max(Number(text.dataset.size), least)}px`;
  }
}

/**
 * A picture fills its room.
 * @param {SVGSVGElement} drawn
 */
export function enlarged(drawn) {
  for (let round = 0; round < ROUNDS; round++) {
    legible(drawn);
    const { x, y, width, height } = drawn.getBBox();
    drawn.setAttribute('viewBox', [x - EDGE, y - EDGE, width + 2 * EDGE, height + 2 * EDGE].join(' '));
  }
}
