// @ts-check
// The bet in the page, from its first bytes: answers are kept here (window.simlibBet) until the lab is
// alive. No module: it stands in the page's head, and the stage loads it where the page did not.
(() => {
  const page = /** @type {any} */ (window);
  if (page.simlibBet) return;
  /** @type {{values: Record<string, string | number>, wish: "" | "send" | "open", alive: boolean}} */
  const held = { values: {}, wish: '', alive: false };
  page.simlibBet = held;

  /** @param {EventTarget | null} target */
  const formOf = (target) => (target instanceof Element ? /** @type {HTMLFormElement | null} */ (target.closest('form[data-bet]')) : null);

  /**
   * The questions not answered yet.
   * @param {Element} form
   */
  function missing(form) {
    return [...form.querySelectorAll('fieldset[data-id], .bet-amount')].filter((part) => {
      const { id = '' } = /** @type {HTMLElement} */ (part).dataset;
      return held.values[id] === undefined;
    });
  }

  /**
   * What a question asks, without its unit.
   * @param {Element} part
   */
  function asked(part) {
    return (part.querySelector('legend, label')?.textContent ?? '').replace(/\s*[（(].*$/, '');
  }

  /** @param {Element} form */
  function draw(form) {
    const send = form.querySelector('[data-id=commit]');
    const left = missing(form).length;
    send?.setAttribute('aria-disabled', String(left > 0));
    const note = send?.querySelector('small');
    if (note instanceof HTMLElement) note.textContent = left ? (note.dataset.left ?? '').replace('{n}', String(left)) : '';
  }

  /**
   * @param {Element} part
   * @param {string} text
   */
  function weigh(part, text) {
    const value = Number(text);
    const given = text !== '' && Number.isFinite(value);
    if (given) held.values.amount = value; else delete held.values.amount;
    part.classList.toggle('is-empty', !given);
    for (const field of part.querySelectorAll('input')) if (given && field.value !== text) field.value = text;
    const slider = part.querySelector('input[type=range]');
    if (!(slider instanceof HTMLInputElement)) return;
    slider.style.setProperty('--at', given ? `${value / Number(slider.max) * 100}%` : '0%');
    if (given) slider.removeAttribute('aria-valuetext');
    else slider.setAttribute('aria-valuetext', formOf(part)?.dataset.empty ?? '');
  }

  /**
   * @param {Element} form
   * @param {string} text
   */
  function say(form, text) {
    const line = form.querySelector('.bet-said');
    if (line) line.textContent = text;
  }

  /** @param {"send" | "open"} wish */
  function wish(wish) {
    held.wish = wish;
    if (!held.alive) document.body.classList.add('is-asked');  // the page says that the answer waits
    window.dispatchEvent(new Event('simlib:bet'));
  }

  /** @param {Event} event */
  function answer(event) {
    const form = formOf(event.target);
    const field = event.target;
    if (!form || !(field instanceof HTMLInputElement)) return;
    const amount = field.closest('.bet-amount');
    if (amount) weigh(amount, field.value);
    else if (field.type === 'radio' && field.checked) held.values[field.name] = field.value;
    held.wish = '';
    document.body.classList.remove('is-asked');
    say(form, '');
    draw(form);
  }

  /**
   * The first key or click on the empty track lays the answer down.
   * @param {Event} event
   */
  function touch(event) {
    const part = event.target instanceof Element ? event.target.closest('.bet-amount.is-empty') : null;
    const form = formOf(part);
    if (!part || !form || !(event.target instanceof HTMLInputElement) || event.target.type !== 'range') return;
    if (event instanceof KeyboardEvent) {
      if (!/^(Arrow|Page|Home|End)/.test(event.key)) return;
      event.preventDefault();
      if (event.key === 'Home') event.target.value = event.target.min;
      if (event.key === 'End') event.target.value = event.target.max;
    }
    weigh(part, event.target.value);
    draw(form);
  }

  document.addEventListener('input', answer);
  document.addEventListener('change', answer);
  document.addEventListener('click', touch);
  document.addEventListener('keydown', touch);
  document.addEventListener('submit', (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    const left = missing(form);
    if (!left.length) { wish('send'); return; }
    const { missing: told = '', between } = form.dataset;
    say(form, told.replace('{list}', left.map(asked).join(between)));
    /** @type {HTMLElement | null} */ (left[0].querySelector('input'))?.focus();
  });
  document.addEventListener('click', ({ target }) => {
    const form = formOf(target);
    if (form && target instanceof Element && target.closest('[data-id=open]')) wish('open');
  });
})();
