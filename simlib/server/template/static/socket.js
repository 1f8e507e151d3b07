// A kernel's socket that outlives breaks. The page opens it as it opens any WebSocket; when the wire
// underneath breaks, another takes its place, and each side sends again what the other has not got.
// `simlib/server/connection.py` is the other side.
//
// Window hears `simlib:wire` with one of these words:
//   broken  there is no wire; another is being tried
//   mended  there is one again, and nothing was lost
//   gone    the kernel is no longer there, or something was lost: only a new page helps
'use strict';
(() => {
  const Plain = window.WebSocket;
  const KERNEL = /\/api\/kernels\/[^/]+\/channels\?/;
  const CONFIRM_MS = 500;  // frames wait so long for their confirmation
  const SILENT_MS = 4000;  // a wire that answers nothing for so long is broken
  const OPENS_MS = 8000;   // and one that does not open in so long
  const RETRY_MS = [100, 500, 1000, 2000];  // before each try; the last before all that follow
  const COUNTED =
      'v1.kernel.websocket.jupyter.org';  // in it, kernels speak binary and text is ours
  const REFUSED = [1003, 1007, 1009];  // what we sent will not be taken on another wire either

  const LEAVE_MS = 10000;  // a page that is being left has ended its kernel, and waits for the next

  let leaving = -LEAVE_MS;
  window.addEventListener('beforeunload', () => { leaving = performance.now(); });
  // A hub answers what a script asks only if the page proves that it is of this address.
  window.simlibProof = () =>
      ({'X-XSRFToken': /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? ''});

  const isLeaving = () => performance.now() - leaving < LEAVE_MS;

  const tell = (word) => window.dispatchEvent(new CustomEvent('simlib:wire', { detail: word }));

  class LastingSocket {
    onopen = null;
    onmessage = null;
    onclose = null;
    onerror = null;
    binaryType = 'arraybuffer';
    protocol = '';
    readyState = Plain.CONNECTING;

    #address;
    #protocols;
    #wire = null;
    #lasting = null;     // whether the other side counts too; null: not known yet
    #through = false;    // the wire takes frames
    #got = 0;            // frames received
    #sent = 0;           // frames sent, whether or not a wire took them
    #unconfirmed = [];   // the last of them; number #sent stands last
    #tries = 0;
    #confirming = null;  // timers
    #silence = null;
    #waiting = null;
    #stir = () => this.#check();

    constructor(url, protocols) {
      const line =
          Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16)).join('');
      this.url = url;
      this.#address = `${url}&line=${line}&got=`;
      this.#protocols = protocols;
      for (const event of ['online', 'offline']) window.addEventListener(event, this.#stir);
      document.addEventListener('visibilitychange', this.#stir);
      this.#open();
    }

    send(frame) {
      if (this.readyState !== Plain.OPEN)
        return;  // closed: as any socket, it loses what it is given
      this.#sent += 1;
      if (this.#lasting !== false) this.#unconfirmed.push(frame);
      if (this.#through) this.#wire.send(frame);
      this.#confirmSoon();
    }

    close(code, reason) {
      this.#stop(code, reason);
    }

    // ------------------------------------------------------------ one wire after another

    #open() {
      const wire = new Plain(this.#address + this.#got, this.#protocols);
      const first = this.readyState === Plain.CONNECTING;
      const mine = (act) => (event) => { if (wire === this.#wire) act(event); };
      wire.binaryType = 'arraybuffer';
      wire.onopen = mine(() => { if (first) this.#begin(); });
      wire.onmessage = mine(({ data }) => this.#receive(data));
      wire.onclose = mine(({ code }) => this.#lose(code));
      this.#wire = wire;
      if (!first) this.#expect(OPENS_MS);
    }

    #begin() {
      this.protocol = this.#wire.protocol;
      this.readyState = Plain.OPEN;
      this.#through = true;
      this.onopen?.(new Event('open'));
    }

    #lose(code) {
      const broke = this.#through;
      this.#drop();
      if (this.readyState === Plain.CONNECTING || this.#lasting === false) {  // as any socket would
        this.#stop();
        this.onclose?.(new CloseEvent('close', { code }));
        return;
      }
      if (REFUSED.includes(code)) { this.#end(); return; }
      if (broke) tell('broken');
      const wait = isLeaving() ? LEAVE_MS : RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)];
      this.#waiting = setTimeout(() => this.#retry(), wait);
    }

    async #retry(ask = true) {
      clearTimeout(this.#waiting);
      this.#waiting = null;
      this.#tries += 1;
      const gone = ask && this.#tries > 1 && await isGone(this.url);
      if (this.readyState !== Plain.OPEN || this.#wire) return;
      if (gone) this.#end();
      else this.#open();
    }

    #resume() {
      this.#tries = 0;
      this.#through = true;
      for (const frame of this.#unconfirmed) this.#wire.send(frame);
      tell('mended');
    }

    // Only a new page helps.
    #end() {
      this.#stop();
      tell('gone');
    }

    #drop(code, reason) {
      for (const timer of [this.#confirming, this.#silence, this.#waiting]) clearTimeout(timer);
      this.#confirming = this.#silence = this.#waiting = null;
      const wire = this.#wire;
      this.#wire = null;
      this.#through = false;
      wire?.close(code, reason);
    }

    #stop(code, reason) {
      this.readyState = Plain.CLOSED;
      this.#drop(code, reason);
      for (const event of ['online', 'offline']) window.removeEventListener(event, this.#stir);
      document.removeEventListener('visibilitychange', this.#stir);
    }

    // ------------------------------------------------------------ counting

    #receive(data) {
      clearTimeout(this.#silence);
      this.#silence = null;
      if (typeof data === 'string' && this.protocol === COUNTED) {
        this.#hear(JSON.parse(data));
        return;
      }
      if (this.#lasting === null) {  // a side that counts says so first
        if (!this.#through) { this.#end(); return; }  // and this one does not, though a wire broke
        this.#lasting = false;
        this.#unconfirmed = [];
      }
      this.#got += 1;
      this.#confirmSoon();
      this.onmessage?.(new MessageEvent('message', { data }));
    }

    #hear({ got, gap }) {
      this.#lasting = true;
      if (gap) { this.#end(); return; }
      this.#unconfirmed.splice(0, got - (this.#sent - this.#unconfirmed.length));
      if (!this.#through) this.#resume();
      if (this.#unconfirmed.length) this.#confirmSoon();
    }

    #confirmSoon() {
      if (this.#through && this.#lasting)
        this.#confirming ??= setTimeout(() => this.#confirm(), CONFIRM_MS);
    }

    // Say what we have got; the answer says what has come through from us.
    #confirm() {
      clearTimeout(this.#confirming);
      this.#confirming = null;
      this.#wire.send(JSON.stringify({ got: this.#got }));
      this.#expect(SILENT_MS);
    }

    #expect(wait) {
      this.#silence ??= setTimeout(() => this.#lose(1006), wait);
    }

    // The network or the reader is back, or the network went: see at once how things stand.
    #check() {
      if (this.readyState === Plain.OPEN && !this.#wire) this.#retry(false);
      else if (this.#through && this.#lasting) this.#confirm();
    }
  }

  // Whether the server says that the kernel is no longer there, or no longer ours.
  async function isGone(url) {
    const at = new URL(url);
    at.protocol = at.protocol.replace('ws', 'http');
    at.pathname = at.pathname.replace(/\/channels$/, '');
    try {
      const answer = await fetch(at, {
        cache: 'no-store',
        headers: window.simlibProof(),
        signal: AbortSignal.timeout(SILENT_MS)
      });
      return [403, 404, 424].includes(answer.status);  // 424: a hub whose server has stopped
    } catch {
      return false;  // nobody answers
    }
  }

  window.WebSocket = new Proxy(Plain, {
    construct: (target, [url, protocols]) =>
      (KERNEL.test(url) ? new LastingSocket(url, protocols) : new target(url, protocols)),
  });
})();
