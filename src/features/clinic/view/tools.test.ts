// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useViewerState } from './tools';

test('a map that was chosen holds for its photo alone, what is shown for all', () => {
  const { result, rerender } = renderHook((photoId: string) => useViewerState(photoId), {
    initialProps: 'a',
  });
  act(() => result.current.set({ map: { shown: true, key: 'class nv', opacity: 0.5 } }));
  act(() => result.current.set({ outline: false }));
  expect(result.current.state).toMatchObject({ map: { key: 'class nv' }, outline: false });
  rerender('b');
  expect(result.current.state.map).toEqual({ shown: true, key: null, opacity: 0.5 });
  // Nor does it come to hold by a tool that is taken there.
  act(() => result.current.set({ tool: 'measure' }));
  expect(result.current.state).toMatchObject({ map: { key: null }, tool: 'measure' });
  rerender('a');
  expect(result.current.state.map.key).toBe('class nv');
});
