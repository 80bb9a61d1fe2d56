import { describe, expect, test } from 'vitest';
import { shortClassNameOf } from '../core/card/class-name';
import { judge } from '../core/decision/judge';
import { decidedFor } from '../core/decision/threshold';
import { verdictOf } from '../core/decision/verdict';
import { exampleAnalysis } from '../core/fixtures/analysis';
import { readJson, type Stored, storedPredictions } from './fixtures/stored-predictions';
import { verdictLead, verdictSentences, verdictText } from './verdict-text';
import type { VerdictWords } from './words';

/**
 * What the app would say of real photos: every prediction that training has stored of a package's test side
 * is worded. `lentigo export` writes them to training/results/<id>.predictions.json; of packages from before
 * it did, the few of <id>.parity.json are there.
 */

const wordsOf = (language: string) =>
  (readJson(`src/app/languages/verdict.${language}.json`) as { verdict: VerdictWords }).verdict;
const languages = { en: wordsOf('en'), ko: wordsOf('ko') };

const stored = storedPredictions();
const flagging = stored.filter(({ card }) => card.decision);

/** Each prediction, seen or out of distribution, in both languages. */
function said({ card, logits }: Stored, { refused = false, wanted = null as number | null } = {}) {
  const kindOf = (id: string) => card.classes.find((cardClass) => cardClass.id === id)?.kind;
  return logits.flatMap((row) =>
    (['en', 'ko'] as const).map((language) => {
      const outOfDistribution = { score: 2, threshold: 1, inDistribution: false, refused };
      const provenance = { ...exampleAnalysis().provenance, packageVersion: card.version };
      const analysis = exampleAnalysis({ ...judge(card, row), provenance, outOfDistribution });
      const verdict = verdictOf(card, decidedFor(card, analysis, wanted));
      const words = languages[language];
      const text = verdictText(card, verdict, { words, language, minDigits: 0 });
      // The first that a row names, which stays where a line is cut off.
      const first = text.brief.slice(text.brief.lastIndexOf(': ') + 2).split(', ')[0];
      const named = card.classes.find(({ id }) => shortClassNameOf(card, id, language) === first);
      return {
        verdict,
        text,
        words,
        kinds: verdict.list.classes.map(kindOf),
        firstKind: named?.kind ?? 'benign',
      };
    }),
  );
}

test('there are stored predictions of a package that flags', () => {
  expect(flagging.flatMap(({ logits }) => logits).length).toBeGreaterThan(0);
});

describe.each(stored.map((stored) => [stored.card.id, stored] as const))(
  'what is said by %s',
  (_, stored) => {
    let told: ReturnType<typeof said> | undefined;
    /** Thousands of photos, worded once for all tests of the package. */
    const seen = () => {
      told ??= said(stored);
      return told;
    };

    test('never leaves a list empty, and lists the most probable class', () => {
      for (const { verdict } of seen()) {
        expect(verdict.list.classes.length).toBeGreaterThan(0);
        const best = stored.card.merge ? null : verdict.top.id;
        if (best && verdict.list.unsure) expect(verdict.list.classes).toContain(best);
      }
    });

    test('leads with the flag of every flagged photo, and sets something to be flagged beside what is benign', () => {
      // At a sensitivity that is asked for more photos are flagged whose set by itself is benign.
      for (const { verdict, text, words, kinds, firstKind } of [
        ...seen(),
        ...said(stored, { wanted: 0.98 }),
      ]) {
        if (!verdict.flag?.flagged) continue;
        expect(text.headline).toBe(words.headline.flagged);
        expect(verdictLead(text)).toContain(words.headline.flagged);
        expect(text.cell.startsWith(words.headline.flagged)).toBe(true);
        expect(verdict.list.classes.some((id) => verdict.flag?.positive.includes(id))).toBe(true);
        if (verdict.list.words !== 'all') expect(firstKind).not.toBe('benign');
        expect(kinds.some((kind) => kind !== 'benign')).toBe(true);
        expect(verdict.flag.positive).toContain(verdict.explained);
        expect(verdictSentences(text).join(' ')).not.toContain(words.caution['not-flagged']);
      }
    });

    test('says a flag beside "no confident result", too', () => {
      for (const { verdict, text, words } of said(stored, { refused: true })) {
        expect(text.headline).toBe(words.headline['no-result']);
        if (verdict.flag?.flagged) {
          expect(verdictLead(text)).toContain(words.flaggedAllTheSame);
          expect(text.sum).not.toBeNull();
        } else expect(text.caution).toBeNull();
      }
    });

    test('writes a sum and its threshold so that they are seen to be on the sides that they are on', () => {
      for (const { verdict, text } of seen()) {
        if (!verdict.flag || !text.sum) continue;
        const { probability, threshold, digits, flagged } = verdict.flag;
        const [sum, limit] = [probability, threshold].map((share) => Number((100 * share).toFixed(digits)));
        expect(sum === limit || (sum as number) > (limit as number)).toBe(flagged || sum === limit);
      }
    });
  },
);
