// The bet before there is a kernel: it stands in the page's first bytes and can be answered at
// once. What is answered is kept here until the stage is alive, which sends it and takes over.
//
//   window.simlibBet = { values: { norm, document, amount }, wish: '' | 'send' | 'open' }
//   'simlib:bet' on window: the reader wishes to send his answer, or to open without one
'use strict';
(() => {
  const kept = window.simlibBet = { values: {}, wish: '' };
  if (new URLSearchParams(location.search).get('s')) document.body.classList.add('is-restoring');

  const formOf = (target) => target.closest?.('form[data-bet]');

  function read(form) {
    const values = {};
    for (const each of form.querySelectorAll('fieldset[data-id]')) {
      const chosen = each.querySelector('input:checked');
      if (chosen) values[each.dataset.id] = chosen.value;
    }
    for (const each of form.querySelectorAll('.bet-amount[data-id]')) {
      const typed = each.querySelector('input[type=number]').value.trim();
      if (!each.classList.contains('is-empty') && typed !== '') values[each.dataset.id] = Number(typed);
    }
    return values;
  }

  function show(form) {
    kept.values = read(form);
    const asked = form.querySelectorAll('fieldset[data-id], .bet-amount[data-id]').length;
    const whole = Object.keys(kept.values).length === asked;
    form.querySelector('[data-id=commit]')?.setAttribute('aria-disabled', String(!whole));
    return whole;
  }

  // An amount has no value until it is touched; slider and number are one.
  function touch(box, input) {
    const other = box.querySelector(input.type === 'range' ? 'input[type=number]' : 'input[type=range]');
    box.classList.toggle('is-empty', input.value === '');
    if (input.value !== '') other.value = input.value;
  }

  document.addEventListener('input', ({ target }) => {
    const form = formOf(target);
    if (!form) return;
    const box = target.closest('.bet-amount');
    if (box) touch(box, target);
    const said = form.querySelector('.bet-said');
    if (said) said.textContent = '';
    show(form);
  });

  // A slider that is pressed where it stands has been answered, too.
  document.addEventListener('pointerup', ({ target }) => {
    const box = formOf(target) && target.type === 'range' && target.closest('.bet-amount.is-empty');
    if (!box) return;
    touch(box, target);
    show(formOf(target));
  });

  function wish(what) {
    kept.wish = what;
    document.body.classList.add('is-asked');
    window.dispatchEvent(new Event('simlib:bet'));
  }

  document.addEventListener('submit', (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    if (show(form)) { wish('send'); return; }
    const open = [...form.querySelectorAll('fieldset[data-id], .bet-amount[data-id]')].find((each) => !(each.dataset.id in kept.values));
    open?.querySelector('input')?.focus();
  });

  document.addEventListener('click', ({ target }) => {
    if (formOf(target) && target.closest('[data-id=open]')) wish('open');
  });
})();
