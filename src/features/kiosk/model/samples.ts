import {
  type CaseEntry,
  caseListSchema,
  type Diagnosis,
  drawnFolder,
  type Structure,
} from '../../../core/teaching/case-list';
import { fetchFile } from '../../../runtime/fetch-file';

/** A picture that a visitor can try. */
export interface Sample {
  id: string;
  /** Null: it has no name. */
  title: { en: string; ko: string } | null;
  /** Who made it, and under which licence. */
  credit: string;
  /** True where it shows no person: drawn by a program. */
  synthetic: boolean;
  /** What it is; null where nobody said: then the round never asks about it. */
  diagnosis: Diagnosis | null;
  /** What is seen in it, where somebody noted that. */
  structures: readonly Structure[];
  picture: Blob;
}

/** Why the host's samples are not there. */
type SamplesFailure = 'elsewhere' | 'missing' | 'malformed';

export interface FoundSamples {
  samples: Sample[];
  /** How many more the list names than a kiosk takes. */
  leftOut: number;
  /** Why the folder could not be used. Where it was the host's, the drawn ones stand in. */
  failure: { reason: SamplesFailure; what: string } | null;
}

/** Most samples of a kiosk: each is kept in memory with its answer, some half a megabyte. */
export const maxSamples = 60;

class Unusable extends Error {
  constructor(
    readonly reason: SamplesFailure,
    what: string,
  ) {
    super(what);
  }
}

/**
 * The samples of a folder (`list.json` in it names them: docs/kiosk.md), or the drawn ones that the program
 * comes with where `folder` is empty or cannot be used. `page` is the address of the page; a folder of another
 * origin is never asked. What a server does not give in time is missing.
 */
export async function findSamples(
  folder: string,
  page: string,
  fetch: (url: string, init?: RequestInit) => Promise<Response>,
): Promise<FoundSamples> {
  try {
    return { ...(await fromFolder(folder || drawnFolder, page, fetch)), failure: null };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    const failure = { reason: error.reason, what: error.message };
    if (!folder) return { samples: [], leftOut: 0, failure };
    return { ...(await findSamples('', page, fetch)), failure };
  }
}

async function fromFolder(
  folder: string,
  page: string,
  fetch: (url: string, init?: RequestInit) => Promise<Response>,
): Promise<Omit<FoundSamples, 'failure'>> {
  const base = new URL(folder.endsWith('/') ? folder : `${folder}/`, page);
  if (base.origin !== new URL(page).origin) throw new Unusable('elsewhere', base.origin);
  const get = async (name: string) => {
    const response = await fetchFile(new URL(name, base).href, fetch).catch(() => null);
    if (!response?.ok) throw new Unusable('missing', new URL(name, base).pathname);
    return response;
  };
  const response = await get('list.json');
  const list = caseListSchema.safeParse(await response.json().catch(() => null));
  if (!list.success) {
    const [issue] = list.error.issues;
    throw new Unusable('malformed', `list.json: ${issue?.path.join('.') || 'whole'}: ${issue?.message}`);
  }
  const taken = list.data.samples.slice(0, maxSamples);
  const samples = await Promise.all(
    taken.map(async (entry) => ({ ...sampleOf(entry), picture: await (await get(entry.file)).blob() })),
  );
  return { samples, leftOut: list.data.samples.length - taken.length };
}

function sampleOf({ file, title, diagnosis, ...entry }: CaseEntry): Omit<Sample, 'picture'> {
  return { id: file, title: title ?? null, diagnosis: diagnosis ?? null, ...entry };
}
