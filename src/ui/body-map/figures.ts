import type { BodyPlace } from '../../core/patient/body-sites';

/** The figures of the body map, drawn by hand. Their places stand in one picture of 460 x 420. */

interface Shape {
  place: BodyPlace;
  d: string;
}

export interface Figure {
  id: 'front' | 'head' | 'back';
  /** Where the figure stands in the picture. */
  transform: string;
  /** The axis that the shapes of `sides` are mirrored at. */
  middle: number;
  centre: readonly Shape[];
  /** Those of the left half; each is drawn a second time, mirrored. */
  sides: readonly Shape[];
  /** Drawn faintly: no place, but part of a body. */
  plain: readonly string[];
}

const limbs: readonly Shape[] = [
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

export const figures: readonly Figure[] = [
  {
    id: 'front',
    transform: 'translate(-12 4)',
    middle: 100,
    centre: [
      { place: 'scalp', d: 'M79 28Q80 10 100 10Q120 10 121 28Q100 20 79 28Z' },
      { place: 'face', d: 'M79 31Q100 23 121 31Q122 52 110 61Q100 66 90 61Q78 52 79 31Z' },
      { place: 'neck', d: throat },
      { place: 'chest', d: trunk },
      { place: 'abdomen', d: belly },
      { place: 'genital', d: 'M90 213Q100 217 110 213Q107 227 100 229Q93 227 90 213Z' },
    ],
    sides: [{ place: 'ear', d: earSide }, ...limbs],
    plain: [],
  },
  {
    id: 'head',
    transform: 'translate(180 20)',
    middle: 50,
    centre: [
      { place: 'scalp', d: 'M10 44Q11 4 50 4Q89 4 90 44Q50 26 10 44Z' },
      {
        place: 'face',
        d: 'M10 49Q50 31 90 49Q92 90 70 110Q50 122 30 110Q8 90 10 49Z',
      },
      { place: 'nose', d: 'M46 52Q50 49 54 52L59 76Q50 84 41 76Z' },
      { place: 'lip', d: 'M35 94Q42 87 50 90Q58 87 65 94Q50 107 35 94Z' },
      { place: 'neck', d: 'M31 115Q50 127 69 115L70 136Q50 146 30 136Z' },
    ],
    sides: [{ place: 'ear', d: 'M6 52Q-5 52 -2 70Q2 84 9 80Z' }],
    plain: ['M25 60Q31 56 37 60Q31 64 25 60Z', 'M63 60Q69 56 75 60Q69 64 63 60Z'],
  },
  {
    id: 'back',
    transform: 'translate(272 4)',
    middle: 100,
    centre: [
      { place: 'scalp', d: 'M79 31Q79 10 100 10Q121 10 121 31Q121 50 110 59Q100 64 90 59Q79 50 79 31Z' },
      { place: 'neck', d: throat },
      { place: 'back', d: trunk },
      { place: 'back', d: 'M70 146Q100 154 130 146Q129 166 130 178Q100 188 70 178Q71 166 70 146Z' },
    ],
    sides: [{ place: 'ear', d: earSide }, ...limbs],
    plain: [
      'M70 182Q100 192 130 182Q131 192 134 202Q128 209 113 213Q104 222 100 226Q96 222 87 213Q72 209 66 202Q69 192 70 182Z',
    ],
  },
];
