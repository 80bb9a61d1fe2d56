import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentPolicy, headersOf, isolation, workerPolicy } from '../src/service-worker/headers';
import { root } from './command';

const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8');

test('docs/deploy.md tells other servers the headers that ours sends', () => {
  for (const [name, value] of Object.entries({ ...isolation, ...headersOf('document') })) {
    expect(page).toContain(`${name}: ${value}`);
    expect(page).toMatch(new RegExp(`add_header ${name} `));
    expect(page).toMatch(new RegExp(`Header always set ${name} "`));
  }
  // In the list, for nginx and for Apache.
  expect(page.split(documentPolicy)).toHaveLength(4);
  expect(page.split(workerPolicy)).toHaveLength(4);
});
