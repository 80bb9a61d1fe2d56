import type { ChildProcess } from 'node:child_process';

/** The address that a start script prints. */
export function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => reject(new Error(`It ended with ${status}.`)));
    child.stdout?.on('data', (text) => {
      const [address] = /http:\/\/\S+/.exec(String(text)) ?? [];
      if (address) resolve(address);
    });
  });
}
