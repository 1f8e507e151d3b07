// A lesson without a formula: Voilà would load MathJax, a sixth of all that a page loads, to look for
// some; given this address in MathJax's place, it queues its work here, where nothing is done.
'use strict';
window.MathJax = {
  Ajax: {},
  Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } },
};
