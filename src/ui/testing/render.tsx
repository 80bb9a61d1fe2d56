import { MantineProvider } from '@mantine/core';
import { cleanup, configure, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactElement } from 'react';
import { initReactI18next } from 'react-i18next';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../engine/engine';
import { fakeEngine } from '../../engine/testing/fake-engine';
import { createCases } from '../../records/store';
import { createActivity } from '../../runtime/activity';
import { createInstallation } from '../../runtime/installation';
import { createModelCache } from '../../runtime/model-cache';
import { createRuntime } from '../../runtime/runtime';
import { type Services, ServicesContext } from '../context';

/**
 * Parts of the page in a document without a browser, in English, for tests of a part's logic. Such a test
 * file starts with `// @vitest-environment happy-dom`. What a part looks like, and how the whole page works,
 * is tested in e2e.
 */

const files = import.meta.glob<object>('../../app/languages/{en,*.en}.json', {
  eager: true,
  import: 'default',
});
const texts = Object.assign({}, ...Object.values(files));
void i18next.use(initReactI18next).init({
  lng: 'en',
  initAsync: false,
  resources: { en: { translation: texts } },
  interpolation: { escapeValue: false },
});

// A test says what holds, not how fast: a busy machine takes longer than the library's second.
configure({ asyncUtilTimeout: 30_000 });

/** A text of the page, by its key. */
export const text = i18next.getFixedT('en') as (key: string, values?: object) => string;

/** What the page gives to every part, with an engine that does what `overrides` say. */
export function fakeServices(overrides: Partial<Engine> = {}): Services {
  const engine = fakeEngine(overrides);
  return {
    engine,
    open: async (image) => ({ ok: true, value: { image, from: 'photo', dicom: null } }),
    runtime: createRuntime(engine),
    cases: createCases({ open: () => new Promise(() => {}) }),
    modelCache: createModelCache(engine, undefined),
    installation: createInstallation(null, createActivity()),
    forgetPhotos: () => {},
  };
}

/** Draws a part with all that it may ask for, until the test ends. */
export function renderPart(part: ReactElement, services = fakeServices()) {
  onTestFinished(cleanup);
  return render(part, {
    wrapper: ({ children }) => (
      <MantineProvider env="test">
        <ServicesContext value={services}>{children}</ServicesContext>
      </MantineProvider>
    ),
  });
}
