import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveNames } from '../../src/core/evaluation/names';
import { fuzz, fuzzOptions, fuzzTimeout } from './fuzz';

await fuzz('photos', (note) => {
  describe('names of files', () => {
    const part = fc.oneof(
      fc.constantFrom('a', 'A', '..', '.', '', '__proto__', 'ü', 'ü', '._a', '%2e'),
      fc.string(),
    );
    const path = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/'));
    it(
      'go to a file that is there, to none, or to several',
      () => {
        const property = fc.property(
          fc.array(path, { maxLength: 8 }),
          fc.array(path, { maxLength: 8 }),
          (names, paths) => {
            const found = resolveNames(
              names,
              paths.map((path) => ({ path })),
            );
            note('names of files', 'each to a file that is there, to several, or to none');
            for (const [name, file] of found) {
              expect(names).toContain(name);
              if (file.kind !== 'ambiguous') expect(paths).toContain(file.path);
              else expect(file.paths.length).toBeGreaterThan(1);
            }
          },
        );
        fc.assert(property, fuzzOptions);
      },
      fuzzTimeout,
    );
  });
});
