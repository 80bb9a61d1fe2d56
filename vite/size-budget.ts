import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes of JavaScript, compressed, that the first paint may wait for. */
const paintBudget = 210_000;

/**
 * Bytes of JavaScript, compressed, that each screen may fetch on top of that before it shows: about a tenth
 * above what it takes. Dialogs (Mantine's Modal, 20 kB) are in most of these, and not in the first paint.
 */
const screenBudgets: Readonly<Record<string, number>> = {
  home: 5_000,
  // With triage, kept sessions, the saving of many photos, similar cases and agreement: as chunks of their own
  // these would split those of the first paint, which would grow.
  // With what an answer by another version of the model may not promise, and how many lesions have none.
  clinic: 333_000,
  // With the order of several answers, and that the user asked for a threshold: without these it hid flags.
  'case-book': 121_000,
  'self-check': 205_000,
  // Its results and their plots come when there are any. With the words for what a table lacks, the limits of what
  // it reads and waits for, and the check that the browser gives pixels out: chunks of their own for these would
  // cost more than they are.
  evaluate: 64_000,
  // With the wizard for models of other formats: as a chunk of its own it would split those of the first paint,
  // which would grow by 1.5 kB. What reads the models is in a worker. With the thresholds for other sensitivities and
  // the checks of a fusion's maps, which are a part of what stands on a model's page at once.
  models: 213_000,
  benchmark: 135_000,
  // The round with its drawn cases, and the QR code of what a visitor takes away. With the check that a frame of the
  // camera is fit to be answered for (without it bare skin got numbers), and a verdict's words for an answer by
  // another version of the model, in two languages.
  kiosk: 235_000,
  // With what could not be ruled out, in the words and short names of the clinic.
  takeaway: 9_200,
  // A third of it draws the bars of the machine's answer.
  // With what the machine does not rule out, in the words of the clinic.
  quiz: 243_000,
};

/** The modules that are imported late and yet come before the first paint: one of them. */
const texts = /\/src\/app\/languages\/(english|korean)\.ts$/;
/** The modules with which a screen begins (src/app/screens.ts). */
const screens = /\/src\/(?:features\/([\w-]+)\/view\/\w+Screen|app\/(Evaluate|Quiz))\.tsx$/;

/** What of a chunk is looked at. */
export interface BuiltChunk {
  type: 'chunk' | 'asset';
  fileName: string;
  code?: string;
  isEntry?: boolean;
  imports?: string[];
  facadeModuleId?: string | null;
}

export interface ScriptSizes {
  /** Bytes, compressed, of the page's scripts, of what they import at once, and of the larger language. */
  beforePaint: number;
  /** By screen: bytes, compressed, of what it fetches on top of the page's scripts. */
  screens: Record<string, number>;
}

export function scriptSizes(bundle: Readonly<Record<string, BuiltChunk>>): ScriptSizes {
  const compressed = (fileNames: Iterable<string>) =>
    [...fileNames].reduce((sum, name) => sum + gzipSync(bundle[name]?.code ?? '').length, 0);
  const withImports = (fileName: string, known = new Set<string>()): Set<string> => {
    if (known.has(fileName)) return known;
    known.add(fileName);
    for (const name of bundle[fileName]?.imports ?? []) withImports(name, known);
    return known;
  };
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const page = new Set<string>();
  for (const { fileName } of chunks.filter(({ isEntry }) => isEntry)) withImports(fileName, page);
  const onTop = (fileName: string) =>
    compressed([...withImports(fileName)].filter((name) => !page.has(name)));
  const languages = chunks
    .filter(({ facadeModuleId }) => texts.test(facadeModuleId ?? ''))
    .map(({ fileName }) => onTop(fileName));
  if (languages.length === 0) throw new Error('the languages are in no chunk of their own');
  const found = chunks.flatMap(({ fileName, facadeModuleId }): [string, number][] => {
    const [, feature, app] = screens.exec(facadeModuleId ?? '') ?? [];
    const name = feature ?? app?.toLowerCase();
    return name ? [[name, onTop(fileName)]] : [];
  });
  return { beforePaint: compressed(page) + Math.max(...languages), screens: Object.fromEntries(found) };
}

/** What is over its budget, and what has none or is gone, a sentence each. */
export function overBudget(
  { beforePaint, screens }: ScriptSizes,
  budgets: { paint: number; screens: Readonly<Record<string, number>> },
): string[] {
  const names = new Set([...Object.keys(screens), ...Object.keys(budgets.screens)]);
  const problems = [...names].flatMap((name) => {
    const [bytes, budget] = [screens[name], budgets.screens[name]];
    if (bytes === undefined) return [`The screen ${name} has a budget and is in no chunk of its own.`];
    if (budget === undefined) return [`The screen ${name} has no budget; it fetches ${kilobytes(bytes)}.`];
    return bytes > budget
      ? [`The screen ${name} fetches ${kilobytes(bytes)} of JavaScript, of ${kilobytes(budget)}.`]
      : [];
  });
  if (beforePaint <= budgets.paint) return problems;
  const sentence = `The first paint waits for ${kilobytes(beforePaint)} of JavaScript, of ${kilobytes(budgets.paint)}.`;
  return [sentence, ...problems];
}

const kilobytes = (value: number) => `${(value / 1000).toFixed(1)} kB`;

/** Fails the build where the first paint, or a screen, waits for more JavaScript than it may. */
export function sizeBudget(): Plugin {
  return {
    name: 'lentigo:size-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      const sizes = scriptSizes(bundle as Record<string, BuiltChunk>);
      const problems = overBudget(sizes, { paint: paintBudget, screens: screenBudgets });
      if (problems.length > 0)
        this.error(`${problems.join(' ')} Import late what can come later, or raise the budget and say why.`);
      const each = Object.entries(sizes.screens).map(([name, bytes]) => `${name} ${kilobytes(bytes)}`);
      this.info(
        `JavaScript, compressed: before the first paint ${kilobytes(sizes.beforePaint)}; ${each.join(', ')}`,
      );
    },
  };
}
