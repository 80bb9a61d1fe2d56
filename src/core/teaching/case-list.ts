import { z } from 'zod';

/** The diagnoses that a teaching case may have: the seven classes of HAM10000, by their ids. */
export const diagnoses = ['nv', 'mel', 'bkl', 'bcc', 'akiec', 'vasc', 'df'] as const;
export type Diagnosis = (typeof diagnoses)[number];

/** What a dermatologist looks for in a dermoscopy photo; the screens have a word for each. */
export const structures = [
  'network',
  'atypical-network',
  'globules',
  'streaks',
  'blue-white-veil',
  'regression',
  'milia',
  'vessels',
  'lacunae',
  'leaf-like-areas',
  'ulceration',
  'scale',
  'white-patch',
  'hair',
] as const;
export type Structure = (typeof structures)[number];

const entrySchema = z.object({
  file: z.string().regex(/^[\w-][\w .-]*$/, 'must be the plain name of a file'),
  title: z.object({ en: z.string(), ko: z.string() }).nullish(),
  /** Who made it, and under which licence. */
  credit: z.string().default(''),
  /** True where it shows no person: drawn by a program. */
  synthetic: z.boolean().default(false),
  /** What it is; without one a photo can be shown and never asked about. */
  diagnosis: z.enum(diagnoses).nullish(),
  /** What is seen in it, where somebody noted that. */
  structures: z.array(z.enum(structures)).default([]),
});
export type CaseEntry = z.infer<typeof entrySchema>;

/** The folder with a list that the program comes with, beside its page: drawings, which show nobody. */
export const drawnFolder = 'drawn/';

/** Most photos of one list: more is no teaching set but an archive. */
export const maxCases = 500;

/**
 * `list.json` of a folder or of a teaching set: photos to show, and what they are. The kiosk's samples and the
 * quiz read the same list (docs/kiosk.md).
 */
export const caseListSchema = z.object({
  samples: z.array(entrySchema).min(1, 'must name at least one photo').max(maxCases),
});
export type CaseList = z.infer<typeof caseListSchema>;
