// Stands in the page itself, for the case that our scripts do not arrive: says so, after a while.
setTimeout(() => {
  if (window.simlibShell) return;
  const link = Object.assign(document.createElement('a'), { href: '' });
  link.textContent = JSON.parse(document.getElementById('course-words').textContent).incomplete;
  window.stop();
  if (!document.body) {  // one that a parser has made: with another Chromium paints nothing
    document.open();
    document.write('<!DOCTYPE html><body>');
    document.close();
  }
  document.body.prepend(link);
}, 15000);
