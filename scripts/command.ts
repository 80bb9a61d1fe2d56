import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path from the command line, taken from the folder in which the person typed it. */
export function fromCaller(path: string): string {
  return resolve(process.env.LENTIGO_CALLED_FROM ?? process.cwd(), path);
}

/** Ends a script for a reason that the person should hear about. `status` is the exit status. */
export class Stop extends Error {
  constructor(
    message: string,
    readonly status = 1,
  ) {
    super(message);
  }
}

/** Runs a script's main function; a `Stop` becomes its sentence and its exit status. */
export async function main(script: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await script();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(error.message);
    process.exitCode = error.status;
  }
}

export interface Outcome {
  status: number;
  output: string;
}

interface CommandOptions {
  env?: Record<string, string>;
  /** Keep what it prints from the terminal. */
  quiet?: boolean;
}

/**
 * Runs a program in the checkout, showing what it prints and keeping it too. A program that is not there has
 * status 127.
 */
export function command(
  program: string,
  options: string[],
  { env = {}, quiet = false }: CommandOptions = {},
): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(program, options, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm and npx are scripts on Windows, which only a shell runs.
      shell: process.platform === 'win32' && /^np[mx]$/.test(program),
    });
    let output = '';
    for (const [stream, terminal] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (!quiet) terminal.write(text);
      });
    }
    child.on('error', () => done({ status: 127, output }));
    child.on('close', (status) => done({ status: status ?? 1, output }));
  });
}
