import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { known } from './measures';

const models = new URL('../../../../public/models/', import.meta.url);
const ids = readdirSync(models, { withFileTypes: true }).filter((entry) => entry.isDirectory());

test.each(ids.map(({ name }) => name))('every measure of %s has words', (id) => {
  const { results } = JSON.parse(readFileSync(new URL(`${id}/card.json`, models), 'utf8')) as {
    results?: { metrics: object; subgroups?: { metrics: object }[] };
  };
  const all = [results?.metrics, ...(results?.subgroups ?? []).map(({ metrics }) => metrics)];
  const names = new Set(all.flatMap((metrics) => Object.keys(metrics ?? {})));
  expect([...names].filter((name) => !(known as readonly string[]).includes(name))).toEqual([]);
});
