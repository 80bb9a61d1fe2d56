import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, root, Stop } from './command';

const torchVersion = '2.13.0';
const folder = join(root, 'training', '.venv');
const interpreters = ['python3.11', 'python3.12', 'python3.13', 'python3.14', 'python3', 'python'];

/** A program of the training side's virtual environment. */
export function pythonProgram(name: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', `${name}.exe`) : join(folder, 'bin', name);
}

/**
 * Makes training/.venv and installs the training package in it, unless that is done already for this
 * pyproject.toml.
 */
export async function ensurePython(): Promise<void> {
  const project = readFileSync(join(root, 'training', 'pyproject.toml'), 'utf8');
  const wanted = createHash('sha256').update(`${torchVersion}\n${project}`).digest('hex');
  const stamp = join(folder, 'lentigo-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  if (!existsSync(pythonProgram('python'))) await makeEnvironment();
  await installTorch();
  console.error('Installing the training package.');
  await pip('The training package could not be installed', '--editable', `${join(root, 'training')}[test]`);
  writeFileSync(stamp, wanted);
}

async function makeEnvironment(): Promise<void> {
  let interpreter = await findInterpreter();
  if (!interpreter && process.getuid?.() === 0) {
    console.error('There is no Python 3.11 with its venv module; asking apt-get for one.');
    await command('apt-get', ['update'], { quiet: true });
    await command('apt-get', ['install', '--yes', '--no-install-recommends', 'python3-venv']);
    interpreter = await findInterpreter();
  }
  if (!interpreter) {
    throw new Stop(
      'The training side needs Python 3.11 or newer with its venv module (Debian: apt-get install python3-venv).',
    );
  }
  console.error(`Making training/.venv with ${interpreter}.`);
  const { status, output } = await command(interpreter, ['-m', 'venv', folder], { quiet: true });
  if (status !== 0) throw new Stop(`${output}\ntraining/.venv could not be made; the reason is above.`);
}

async function findInterpreter(): Promise<string | null> {
  const atLeast311 = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';
  for (const interpreter of interpreters) {
    if ((await command(interpreter, ['-c', atLeast311], { quiet: true })).status === 0) return interpreter;
  }
  return null;
}

async function installTorch(): Promise<void> {
  const present = await command(
    pythonProgram('python'),
    ['-c', `import torch, sys; sys.exit(torch.__version__.split("+")[0] != "${torchVersion}")`],
    { quiet: true },
  );
  if (present.status === 0) return;
  console.error(`Installing PyTorch ${torchVersion}. This is the largest part.`);
  const packages = ['install', `torch==${torchVersion}`];
  const { status } = await command(pythonProgram('python'), ['-m', 'pip', ...packages]);
  if (status !== 0) {
    console.error("That failed; trying PyTorch's own index.");
    await pip(
      'PyTorch could not be installed',
      ...packages.slice(1),
      '--extra-index-url',
      'https://download.pytorch.org/whl/cpu',
    );
  }
}

async function pip(trouble: string, ...packages: string[]): Promise<void> {
  const { status } = await command(pythonProgram('python'), ['-m', 'pip', 'install', ...packages]);
  if (status !== 0) throw new Stop(`${trouble}; what pip said is above.`);
}
