import type { BodyPlace } from './body-sites';

/**
 * What folders and file names say of a photo, as people and capture programs name them: "K-17/2026-03-12/left
 * forearm 2.jpg". The place becomes a fact of the photo that is shown as read from the name; all else is only
 * proposed, and counts once a person has seen it.
 */
export interface PathFacts {
  /** What the patient is called: a code such as "K-17", or the folder's own name. */
  patient: string | null;
  /** The day of the photo, "2026-03-12". */
  day: string | null;
  site: BodyPlace | null;
  side: 'left' | 'right' | null;
  /** A number or letter that tells the lesions of one place apart, such as the 2 of "lesion 2". */
  lesion: string | null;
}

/** `path`: folders and file name with forward slashes; the folders may be missing. */
export function factsFromPath(path: string, today: string): PathFacts {
  const parts = path.split('/').filter(Boolean);
  const name = (parts.pop() ?? '').replace(/\.[a-z0-9]{1,5}$/i, '');
  const nearestFirst = [name, ...parts.reverse()];
  const first = <T>(read: (part: string) => T | null): T | null => {
    for (const part of nearestFirst) {
      const found = read(part);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    patient: codeIn(name) ?? firstOf(parts, patientOfFolder) ?? firstOf(parts, surnameOfFolder),
    day: first((part) => dayIn(part, today)),
    site: siteInName(name) ?? firstOf(parts, siteOfFolder),
    side: first(sideInWords),
    lesion: lesionIn(name),
  };
}

function firstOf<T>(parts: readonly string[], read: (part: string) => T | null): T | null {
  for (const part of parts) {
    const found = read(part);
    if (found !== null) return found;
  }
  return null;
}

/** Letters that cameras and data sets put before a number: no patient is called so. */
const cameraWords =
  /^(img|dsc[nf]?|pxl|mvimg|isic|ham|image|photo|pic|screenshot|scan|frame|im|dcim|vid|p)$/i;

/** A code of letters and a number at the start of a name: "K-17 left arm", "PAT0012_1". */
function codeIn(name: string): string | null {
  const [, letters = '', rest = ''] = /^([a-z]{1,5})([-_]?\d{1,6})(?=$|[\s_.-])/i.exec(name) ?? [];
  return letters && !cameraWords.test(letters) && !placeWords.has(letters.toLowerCase())
    ? `${letters}${rest}`
    : null;
}

/** Folders that hold photos of anybody. */
const anybody =
  /^(dcim|\d{3}[a-z_]{3,6}|camera|camera roll|photos?|pictures?|images?|downloads?|desktop|export|derm(oscopy)?|new folder.*|back[ _-]?ups?|hand[ _-]?held|사진|카메라|다운로드|images_\d+)$/i;

const withoutDay = (folder: string) =>
  folder
    .replace(dayPattern, ' ')
    .replace(/^[\s_-]+|[\s_-]+$/g, '')
    .replace(/\s+/g, ' ');

/** A folder's name without a date in it, or the code beside a place; null where it says a place or nothing. */
function patientOfFolder(folder: string): string | null {
  const called = withoutDay(folder);
  if (called === '' || anybody.test(called) || surnamePlace.test(called)) return null;
  return siteOfFolder(folder) === null ? called.slice(0, 60) : codeIn(called);
}

/** Places that are surnames, too: a folder "Palm" may be a person's, "palm" and "left palm" are places. */
const surnamePlace = /^(Chin|Palm|Shin|Temple)$/;

const surnameOfFolder = (folder: string) =>
  surnamePlace.test(withoutDay(folder)) ? withoutDay(folder) : null;

/** Year, month, day with or without signs between; or day.month.year. */
const dayPattern =
  /(?<!\d)((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)|(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})(?!\d)/;

function dayIn(part: string, today: string): string | null {
  const found = dayPattern.exec(part);
  if (!found) return null;
  const [, year = found[7], , month = found[6], date = found[5]] = found;
  const day = [year, month?.padStart(2, '0'), date?.padStart(2, '0')].join('-');
  return isDay(day) && day <= today ? day : null;
}

function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}

/** English and Korean words of places; the longest that is found counts. */
const words: Readonly<Record<BodyPlace, readonly string[]>> = {
  scalp: ['scalp', '두피'],
  face: ['face', 'cheek', 'forehead', 'chin', 'temple', '얼굴', '볼', '이마', '턱'],
  ear: ['ear', '귀'],
  nose: ['nose', '코'],
  lip: ['lip', 'lips', '입술'],
  neck: ['neck', '목'],
  chest: ['chest', 'breast', '가슴'],
  abdomen: ['abdomen', 'belly', 'stomach', '배'],
  back: ['back', 'shoulder blade', '등'],
  arm: ['arm', 'upper arm', 'shoulder', '팔', '위팔', '어깨'],
  forearm: ['forearm', 'lower arm', '아래팔'],
  hand: ['hand', 'finger', 'palm', 'thumb', '손', '손가락'],
  genital: ['genital', 'genitals', '생식기'],
  thigh: ['thigh', 'upper leg', '허벅지'],
  'lower-leg': ['lower leg', 'leg', 'shin', 'calf', '종아리', '정강이'],
  foot: ['foot', 'toe', 'sole', 'heel', '발', '발가락', '발바닥'],
};

const placeWords = new Map(
  (Object.entries(words) as [BodyPlace, readonly string[]][]).flatMap(([place, all]) =>
    all.map((word) => [word, place] as const),
  ),
);
const longestFirst = [...placeWords.keys()].sort((a, b) => b.length - a.length);

/** In small letters, with single blanks for whatever stands between words and numbers. */
const plain = (part: string) =>
  ` ${part
    .normalize('NFC')
    .toLowerCase()
    .replace(/(\d+)/g, ' $1 ')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()} `;

/** A place in a file name; a word of one that reads as a surname is none. */
function siteInName(name: string): BodyPlace | null {
  const text = plain(name);
  const found = longestFirst.find((word) => text.includes(` ${word} `) && !isSurname(name, word));
  return found === undefined ? null : (placeWords.get(found) ?? null);
}

/** Whether an initial or another name stands behind the word: "Chin J", "Back S.H.", "Palm, Anna", "back up". */
function isSurname(name: string, word: string): boolean {
  const behind = new RegExp(`(?<!\\p{L})${word}[^\\p{L}\\d]+(\\p{L}+)`, 'iu');
  const [found, next = ''] = behind.exec(name.normalize('NFC')) ?? [];
  if (found === undefined || besidePlaces.test(next) || placeWords.has(next.toLowerCase())) return false;
  const initial = /^\p{L}$/u.test(next) && !hangul.test(next);
  const another = /^\p{Lu}/u.test(found) && /^\p{Lu}\p{Ll}/u.test(next);
  const korean = /^[배손]/.test(found) && /^\p{Script=Hangul}{1,2}$/u.test(next);
  return initial || another || korean || /^(up|ups|held)$/i.test(next);
}

const hangul = /\p{Script=Hangul}/u;
/** Words that stand behind places and are no names. */
const besidePlaces =
  /^(l|r|lt|rt|left|right|upper|lower|front|side|lesion|spot|mole|n[ae]+vus|close|overview|derm(oscopy|atoscopy)?|before|after|and|new|old|copy|photo|왼쪽|오른쪽|좌측|우측|점|병변|사진)$/i;

const besideAPlace = / (?:left|lt|right|rt|왼쪽|좌측|오른쪽|우측|\d+)(?= )/g;

/**
 * The place that is all that a folder's name says, beside a code, a side, a day and numbers: "Back S.H." is
 * somebody, "back up" something else.
 */
function siteOfFolder(folder: string): BodyPlace | null {
  const called = withoutDay(folder);
  if (surnamePlace.test(called)) return null;
  const text = plain(called.slice(codeIn(called)?.length ?? 0)).replace(besideAPlace, '');
  return placeWords.get(text.trim()) ?? null;
}

/** The side that a name or a place in words says. */
export function sideInWords(part: string): PathFacts['side'] {
  const text = plain(part);
  if (/ (left|lt|왼쪽|좌측) /.test(text)) return 'left';
  return / (right|rt|오른쪽|우측) /.test(text) ? 'right' : null;
}

function lesionIn(name: string): string | null {
  return / (?:lesion|spot|mole|naevus|nevus|병변|점) (\d{1,3}|[a-z]) /.exec(plain(name))?.[1] ?? null;
}
