// What our scripts leave on the window for one another.

interface SimlibBet {
  values: Record<string, string | number>;
  wish: '' | 'send' | 'open';
}

interface Window {
  simlibBet: SimlibBet;
  simlibState?: string;
}

// Debian's TypeScript is older than popovers and than this question of what is seen.
interface Element {
  checkVisibility(options?: object): boolean;
}

interface HTMLElement {
  showPopover(): void;
  hidePopover(): void;
}
