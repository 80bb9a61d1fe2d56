// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { renderPart, text } from '../testing/render';
import { PhotoPair } from './PhotoPair';

/** Everything that is measured is 808 pixels wide and 300 high. */
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(private readonly seen: (entries: unknown[]) => void) {}
      observe(target: Element) {
        const contentRect = { width: 808, height: 300, x: 0, y: 0, top: 0, left: 0, bottom: 300, right: 808 };
        this.seen([{ target, contentRect }]);
      }
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    run();
    return 0;
  });
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(300);
});

const photo = (name: string, width: number, height: number) => ({
  name,
  width,
  height,
  scale: null,
  centre: null,
  url: `blob:${name}`,
  caption: name,
});
const draw = () =>
  renderPart(
    <PhotoPair first={photo('before', 800, 600)} second={photo('after', 1600, 1200)} maxHeight={300} />,
  );
const stage = (name: string) => screen.getByRole('region', { name: text('pane.beside.stage', { name }) });
const placeOf = (name: string) => {
  const { left, top, width } = stage(name).querySelector('figure')?.style ?? {};
  return { left, top, width };
};
const whole = { left: '0px', top: '0px', width: '400px' };

test('linked at first: what a key does to one photo it does to both, whatever they measure', () => {
  draw();
  expect([placeOf('before'), placeOf('after')]).toEqual([whole, whole]);
  fireEvent.keyDown(stage('before'), { key: '+' });
  expect(Number.parseFloat(placeOf('before').width ?? '')).toBeCloseTo(520);
  expect(placeOf('after')).toEqual(placeOf('before'));
  fireEvent.keyDown(stage('after'), { key: 'ArrowRight' });
  expect(placeOf('before').left).not.toBe(placeOf('before').top);
  expect(placeOf('after')).toEqual(placeOf('before'));
  fireEvent.keyDown(stage('after'), { key: '0' });
  expect([placeOf('before'), placeOf('after')]).toEqual([whole, whole]);
});

test('each by itself once the link is off, and together again from the one that was moved last', () => {
  draw();
  const linked = screen.getByRole('switch', { name: text('pane.beside.linked') });
  fireEvent.click(linked);
  fireEvent.keyDown(stage('after'), { key: '+' });
  expect(placeOf('before')).toEqual(whole);
  const near = placeOf('after');
  expect(near).not.toEqual(whole);
  fireEvent.click(linked);
  expect([placeOf('before'), placeOf('after')]).toEqual([near, near]);
});
