import { expect, test } from 'vitest';
import { documentPolicy, workerPolicy } from './headers';
import { withHeaders } from './with-headers';

const answer = (headers: Record<string, string> = {}) => new Response('text', { headers });

test.each([
  ['document', documentPolicy],
  ['worker', workerPolicy],
] as const)('a %s from a plain host is isolated and has its policy', async (destination, policy) => {
  const response = withHeaders({ destination }, answer({ 'Content-Type': 'text/html' }));
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'content-security-policy': policy,
  });
  expect(await response.text()).toBe('text');
});

test('what the host says itself stays', () => {
  const response = withHeaders({ destination: 'document' }, answer({ 'Content-Security-Policy': 'sandbox' }));
  expect(response.headers.get('content-security-policy')).toBe('sandbox');
});

test('other files go through as they are', () => {
  const response = answer();
  expect(withHeaders({ destination: 'image' }, response)).toBe(response);
});

test('neither policy lets anything leave, and none but the inline styles of the page is loose', () => {
  for (const policy of [documentPolicy, workerPolicy]) {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/\*|https?:|'unsafe-eval'/);
  }
  expect(documentPolicy.replace("style-src 'self' 'unsafe-inline'", '')).not.toContain('unsafe');
});
