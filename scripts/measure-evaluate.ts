/**
 * `npx tsx scripts/measure-evaluate.ts [images]`: for how long the Evaluate screen's own steps hold the main thread
 * with half a million images, one by one. Figures and curves are computed in a worker and are not among them.
 */
import type { ImageAnswer } from '../src/core/evaluation/answer';
import { hasFailed } from '../src/core/evaluation/answer';
import type { EvaluationInput } from '../src/core/evaluation/measured';
import type { JudgedModel } from '../src/core/evaluation/sample';
import { readAnswers } from '../src/features/evaluate/model/read-stored';
import { main } from './command';

const model: JudgedModel = {
  ...{ packageId: 'm', classes: ['nv', 'mel'], decision: { positive: ['mel'], threshold: 0.4 } },
  labels: { nv: 'nv', mel: 'mel' },
};

await main(async () => {
  const count = Number(process.argv[2] ?? 500_000);
  const images = Array.from({ length: count }, (_, index) => ({
    ...{ path: `ward ${index % 1000}/photo${index}.jpg`, size: 1, label: index % 3 === 0 ? 'mel' : 'nv' },
    ...{ columns: { sex: 'female' }, group: `g${index}`, mask: null },
  }));
  const stored = images.map(
    ({ path }, index): ImageAnswer => ({
      path,
      answers: { m: { ok: true, probabilities: [1 - index / count, index / count], milliseconds: 5 } },
      ...{ overlap: null, maskFailure: null },
    }),
  );
  const answers = new Map(stored.map((answer) => [answer.path, answer]));
  const input: EvaluationInput = { models: [model], images, answers };
  const steps: Record<string, () => unknown> = {
    'answers read through their schema, 2,000 at a time': () => readAnswers(stored.slice(0, 2000)),
    'answers read through their schema, all at once': () => readAnswers(stored),
    'answers handed to the worker': () => structuredClone(input),
    'failures counted': () => [...answers.values()].filter(hasFailed).length,
    'the next image found': () => images.find(({ path }) => path === images.at(-1)?.path),
    'failures listed': () =>
      images.flatMap(({ path }) => {
        const answer = answers.get(path);
        return answer && hasFailed(answer) ? [answer] : [];
      }),
    'a copy of the answers': () => new Map(answers),
  };
  for (const [name, step] of Object.entries(steps)) {
    const begin = performance.now();
    step();
    console.log(`${name.padEnd(55)} ${(performance.now() - begin).toFixed(0).padStart(7)} ms`);
  }
  return 0;
});
