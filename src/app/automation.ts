import type { Engine } from '../engine/engine';

/**
 * The automation face: programs that drive the built page (`npm run evaluate`, the end-to-end tests) call the
 * very engine that a user's photo goes through, as `globalThis.lentigo.engine`. It reaches nothing that the
 * page itself cannot reach, and what it does is not shown on the page. It is there as soon as the page's
 * script has run.
 */
declare global {
  var lentigo: { engine: Engine };
}

export function exposeForAutomation(engine: Engine): void {
  globalThis.lentigo = { engine };
}
