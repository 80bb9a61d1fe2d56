import { expect, test } from 'vitest';
import { problemsOf } from './rooms';

/** What is wrong with files that hold nothing but imports, given as path and specifiers. */
const problems = (files: Record<string, string[]>) =>
  problemsOf(
    new Map(
      Object.entries(files).map(([path, specifiers]) => [
        path,
        specifiers.map((specifier) => `import { a } from '${specifier}';\n`).join(''),
      ]),
    ),
  );

test('a file imports its own room and those before it', () => {
  const files = {
    'src/core/geometry.ts': [],
    'src/core/lesion/mask.ts': ['../geometry'],
    'src/features/clinic/model/photo.ts': ['../../../core/geometry'],
    'src/features/clinic/view/Photo.tsx': ['../model/photo', '../../../ui/Bar', 'react'],
    'src/ui/Bar.tsx': ['../core/lesion/mask', 'react'],
    'src/engine/ask.ts': ['@tensorflow/tfjs-core'],
    'src/app/main.tsx': ['../features/clinic/view/Photo', '../engine/ask'],
  };
  expect(problems(files)).toEqual([]);
  const [problem, ...others] = problems({ ...files, 'src/core/geometry.ts': ['zod', '../engine/ask'] });
  expect(problem).toMatch(
    /^src\/core\/geometry\.ts:2 imports src\/engine\/ask\.ts\. Imports go one way: core <- /,
  );
  expect(others).toEqual([]);
});

test('the model of a feature knows neither React nor ui nor its view', () => {
  const found = problems({
    'src/ui/Bar.tsx': [],
    'src/features/clinic/view/Photo.tsx': [],
    'src/features/clinic/model/photo.ts': ['react-i18next', '../../../ui/Bar', '../view/Photo'],
  });
  expect(found).toEqual([
    expect.stringContaining("react-i18next. Only ui, a feature's view and app use React."),
    expect.stringContaining('imports src/ui/Bar.tsx. Imports go one way'),
    expect.stringContaining('imports src/features/clinic/view/Photo.tsx. Imports go one way'),
  ]);
});

test('a feature is imported by itself and by app alone', () => {
  const found = problems({
    'src/features/clinic/model/photo.ts': [],
    'src/features/kiosk/view/Kiosk.tsx': ['../../clinic/model/photo'],
    'src/ui/Bar.tsx': ['../features/clinic/model/photo'],
    'src/app/main.tsx': ['../features/clinic/model/photo'],
  });
  expect(found).toHaveLength(2);
  expect(found[0]).toMatch(
    /^src\/features\/kiosk\/view\/Kiosk\.tsx:1 .* Only app imports a feature from outside/,
  );
  expect(found[1]).toMatch(/^src\/ui\/Bar\.tsx:1 .* Only app imports a feature from outside/);
});

test('TensorFlow.js and comlink stay in engine', () => {
  const found = problems({ 'src/app/main.tsx': ['@tensorflow/tfjs-core', 'comlink', 'recharts'] });
  expect(found).toHaveLength(2);
  expect(found[0]).toContain('Only engine computes with TensorFlow.js.');
});

test('circles are found through types, re-exports, late imports and workers', () => {
  const files = new Map([
    ['src/core/a.ts', "import type { B } from './b';\n"],
    ['src/core/b.ts', "export { c } from './c';\nconst late = () => import('./a');\n"],
    ['src/core/c.ts', "const worker = new URL('./b.ts', import.meta.url);\n"],
  ]);
  const found = problemsOf(files);
  expect(found).toHaveLength(2);
  expect(found).toContainEqual(expect.stringContaining('src/core/b.ts -> src/core/c.ts -> src/core/b.ts'));
  expect(found).toContainEqual(expect.stringContaining('src/core/a.ts -> src/core/b.ts -> src/core/a.ts'));
});

test('every file of src is in a room', () => {
  expect(
    problems({ 'src/features/clinic/Photo.tsx': [], 'src/cases/store.ts': [], 'e2e/app.ts': [] }),
  ).toEqual([
    expect.stringMatching(/^src\/features\/clinic\/Photo\.tsx is in no room\. The rooms are: core, /),
    expect.stringMatching(/^src\/cases\/store\.ts is in no room\./),
  ]);
});
