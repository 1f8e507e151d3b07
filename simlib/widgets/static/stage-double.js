// @ts-check
// Whoever clicks twice opens a task, and does not answer it: its first option may lie under the pointer.

const SOON_MS = 500;  // a double click is no slower
const NEAR_PX = 8;

/** What hears the clicks of the page, and is told when a task opens. */
export function double() {
  let opened = -SOON_MS;
  let last = new MouseEvent('click');
  const hear = (/** @type {MouseEvent} */ event) => {
    if (!event.detail) return;  // no pointer
    const near = Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < NEAR_PX;
    const again = near && last.timeStamp <= opened;  // its first click is the one that opened the task
    last = event;
    if (!again || event.timeStamp - opened > SOON_MS) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('click', hear, true);
  return { opens: () => { opened = performance.now(); }, drop: () => document.removeEventListener('click', hear, true) };
}
