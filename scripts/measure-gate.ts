/**
 * `npx tsx scripts/measure-gate.ts [--data folder]`: how often the input gate refuses real images (must be
 * under 2 % a check), and how often it finds spoilt copies of them and pictures of other things. Prints
 * Markdown and writes training/results/gate.json. Images are evenly spread over each set, the same ones every
 * time. Ends with status 1 where a check refuses 2 % or more.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkImageQuality, refusalReasons } from '../src/core/quality/gate';
import { type Check, checks, type Domain, qualityLimits } from '../src/core/quality/limits';
import type { Pixels } from '../src/core/raster';
import { main, root } from './command';
import { blurred, flattened, inTone, mapChannels, monkTones, reduced } from './degrade';
import { noPhotos } from './no-photos';
import { dataFolder, evenly, readPhoto, rowsOf } from './real-photos';

const allowed = 0.02;

interface ImageSet {
  domain: Domain;
  folder: string;
  /** How many real images are looked at at most, and of how many of these copies are spoilt. */
  real: number;
  spoilt: number;
  /**
   * The limits were chosen with a look at evenly spread images, so many at a time: none of them is measured
   * on. (Two photos of one lesion or patient may stand on both sides.) Null: no image was left out of sight,
   * and the rates are those of images that were seen (limits.ts).
   */
  chosenOn: number[] | null;
}

const sets: ImageSet[] = [
  { domain: 'dermoscopy', folder: 'derm', real: 800, spoilt: 60, chosenOn: [300, 700, 800, 900, 1000] },
  { domain: 'phone', folder: 'phone', real: 1091, spoilt: 60, chosenOn: null },
  { domain: 'acne', folder: 'acne', real: 300, spoilt: 30, chosenOn: [200, 300, 400] },
  { domain: 'histopathology', folder: 'breakhis', real: 100, spoilt: 15, chosenOn: [60, 100, 150] },
];

/**
 * Each way to spoil a photo, and the check that is to find it; it counts as found only where that check
 * refuses it.
 */
const ways: [name: string, check: Check, spoil: (photo: Pixels) => Pixels][] = [
  ['reduced to 100 pixels', 'size', (photo) => reduced(photo, 100)],
  ['blurred, sigma 2', 'blur', (photo) => blurred(photo, 2)],
  ['blurred, sigma 4', 'blur', (photo) => blurred(photo, 4)],
  ['blurred, sigma 8', 'blur', (photo) => blurred(photo, 8)],
  ['darkened to 15 %', 'dark', (photo) => mapChannels(photo, (value) => 0.15 * value)],
  ['darkened to 10 %', 'dark', (photo) => mapChannels(photo, (value) => 0.1 * value)],
  ['overexposed 2 times', 'overexposed', (photo) => mapChannels(photo, (value) => 2 * value)],
  ['overexposed 3 times', 'overexposed', (photo) => mapChannels(photo, (value) => 3 * value)],
  ['contrast 10 %', 'flat', (photo) => flattened(photo, 0.1)],
  ['contrast 5 %', 'flat', (photo) => flattened(photo, 0.05)],
  ['grey', 'skin', (photo) => greyOf(photo)],
  [
    'green and blue',
    'skin',
    (photo) => mapChannels(photo, (value, channel) => (channel === 0 ? 0.4 * value : value)),
  ],
];

/** A share of `count` pictures with its 95 % interval (Wilson, J. Am. Stat. Assoc. 22, 209 (1927)). */
interface Rate {
  count: number;
  rate: number;
  low: number;
  high: number;
}

interface Measured {
  count: number;
  heldOut: boolean;
  /** Share of real images that each check refuses, and that any does. */
  refused: Partial<Record<Check | 'any', Rate>>;
  /** Share of spoilt copies that the check in question refuses, by name. */
  found: Record<string, Rate & { check: Check }>;
}

await main(async () => {
  const data = dataFolder(process.argv.slice(2));
  const domains: Partial<Record<Domain, Measured>> = {};
  for (const set of sets) domains[set.domain] = measured(data, set);
  const others = refusedPictures();
  const tones = refusedTones(data);
  const result = { allowed, domains, others, tones, limits: qualityLimits };
  writeFileSync(join(root, 'training', 'results', 'gate.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(page(domains, others, tones));
  const over = Object.entries(domains).flatMap(([domain, { refused }]) =>
    checks.filter((check) => (refused[check]?.rate ?? 0) >= allowed).map((check) => `${check} on ${domain}`),
  );
  if (over.length) console.error(`Refuses ${percent(allowed)} of real images or more: ${over.join(', ')}`);
  return over.length ? 1 : 0;
});

function measured(data: string, { domain, folder, real, spoilt, chosenOn }: ImageSet): Measured {
  const all = rowsOf(data, folder).map(({ image_id }) => image_id ?? '');
  const seen = new Set(chosenOn?.flatMap((count) => evenly(all, count)));
  const others = all.filter((id) => !seen.has(id));
  const ids = evenly(others, real);
  const verdicts = ids.map((id) => refusalReasons(checkImageQuality(readPhoto(data, folder, id), domain)));
  const share = (check: Check) => rateOf(verdicts.filter((why) => why.includes(check)).length, ids.length);
  const made = checks.filter((check) => qualityLimits[domain][check]);
  const refused: Measured['refused'] = Object.fromEntries(made.map((check) => [check, share(check)]));
  refused.any = rateOf(verdicts.filter((why) => why.length).length, ids.length);
  const photos = evenly(ids, spoilt).map((id) => readPhoto(data, folder, id));
  const found = ways
    .filter(([, check]) => made.includes(check))
    .map(([name, check, spoil]) => {
      const hits = photos.filter((photo) =>
        refusalReasons(checkImageQuality(spoil(photo), domain)).includes(check),
      ).length;
      return [name, { check, ...rateOf(hits, photos.length) }] as const;
    });
  return { count: ids.length, heldOut: chosenOn !== null, refused, found: Object.fromEntries(found) };
}

/**
 * Of the pictures that are no photos, by group: how many are refused as dermoscopy and as phone photos, for
 * whatever reason.
 */
function refusedPictures(): Record<string, Record<'dermoscopy' | 'phone', Rate>> {
  const pictures = noPhotos();
  const rate = (group: string, domain: Domain) => {
    const own = pictures.filter((picture) => picture.group === group);
    const hits = own.filter(({ picture }) => !checkImageQuality(picture, domain).accepted).length;
    return rateOf(hits, own.length);
  };
  return Object.fromEntries(
    [...new Set(pictures.map(({ group }) => group))].map((group) => [
      group,
      { dermoscopy: rate(group, 'dermoscopy'), phone: rate(group, 'phone') },
    ]),
  );
}

/**
 * Accepted phone photos in the ten tones of the Monk scale: the share refused, any check. A stand-in, because
 * the data hold next to no dark skin: it shows what the limits on brightness and hue do, not that real photos
 * of dark skin pass.
 */
function refusedTones(data: string): Rate[] {
  const photos = evenly(rowsOf(data, 'phone'), 40)
    .map(({ image_id }) => readPhoto(data, 'phone', image_id ?? ''))
    .filter((photo) => checkImageQuality(photo, 'phone').accepted);
  return monkTones.map((tone) => {
    const hits = photos.filter((photo) => !checkImageQuality(inTone(photo, tone), 'phone').accepted).length;
    return rateOf(hits, photos.length);
  });
}

function greyOf(photo: Pixels): Pixels {
  const data = new Uint8Array(photo.width * photo.height * 3);
  for (let pixel = 0; pixel < photo.width * photo.height; pixel++) {
    data.fill(photo.data[pixel * photo.channels + 1] ?? 0, 3 * pixel, 3 * pixel + 3);
  }
  return { width: photo.width, height: photo.height, channels: 3, data };
}

function rateOf(hits: number, count: number): Rate {
  const z = 1.96;
  const rate = hits / count;
  const middle = (rate + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const reach =
    (z * Math.sqrt((rate * (1 - rate)) / count + z ** 2 / (4 * count ** 2))) / (1 + z ** 2 / count);
  return { count, rate, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function page(
  domains: Partial<Record<Domain, Measured>>,
  others: ReturnType<typeof refusedPictures>,
  tones: Rate[],
): string {
  const names = Object.keys(domains) as Domain[];
  const row = (first: string, cells: string[]) => `| ${[first, ...cells].join(' | ')} |`;
  const head = (first: string, cells: string[]) => [
    row(first, cells),
    row(
      '---',
      cells.map(() => '---'),
    ),
  ];
  const cell = (rate: Rate | undefined) => (rate ? percent(rate.rate) : 'not made');
  const withInterval = (rate: Rate | undefined) =>
    rate ? `${percent(rate.rate)} (${percent(rate.low)} to ${percent(rate.high)})` : 'not made';
  const counts = names.map(
    (name) => `${name} (${domains[name]?.count}${domains[name]?.heldOut ? ', held out' : ''})`,
  );
  return [
    'Real images refused, with the 95 % interval:\n',
    ...head('check', counts),
    ...[...checks, 'any' as const].map((check) =>
      row(
        check,
        names.map((name) => withInterval(domains[name]?.refused[check])),
      ),
    ),
    '\nSpoilt copies found by the check that is meant for them:\n',
    ...head(
      'copy',
      names.map((name) => `${name} (${Object.values(domains[name]?.found ?? {})[0]?.count ?? 0})`),
    ),
    ...ways.map(([way]) =>
      row(
        way,
        names.map((name) => cell(domains[name]?.found[way])),
      ),
    ),
    '\nOther pictures refused:\n',
    ...head('picture', ['count', 'as dermoscopy', 'as phone']),
    ...Object.entries(others).map(([group, { dermoscopy, phone }]) =>
      row(group, [String(phone.count), percent(dermoscopy.rate), percent(phone.rate)]),
    ),
    '\nPhone photos recoloured to the skin tones of the Monk scale, refused:\n',
    ...head(
      'tone',
      tones.map((_, index) => String(index + 1)),
    ),
    row(
      'refused',
      tones.map(({ rate }) => percent(rate)),
    ),
  ].join('\n');
}
