/** Milliseconds for one command of a browser: a start, a load, a model. Idle machines need a tenth of it. */
export const patienceMs = 120_000;
