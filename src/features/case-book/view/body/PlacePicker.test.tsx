// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import type { LesionPlace } from '../../../../core/patient/body-areas';
import { pointOf } from '../../../../core/patient/body-point';
import { renderPart } from '../../../../ui/testing/render';
import { PlacePicker } from './PlacePicker';

let chosen: LesionPlace | null = null;
function Picker() {
  const [place, setPlace] = useState<LesionPlace | null>(null);
  chosen = place;
  return <PlacePicker view="whole" value={place} onChange={setPlace} />;
}
const radio = (name: string) => screen.getByRole('radio', { name });

test('every place of both sides can be reached by keyboard, with one stop for the Tab key', () => {
  renderPart(<Picker />);
  const radios = screen.getAllByRole('radio');
  expect(radios.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  const names = radios.map((each) => each.getAttribute('aria-label'));
  expect(names).toContain('Forearm, left, seen from the front');
  expect(names).toContain('Forearm, left, seen from behind');
  expect(names).toContain('Heel, right');
  // Each has a name of its own; only the face is drawn twice, the second time larger.
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  expect(twice).toEqual(['Face, middle']);
});

test('going from place to place chooses nothing; Enter takes the middle of a place', () => {
  renderPart(<Picker />);
  radio('Chest, middle').focus();
  fireEvent.keyDown(radio('Chest, middle'), { key: 'ArrowRight' });
  expect(chosen).toBeNull();
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Abdomen, middle');
  fireEvent.keyDown(radio('Abdomen, middle'), { key: 'Enter' });
  expect(chosen).toMatchObject({ site: 'abdomen', side: 'middle', spot: { figure: 'front', area: null } });
  expect(radio('Abdomen, middle').getAttribute('aria-checked')).toBe('true');
});

test("Shift and an arrow move the pin, to the patient's other side too, and never off the body", () => {
  renderPart(<Picker />);
  fireEvent.keyDown(radio('Chest, middle'), { key: 'Enter' });
  const nudge = (key: string) =>
    fireEvent.keyDown(document.activeElement ?? document.body, { key, shiftKey: true });
  radio('Chest, middle').focus();
  for (let press = 0; press < 5; press++) nudge('ArrowRight');
  // The patient faces the reader: to the right of the picture is the left side.
  expect(chosen).toMatchObject({ site: 'chest', side: 'left' });
  for (let press = 0; press < 40; press++) nudge('ArrowRight');
  expect(chosen?.site).toBe('chest');
  const { x } = pointOf((chosen as LesionPlace).spot);
  nudge('ArrowRight');
  expect(pointOf((chosen as LesionPlace).spot).x).toBe(x);
});

test('a press without a place of its own, as screen readers give it, takes the middle', () => {
  renderPart(<Picker />);
  fireEvent.click(radio('Palm, right'), { detail: 0 });
  expect(chosen).toMatchObject({ site: 'hand', side: 'right', spot: { figure: 'palms', area: 'palm' } });
});
