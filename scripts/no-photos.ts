/**
 * Pictures that are no photos of skin, drawn by formula: what the input gate must refuse whatever the kind of
 * image.
 */
import type { Pixels } from '../src/core/raster';

type Rgb = readonly [number, number, number];
const side = 384;

/** Each picture by name, with the group under which it is counted. */
export function noPhotos(): { group: string; name: string; picture: Pixels }[] {
  return [
    ...[1, 2, 3].map((seed) => entry('noise', `colour ${seed}`, noise(seed, true))),
    ...[4, 5].map((seed) => entry('noise', `grey ${seed}`, noise(seed, false))),
    ...[4, 16, 48].flatMap((cell) => [
      entry('checkerboard', `black and white ${cell}`, checkerboard(cell, [0, 0, 0], [255, 255, 255])),
      entry('checkerboard', `red and green ${cell}`, checkerboard(cell, [220, 30, 30], [30, 200, 60])),
      entry('checkerboard', `blue and yellow ${cell}`, checkerboard(cell, [20, 40, 220], [250, 230, 40])),
    ]),
    ...[0, 1].flatMap((turned) => [
      entry('gradient', `grey ${turned}`, gradient(turned, [0, 0, 0], [255, 255, 255])),
      entry('gradient', `blue to white ${turned}`, gradient(turned, [0, 40, 160], [255, 255, 255])),
      entry('gradient', `skin ${turned}`, gradient(turned, [120, 70, 50], [240, 200, 180])),
    ]),
    entry(
      'gradient',
      'rainbow',
      draw((x) => wheel(x / side)),
    ),
    entry('screenshot', 'black on white', page([255, 255, 255], [20, 20, 20], [235, 238, 242])),
    entry('screenshot', 'white on dark', page([24, 26, 32], [230, 230, 235], [40, 44, 52])),
    entry('screenshot', 'blue application', page([242, 246, 252], [40, 60, 110], [24, 100, 210])),
    entry('screenshot', 'spreadsheet', sheet()),
    entry(
      'even',
      'black',
      draw(() => [0, 0, 0]),
    ),
    entry(
      'even',
      'white',
      draw(() => [255, 255, 255]),
    ),
    entry(
      'even',
      'skin',
      draw(() => [215, 175, 150]),
    ),
    entry(
      'even',
      'green',
      draw(() => [40, 160, 70]),
    ),
  ];
}

function entry(group: string, name: string, picture: Pixels) {
  return { group, name, picture };
}

function draw(colourAt: (x: number, y: number) => Rgb): Pixels {
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i++) data.set(colourAt(i % side, Math.floor(i / side)), 3 * i);
  return { width: side, height: side, channels: 3, data };
}

function noise(seed: number, colour: boolean): Pixels {
  const random = generator(seed);
  const byte = () => Math.floor(256 * random());
  return draw(() => {
    const red = byte();
    return colour ? [red, byte(), byte()] : [red, red, red];
  });
}

function checkerboard(cell: number, first: Rgb, other: Rgb): Pixels {
  return draw((x, y) => ((Math.floor(x / cell) + Math.floor(y / cell)) % 2 ? first : other));
}

function gradient(turned: number, from: Rgb, to: Rgb): Pixels {
  return draw((x, y) => {
    const share = (turned ? y : x) / (side - 1);
    const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + share * (to[channel] - from[channel]));
    return [mix(0), mix(1), mix(2)];
  });
}

/** A hue of full strength, 0 to 1 once around. */
function wheel(hue: number): Rgb {
  const level = (offset: number) => {
    const place = (hue + offset) % 1;
    return Math.round(255 * Math.min(1, Math.max(0, Math.abs(6 * place - 3) - 1)));
  };
  return [level(0), level(2 / 3), level(1 / 3)];
}

/** Lines of short words under a bar with a title, a side bar at the left. */
function page(ground: Rgb, ink: Rgb, bar: Rgb): Pixels {
  const random = generator(9);
  const letters = Array.from({ length: side * side }, () => random() < 0.45);
  return draw((x, y) => {
    if (y < 28 || x < 60) return bar;
    const line = (y - 40) % 14;
    const inLine = y > 40 && line < 8 && x > 72 && x < 360 - 8 * ((y >> 4) % 9);
    const letter =
      inLine && Math.floor(x / 2) % 13 !== 0 && letters[Math.floor(y / 2) * side + Math.floor(x / 2)];
    return letter ? ink : ground;
  });
}

function sheet(): Pixels {
  return draw((x, y) => {
    if (x % 48 === 0 || y % 18 === 0) return [200, 204, 210];
    if (y < 18 || x < 48) return [226, 230, 236];
    const digit = y % 18 > 5 && y % 18 < 14 && x % 48 > 20 && x % 48 < 44 && (x * 7 + y * 3) % 5 < 2;
    return digit ? [30, 30, 30] : [255, 255, 255];
  });
}

/** Random numbers from 0 to 1, the same for a seed every time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
