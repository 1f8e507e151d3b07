// @ts-check
// The worksheet's button: print. Without scripts the browser's own menu prints the page.

const button = document.getElementById('print');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

export {};
