import { expect, test } from 'vitest';
import { intendedUse } from './intended-use';
import { english, korean } from './languages/texts';

type Section = keyof typeof intendedUse;
type Words = Record<string, string> & { heading: string };

/** The page as Markdown: docs/intended-use.md, for whoever reads the repository. */
function page(): string {
  const words = english.intendedUse;
  const sections = Object.entries(intendedUse).flatMap(([section, points]) => {
    const said = words[section as Section] as Words;
    return [`## ${said.heading}`, '', ...points.map((point) => `- ${said[point]}`), ''];
  });
  return [
    `# ${words.heading}`,
    '',
    '*The page "Intended use" of the app in English; `src/app/intended-use.test.ts` writes this copy.*',
    '',
    words.lead,
    '',
    ...sections,
    'The figures of each model are in [results.md](results.md), and in the app on the page of the models.',
    '',
  ].join('\n');
}

test('docs/intended-use.md says what the page says', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/intended-use.md');
});

test('every sentence that is written is on the page, in both languages', () => {
  for (const { intendedUse: words } of [english, korean]) {
    for (const [section, points] of Object.entries(intendedUse)) {
      const { heading, ...said } = words[section as Section] as Words;
      expect(heading).toBeTruthy();
      expect(Object.keys(said)).toEqual([...points]);
    }
  }
});
