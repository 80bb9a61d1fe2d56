import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Card, parseCard, parseIndex } from '../core/card/card';
import { judge } from '../core/decision/judge';
import { verdictOf } from '../core/decision/verdict';
import { exampleAnalysis } from '../core/fixtures/analysis';
import { verdictLead, verdictSentences, verdictText } from './verdict-text';
import type { VerdictWords } from './words';

/**
 * What the app would say of real photos: every prediction that training has stored of a package's test side
 * is worded. `lentigo export` writes them to training/results/<id>.predictions.json; of packages from before
 * it did, the few of <id>.parity.json are there.
 */

const fileAt = (path: string) => new URL(`../../${path}`, import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(fileAt(path), 'utf8'));

const wordsOf = (language: string) =>
  (json(`src/app/languages/verdict.${language}.json`) as { verdict: VerdictWords }).verdict;
const languages = { en: wordsOf('en'), ko: wordsOf('ko') };

interface Stored {
  card: Card;
  /** In the order of the card's classes, before any temperature. */
  logits: number[][];
  /** Class indices; null where they are not stored. */
  truth: number[] | null;
}

function storedOf(card: Card): Stored[] {
  const ids = card.classes.map(({ id }) => id);
  const results = `training/results/${card.id}`;
  if (existsSync(fileAt(`${results}.predictions.json`))) {
    const stored = json(`${results}.predictions.json`) as {
      classes: string[];
      labels: number[];
      logits: number[][];
    };
    const order = ids.map((id) => stored.classes.indexOf(id));
    return [
      {
        card,
        logits: stored.logits.map((row) => order.map((column) => row[column] as number)),
        truth: stored.labels.map((label) => order.indexOf(label)),
      },
    ];
  }
  if (!existsSync(fileAt(`${results}.parity.json`))) return [];
  const rows = json(`${results}.parity.json`) as { probabilities?: Record<string, number> }[];
  const temperature = card.calibration?.temperature ?? 1;
  const logits = rows.flatMap(({ probabilities }) =>
    probabilities ? [ids.map((id) => temperature * Math.log(probabilities[id] as number))] : [],
  );
  return [{ card, logits, truth: null }];
}

const index = parseIndex(json('public/models/index.json'));
const stored = (index.ok ? index.value.ids : []).flatMap((id) => {
  const card = parseCard(id, json(`public/models/${id}/card.json`));
  return card.ok && card.value.task !== 'segmentation' ? storedOf(card.value) : [];
});
const flagging = stored.filter(({ card }) => card.decision);

/** Each prediction, seen or out of distribution, in both languages. */
function said({ card, logits }: Stored, refused = false) {
  const kindOf = (id: string) => card.classes.find((cardClass) => cardClass.id === id)?.kind;
  return logits.flatMap((row) =>
    (['en', 'ko'] as const).map((language) => {
      const outOfDistribution = { score: 2, threshold: 1, inDistribution: false, refused };
      const verdict = verdictOf(card, exampleAnalysis({ ...judge(card, row), outOfDistribution }));
      const words = languages[language];
      const text = verdictText(card, verdict, { words, language, minDigits: 0 });
      return { verdict, text, words, kinds: verdict.list.classes.map(kindOf) };
    }),
  );
}

test('there are stored predictions of a package that flags', () => {
  expect(flagging.flatMap(({ logits }) => logits).length).toBeGreaterThan(0);
});

describe.each(stored.map((stored) => [stored.card.id, stored] as const))(
  'what is said by %s',
  (_, stored) => {
    test('never leaves a list empty, and lists the most probable class', () => {
      for (const { verdict } of said(stored)) {
        expect(verdict.list.classes.length).toBeGreaterThan(0);
        const best = stored.card.merge ? null : verdict.top.id;
        if (best && verdict.list.unsure) expect(verdict.list.classes).toContain(best);
      }
    });

    test('leads with the flag of every flagged photo, and sets something to be flagged beside what is benign', () => {
      for (const { verdict, text, words, kinds } of said(stored)) {
        if (!verdict.flag?.flagged) continue;
        expect(text.headline).toBe(words.headline.flagged);
        expect(verdictLead(text)).toContain(words.headline.flagged);
        expect(text.short.startsWith(words.headline.flagged)).toBe(true);
        expect(text.cell.startsWith(words.headline.flagged)).toBe(true);
        expect(verdict.list.classes.some((id) => verdict.flag?.positive.includes(id))).toBe(true);
        expect(kinds.some((kind) => kind !== 'benign')).toBe(true);
        expect(verdict.flag.positive).toContain(verdict.explained);
        expect(verdictSentences(text).join(' ')).not.toContain(words.caution['not-flagged']);
      }
    });

    test('says a flag beside "no confident result", too', () => {
      for (const { verdict, text, words } of said(stored, true)) {
        expect(text.headline).toBe(words.headline['no-result']);
        if (verdict.flag?.flagged) {
          expect(verdictLead(text)).toContain(words.flaggedAllTheSame);
          expect(text.sum).not.toBeNull();
        } else expect(text.caution).toBeNull();
      }
    });

    test('writes a sum and its threshold so that they are seen to be on the sides that they are on', () => {
      for (const { verdict, text } of said(stored)) {
        if (!verdict.flag || !text.sum) continue;
        const { probability, threshold, digits, flagged } = verdict.flag;
        const [sum, limit] = [probability, threshold].map((share) => Number((100 * share).toFixed(digits)));
        expect(sum === limit || (sum as number) > (limit as number)).toBe(flagged || sum === limit);
      }
    });
  },
);

const promising = stored.filter(
  ({ card, truth }) => truth && card.calibration?.conformal.method === 'class-conditional',
);

describe.skipIf(promising.length === 0)('the prediction sets', () => {
  test.each(promising.map((stored) => [stored.card.id, stored] as const))(
    'of %s hold each class as often as they promise',
    (_, { card, logits, truth }) => {
      const { classes, coverage } = card.calibration?.conformal ?? { classes: [], coverage: 0 };
      const sets = logits.map((row) => judge(card, row).conformalSet);
      for (const { class: id, pooledWith } of classes) {
        // Classes that were fitted together keep the promise together.
        const group = [id, ...pooledWith];
        const rows = (truth ?? []).flatMap((label, row) =>
          group.includes(card.classes[label]?.id ?? '') ? [row] : [],
        );
        const held = rows.filter((row) => sets[row]?.includes(card.classes[truth?.[row] ?? 0]?.id ?? ''));
        const fitted = classes
          .filter((entry) => group.includes(entry.class))
          .reduce((sum, { count }) => sum + (count ?? 0), 0);
        const chance = chanceOfAtMost(held.length, rows.length, fitted, coverage);
        const message = `${group.join('+')}: in ${held.length} of ${rows.length} lists`;
        expect(chance, message).toBeGreaterThan(unlikely / classes.length);
      }
    },
  );
});

/**
 * How rarely a package that keeps its promise may fail here. Photos of one lesion are alike, which makes
 * failing more frequent than this.
 */
const unlikely = 0.001;

/**
 * The chance that at most `held` of `count` test photos are in their sets when the promise is kept:
 * beta-binomial, since the quantile is itself of a sample of `fitted` photos (Angelopoulos and Bates, 2021,
 * section 3.2; Vovk, 2012).
 */
function chanceOfAtMost(held: number, count: number, fitted: number, coverage: number): number {
  const rank = Math.ceil((fitted + 1) * coverage - 1e-9);
  // Too few to leave any out: every photo is held.
  if (rank > fitted) return held === count ? 1 : 0;
  const [a, b] = [rank, fitted + 1 - rank];
  let log = 0;
  for (let k = 0; k < count; k++) log += Math.log((b + k) / (a + b + k));
  let chance = 0;
  for (let k = 0; k <= held; k++) {
    chance += Math.exp(log);
    log += Math.log(((count - k) / (k + 1)) * ((a + k) / (b + count - k - 1)));
  }
  return chance;
}

test('the chance is that of a beta-binomial', () => {
  // Uniform over 0 to 3 for one fitted photo and a coverage of a half.
  expect(chanceOfAtMost(1, 3, 1, 0.5)).toBeCloseTo(0.5, 12);
  expect(chanceOfAtMost(3, 3, 1, 0.5)).toBeCloseTo(1, 12);
  expect(chanceOfAtMost(130, 167, 168, 0.9)).toBeLessThan(0.001);
});
