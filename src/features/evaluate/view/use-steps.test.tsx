// @vitest-environment happy-dom
import { act, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { useSteps } from './use-steps';

/** Steps that take longer than a slice each. */
function* slow(name: string, done: string[]) {
  for (let step = 0; step < 3; step++) {
    const end = performance.now() + 13;
    while (performance.now() < end);
    done.push(name);
    yield 1;
  }
  return name;
}

function Shown({ done }: { done: string[] }) {
  const [name, setName] = useState('first');
  const { value, pending } = useSteps(() => slow(name, done), [name, done]);
  return (
    <>
      <button type="button" onClick={() => setName('second')}>
        next
      </button>
      {pending && <span>pending</span>}
      <output>{value}</output>
    </>
  );
}

test('drawing waits for one slice, and the value of before stays until the next is there', async () => {
  const done: string[] = [];
  render(<Shown done={done} />);
  expect(done).toEqual(['first']);
  expect(screen.getByRole('status').textContent).toBe('');
  await screen.findByText('first');
  expect(screen.queryByText('pending')).toBeNull();
  act(() => screen.getByRole('button').click());
  expect(done).toHaveLength(4);
  expect(screen.getByRole('status').textContent).toBe('first');
  await screen.findByText('second');
});

test('a part that is gone does no more of it', async () => {
  const done: string[] = [];
  const { unmount } = render(<Shown done={done} />);
  unmount();
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
  expect(done).toEqual(['first']);
});
