// @vitest-environment happy-dom
import { render, screen } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { later } from './later';

const Waiting = () => <p>waiting</p>;
const Greeting = ({ name }: { name: string }) => <p>hello {name}</p>;

test('waits, then shows what has come with its props; the second time at once, without asking again', async () => {
  const load = vi.fn(async () => Greeting);
  const Later = later(load, Waiting);
  const first = render(<Later name="Ada" />);
  screen.getByText('waiting');
  await screen.findByText('hello Ada');
  first.unmount();
  render(<Later name="Eve" />);
  screen.getByText('hello Eve');
  expect(load).toHaveBeenCalledTimes(1);
});

class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };
  static getDerivedStateFromError = (error: unknown) => ({ error });
  override render = () => (this.state.error ? <p>{String(this.state.error)}</p> : this.props.children);
}

test('what could not be fetched is thrown to the boundary, and asked for again when it is next shown', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const load = vi.fn(async () => Greeting);
  load.mockRejectedValueOnce(new Error('no network'));
  const Later = later(load);
  const first = render(
    <Boundary>
      <Later name="Ada" />
    </Boundary>,
  );
  await screen.findByText('Error: no network');
  first.unmount();
  render(<Later name="Ada" />);
  await screen.findByText('hello Ada');
});
