import { describe, expect, it } from 'vitest';
import { bodyAreas, seenTwice } from './body-areas';
import { figureOf, figures } from './body-figures';
import { middleOf, onSide, pinOf, placeAt, pointOf, shapeAt } from './body-point';
import { bodyPlaces } from './body-sites';

const placeOf = (figure: Parameters<typeof figureOf>[0], x: number, y: number) => {
  const shape = shapeAt(figureOf(figure), { x, y });
  return shape && placeAt(figureOf(figure), shape, { x, y });
};

describe('the figures', () => {
  it('draw every place and every area', () => {
    const shapes = figures.flatMap(({ shapes }) => shapes);
    for (const place of bodyPlaces) expect(shapes.some((shape) => shape.place === place)).toBe(true);
    for (const area of bodyAreas) expect(shapes.some((shape) => shape.area === area)).toBe(true);
  });

  it('draw some places from the front and from behind', () => {
    const places = (id: 'front' | 'back') => figureOf(id).shapes.map(({ place }) => place);
    const both = bodyPlaces.filter(
      (place) => places('front').includes(place) && places('back').includes(place),
    );
    expect([...seenTwice].sort()).toEqual([...both].sort());
  });

  it('have each shape within the figure, with its middle on itself or on a part of it', () => {
    for (const figure of figures) {
      for (const shape of figure.shapes) {
        const { x, y } = middleOf(shape);
        const uppermost = shapeAt(figure, { x, y });
        expect(uppermost, shape.key).not.toBeNull();
        expect(uppermost === shape || uppermost?.fine || shape.place === 'face', shape.key).toBe(true);
        expect(x > figure.left && x < figure.left + figure.width, shape.key).toBe(true);
        expect(y > figure.top && y < figure.top + figure.height, shape.key).toBe(true);
      }
    }
  });
});

describe('a point on a figure', () => {
  it("means the patient's own side: mirrored from the front, as it is from behind", () => {
    expect(placeOf('front', 50, 120)).toMatchObject({ site: 'arm', side: 'right' });
    expect(placeOf('back', 50, 120)).toMatchObject({ site: 'arm', side: 'left' });
    expect(placeOf('front', 85, 110)).toMatchObject({ site: 'chest', side: 'right' });
    expect(placeOf('back', 85, 110)).toMatchObject({ site: 'back', side: 'left' });
    expect(placeOf('front', 101, 110)).toMatchObject({ site: 'chest', side: 'middle' });
  });

  it('means the finest part that is drawn there', () => {
    expect(placeOf('head', 20, 85)).toMatchObject({ site: 'face', side: 'right', spot: { area: 'cheek' } });
    expect(placeOf('soles', 30, 75)).toMatchObject({ site: 'foot', side: 'right', spot: { area: 'heel' } });
    expect(placeOf('palms', 100, 60)).toMatchObject({ site: 'hand', side: 'left', spot: { area: 'palm' } });
    expect(placeOf('back', 85, 205)).toMatchObject({ site: null, side: 'left', spot: { area: 'buttock' } });
  });

  it('means nothing beside the body', () => {
    expect(placeOf('front', 25, 20)).toBeNull();
  });

  it('is found again by its place', () => {
    const place = placeOf('back', 85, 110);
    expect(place && pointOf(place.spot)).toEqual({ x: 85, y: expect.closeTo(110, 9) });
  });
});

describe('a place on another side', () => {
  it('is mirrored; in the middle only where the body is one', () => {
    const arm = placeOf('front', 50, 120);
    const chest = placeOf('front', 85, 110);
    if (!arm || !chest) throw new Error('nothing is drawn there');
    expect(onSide(arm, 'left')).toMatchObject({ site: 'arm', side: 'left' });
    expect(pointOf((onSide(arm, 'left') as typeof arm).spot).x).toBeCloseTo(150, 9);
    expect(onSide(arm, 'right')).toEqual(arm);
    expect(onSide(arm, 'middle')).toBeNull();
    expect(onSide(chest, 'middle')).toMatchObject({ site: 'chest', side: 'middle' });
  });
});

describe('a pin', () => {
  const none = { side: null, spot: null };

  it('lies on the spot where there is one', () => {
    const spot = { figure: 'back', area: 'upper-back', x: 0.25, y: 0.5 } as const;
    expect(pinOf({ site: 'back', side: 'left', spot })).toMatchObject({ x: 60, y: 209, exact: true });
  });

  it('lies about where the place is, of records that say no more', () => {
    expect(pinOf({ site: 'back', ...none })).toMatchObject({ figure: { id: 'back' }, exact: false });
    expect(pinOf({ site: 'nose', ...none })).toMatchObject({ figure: { id: 'head' }, exact: false });
    const left = pinOf({ site: 'forearm', side: 'left', spot: null });
    expect(left).toMatchObject({ figure: { id: 'front' }, exact: false });
    expect(left?.x).toBeGreaterThan(100);
  });

  it('is not drawn where it would claim a side or a place that nobody noted', () => {
    expect(pinOf({ site: 'forearm', ...none })).toBeNull();
    expect(pinOf({ site: 'upper-body', ...none })).toBeNull();
    expect(pinOf({ site: null, ...none })).toBeNull();
    expect(pinOf({ site: 'somewhere', ...none })).toBeNull();
  });
});
