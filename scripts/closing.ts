/** What a test runner said at its end. */
export interface Closing {
  /** Its closing lines, as it printed them. */
  lines: string[];
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Closing lines of vitest ("  Tests  1 failed | 3 passed (4)"), pytest ("3 passed in 0.2s") and Playwright ("
 * 3 passed (9s)").
 */
const closingLine =
  /^(?: *Tests| *=+)? *\d+ (?:failed|passed|skipped|todo|flaky|errors?|xfailed|xpassed|interrupted|did not run)(?=$|,| [|(]| in )/;

/** What unit tests reached, as vitest prints it with --coverage: "Statements   : 81.2% ( 9/11 )". */
const coverageLine = /^(?:Statements|Branches) *: [\d.]+%/;

const countsAs: Record<string, 'passed' | 'failed' | 'skipped'> = {
  passed: 'passed',
  // Playwright calls a test flaky that passed when it was tried again.
  flaky: 'passed',
  xfailed: 'passed',
  failed: 'failed',
  error: 'failed',
  errors: 'failed',
  xpassed: 'failed',
  interrupted: 'failed',
  skipped: 'skipped',
  todo: 'skipped',
  'did not run': 'skipped',
};

/** Reads the closing lines in what a test runner printed. Without any, every count is 0. */
export function readClosing(output: string): Closing {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences.
  const lines = output.replace(/\x1b\[[\d;]*m/g, '').split(/\r?\n/);
  const closing: Closing = {
    lines: lines.slice(-60).filter((line) => closingLine.test(line) || coverageLine.test(line)),
    passed: 0,
    failed: 0,
    skipped: 0,
  };
  for (const line of closing.lines) {
    if (coverageLine.test(line)) continue;
    for (const [, count, word] of line.matchAll(/(\d+) (did not run|[a-z]+)/g)) {
      const kind = countsAs[word ?? ''];
      if (kind) closing[kind] += Number(count);
    }
  }
  return closing;
}
