import { z } from 'zod';
import { kioskLanguage, maxLanguages, ownLanguages } from './language-file';
import { isPublicAddress } from './takeaway-address';

const packageId = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/);

/**
 * What the host of a kiosk sets. Each has a name in the address (`#/kiosk?timeout=30`) and a field in the
 * hidden panel.
 */
const fields = {
  /** A code: of the program's own languages or of an added one. Null: the browser's own. */
  language: z.string().nullable(),
  /** Languages that the host added by a file, kept on this machine. */
  languages: z.array(kioskLanguage).max(maxLanguages),
  /**
   * Package ids, the first one answers until a visitor chooses another; empty: the first that answers from a
   * photo alone.
   */
  models: z.array(packageId),
  /**
   * A folder of this site with a list.json, with a slash at its end; empty: pictures that the program draws.
   */
  samples: z.string().max(200),
  /** Where a visitor's phone finds the take-away page; empty: where this page is. */
  address: z
    .string()
    .trim()
    .max(200)
    .refine((text) => text === '' || isPublicAddress(text)),
  /** Seconds without a touch, after which everything is forgotten. */
  timeout: z.number().int().min(3).max(3600),
  event: z.string().trim().max(80),
  /** Whether the camera page shows how fast it goes and on what: for those who ask, not for every visitor. */
  figures: z.boolean(),
  /** A picture as a data URL, kept on this machine; empty: none. */
  logo: z.union([z.literal(''), z.string().regex(/^data:image\//)]),
  /**
   * Four to eight digits; empty: the panel opens without. It keeps passers-by out, not a thief: whoever owns
   * the machine can read it.
   */
  pin: z.string().regex(/^(\d{4,8})?$/),
};

export const kioskSettings = z.object(fields);
export type KioskSettings = z.infer<typeof kioskSettings>;

export const defaultSettings: KioskSettings = {
  language: null,
  languages: [],
  models: [],
  samples: '',
  address: '',
  timeout: 60,
  event: '',
  figures: false,
  logo: '',
  pin: '',
};

/** A logo larger than that is not kept: what a browser keeps for a site as text ends at some 5 MB. */
export const maxLogoBytes = 500_000;

export interface ReadSettings {
  settings: KioskSettings;
  /** Names that the address sets: they win over what was kept. */
  fixed: string[];
  /** Names in the address that are unknown, or whose values make no sense: they were passed over. */
  ignored: string[];
}

/**
 * Settings from what this machine keeps (as `writeSettings` wrote it; null or damaged counts as nothing) and
 * from the address, which wins, except over a PIN that is kept: a visitor who can type an address could take
 * the PIN away. `query` is what stands behind the "?":
 * `language=ko&models=a,b&samples=samples/&address=https://a.example/&timeout=30&event=Open day&pin=2580`.
 */
export function readSettings(stored: string | null, query: URLSearchParams): ReadSettings {
  const kept = readStored(stored);
  const settings: Record<string, unknown> = { ...defaultSettings, ...kept };
  const fixed: string[] = [];
  const ignored: string[] = [];
  for (const [name, text] of query) {
    const field = Object.entries(fields).find(([fieldName]) => fieldName === name)?.[1];
    const read = field?.safeParse(fromText(name, text));
    if (name === 'pin' && kept.pin) {
      if (text !== kept.pin) ignored.push(name);
      continue;
    }
    // Logo and languages are local files: no address is long enough for them.
    const local = name === 'logo' || name === 'languages';
    const unheard = name === 'language' && !speaks(kept, text);
    if (!read?.success || local || unheard) {
      ignored.push(name);
      continue;
    }
    settings[name] = read.data;
    fixed.push(name);
  }
  return { settings: kioskSettings.parse(settings), fixed, ignored };
}

/** Settings as text, to be kept on this machine. */
export function writeSettings(settings: KioskSettings): string {
  return JSON.stringify(settings);
}

/** What is kept, with a PIN that the address brought: no later address can take it away. */
export function withPin(stored: string | null, pin: string): string {
  return writeSettings({ ...defaultSettings, ...readStored(stored), pin });
}

function fromText(name: string, text: string): unknown {
  if (name === 'models') return text.split(',').filter((id) => id !== '');
  if (name === 'timeout') return Number(text);
  if (name === 'figures') return text === 'true' ? true : text === 'false' ? false : text;
  if (name === 'language') return text === '' ? null : text;
  return text;
}

/** Whether the kiosk has a language; none at all leaves it to the browser. */
function speaks({ languages = [] }: Partial<KioskSettings>, code: string): boolean {
  return code === '' || ownLanguages.includes(code) || languages.some(({ language }) => language === code);
}

/** What of it still makes sense; settings of another version may be older or newer. */
function readStored(stored: string | null): Partial<KioskSettings> {
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    const sound = Object.entries(parsed).filter(
      ([name, value]) => fields[name as keyof typeof fields]?.safeParse(value).success,
    );
    const settings = Object.fromEntries(sound) as Partial<KioskSettings>;
    return speaks(settings, settings.language ?? '') ? settings : { ...settings, language: null };
  } catch {
    return {};
  }
}
