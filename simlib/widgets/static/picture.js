// @ts-check
// A picture: a list of things as SVG. A thing of the next list with the same id moves to its place
// there, once; what can be taken hold of asks for a knob, like any other control.

import { draw, s } from './draw.js';
import { handOn } from './lab.js';
import { player } from './picture-steps.js';
import { grouped, within } from './stage-measures.js';

/** @typedef {{kind: string, id: string, x: number, y: number, color?: string, [field: string]: any}} Thing */
/** @typedef {{width: number, height: number, things: Thing[]}} Picture */
/** @typedef {{wide: Picture, narrow: Picture, steps?: import('./picture-steps.js').Steps}} Sizes */
/** @typedef {{stripes: (color: string) => string, hand: (thing: Thing) => Props}} Tools */

const INK = '#1c2733';
const SOFT = '#8b94a1';
const MOVE_MS = 600;
const NARROW_PX = 600;  // a narrower place has the drawing for phones
const TARGET = 24;  // half of what a finger takes [px]

// ---------------------------------------------------------------- the shapes

/** @type {Record<string, (thing: Thing, tools: Tools) => SVGElement[]>} */
const SHAPES = {
  person({ x, y, head: r, color, absent }) {
    const [low, half] = [y + 3.9 * r, 1.75 * r];
    const look = absent ? { fill: 'none', stroke: color, 'stroke-width': 2.5, 'stroke-dasharray': '7 6' } : { fill: color };
    return [
      s('circle', { cx: x, cy: y + r, r, ...look }),
      s('path', { d: `M${x - half} ${low}c0 ${-1.2 * r} ${.6 * r} ${-1.75 * r} ${half} ${-1.75 * r}s${half} ${.55 * r} ${half} ${1.75 * r}z`, ...look })
    ];
  },

  words({ x, y, text, size = 15, side = 'start', bold, on, color }) {
    const halo = on ? {} : { 'paint-order': 'stroke', stroke: '#fff', 'stroke-width': 4, 'stroke-linejoin': 'round' };
    return [s('text', { x, y, 'font-size': size, 'text-anchor': side, 'font-weight': bold ? 600 : null, fill: color ?? INK, ...halo }, text)];
  },

  box({ x, y, w, h, look = 'full', round = 0, color }, { stripes }) {
    const at = { x, y, width: Math.max(0, w), height: h, rx: Math.min(round, w / 2) };
    const dash = look === 'ghost' ? { 'stroke-dasharray': '6 5' } : {};
    if (look === 'frame' || look === 'ghost')
      return [s('rect', { ...at, fill: 'none', stroke: color ?? INK, 'stroke-width': 1.5, ...dash })];
    if (look === 'track') return [s('rect', { ...at, fill: '#efefed' })];
    if (look === 'striped') return [s('rect', { ...at, fill: stripes(color ?? INK) })];
    return [s('rect', { ...at, fill: color ?? INK, 'fill-opacity': look === 'pale' ? .25 : null })];
  },

  card({ x, y, w, h, color }) {
    return [
      s('rect', { x, y, width: w, height: h, rx: 8, fill: '#fff', stroke: color, 'stroke-width': 2 }),
      s('path', { d: `M${x} ${y + 13}v-5a8 8 0 0 1 8 -8h${w - 16}a8 8 0 0 1 8 8v5z`, fill: color })
    ];
  },

  split({ x, y, w, h, colors, parts = [] }) {
    const starts = parts.map((/** @type {number} */ _, /** @type {number} */ n) => parts.slice(0, n).reduce((/** @type {number} */ sum, /** @type {number} */ each) => sum + each, 0));
    return starts.map((/** @type {number} */ start, /** @type {number} */ n) =>
      s('rect', { x: x + w * start, y, width: w * parts[n], height: h, fill: colors[n] }));
  },

  vessel({ x, y, w, h, color }) {
    return [s('path', { d: `M${x} ${y}v${h - 8}a8 8 0 0 0 8 8h${w - 16}a8 8 0 0 0 8 -8v${8 - h}`, fill: 'none', stroke: color, 'stroke-width': 5, 'stroke-linecap': 'round' })];
  },

  stream({ part = 1, look = 'full', falls, color, ...way }, { stripes }) {
    const [wide, off] = [way.wide * part, way.wide * (part - 1) / 2];
    const [x, to_x] = [way.x, way.to_x].map((each) => falls ? each + off : each);
    const [y, to_y] = [way.y, way.to_y].map((each) => falls ? each : each + off);
    const middle = falls ? (y + to_y) / 2 : (x + to_x) / 2;
    const bends = falls ? `${x} ${middle} ${to_x} ${middle}` : `${middle} ${y} ${middle} ${to_y}`;
    const line = look === 'striped' ? stripes(color ?? INK) : color ?? INK;
    const opacity = look === 'full' ? null : falls ? .25 : .5;
    // A straight line has no box of its own, and a pattern needs one: half a pixel bends it.
    return [s('path', { d: `M${x} ${y}C${bends} ${to_x + .01} ${to_y + .01}`, fill: 'none', stroke: line, 'stroke-width': wide, 'stroke-opacity': opacity })];
  },

  line({ x, y, by, dashed, arrow, wide = 1.5, color = INK }) {
    const points = [x, y, ...by];
    const [fx, fy, tx, ty] = points.slice(-4);
    const far = Math.hypot(tx - fx, ty - fy) || 1;
    const [ux, uy] = [(tx - fx) / far * 8, (ty - fy) / far * 8];
    const head = `M${tx} ${ty}L${tx - ux - uy / 2} ${ty - uy + ux / 2}L${tx - ux + uy / 2} ${ty - uy - ux / 2}z`;
    return [
      s('polyline', { points: points.join(' '), fill: 'none', stroke: color, 'stroke-width': wide, 'stroke-dasharray': dashed ? '5 4' : null }),
      ...arrow ? [s('path', { d: head, fill: color })] : []
    ];
  },

  area({ x, y, by, look = 'full', color = INK }, { stripes }) {
    const line = look === 'frame' || look === 'ghost';
    return [s('polygon', {
      points: [x, y, ...by].join(' '), 'stroke-width': 1.5, 'stroke-linejoin': 'round',
      fill: line ? 'none' : look === 'striped' ? stripes(color) : look === 'track' ? '#efefed' : color,
      'fill-opacity': look === 'pale' ? .25 : null,
      stroke: line || look === 'striped' ? color : 'none', 'stroke-dasharray': look === 'ghost' ? '6 5' : null
    })];
  },

  mark({ x, y, shape, size = 9, color = INK }) {
    if (shape === 'dot') return [s('circle', { cx: x, cy: y, r: size / 2, fill: color })];
    const up = shape === 'up' ? -1 : 1;
    return [s('path', { d: `M${x - size * .65} ${y - up * size}h${size * 1.3}L${x} ${y}z`, fill: color })];
  },

  grip(thing, { hand }) {
    const { x, y, turn = 0 } = thing;
    if (thing.open) {  // no handle stands anywhere: the whole way is pressed
      const [from, to] = [thing.ends[0], thing.ends.at(-1)].map((end) => onWay(thing, end));
      const way = (/** @type {Props} */ look) => s('path', { d: `M${from.x} ${from.y}L${to.x} ${to.y}`, 'stroke-linecap': 'round', ...look });
      return [s('g', { class: 'picture-grip', key: thing.id, ...hand(thing) },
          way({ class: 'picture-target', stroke: 'transparent', 'stroke-width': 1.8 * TARGET }),
          way({ class: 'picture-knob is-slot', stroke: INK, 'stroke-width': 15 }),
          way({ stroke: '#fff', 'stroke-width': 11 }))];
    }
    return [s('g', { class: 'picture-grip', key: thing.id, transform: `translate(${x} ${y}) rotate(${turn})`, ...hand(thing) },
        s('circle', { class: 'picture-target', r: TARGET, fill: 'transparent' }),
        s('circle', { class: 'picture-knob', r: 12, fill: '#fff', stroke: INK, 'stroke-width': 2.5 }),
        s('path', { d: 'M-3 -4l-4 4l4 4M3 -4l4 4l-4 4', fill: 'none', stroke: INK, 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }))];
  },

  switch(thing, { hand }) {
    const { x, y, on } = thing;
    return [s('g', { class: 'picture-switch', key: thing.id, transform: `translate(${x} ${y})`, ...hand(thing) },
        s('rect', { class: 'picture-target', x: -TARGET, y: -TARGET, width: 2 * TARGET, height: 2 * TARGET, fill: 'transparent' }),
        s('rect', { class: 'picture-knob', x: -20, y: -12, width: 40, height: 24, rx: 12, fill: on ? INK : '#fff', stroke: INK, 'stroke-width': 2 }),
        s('circle', { cx: on ? 8 : -8, cy: 0, r: 8, fill: on ? '#fff' : INK }))];
  },
};

// ---------------------------------------------------------------- from one picture to the next

/** A value on its way from another: numbers, and lists of them; all else is there at once.
 * @param {any} from @param {any} to @param {number} t from 0 to 1 @returns {any} */
export function between(from, to, t) {
  if (typeof from === 'number' && typeof to === 'number') return from + (to - from) * t;
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
    return to.map((each, n) => between(from[n], each, t));
  return to;
}

const STILL = ['ends', 'values', 'to'];  // of a hand: no places

/** Things on their way: what was there under the same id goes to its new place, what is new comes up.
 * @param {Thing[]} then @param {Thing[]} now @param {number} t @returns {Thing[]} */
export function onTheWay(then, now, t) {
  if (t >= 1) return now;
  const before = new Map(then.map((each) => [each.id, each]));
  return now.map((thing) => {
    const from = before.get(thing.id);
    if (from?.kind !== thing.kind) return { ...thing, fade: t };
    const moved = Object.entries(thing).map(
        ([name, value]) => [name, STILL.includes(name) ? value : between(from[name], value, t)]);
    return Object.fromEntries(moved);
  });
}

/** How far along the way of a grip a point lies.
 * @param {{turn?: number, [field: string]: any}} grip @param {{x: number, y: number}} point */
export function alongWay({ turn = 0 }, { x, y }) {
  return x * Math.cos(turn * Math.PI / 180) + y * Math.sin(turn * Math.PI / 180);
}

/** The point on the way of a grip that lies so far along.
 * @param {Thing} grip @param {number} at */
export function onWay(grip, at) {
  const { x, y, turn = 0 } = grip;
  const far = at - alongWay(grip, { x, y });
  return { x: x + far * Math.cos(turn * Math.PI / 180), y: y + far * Math.sin(turn * Math.PI / 180) };
}

/** What lies as far along a second list as a number lies along the first, which rises.
 * @param {number[]} from @param {number[]} to @param {number} at */
export function beside(from, to, at) {
  const beyond = from.findIndex((end, n) => n > 0 && at <= end);
  const n = beyond < 0 ? from.length - 1 : beyond;
  const share = (at - from[n - 1]) / (from[n] - from[n - 1] || 1);
  return to[n - 1] + Math.min(1, Math.max(0, share)) * (to[n] - to[n - 1]);
}

/** The number that a hand asks for at a place on its way, on the steps of its knob.
 * @param {Thing} grip @param {number} at @param {{min?: number, max?: number, step?: number}} item */
export function asked({ ends, values }, at, item) {
  const step = item.step ?? 1;
  return within(Number((Math.round(beside(ends, values, at) / step) * step).toFixed(6)), item);
}

const KEYS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 });
const LEAPS = 25;  // so many presses of an arrow from one end of a knob to the other

/** What a key asks for; null: it is no key of ours. An arrow goes a telling step, with Shift a fine one.
 * @param {KeyboardEvent} event @param {number} value @param {{min?: number, max?: number, step?: number}} item */
export function keyed({ key, shiftKey }, value, item) {
  const { min = 0, max = 1, step = 1 } = item;
  if (key === 'Home') return min;
  if (key === 'End') return max;
  if (!(key in KEYS)) return null;
  const leap = shiftKey ? step : Math.max(step, Math.round((max - min) / LEAPS / step) * step);
  return within(Number((value + KEYS[key] * leap).toFixed(6)), item);
}

// ---------------------------------------------------------------- the view

let serial = 0;
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Draw the picture of a stage's board in a host, again whenever that is asked for.
 * @param {Desk} desk @param {HTMLElement} host */
export function picture(desk, host) {
  const { model } = desk;
  const name = `picture-${serial++}`;
  /** @type {Thing[]} as they are drawn now */
  let shown = [];
  /** @type {Sizes | null} */
  let all = null;
  let frame = 0;
  /** @type {{id: string, at: number} | null} what is being dragged, and how far along its way */
  let held = null;
  let drawnAs = '';  // the size that was drawn last
  const svg = s('svg', { role: 'group' });
  const steps = player(desk, () => redraw());

  const itemOf = (/** @type {string} */ knob) => /** @type {Item | undefined} */ (
      model.get('spec').find((/** @type {Item} */ { id }) => id === knob));
  const which = () => host.clientWidth < NARROW_PX ? 'narrow' : 'wide';

  /** @type {Map<string, ReturnType<typeof handOn>>} one stroke a hand */
  const hands = new Map();
  const strokeOf = (/** @type {EventTarget | null} */ node, /** @type {string} */ id) => {
    if (!hands.has(id)) hands.set(id, handOn(/** @type {any} */ (node)));
    return hands.get(id)?.move();
  };
  /** Where a pointer is in the drawing. */
  const placeOf = (/** @type {PointerEvent} */ { clientX, clientY }) =>
      new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM()?.inverse());

  /** What makes a thing a slider of its knob. @returns {Props} */
  const slider = (/** @type {Thing} */ thing) => {
    const item = itemOf(thing.knob);
    if (!item) return { style: { display: 'none' } };
    const value = desk.pending(thing.knob) ?? model.get('values')[thing.knob];
    const ask = (/** @type {Event} */ { currentTarget }, /** @type {number} */ wish) => {
      if (wish !== value) desk.change(thing.knob, wish, strokeOf(currentTarget, thing.id));
    };
    const drag = (/** @type {PointerEvent} */ event) => {
      const at = alongWay(thing, placeOf(event));
      held = { id: thing.id, at: Math.min(thing.ends.at(-1), Math.max(thing.ends[0], at)) };
      ask(event, asked(thing, held.at, item));
      paint(shown);
    };
    const lang = model.get('frame').lang;
    return {
      role: 'slider',
      tabindex: 0,
      'data-knob': thing.knob,
      'aria-label': item.label,
      'aria-valuemin': item.min,
      'aria-valuemax': item.max,
      'aria-valuenow': value ?? item.max,
      'aria-valuetext': value === null ? item.open : `${grouped(Number(value), lang)}${item.unit ?? ''}`,
      onpointerdown: (/** @type {PointerEvent} */ event) => {
        /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
        drag(event);
      },
      onpointermove: (/** @type {PointerEvent} */ event) => { if (held) drag(event); },
      onpointerup: () => { held = null; paint(shown); },
      onpointercancel: () => { held = null; paint(shown); },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const wish = keyed(event, value ?? item.max ?? 1, item);
        if (wish === null) return;
        event.preventDefault();
        event.stopPropagation();
        ask(event, wish);
        paint(shown);
      },
    };
  };
  /** What makes a thing a switch of its knob. @returns {Props} */
  const toggle = (/** @type {Thing} */ thing) => {
    if (!itemOf(thing.knob)) return { style: { display: 'none' } };
    const act = () => desk.change(thing.knob, thing.to);
    return {
      role: 'switch',
      tabindex: 0,
      'data-knob': thing.knob,
      'aria-label': thing.name,
      'aria-checked': String(Boolean(thing.on)),
      onclick: act,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        act();
      },
    };
  };
  /** A thing where it stands: a hand where it is being moved, or has been and waits. */
  const standing = (/** @type {Thing} */ thing) => {
    if (held?.id === thing.id) return { ...thing, ...onWay(thing, held.at), open: false };
    const wish = thing.kind === 'grip' ? desk.pending(thing.knob) : undefined;
    if (wish === undefined) return thing;
    return { ...thing, ...onWay(thing, beside(thing.values, thing.ends, Number(wish))), open: false };
  };
  const hand = (/** @type {Thing} */ thing) => thing.kind === 'grip' ? slider(thing) : toggle(thing);

  /** Draw things as they are. */
  const paint = (/** @type {Thing[]} */ things) => {
    /** @type {Map<string, string>} */
    const patterns = new Map();
    const stripes = (/** @type {string} */ color) => {
      if (!patterns.has(color)) patterns.set(color, `${name}-${patterns.size}`);
      return `url(#${patterns.get(color)})`;
    };
    const drawn = things.map((thing) => {
      const at = standing(thing);
      const look = [thing.lit && 'is-lit', thing.dim && 'is-dim'].filter(Boolean).join(' ');
      return s('g', { key: thing.id, 'data-thing': thing.id, class: look || null, opacity: thing.fade ?? null },
          SHAPES[thing.kind](at, { stripes, hand }));
    });
    const striped = [...patterns].map(([color, id]) =>
      s('pattern', { key: id, id, width: 10, height: 10, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
          s('rect', { width: 10, height: 10, fill: color, 'fill-opacity': .2 }),
          s('rect', { width: 5, height: 10, fill: color, 'fill-opacity': .75 })));
    draw(svg, s('defs', { key: 'stripes' }, striped), drawn);
  };

  /** Go from what is shown to a picture; at once, where nothing is to move. */
  const go = (/** @type {Thing[]} */ then, /** @type {Thing[]} */ now, /** @type {number} */ began) => {
    const t = Math.min(1, (performance.now() - began) / MOVE_MS);
    shown = onTheWay(then, now, 1 - (1 - t) ** 3);
    paint(shown);
    frame = t < 1 ? requestAnimationFrame(() => go(then, now, began)) : 0;
  };

  let title = '';
  /** @param {Sizes | null} pictures @param {string} said what it shows, in a sentence */
  const show = (pictures, said) => {
    [all, title] = [pictures, said];
    host.hidden = !all;
    steps.show(all?.steps ?? null);
    if (!all) return;
    if (svg.parentNode !== host) host.replaceChildren(svg, steps.node);
    redraw();
  };
  const redraw = () => {
    if (!all) return;
    const size = which();
    const { width, height } = all[size];
    const things = steps.seen(all[size].things);
    const fresh = drawnAs !== size || !shown.length;
    drawnAs = size;
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('aria-label', title);
    cancelAnimationFrame(frame);
    if (fresh || held || calm()) { shown = things; paint(shown); return; }
    go(shown, things, performance.now());
  };
  const watcher = new ResizeObserver(() => { if (all && which() !== drawnAs) redraw(); });
  watcher.observe(host);
  return { show, drop: () => { watcher.disconnect(); steps.drop(); cancelAnimationFrame(frame); } };
}
