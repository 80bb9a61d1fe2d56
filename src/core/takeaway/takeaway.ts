import { noonOf } from '../day';
import type { Verdict } from '../decision/verdict';
import { type ListedClasses, readListed, writeListed } from './listed';

/**
 * What a visitor takes away from a kiosk, and its form as text: the part of an address after "#/takeaway?". A
 * browser never sends that part to a server. The form has no room for a photo or for free text, so that nobody can
 * put a sentence of their own on a host's page.
 */
export interface Takeaway {
  /** The day of the visit by the kiosk's calendar, such as "2026-11-29". */
  day: string;
  /** What the visitor looked into, the latest last. */
  looks: readonly Look[];
  /** The score of "You or the machine?"; null where it was not played. */
  round: RoundScore | null;
}

/** Right answers, out of `of` photos. */
export interface RoundScore {
  you: number;
  /** Null where the machine gave no result for any of them: then it has no score. */
  machine: number | null;
  of: number;
  /** Whether drawings were among them, on which a model's score says nothing about it. */
  drawn: boolean;
  /** As `ModelVersion.site`. */
  site?: string;
}

export type Look = CameraLook | SampleLook;

/** A frame of the camera. Its answer is about the visitor's own skin and stays at the kiosk. */
export interface CameraLook {
  kind: 'camera';
  model: ModelVersion;
}

export interface SampleLook {
  /** A program drew it, or it is a photo. */
  kind: 'photo' | 'drawing';
  /** The sample's number on the kiosk, from 1 on. */
  sample: number;
  model: ModelVersion;
  /** Of a photo without a result, whether it was flagged all the same is a headline of its own. */
  headline: Verdict['headline'] | 'no-result-flagged';
  /** The most probable first; empty where numbers mean nothing: without a result, and for a drawing. */
  probabilities: readonly ClassPermille[];
  /** Left out without numbers, and in what an earlier version wrote. */
  listed?: ListedClasses;
}

export interface ModelVersion {
  id: string;
  version: string;
  /**
   * The day of the calibration of the kiosk's site that judged, such as "2026-01-02"; left out where the model's own did.
   * Its name is free text, and stays at the kiosk.
   */
  site?: string;
}

export interface ClassPermille {
  /** The class id of the card. */
  id: string;
  /** The calibrated probability, 0 to 1000. */
  permille: number;
}

/** Why an address cannot be shown: nothing is in it, a later version wrote it, or a part of it makes no sense. */
export type TakeawayProblem = 'empty' | 'newer' | 'damaged';
export type ReadTakeaway = { ok: true; takeaway: Takeaway } | { ok: false; problem: TakeawayProblem };

/** Looks and classes that a code holds: more would make it too fine for a phone's camera. */
export const maxLooks = 3;
export const maxClasses = 12;
/** Longer than any text that `writeTakeaway` gives. */
const maxLength = 1500;
/** What has no calibration of a site is written as before there was a place for one, so that older pages read it. */
const versions = { plain: '1', withSite: '2' };

const headlines = {
  f: 'flagged',
  u: 'not-flagged',
  n: 'no-result',
  a: 'no-result-flagged',
  m: 'most-probable',
} as const;
const id = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const modelName = /^([a-z0-9][a-z0-9_-]{0,63})@([\w.+-]{1,32})(?:~(\d{8}))?$/;

/**
 * A takeaway as the text behind "#/takeaway?", in letters that no address has to escape:
 * `v=1&d=2026-11-29&m=<model>@<version>&s=2p0f.mel~812.nv~91&s=c0&r=4-5-6d`. A look is the sample's number, p (photo)
 * or d (drawing), the place of its model in `m`, a letter for the headline, and the classes in per mille; a frame of
 * the camera is c and the model's place. The score is the
 * visitor's, the model's (x: none) and the number of photos, with a d where drawings were among them. A model and a
 * score that a calibration of the site judged have its day behind them, `a@1.0.0~20260102`; then v is 2. Of more looks
 * than `maxLooks` the latest are kept, of more classes than `maxClasses` the most probable. A look whose ids have other
 * letters is left out. `l=3.0.1-` has for each look which of its classes cannot be ruled out (`writeListed`). Pages of
 * before it pass over it.
 */
export function writeTakeaway({ day, looks, round }: Takeaway): string {
  const kept = looks.filter(canBeWritten).slice(-maxLooks);
  const models = [...new Set(kept.map(({ model }) => nameOf(model)))];
  return [
    `v=${judgedBySite(kept, round) ? versions.withSite : versions.plain}`,
    `d=${day}`,
    ...(models.length > 0 ? [`m=${models.join(',')}`] : []),
    ...kept.map((look) => `s=${writeLook(look, models.indexOf(nameOf(look.model)))}`),
    ...(kept.some((look) => 'listed' in look) ? [`l=${kept.map(listOfLook).join('.')}`] : []),
    ...(round ? [`r=${writeRound(round)}`] : []),
  ].join('&');
}

const listOfLook = (look: Look): string =>
  look.kind === 'camera' ? '0' : writeListed(idsOf(look), look.listed);

/** Of the classes that are written. */
const idsOf = ({ probabilities }: SampleLook) => probabilities.slice(0, maxClasses).map(({ id }) => id);

/** Whether a calibration of the site judged anything of it. */
const judgedBySite = (looks: readonly Look[], round: RoundScore | null) =>
  looks.some(({ model }) => model.site) || round?.site !== undefined;

const nameOf = ({ id, version, site }: ModelVersion) => `${id}@${version}${daySuffix(site)}`;
const writeRound = ({ you, machine, of, drawn, site }: RoundScore) =>
  `${you}-${machine ?? 'x'}-${of}${drawn ? 'd' : ''}${daySuffix(site)}`;
const daySuffix = (day: string | undefined) => (day === undefined ? '' : `~${day.replaceAll('-', '')}`);
const isDay = (text: string) => noonOf(text, '9999-12-31') !== null;
/** The day in the digits behind a model or a score, such as "20260102"; undefined without digits, null where they are no day. */
function readDay(digits: string | undefined): string | null | undefined {
  if (digits === undefined) return undefined;
  const day = digits.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return isDay(day) ? day : null;
}

function canBeWritten(look: Look): boolean {
  const classes = look.kind === 'camera' ? [] : look.probabilities;
  return modelName.test(nameOf(look.model)) && classes.every((each) => id.test(each.id));
}

function writeLook(look: Look, model: number): string {
  if (look.kind === 'camera') return `c${model}`;
  const [letter] = Object.entries(headlines).find(([, headline]) => headline === look.headline) ?? [];
  const head = `${look.sample}${look.kind === 'photo' ? 'p' : 'd'}${model}${letter}`;
  const classes = look.probabilities.slice(0, maxClasses);
  return [head, ...classes.map(({ id, permille }) => `${id}~${permille}`)].join('.');
}

/** Reads what `writeTakeaway` wrote. Nothing of it is trusted: what is out of its range makes the whole damaged. */
export function readTakeaway(text: string): ReadTakeaway {
  if (text === '') return { ok: false, problem: 'empty' };
  if (text.length > maxLength) return { ok: false, problem: 'damaged' };
  const parts = partsOf(text);
  const single = (name: string) => {
    const found = parts?.get(name) ?? [];
    return found.length === 1 ? (found[0] ?? '') : null;
  };
  const version = single('v');
  // A format of later has a larger number.
  if (version !== null && /^\d{1,4}$/.test(version) && Number(version) > Number(versions.withSite))
    return { ok: false, problem: 'newer' };
  const known = Object.values(versions).some((each) => each === version);
  const takeaway = known && parts ? readParts(parts, single) : null;
  // The first version had no place for a calibration.
  const sound = takeaway && (version !== versions.plain || !judgedBySite(takeaway.looks, takeaway.round));
  return sound ? { ok: true, takeaway } : { ok: false, problem: 'damaged' };
}

/** The values by their names; null where an escape is broken. */
function partsOf(text: string): Map<string, string[]> | null {
  const parts = new Map<string, string[]>();
  try {
    for (const part of text.split('&')) {
      const [name = '', ...rest] = part.split('=');
      // What an app on the way escaped.
      parts.set(name, [...(parts.get(name) ?? []), decodeURIComponent(rest.join('='))]);
    }
    return parts;
  } catch {
    return null;
  }
}

function readParts(
  parts: ReadonlyMap<string, string[]>,
  single: (name: string) => string | null,
): Takeaway | null {
  const day = single('d');
  if (day === null || !isDay(day)) return null;
  const models = parts.has('m') ? single('m')?.split(',').map(readModel) : [];
  const round = parts.has('r') ? readRound(single('r') ?? '') : null;
  const texts = parts.get('s') ?? [];
  if (!models || models.includes(null) || texts.length > maxLooks || (parts.has('r') && !round)) return null;
  const looks = texts.map((text) => readLook(text, models));
  if (!looks.every((look) => look !== null)) return null;
  const listed = parts.has('l') ? withListed(looks, single('l') ?? '') : looks;
  return listed && { day, looks: listed, round };
}

/** Null where the lists do not belong to these looks. */
function withListed(looks: readonly Look[], text: string): Look[] | null {
  const lists = text.split('.');
  const read = looks.map((look, at) => withList(look, lists[at] ?? ''));
  return lists.length === looks.length && read.every((look) => look !== null) ? read : null;
}

function withList(look: Look, text: string): Look | null {
  if (look.kind === 'camera') return text === '0' ? look : null;
  const listed = readListed(text, idsOf(look));
  return listed === null ? null : { ...look, ...(listed && { listed }) };
}

function readModel(text: string): ModelVersion | null {
  const [, id, version, digits] = modelName.exec(text) ?? [];
  const site = readDay(digits);
  if (!id || !version || site === null) return null;
  return { id, version, ...(site && { site }) };
}

function readRound(text: string): RoundScore | null {
  const match = /^(\d{1,2})-(\d{1,2}|x)-(\d{1,2})(d?)(?:~(\d{8}))?$/.exec(text);
  if (!match) return null;
  const [you, of] = [Number(match[1]), Number(match[3])];
  const machine = match[2] === 'x' ? null : Number(match[2]);
  const site = readDay(match[5]);
  if (of === 0 || you > of || (machine ?? 0) > of || site === null) return null;
  return { you, machine, of, drawn: match[4] === 'd', ...(site && { site }) };
}

function readLook(text: string, models: readonly (ModelVersion | null)[]): Look | null {
  const camera = /^c(\d)$/.exec(text);
  if (camera) {
    const model = models[Number(camera[1])];
    return model ? { kind: 'camera', model } : null;
  }
  const [head = '', ...classes] = text.split('.');
  const [, sample, letter, place, headline] = /^([1-9]\d?)([pd])(\d)([funam])$/.exec(head) ?? [];
  const model = models[Number(place)];
  const probabilities = readClasses(classes);
  if (!sample || !model || !probabilities) return null;
  const kind = letter === 'p' ? 'photo' : 'drawing';
  const shown = headlines[headline as keyof typeof headlines];
  // Numbers that mean nothing are not to be shown by an address that has them.
  const meaningless = kind === 'drawing' || shown === 'no-result' || shown === 'no-result-flagged';
  if (meaningless !== (probabilities.length === 0)) return null;
  return { kind, sample: Number(sample), model, headline: shown, probabilities };
}

function readClasses(texts: readonly string[]): ClassPermille[] | null {
  const classes = texts.map((text) => {
    const [, id = '', permille] = /^([a-z0-9][a-z0-9_-]{0,63})~(\d{1,4})$/.exec(text) ?? [];
    return { id, permille: Number(permille) };
  });
  const sum = classes.reduce((total, { permille }) => total + permille, 0);
  const sound =
    classes.length <= maxClasses &&
    new Set(classes.map(({ id }) => id)).size === classes.length &&
    // False for what had no number, too.
    classes.every(({ permille }) => permille <= 1000) &&
    // Each was rounded by half a per mille at most.
    (classes.length === 0 || sum <= 1000 + classes.length);
  return sound ? classes : null;
}
