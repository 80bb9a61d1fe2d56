import { z } from 'zod';

/** A picture that a visitor can try. */
export interface Sample {
  id: string;
  /** Null: it has no name. */
  title: { en: string; ko: string } | null;
  /** Who made it, and under which licence. */
  credit: string;
  /** True where it shows no person: drawn by a program. */
  synthetic: boolean;
  picture: Blob;
}

/** Why the host's samples are not there. */
type SamplesFailure = 'elsewhere' | 'missing' | 'malformed';

export interface FoundSamples {
  samples: Sample[];
  /** Where the host's folder could not be used, the drawn ones stand in, and this says why. */
  failure: { reason: SamplesFailure; what: string } | null;
}

const listSchema = z.object({
  samples: z
    .array(
      z.object({
        file: z.string().regex(/^[\w-][\w .-]*$/, 'must be the plain name of a file'),
        title: z.object({ en: z.string(), ko: z.string() }).nullish(),
        credit: z.string().default(''),
        synthetic: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(12),
});

/** Seeds of the drawn pictures. */
const seeds = [20, 7, 33, 12];

class Unusable extends Error {
  constructor(
    readonly reason: SamplesFailure,
    what: string,
  ) {
    super(what);
  }
}

/**
 * The samples of a folder (`list.json` in it names them: docs/kiosk.md), or drawn ones where `folder` is
 * empty or cannot be used. `page` is the address of the page; a folder of another origin is never asked.
 */
export async function findSamples(
  folder: string,
  page: string,
  { fetch, draw }: { fetch: (url: string) => Promise<Response>; draw: (seed: number) => Promise<Blob> },
): Promise<FoundSamples> {
  try {
    return { samples: folder ? await fromFolder(folder, page, fetch) : await drawn(draw), failure: null };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { samples: await drawn(draw), failure: { reason: error.reason, what: error.message } };
  }
}

async function fromFolder(
  folder: string,
  page: string,
  fetch: (url: string) => Promise<Response>,
): Promise<Sample[]> {
  const base = new URL(folder.endsWith('/') ? folder : `${folder}/`, page);
  if (base.origin !== new URL(page).origin) throw new Unusable('elsewhere', base.origin);
  const get = async (name: string) => {
    const response = await fetch(new URL(name, base).href).catch(() => null);
    if (!response?.ok) throw new Unusable('missing', new URL(name, base).pathname);
    return response;
  };
  const response = await get('list.json');
  const list = listSchema.safeParse(await response.json().catch(() => null));
  if (!list.success) {
    const [issue] = list.error.issues;
    throw new Unusable('malformed', `list.json: ${issue?.path.join('.') || 'whole'}: ${issue?.message}`);
  }
  return Promise.all(
    list.data.samples.map(async ({ file, title = null, credit, synthetic }) => ({
      id: file,
      title,
      credit,
      synthetic,
      picture: await (await get(file)).blob(),
    })),
  );
}

function drawn(draw: (seed: number) => Promise<Blob>): Promise<Sample[]> {
  return Promise.all(
    seeds.map(async (seed) => ({
      id: `drawn-${seed}`,
      title: null,
      credit: '',
      synthetic: true,
      picture: await draw(seed),
    })),
  );
}
