// @ts-check
// One way of drawing from data. `h` makes an element; `draw` makes the children of one what they
// should be now: what was drawn before as the same thing stays, with its focus, its scroll and its
// folds, and takes over only what differs from how it was drawn last. What others have set on it since
// (a class, an attribute) is left alone.
//
// Props: a function under `onclick`, `oninput` … hears that event; `key` says which of its siblings a
// thing is (without one, the next of its tag); `html` is markup of our own; `style` is a record;
// `value` and `checked` are what a control holds; all else are attributes, of which `true` has no
// value and `false`, `null` and `undefined` are not there. A node that its maker keeps needs a key.

/** @type {WeakMap<Node, Props>} */
const drawn = new WeakMap();
/** @type {WeakMap<Node, string>} the words of a text, whatever others have put in them since */
const written = new WeakMap();
const HELD = ['value', 'checked'];
const TYPED = 'textarea, input:not([type=radio], [type=checkbox], [type=range])';

/** @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Props} [props] @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]} */
export function h(tag, props = {}, ...children) {
  return made(document.createElement(tag), props, children);
}

const SVG = 'http://www.w3.org/2000/svg';

/** The same of a drawing: `h` for SVG.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag @param {Props} [props] @param {...Child} children
 * @returns {SVGElementTagNameMap[K]} */
export function s(tag, props = {}, ...children) {
  return made(document.createElementNS(SVG, tag), props, children);
}

/** @template {HTMLElement | SVGElement} T @param {T} node @param {Props} props @param {Child[]} children */
function made(node, props, children) {
  node.append(...flat(children));
  renewProps(node, props);
  return node;
}

/** @param {Element} host @param {...Child} children */
export function draw(host, ...children) {
  const focused = document.activeElement;
  patch(host, flat(children));
  if (!(focused instanceof HTMLElement || focused instanceof SVGElement) ||
      focused === document.activeElement)
    return;
  if (host.contains(focused)) focused.focus({ preventScroll: true });  // it was moved
}

/** @param {Child[]} children @returns {Node[]} */
function flat(children) {
  return children.flat(3)
      .filter((each) => each !== '' && each !== false && each !== null && each !== undefined)
      .map((each) => (each instanceof Node ? each : write(document.createTextNode(''), String(each))));
}

/** @param {Text} node @param {string} text */
function write(node, text) {
  written.set(node, text);
  node.data = text;
  return node;
}

const keyOf = (/** @type {Node} */ node) => `${node.nodeName} ${drawn.get(node)?.key ?? ''}`;

function patch(/** @type {Element} */ host, /** @type {Node[]} */ wanted) {
  const kept = new Set(wanted);
  /** @type {Map<string, Node[]>} what is there and may be used again, by key */
  const free = new Map();
  for (const old of host.childNodes)
    if (!kept.has(old)) free.set(keyOf(old), [...free.get(keyOf(old)) ?? [], old]);
  const nodes = wanted.map((node) => {
    const old = node.parentNode === host ? undefined : free.get(keyOf(node))?.shift();
    return old ? renew(old, node) : node;
  });
  for (const old of [...free.values()].flat()) host.removeChild(old);
  nodes.forEach((node, n) => {
    if (host.childNodes[n] !== node) host.insertBefore(node, host.childNodes[n] ?? null);
  });
}

// What is there becomes what it should be.
function renew(/** @type {Node} */ old, /** @type {Node} */ node) {
  if (old instanceof Element) {
    const props = drawn.get(node) ?? {};
    if (props.html === undefined) patch(old, [...node.childNodes]);
    renewProps(/** @type {HTMLElement | SVGElement} */ (old), props);
  } else if (old instanceof Text && (written.get(old) ?? old.data) !== node.nodeValue)
    write(old, node.nodeValue ?? '');
  return old;
}

function renewProps(/** @type {HTMLElement | SVGElement} */ node, /** @type {Props} */ props) {
  const before = drawn.get(node) ?? {};
  drawn.set(node, props);
  for (const name of Object.keys({ ...before, ...props })) {
    if (!HELD.includes(name) && props[name] !== before[name])
      put(node, name, props[name], before[name]);
  }
  for (const name of HELD)
    if (name in props) hold(node, name, props[name]);  // once its ends are known
}

// What a control holds; what is just being typed is the reader's.
/** @param {any} node @param {string} name @param {unknown} value */
function hold(node, name, value) {
  const wanted = name === 'checked' ? Boolean(value) : String(value ?? '');
  if (node[name] === wanted || node === document.activeElement && node.matches(TYPED)) return;
  node[name] = wanted;
}

/** @param {HTMLElement | SVGElement} node @param {string} name @param {any} value @param {any} before */
function put(node, name, value, before) {
  if (name === 'key') return;
  if (typeof (value ?? before) === 'function') node.addEventListener(name.slice(2), hear);
  else if (name === 'class') dress(node, value, before);
  else if (name === 'html') node.innerHTML = value ?? '';
  else if (name === 'style')
    for (const each of Object.keys({...before, ...value}))
      node.style.setProperty(each, value?.[each] ?? '');
  else if (value === false || value === null || value === undefined) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? '' : value);
}

// Classes that others have added stay.
/** @param {Element} node @param {string | null | undefined | false} value @param {string | null | undefined | false} before */
function dress(node, value, before) {
  const [now, was] = [value, before].map((names) => (names || '').split(' ').filter(Boolean));
  node.classList.remove(...was.filter((each) => !now.includes(each)));
  node.classList.add(...now);
}

/** @this {Element} @param {Event} event */
function hear(event) {
  drawn.get(this)?.[`on${event.type}`]?.(event);
}

// ---------------------------------------------------------------- what is drawn again and again

// A button; one that is said to be disabled hears nothing, but keeps its place for the keyboard.
/** @param {string | null} id @param {Child} label @param {(event: any) => void} act @param {Props} [props] */
export function press(id, label, act, props = {}) {
  const onclick = (/** @type {any} */ event) => {
    if (event.currentTarget.ariaDisabled !== 'true') act(event);
  };
  return h('button', { type: 'button', 'data-id': id, ...props, onclick }, label);
}

// A list to choose from: pairs of value and label.
/** @param {[any, string][]} options @param {unknown} value @param {(value: string) => void} act @param {Props} [props] */
export function choose(options, value, act, props = {}) {
  return h('select',
      {...props, value, onchange: (/** @type {any} */ {target}) => act(target.value)},
      options.map(([each, label]) => h('option', {value: each}, label)));
}

// A box to tick, with its words.
/** @param {string} id @param {Child} label @param {boolean} checked @param {(checked: boolean) => void} act @param {Props} [props] */
export function tick(id, label, checked, act, props = {}) {
  return h('label', { class: 'own-tick', for: id },
    h('input', { type: 'checkbox', id, checked, ...props, onchange: (/** @type {any} */ { target }) => act(target.checked) }), h('span', {}, label));
}

// Style sheets that lie beside this file, each once.
/** @param {...string} files */
export function styled(...files) {
  for (const file of files) {
    const { href } = new URL(file, import.meta.url);
    if (!document.querySelector(`link[href="${href}"]`))
      document.head.append(h('link', {rel: 'stylesheet', href}));
  }
}

// Hear events of things that outlive a view; what is given back ends that.
/** @param {...[EventTarget, string, (event: any) => void, (boolean | AddEventListenerOptions)?]} heard */
export function hearing(...heard) {
  for (const [target, event, act, how] of heard) target.addEventListener(event, act, how);
  return () => {
    for (const [target, event, act, how] of heard) target.removeEventListener(event, act, how);
  };
}
