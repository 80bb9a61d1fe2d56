/**
 * Starts one of the TypeScript scripts in a checkout in which nothing is installed yet:
 * `node scripts/run.mjs start --port 8080` installs the packages where they are missing or out of date, then runs
 * scripts/start.ts. This is the only script in plain JavaScript, because it runs before there is anything to compile with.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function stop(...sentences) {
  for (const sentence of sentences) console.error(sentence);
  process.exit(1);
}

function checkNode() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    stop(
      `Lentigo needs Node ${wanted} or newer; this is Node ${process.versions.node}. Get it from https://nodejs.org.`,
    );
  }
}

function packagesAreCurrent() {
  // npm writes this file at the end of every installation.
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

function installPackages() {
  // npm would empty the folder that the link leads to, and whoever else uses it would be left without.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    stop(
      'node_modules is a link, and older than package-lock.json. Bring the folder that it leads to up to date with npm ci.',
    );
  }
  console.error('Installing the JavaScript packages (npm ci). This takes a minute the first time.');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    stop(
      'The packages could not be installed; what npm said is above.',
      'Check the network and run the command again.',
    );
  }
}

checkNode();
if (!packagesAreCurrent()) installPackages();

const [script, ...options] = process.argv.slice(2);
const run = spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts', `${script}.ts`), ...options], {
  cwd: root,
  stdio: 'inherit',
  // Folders and files on the command line are meant from where the person stands, not from the checkout.
  env: { ...process.env, LENTIGO_CALLED_FROM: process.env.INIT_CWD ?? process.cwd() },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal));
run.on('close', (status) => process.exit(status ?? 1));
