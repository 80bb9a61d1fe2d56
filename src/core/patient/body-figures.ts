import type { BodyArea, BodySide, FigureId } from './body-areas';
import type { BodyPlace } from './body-sites';

/** The figures of the body map, drawn by hand: SVG paths of M, Q, L and Z with absolute coordinates. */

interface Drawn {
  /** Null where no package has a word for it. */
  place: BodyPlace | null;
  area?: BodyArea;
  d: string;
}

interface Drawing {
  id: FigureId;
  /** The part of the plane that is drawn on: left, top, width, height. */
  box: readonly [number, number, number, number];
  /** Which half of the picture shows the patient's left: the right one where the patient faces the reader. */
  patientLeft: 'left' | 'right';
  /** On both sides of the middle. */
  centre?: readonly Drawn[];
  /** In the left half of the picture; each is drawn a second time, mirrored. */
  halves: readonly Drawn[];
  /** Parts of what is drawn above, for a map that asks more finely. */
  fineCentre?: readonly Drawn[];
  fineHalves?: readonly Drawn[];
  /** Drawn faintly: no place, but part of a body. */
  plain?: readonly string[];
}

export interface BodyShape {
  /** Of all shapes of all figures. */
  key: string;
  place: BodyPlace | null;
  area: BodyArea | null;
  /** The side that it lies on; null where it lies across the middle. */
  side: BodySide | null;
  /** A part of a larger shape, drawn on top of it. */
  fine: boolean;
  d: string;
}

export interface Figure {
  id: FigureId;
  left: number;
  top: number;
  width: number;
  height: number;
  /** The axis that left and right are mirrored at. */
  middle: number;
  patientLeft: 'left' | 'right';
  shapes: readonly BodyShape[];
  plain: readonly string[];
}

const limbs: readonly Drawn[] = [
  { place: 'arm', d: 'M64 88Q51 89 48 104Q44 128 43 151Q50 157 58 153Q62 134 67 114Z' },
  { place: 'forearm', d: 'M43 155Q50 161 57 157Q54 185 46 209Q41 212 36 208Q36 178 43 155Z' },
  { place: 'hand', d: 'M35 212Q41 216 46 213Q49 226 45 237Q40 248 32 242Q26 229 35 212Z' },
  { place: 'thigh', d: 'M66 206Q78 211 87 213L96 231Q97 264 94 297Q84 302 73 297Q61 250 66 206Z' },
  { place: 'lower-leg', d: 'M73 301Q84 306 94 301Q97 338 90 379Q84 382 78 379Q67 342 73 301Z' },
  { place: 'foot', d: 'M78 383Q84 386 90 383Q93 395 90 403Q84 411 73 409Q65 406 70 399Q77 394 78 383Z' },
];
const trunk = 'M91 75Q79 83 67 86Q70 112 70 142Q100 150 130 142Q130 112 133 86Q121 83 109 75Q100 81 91 75Z';
const belly = 'M70 146Q100 154 130 146Q128 176 134 202Q100 215 66 202Q72 176 70 146Z';
const throat = 'M91 62Q100 69 109 62L109 71Q100 77 91 71Z';
const earSide = 'M77 33Q72 33 74 41Q76 47 79 45Z';

// One hand with the fingers up and the thumb to the left, and one foot with the toes down, the big one right.
const hand = 'M20 46Q34 40 54 44Q57 60 50 79Q38 85 26 79Q17 62 20 46Z';
const fingers = [
  'M19 43L17 18Q21 10 25 18L28 41Z',
  'M29 41L28 10Q32 3 36 10L37 41Z',
  'M38 41L39 14Q43 7 47 15L46 42Z',
  'M47 43L50 24Q54 17 57 25L54 44Z',
  'M17 60L5 45Q4 37 12 41L19 50Z',
].join('');
const instep = 'M25 4Q36 0 46 4Q49 24 51 42Q53 54 48 60Q34 64 20 56Q16 46 20 34Q24 20 25 4Z';
const toes = [
  'M41 63Q48 60 52 63Q54 74 47 79Q40 79 40 70Z',
  'M33 64Q38 62 39 66L39 74Q36 79 33 75Z',
  'M27 62Q31 61 32 66L31 73Q28 77 26 71Z',
  'M21 60Q25 59 26 64L24 70Q21 73 20 68Z',
  'M16 57Q20 56 20 61L18 66Q15 68 14 62Z',
].join('');
const sole = 'M20 28Q34 21 51 25Q54 38 48 48L46 62Q34 58 23 62L20 46Q15 37 20 28Z';
const heel = 'M23 65Q34 61 46 65Q50 78 43 84Q34 89 26 84Q19 78 23 65Z';

const pairs = /(-?[\d.]+) (-?[\d.]+)/g;
/** The path with x mirrored at `middle`. */
const mirrored = (d: string, middle: number) =>
  d.replace(pairs, (_, x: string, y: string) => `${2 * middle - Number(x)} ${y}`);
/** The path with y mirrored within `height`. */
const upended = (d: string, height: number) =>
  d.replace(pairs, (_, x: string, y: string) => `${x} ${height - Number(y)}`);

/** Half the width of the figures of hands and feet, of which each holds one. */
const half = 64;

const drawings: readonly Drawing[] = [
  {
    id: 'front',
    box: [20, 4, 160, 410],
    patientLeft: 'right',
    centre: [
      { place: 'scalp', d: 'M79 28Q80 10 100 10Q120 10 121 28Q100 20 79 28Z' },
      { place: 'face', d: 'M79 31Q100 23 121 31Q122 52 110 61Q100 66 90 61Q78 52 79 31Z' },
      { place: 'neck', d: throat },
      { place: 'chest', d: trunk },
      { place: 'abdomen', d: belly },
      { place: 'genital', d: 'M90 213Q100 217 110 213Q107 227 100 229Q93 227 90 213Z' },
    ],
    halves: [{ place: 'ear', d: earSide }, ...limbs],
  },
  {
    id: 'head',
    box: [-6, 0, 112, 146],
    patientLeft: 'right',
    centre: [
      { place: 'scalp', d: 'M10 44Q11 4 50 4Q89 4 90 44Q50 26 10 44Z' },
      { place: 'face', d: 'M10 49Q50 31 90 49Q92 90 70 110Q50 122 30 110Q8 90 10 49Z' },
      { place: 'nose', d: 'M46 52Q50 49 54 52L59 76Q50 84 41 76Z' },
      { place: 'lip', d: 'M35 94Q42 87 50 90Q58 87 65 94Q50 107 35 94Z' },
      { place: 'neck', d: 'M31 115Q50 127 69 115L70 136Q50 146 30 136Z' },
    ],
    halves: [{ place: 'ear', d: 'M6 52Q-5 52 -2 70Q2 84 9 80Z' }],
    fineCentre: [
      { place: 'face', area: 'forehead', d: 'M10 49Q50 31 90 49L89 55Q50 43 11 55Z' },
      { place: 'face', area: 'chin', d: 'M32 102Q50 113 68 102L70 110Q50 122 30 110Z' },
    ],
    fineHalves: [
      { place: 'face', area: 'eyelid', d: 'M16 59Q30 50 44 57L42 67Q29 71 17 66Z' },
      { place: 'face', area: 'cheek', d: 'M12 68Q28 74 40 70L39 79Q40 87 32 92L28 106Q13 92 12 68Z' },
    ],
    plain: ['M25 60Q31 56 37 60Q31 64 25 60Z', 'M63 60Q69 56 75 60Q69 64 63 60Z'],
  },
  {
    id: 'back',
    box: [20, 4, 160, 410],
    patientLeft: 'left',
    centre: [
      { place: 'scalp', d: 'M79 31Q79 10 100 10Q121 10 121 31Q121 50 110 59Q100 64 90 59Q79 50 79 31Z' },
      { place: 'neck', d: throat },
      { place: 'back', area: 'upper-back', d: trunk },
      {
        place: 'back',
        area: 'lower-back',
        d: 'M70 146Q100 154 130 146Q129 166 130 178Q100 188 70 178Q71 166 70 146Z',
      },
    ],
    halves: [{ place: 'ear', d: earSide }, ...limbs],
    fineHalves: [
      {
        place: null,
        area: 'buttock',
        d: 'M70 183Q85 188 99 188L99 225Q95 222 87 213Q72 209 66 202Q69 192 70 183Z',
      },
    ],
    plain: [
      'M70 182Q100 192 130 182Q131 192 134 202Q128 209 113 213Q104 222 100 226Q96 222 87 213Q72 209 66 202Q69 192 70 182Z',
    ],
  },
  {
    id: 'hands',
    box: [0, 0, 2 * half, 90],
    patientLeft: 'right',
    halves: [
      { place: 'hand', area: 'hand-back', d: hand },
      { place: 'hand', area: 'fingers', d: fingers },
    ],
  },
  {
    // The other side of the same hands: the thumbs point the other way.
    id: 'palms',
    box: [0, 0, 2 * half, 90],
    patientLeft: 'right',
    halves: [
      { place: 'hand', area: 'palm', d: mirrored(hand, half / 2) },
      { place: 'hand', area: 'fingers', d: mirrored(fingers, half / 2) },
    ],
  },
  {
    id: 'feet',
    box: [0, 0, 2 * half, 90],
    patientLeft: 'right',
    halves: [
      { place: 'foot', area: 'foot-top', d: instep },
      { place: 'foot', area: 'toes', d: toes },
    ],
  },
  {
    id: 'soles',
    box: [0, 0, 2 * half, 90],
    patientLeft: 'right',
    halves: [
      { place: 'foot', area: 'sole', d: sole },
      { place: 'foot', area: 'heel', d: heel },
      { place: 'foot', area: 'toes', d: upended(toes, 86) },
    ],
  },
];

export const figures: readonly Figure[] = drawings.map((drawing) => {
  const [left, top, width, height] = drawing.box;
  const { id, patientLeft, plain = [] } = drawing;
  const middle = left + width / 2;
  const [leftSide, rightSide] =
    patientLeft === 'left' ? (['left', 'right'] as const) : (['right', 'left'] as const);
  const shapes: BodyShape[] = [];
  const add = ({ place, area, d }: Drawn, side: BodySide | null, fine: boolean) =>
    shapes.push({ key: `${id}-${shapes.length}`, place, area: area ?? null, side, fine, d });
  const addAll = (centre: readonly Drawn[] = [], halves: readonly Drawn[] = [], fine: boolean) => {
    for (const drawn of centre) add(drawn, null, fine);
    for (const drawn of halves) {
      add(drawn, leftSide, fine);
      add({ ...drawn, d: mirrored(drawn.d, middle) }, rightSide, fine);
    }
  };
  addAll(drawing.centre, drawing.halves, false);
  addAll(drawing.fineCentre, drawing.fineHalves, true);
  return { id, left, top, width, height, middle, patientLeft, shapes, plain };
});

export const figureOf = (id: FigureId): Figure => figures.find((figure) => figure.id === id) as Figure;

/** The picture of all figures, in units of the figures of the whole body. */
export const bodyPicture = { width: 528, height: 436 };

/** Where a figure's own origin is in that picture, and how large it is drawn. */
export const standing: Readonly<Record<FigureId, { x: number; y: number; scale: number }>> = {
  front: { x: -12, y: 4, scale: 1 },
  head: { x: 214, y: 20, scale: 1 },
  back: { x: 340, y: 4, scale: 1 },
  hands: { x: 168, y: 200, scale: 0.68 },
  palms: { x: 273, y: 200, scale: 0.68 },
  feet: { x: 168, y: 302, scale: 0.68 },
  soles: { x: 273, y: 302, scale: 0.68 },
};
