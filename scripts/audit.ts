/**
 * `npm run audit`: known weaknesses of level "high" and above in the packages of both languages. Not part of
 * the tests: it asks registries, and not every registry answers an audit.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, main, type Outcome } from './command';
import { pythonProgram } from './python';

interface Audit {
  name: string;
  run(): Promise<Outcome>;
  /** Whether weaknesses were found: an audit that failed otherwise had no answer. */
  found(output: string): boolean;
}

const audits: Audit[] = [
  {
    name: 'npm',
    run: () => command('npm', ['audit', '--audit-level=high', '--loglevel=warn']),
    found: (output) => /\b\d+ (?:\w+ severity )?vulnerabilit/i.test(output),
  },
  { name: 'pip', run: auditPython, found: (output) => /Found \d+ known vulnerabilit/i.test(output) },
];

/** pip-audit has no levels: everything it knows counts. It runs beside the packages that it looks at, not among them. */
async function auditPython(): Promise<Outcome> {
  const python = pythonProgram('python');
  if (!existsSync(python))
    return { status: 1, output: 'training/.venv is not there: npm test -- training makes it.' };
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-audit-'));
  try {
    const place = ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'];
    const packages = (await command(python, place, { quiet: true })).output.trim();
    const made = await command(python, ['-m', 'venv', folder], { quiet: true });
    if (made.status !== 0) return made;
    const own = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
    const installed = await command(own, ['-m', 'pip', 'install', '--quiet', 'pip-audit']);
    if (installed.status !== 0) return installed;
    return await command(own, ['-m', 'pip_audit', '--path', packages, '--progress-spinner', 'off']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main(async () => {
  let worst = 0;
  const lines: string[] = [];
  for (const { name, run, found } of audits) {
    const { status, output } = await run();
    const bad = status !== 0 && found(output);
    if (bad) worst = 1;
    const why = output.trim().split('\n').at(0) ?? '';
    const trouble = bad ? 'weaknesses found, listed above' : `no audit, so nothing is known (${why})`;
    lines.push(`${name}: ${status === 0 ? 'nothing known of level high or above' : trouble}`);
  }
  console.log(`\n${lines.join('\n')}`);
  return worst;
});
