/** Who may import whom in src. The two tables are the whole rule; imports of types count too. */
import { posix } from 'node:path';

/**
 * The rooms of src in the order of imports: a file imports its own room and those before it. `*` is a
 * feature's name.
 */
const rooms = [
  'core',
  'service-worker',
  'engine',
  'runtime',
  'records',
  'report',
  'features/*/model',
  'ui',
  'features/*/view',
  'app',
] as const;
type Room = (typeof rooms)[number];

/** Packages that belong to some rooms alone. */
const reserved: { packages: RegExp; rooms: readonly Room[]; rule: string }[] = [
  {
    packages: /^@tensorflow\//,
    rooms: ['engine'],
    rule: 'Only engine computes with TensorFlow.js.',
  },
  {
    packages: /^comlink$/,
    rooms: ['engine', 'records'],
    rule: 'Only engine and records speak with workers through comlink.',
  },
  {
    packages: /^(react$|react[/-]|@mantine\/|@tabler\/|recharts$)/,
    rooms: ['ui', 'features/*/view', 'app'],
    rule: "Only ui, a feature's view and app use React.",
  },
];

interface Import {
  from: string;
  line: number;
  /** A file of the project, or a package. */
  to: string;
}

/**
 * What breaks the rules, one sentence each, in the order of the files.
 * `files`: the text of each file by its path from the checkout, with `/` on every system.
 */
export function problemsOf(files: ReadonlyMap<string, string>): string[] {
  const imports = [...files].flatMap(([path, text]) => importsOf(path, text, files));
  const lost = [...files.keys()]
    .filter((path) => path.startsWith('src/') && !locationOf(path))
    .map((path) => `${path} is in no room. The rooms are: ${rooms.join(', ')}.`);
  return [...lost, ...imports.flatMap((each) => problemOf(each) ?? []), ...circles(imports)];
}

/** The room and, in a feature, the feature's name; null outside of src and of the rooms. */
function locationOf(path: string): { room: Room; feature: string | null } | null {
  for (const room of rooms) {
    const [, feature = null] = new RegExp(`^src/${room.replace('*', '([^/]+)')}/`).exec(path) ?? [];
    if (feature !== null || path.startsWith(`src/${room}/`)) return { room, feature };
  }
  return null;
}

function importsOf(path: string, text: string, files: ReadonlyMap<string, string>): Import[] {
  const specifiers = text.matchAll(/\b(?:from|import|import\(|new URL\()\s*'([^'\n]+)'/g);
  return [...specifiers].flatMap(({ 1: specifier = '', index }) => {
    const line = text.slice(0, index).split('\n').length;
    if (!specifier.startsWith('.')) return [{ from: path, line, to: specifier }];
    const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
    const to = [target, `${target}.ts`, `${target}.tsx`].find((each) => files.has(each));
    return to ? [{ from: path, line, to }] : [];
  });
}

function problemOf({ from, line, to }: Import): string | null {
  const here = locationOf(from);
  if (!here) return null;
  const there = locationOf(to);
  if (!there) {
    const broken = reserved.find((entry) => entry.packages.test(to) && !entry.rooms.includes(here.room));
    return broken ? `${from}:${line} imports ${to}. ${broken.rule}` : null;
  }
  if (there.feature !== null && there.feature !== here.feature && here.room !== 'app')
    return `${from}:${line} imports ${to}. Only app imports a feature from outside; move what several need to a shared room.`;
  if (rooms.indexOf(there.room) > rooms.indexOf(here.room))
    return `${from}:${line} imports ${to}. Imports go one way: ${rooms.join(' <- ')}.`;
  return null;
}

/** One sentence for each circle that a walk from file to file comes upon. */
function circles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]) => {
    const start = way.indexOf(path);
    if (start >= 0) {
      const circle = [...way.slice(start), path].join(' -> ');
      found.push(`Imports go in a circle: ${circle}. Move what they share to a file of its own.`);
    }
    if (start >= 0 || done.has(path)) return;
    for (const to of targets.get(path) ?? []) walk(to, [...way, path]);
    done.add(path);
  };
  for (const path of targets.keys()) walk(path, []);
  return found;
}
