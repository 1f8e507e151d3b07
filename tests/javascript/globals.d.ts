// What our scripts leave on the window for one another.

interface SimlibBet {
  values: Record<string, string | number>;
  wish: '' | 'send' | 'open';
}

interface Window {
  simlibBet: SimlibBet;
  simlibState?: string;
}
