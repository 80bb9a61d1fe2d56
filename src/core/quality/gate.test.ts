import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Pixels } from '../raster';
import { addOodCheck, checkImageQuality, isAllowed, overrule, refusalReasons } from './gate';
import { checks, type Domain, qualityLimits } from './limits';
import { measureQuality, sharpness } from './measures';

type Rgb = readonly [number, number, number];

function picture(width: number, height: number, colourAt: (x: number, y: number) => Rgb): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++)
    data.set([...colourAt(i % width, Math.floor(i / width)), 255], 4 * i);
  return { width, height, channels: 4, data };
}

/**
 * Skin of a tone with pores and a darker lesion in the middle: sharp, lit, and of enough contrast. `soft`
 * takes the fine detail and the edges out.
 */
function skin(tone: Rgb, size = 256, soft = false): Pixels {
  return picture(size, size, (x, y) => {
    const out = (Math.hypot(x - size / 2, y - size / 2) - size / 6) / (soft ? size / 20 : 0.5);
    const lesion = 0.75 + 0.25 * Math.tanh(out);
    const pores = soft ? 0 : 0.12 * Math.sin(x * 2.1) * Math.cos(y * 1.7);
    const folds = 0.08 * Math.sin((x + 2 * y) / 30);
    const scale = lesion * (1 + pores + folds);
    return [tone[0] * scale, tone[1] * scale, tone[2] * scale];
  });
}

const light: Rgb = [215, 175, 150];
const scaled = ([red, green, blue]: Rgb, factor: number): Rgb => [
  red * factor,
  green * factor,
  blue * factor,
];

/** The Monk scale of skin tones (Monk, 2023), lightest first. */
const monk: Rgb[] = [
  [246, 237, 228],
  [243, 231, 219],
  [247, 234, 208],
  [234, 218, 186],
  [215, 189, 150],
  [160, 126, 86],
  [130, 92, 67],
  [96, 65, 52],
  [58, 49, 42],
  [41, 36, 32],
];

describe('each fault is found by its own check', () => {
  test('a good photo passes all', () => {
    const verdict = checkImageQuality(skin(light), 'phone');
    expect(verdict).toMatchObject({ accepted: true, overruled: false });
    expect(verdict.checks.map(({ check }) => check)).toEqual([...checks]);
    expect(verdict.checks.every(({ severity }) => severity === 'none')).toBe(true);
    expect(refusalReasons(verdict)).toEqual([]);
  });

  test.each([
    ['size', skin(light, 120)],
    ['dark', skin(scaled(light, 0.1))],
    ['overexposed', skin(scaled(light, 1.7))],
    ['flat', picture(256, 256, (x, y) => scaled(light, 1 + 0.02 * Math.sin(x * 2.1) * Math.cos(y * 1.7)))],
    ['blur', skin(light, 256, true)],
    ['skin', skin([90, 160, 190])],
  ] as const)('%s', (check, photo) => {
    const verdict = checkImageQuality(photo, 'phone');
    expect(verdict.accepted).toBe(false);
    expect(refusalReasons(verdict)[0]).toBe(check);
    const found = verdict.checks.find((candidate) => candidate.check === check);
    expect(found).toMatchObject({
      passed: false,
      severity: 'refuse',
      limit: qualityLimits.phone[check]?.refuse,
    });
  });
});

test.each(monk.map((tone, index) => [index + 1, tone] as const))(
  'skin tone %i of the Monk scale is skin, bright and sharp enough',
  (_, tone) => {
    const why = refusalReasons(checkImageQuality(skin(tone), 'phone'));
    expect(why).not.toContain('skin');
    expect(why).not.toContain('dark');
  },
);

test('a small photo is mentioned and goes on; tissue has no skin and may be white', () => {
  const small = checkImageQuality(skin(light, 200), 'dermoscopy');
  expect(small.accepted).toBe(true);
  expect(small.checks[0]).toEqual({ check: 'size', passed: true, value: 200, limit: 224, severity: 'warn' });
  const tissue = checkImageQuality(skin([200, 120, 220]), 'histopathology');
  expect(tissue.checks.map(({ check }) => check)).toEqual(['size', 'dark', 'flat', 'blur']);
});

test('only the part that the network is to see is looked at', () => {
  const half = picture(600, 300, (x, y) =>
    x < 300 ? [20, 60, 220] : scaled(light, 1 + 0.2 * Math.sin(x * 2) * Math.cos(y)),
  );
  expect(
    refusalReasons(checkImageQuality(half, 'phone', { left: 0, top: 0, width: 300, height: 300 })),
  ).toContain('skin');
  expect(checkImageQuality(half, 'phone', { left: 300, top: 0, width: 300, height: 300 }).accepted).toBe(
    true,
  );
});

test('sharpness falls with blur, hardly with contrast, and noise is no skin', () => {
  const values = (contrast: number, soft: boolean) =>
    Float32Array.from({ length: 64 * 64 }, (_, i) => {
      const [x, y] = [i % 64, Math.floor(i / 64)];
      return (
        128 + contrast * (40 * Math.sin((x + y) / 9) + (soft ? 0 : 8 * Math.sin(x * 2.5) * Math.sin(y * 2.5)))
      );
    });
  const of = (contrast: number, soft: boolean) => sharpness(values(contrast, soft), 64, 64, 180);
  expect(of(1, false) - of(1, true)).toBeGreaterThan(1);
  expect(of(0.5, false)).toBeGreaterThan(of(1, true));
  expect(sharpness(new Float32Array(9), 3, 3, 200)).toBeCloseTo(Math.log10(0.05), 6);
  const darker = values(1, false).map((value) => value / 4);
  expect(Math.abs(sharpness(darker, 64, 64, 45) - of(1, false))).toBeLessThan(0.1);

  let state = 1;
  const byte = () => {
    state = (state * 48271) % 2147483647;
    return state % 256;
  };
  expect(measureQuality(picture(256, 256, () => [byte(), byte(), byte()])).skin).toBeLessThan(0.2);
});

test('the rim of a dermatoscope does not count as "not skin"; all black is no skin', () => {
  const rim = picture(256, 256, (x, y) => (Math.hypot(x - 128, y - 128) > 90 ? [3, 3, 3] : light));
  expect(measureQuality(rim).skin).toBeGreaterThan(0.9);
  expect(measureQuality(picture(256, 256, () => [0, 0, 0])).skin).toBe(0);
});

test('the user may overrule, and what was found stays written', () => {
  const refused = checkImageQuality(skin([90, 160, 190]), 'phone');
  const overruled = overrule(refused);
  expect([isAllowed(refused), isAllowed(overruled)]).toEqual([false, true]);
  expect(overruled).toEqual({ ...refused, overruled: true });
  const accepted = checkImageQuality(skin(light), 'phone');
  expect(overrule(accepted)).toEqual(accepted);
  expect(isAllowed(accepted)).toBe(true);
});

test('the out-of-distribution score joins the verdict: above the warning a photo is warned of, above the limit refused', () => {
  const found = { score: 12, threshold: 12, inDistribution: true, refused: false };
  const accepted = checkImageQuality(skin(light), 'dermoscopy');
  expect(addOodCheck(accepted, found)).toMatchObject({ accepted: true });
  const unusual = addOodCheck(accepted, { ...found, score: 12.1, inDistribution: false });
  expect([unusual.accepted, unusual.checks.at(-1)?.severity]).toEqual([true, 'warn']);
  const refused = { ...found, score: 20, inDistribution: false, refused: true };
  const outlying = addOodCheck(accepted, refused);
  expect(outlying.accepted).toBe(false);
  expect(refusalReasons(outlying)).toEqual(['distribution']);
  const overruled = overrule(checkImageQuality(skin([90, 160, 190]), 'phone'));
  expect(addOodCheck(overruled, refused).overruled).toBe(true);
});

test('the limits are those that were measured, and each refuses under 2 % of real images', () => {
  const file = new URL('../../../training/results/gate.json', import.meta.url);
  const measured = JSON.parse(readFileSync(file, 'utf8'));
  expect(measured.limits).toEqual(qualityLimits);
  for (const domain of Object.keys(qualityLimits) as Domain[]) {
    for (const check of checks.filter((candidate) => qualityLimits[domain][candidate])) {
      expect(measured.domains[domain].refused[check].rate).toBeLessThan(0.02);
    }
  }
});

describe('a picture that is cut out of its surroundings, on white', () => {
  /** What lies further from the middle than `radius` is transparent: white, and not shown. */
  function cutOut(photo: Pixels, radius: number): Pixels {
    const { width, height } = photo;
    const shown = Uint8Array.from({ length: width * height }, (_, pixel) =>
      Number(Math.hypot((pixel % width) - width / 2, Math.floor(pixel / width) - height / 2) < radius),
    );
    const data = photo.data.slice();
    shown.forEach((isShown, pixel) => {
      if (!isShown) data.set([255, 255, 255, 255], 4 * pixel);
    });
    return { ...photo, data, shown };
  }

  test('is judged by what it shows', () => {
    const photo = cutOut(skin(light), 80);
    expect(checkImageQuality(photo, 'dermoscopy')).toMatchObject({ accepted: true });
    // The white would be too much light, were it any.
    const { shown: _, ...flat } = photo;
    expect(refusalReasons(checkImageQuality(flat, 'dermoscopy'))).toContain('overexposed');
  });

  test('has the same faults as any other', () => {
    const faults = (photo: Pixels) => refusalReasons(checkImageQuality(cutOut(photo, 100), 'phone'));
    expect(faults(skin(scaled(light, 0.1)))).toContain('dark');
    expect(faults(picture(256, 256, () => [250, 250, 250]))).toContain('overexposed');
    expect(faults(skin(light, 256, true))).toEqual(['blur']);
    expect(faults(picture(256, 256, (x, y) => [20, 90 + ((x * y) % 90), 60]))).toContain('skin');
  });

  test('a part of it is judged by what that shows', () => {
    const part = { left: 0, top: 64, width: 160, height: 128 };
    expect(checkImageQuality(cutOut(skin(light), 80), 'phone', part).accepted).toBe(true);
  });

  test('a picture that shows all of itself is measured as one that says nothing of it', () => {
    const photo = skin(light, 300);
    const shown = new Uint8Array(300 * 300).fill(1);
    expect(measureQuality({ ...photo, shown })).toEqual(measureQuality(photo));
  });
});
