// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { flip } from '../../../../core/lesion/draw';
import { areaOf } from '../../../../core/lesion/mask';
import { renderPart, text } from '../../../../ui/testing/render';
import { blankMask } from '../../model/lesion-squares';
import { lengthOf, MeasureLayer, type MeasuringLines, withoutChosen } from './MeasureLayer';
import { PolygonLayer } from './PolygonLayer';

const noLines: MeasuringLines = { lines: [], chosen: 0 };

const photo = { width: 300, height: 200 };
const across = (y: number, to: number) => ({ from: { x: 10, y }, to: { x: to, y } });

function Measure({ start, seen }: { start: MeasuringLines; seen: (drawn: MeasuringLines) => void }) {
  const [drawn, setDrawn] = useState(start);
  return (
    <MeasureLayer
      photo={photo}
      drawn={drawn}
      labelOf={(line) => `${Math.round(lengthOf(line))} px`}
      onChange={(next) => {
        setDrawn(next);
        seen(next);
      }}
    />
  );
}

test('without a line there is one to take hold of; it is kept once it was moved', () => {
  let now = noLines;
  renderPart(<Measure start={noLines} seen={(next) => (now = next)} />);
  fireEvent.keyDown(screen.getByRole('button', { name: /^End of the line, 100 px/ }), { key: 'ArrowRight' });
  expect(now).toEqual({ lines: [{ from: { x: 100, y: 100 }, to: { x: 201, y: 100 } }], chosen: 0 });
});

test('several lines stand with their lengths, and Delete takes the one in hand away', () => {
  let now = noLines;
  const lines = [across(20, 60), across(150, 290)];
  renderPart(<Measure start={{ lines, chosen: 1 }} seen={(next) => (now = next)} />);
  expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual(['50 px', '280 px']);
  const end = screen.getByRole('button', { name: /^End of the line, 50 px/ });
  fireEvent.focus(end);
  expect(now.chosen).toBe(0);
  fireEvent.keyDown(end, { key: 'Delete' });
  expect(now.lines).toEqual([across(150, 290)]);
  expect(withoutChosen(now)).toEqual(noLines);
});

test('a label lies towards the middle of what is seen of the photo, where no edge cuts it', () => {
  // The photo is larger than its stage, which shows the end of the line close to its lower right corner.
  const rectangles: Record<string, DOMRect> = {
    SECTION: new DOMRect(0, 0, 200, 100),
    OUTPUT: new DOMRect(190, 90, 60, 20),
  };
  const measured = vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: HTMLElement,
  ) {
    return rectangles[this.tagName] ?? new DOMRect(-400, -300, 900, 600);
  });
  renderPart(
    <section>
      <Measure start={{ lines: [across(130, 196)], chosen: 0 }} seen={() => {}} />
    </section>,
  );
  expect(screen.getByRole('status').style.transform).toBe('translate(-72px, -32px)');
  measured.mockRestore();
});

test('an outline by corners, by key alone: Space sets, Backspace takes back, Enter fills', () => {
  const mask = blankMask(photo);
  let area = 0;
  renderPart(
    <PolygonLayer photo={photo} mask={mask} add onFilled={(edit) => (area = areaOf(flip(mask, edit)))} />,
  );
  const layer = screen.getByRole('button', { name: text('viewer.brush.fillHere', { count: 0 }) });
  const press = (...keys: string[]) => {
    for (const key of keys) fireEvent.keyDown(layer, { key });
  };
  const times = (count: number, key: string) => Array<string>(count).fill(key);
  // A right angle: 30 pixels to the right, then 30 down, with a corner too many on the way.
  press(' ', ...times(10, 'ArrowRight'), ' ', ' ', 'Backspace');
  press('Enter');
  expect(area).toBe(0);
  press(...times(10, 'ArrowDown'), ' ', 'Enter');
  const pixel = mask.width / photo.width;
  expect(Math.abs(area - 450 * pixel ** 2)).toBeLessThan(30);
  expect(layer.getAttribute('aria-label')).toBe(text('viewer.brush.fillHere', { count: 0 }));
});
