// The chain step by step: every step came with the page, so that playing asks no server. Native
// buttons and a native slider; the boxes are words, the lines between them are one drawing.

import { choose, draw, h, press, styled } from './draw.js';
import { listening } from './lab.js';

styled('chain.css');

const SVG = 'http://www.w3.org/2000/svg';
const STEP_MS = 2200;  // how long a step stands while the chain plays at its usual speed
const MOVE_MS = 900;   // of it, how long the money is on its way
const SPEEDS = [0.5, 1, 2];
const calm = matchMedia('(prefers-reduced-motion: reduce)');

function drawn(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export function chain({ model, el }) {
  const root = h('div', { class: 'simlib-film', tabindex: 0, role: 'group' });
  el.append(root);
  let film, step = 0, playing = 0, speed = 1, moving = 0, width = 0, parts = {};
  const watcher = new ResizeObserver(() => {
    if (!film.steps?.length || parts.stage.clientWidth === width) return;
    lay();
    show(step, false);
  });

  // ---------------------------------------------------------------- what is there

  function build() {
    stop();
    const chose = document.activeElement === parts.rule;
    film = model.get('film');
    root.hidden = !film.steps?.length;
    watcher.disconnect();
    if (root.hidden) { root.replaceChildren(); parts = {}; return; }
    step = Math.min(step, film.steps.length);
    const words = film.words;
    root.setAttribute('aria-label', words.label);
    const way = (name, act) => press(null, words[name], act, { 'data-film': name });
    const select = choose(SPEEDS.map((value) => [value, `${value}×`]), speed, (value) => {
      speed = Number(value);
      if (playing) play();
    }, {'data-film': 'speed'});
    const slider = h('input', {
      type: 'range',
      min: 0,
      max: film.steps.length,
      step: 1,
      'data-film': 'time',
      'aria-label': words.time,
      oninput: () => {
        stop();
        show(Number(slider.value));
      }
    });
    parts = {
      slider,
      rule:
          h('select', {'data-film': 'rule', onchange: () => model.send({rule: parts.rule.value})}),
      note: h('p', {class: 'simlib-film-note-rule'}),
      back: way('back', () => walk(-1)),
      play: way('play', () => (playing ? stop() : play())),
      forth: way('forth', () => walk(1)),
      when: h('span', {class: 'simlib-film-when'}),
      said: h('p', {class: 'simlib-film-said', role: 'status'}),
      lines: drawn(
          'svg', {preserveAspectRatio: 'none', class: 'simlib-film-lines', 'aria-hidden': 'true'}),
      stage: h('div', {class: 'simlib-film-stage'}),
      boxes: {},
      ticks: h('div', {class: 'simlib-film-ticks', 'aria-hidden': 'true'},
          film.steps.map(
              (_, n) => h('i', {style: {left: `${(n + 1) / film.steps.length * 100}%`}}))),
    };
    parts.stage.append(parts.lines, ...film.boxes.map(box));
    const legend = h('p', { class: 'simlib-film-legend' },
      ...film.money.flatMap((kind) => [coin(kind, '14px'), h('span', {}, kind.name)]));
    parts.rules = h('label', { class: 'simlib-film-rule' }, h('span', {}), ' ', parts.rule);
    root.replaceChildren(parts.rules, parts.note,
      h('div', { class: 'simlib-film-bar' }, parts.back, parts.play, parts.forth,
        h('label', {}, words.speed, ' ', select), parts.when),
      h('div', { class: 'simlib-film-line' }, slider, parts.ticks), parts.said, legend, parts.stage,
      h('p', { class: 'simlib-film-keys' }, words.keys));
    watcher.observe(parts.stage);
    rule();
    lay();
    show(step, false);
    if (chose) parts.rule.focus();
  }

  // The rule by which the money is followed, to be chosen here as on the stage.
  function rule() {
    const { options = [], value = '', label = '', note = '' } = model.get('rules');
    if (!parts.rule) return;
    parts.rules.hidden = !options.length;
    parts.rules.firstChild.textContent = label;
    draw(parts.rule, options.map((one) => h('option', { value: one.value }, one.label)));
    parts.rule.value = value;
    parts.note.textContent = note;
    parts.note.hidden = !note;
  }

  function coin(kind, width) {
    return h('i',
        {class: 'simlib-coin', 'data-pattern': kind.pattern, style: {'--c': kind.color, width}});
  }

  function box(one) {
    const total = h('span', { class: 'simlib-film-total' });
    const bar = h('div', { class: 'simlib-film-money', 'aria-hidden': 'true' });
    const node = h('div', {
      class: 'simlib-film-box',
      'data-box': one.id,
      style: {
        left: `${one.left * 100}%`,
        width: `${one.width * 100}%`,
        top: `${one.top}px`,
        height: `${film.box}px`,
        'border-color': one.color,
        'border-width': one.thick ? '4px' : ''
      }
    },
        h('b', {}, one.name), h('span', {class: 'simlib-film-note'}, one.note), total, bar);
    parts.boxes[one.id] = { node, total, bar, one };
    return node;
  }

  // ---------------------------------------------------------------- lines, in pixels of now

  function lay() {
    if (!film.steps?.length) return;
    width = parts.stage.clientWidth || 340;
    parts.stage.style.height = film.height + 'px';
    parts.lines.setAttribute('viewBox', `0 0 ${width} ${film.height}`);
    parts.lines.replaceChildren();
    parts.paths = film.lines.map((line) => {
      const path = drawn('path', { d: curve(line), class: 'simlib-film-path' });
      parts.lines.append(path);
      return path;
    });
    parts.head = drawn('path', { d: 'M-6,-9 L6,-9 L0,2 Z', class: 'simlib-film-head' });
    parts.dot = drawn('circle', { r: 8, class: 'simlib-film-dot' });
    parts.lines.append(parts.head, parts.dot);
  }

  // From the lower edge of the payer to the upper edge of the payee; along the side where it goes back.
  function curve({ from, to, out, into }) {
    const [a, b] = [parts.boxes[from].one, parts.boxes[to].one];
    const x = (one, at) => (one.left + one.width * at) * width;
    if (b.top > a.top) {
      const [x0, y0, x1, y1] = [x(a, 0.5 + out), a.top + film.box, x(b, 0.5 + into), b.top];
      const bend = Math.min(70, (y1 - y0) / 2);
      return `M${x0},${y0} C${x0},${y0 + bend} ${x1},${y1 - bend} ${x1},${y1 - 2}`;
    }
    const side = a.left + a.width / 2 <= b.left + b.width / 2 ? 0 : 1;
    const [x0, y0, x1, y1] =
        [x(a, side ? 0.2 : 0.8), a.top, x(b, side ? 0.8 : 0.2), b.top + film.box];
    if (b.top === a.top)
      return `M${x0},${y0} C${x0},${y0 - 30} ${x1},${y0 - 30} ${x1},${a.top - 2}`;
    return `M${x0},${y0} C${x0},${y0 - 40} ${x1},${y1 + 40} ${x1},${y1 + 2}`;
  }

  // ---------------------------------------------------------------- one step

  function balances(upto) {
    const held = { ...film.start };
    for (const one of film.steps.slice(0, upto)) Object.assign(held, one.after);
    return held;
  }

  function show(n, move = true) {
    const forward = n === step + 1;
    step = n;
    const now = film.steps[n - 1];
    parts.slider.value = n;
    parts.slider.setAttribute('aria-valuetext', now ? now.when : film.words.start);
    parts.when.textContent = now ? now.when : film.words.start;
    parts.said.setAttribute('aria-live', playing ? 'off' : 'polite');
    parts.said.textContent = now ? now.text : film.words.before;
    root.dataset.step = n;
    const held = balances(n);
    for (const [id, { node, total, bar }] of Object.entries(parts.boxes)) {
      const [words, shares, fen] = held[id] ?? ['', [], 0];
      total.textContent = words;
      // as long as the balance is large, on the scale of the largest there is
      const long = fen / film.top * 100;
      bar.replaceChildren(
          ...shares.map((share, k) => share > 0 && coin(film.money[k], `${share * long}%`))
              .filter(Boolean));
      node.classList.toggle('is-paying', now?.from === id);
      node.classList.toggle('is-paid', now?.to === id);
    }
    parts.back.setAttribute('aria-disabled', String(n === 0));
    parts.forth.setAttribute('aria-disabled', String(n === film.steps.length));
    mark(now, n);
    if (now && move && forward) send(now);
  }

  function mark(now, n) {
    cancelAnimationFrame(moving);
    const gone = new Set(film.steps.slice(0, n).map((one) => one.line));
    parts.paths.forEach((path, k) => {
      path.classList.toggle('is-gone', gone.has(k));
      path.classList.toggle('is-now', now?.line === k);
    });
    const path = now && parts.paths[now.line];
    for (const node of [parts.head, parts.dot])
      node.style.display = path && node === parts.head ? '' : 'none';
    if (!path) return;
    parts.lines.insertBefore(path, parts.head);  // above the others
    const [end, before] = [path.getTotalLength(), Math.max(0, path.getTotalLength() - 6)];
    const [to, from] = [path.getPointAtLength(end), path.getPointAtLength(before)];
    const turn = Math.atan2(to.y - from.y, to.x - from.x) * 180 / Math.PI - 90;
    parts.head.setAttribute('transform', `translate(${to.x},${to.y}) rotate(${turn})`);
  }

  // The money on its way; whoever asked his machine for calm sees the step without it.
  function send(now) {
    if (calm.matches) return;
    const path = parts.paths[now.line], length = path.getTotalLength(), started = performance.now();
    const most = now.shares.indexOf(Math.max(...now.shares));
    parts.dot.style.display = '';
    parts.dot.style.fill = film.money[most]?.color ?? '';
    const frame = (time) => {
      const done = Math.min(1, (time - started) / (MOVE_MS / speed));
      const at = path.getPointAtLength(length * done);
      parts.dot.setAttribute('cx', at.x);
      parts.dot.setAttribute('cy', at.y);
      if (done < 1) moving = requestAnimationFrame(frame);
      else parts.dot.style.display = 'none';
    };
    moving = requestAnimationFrame(frame);
  }

  // ---------------------------------------------------------------- playing

  function walk(by) {
    stop();
    const to = Math.min(film.steps.length, Math.max(0, step + by));
    if (to !== step) show(to);
  }

  function play() {
    clearInterval(playing);
    if (step === film.steps.length) show(0);
    playing =
        setInterval(() => (step < film.steps.length ? show(step + 1) : stop()), STEP_MS / speed);
    said(true);
    if (step < film.steps.length) show(step + 1);
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    if (parts.play) said(false);
  }

  function said(on) {
    parts.play.textContent = on ? film.words.pause : film.words.play;
    parts.play.setAttribute('aria-pressed', String(on));
  }

  const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !film.steps?.length) return;
    const on = event.target.tagName;
    if (on === 'SELECT') return;
    if (event.key === ' ' && on !== 'BUTTON') (playing ? stop() : play());
    else if (event.key in KEYS) walk(KEYS[event.key]);
    else if (event.key === 'Home') walk(-step);
    else if (event.key === 'End') walk(film.steps.length);
    else return;
    event.preventDefault();
  };

  root.addEventListener('keydown', keys);
  build();
  const silence = listening(model, { 'change:film': build, 'change:rules': rule });
  return () => {
    stop();
    cancelAnimationFrame(moving);
    watcher.disconnect();
    silence();
  };
}
