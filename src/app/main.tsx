import '@mantine/core/styles.css';
import './global.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createEngine, type EngineOptions } from '../engine/client';
import { createOpener } from '../engine/input/opener';
import { createThumbnails } from '../engine/input/thumbnails';
import { createBenchmark } from '../features/benchmark/model/benchmark';
import { BenchmarkContext } from '../features/benchmark/view/context';
import { createPatientContext } from '../features/clinic/model/patient-context';
import { createSession } from '../features/clinic/model/session/session';
import type { SessionArchive } from '../features/clinic/model/session/session-archive';
import { createTriage } from '../features/clinic/model/triage';
import { createWorkbench } from '../features/clinic/model/workbench';
import { ClinicContext } from '../features/clinic/view/context';
import { createSelfTests } from '../features/models/model/self-tests';
import { ModelsContext } from '../features/models/view/context';
import { createCases } from '../records/store';
import { createActivity } from '../runtime/activity';
import { choiceMemory } from '../runtime/backend-choice';
import { createInstallation } from '../runtime/installation';
import { localStore } from '../runtime/local-store';
import { createModelCache } from '../runtime/model-cache';
import { createRuntime } from '../runtime/runtime';
import { calibrationMemory, createSiteCalibrations } from '../runtime/site-calibrations';
import { ServicesContext } from '../ui/context';
import { App } from './App';
import { exposeForAutomation } from './automation';
import { linkManifest } from './installed-language';
import { keepPageOnDrop } from './keep-page';
import { startLanguages } from './languages';
import { beginAtStart } from './start-screen';
import { theme } from './theme';

keepPageOnDrop();
beginAtStart();
linkManifest(await startLanguages());
const activity = createActivity();
const openEngine = (options?: EngineOptions) => activity.watch(createEngine(options));
const openTrialEngine = () => openEngine({ trial: true });
const engine = openEngine();
exposeForAutomation(engine);
const runtime = createRuntime(
  engine,
  choiceMemory(localStore),
  createSiteCalibrations(await calibrationMemory(localStore)),
);
const selfTests = createSelfTests(openEngine);
const benchmark = createBenchmark(openEngine, runtime);
const patientContext = createPatientContext();
const open = createOpener();
const thumbnails = createThumbnails();
const workbench = createWorkbench({ engine, runtime }, { open, patientContext });
const triage = createTriage(workbench);
let sessionArchive: Promise<SessionArchive> | null = null;
const session = createSession({
  workbench,
  patientContext,
  triage,
  archive() {
    sessionArchive ??= import('../features/clinic/model/session/session-archive').then(
      ({ createSessionArchive }) => createSessionArchive(),
    );
    return sessionArchive;
  },
  locks: navigator.locks,
});
const cases = createCases({
  open: async (onClosed) => (await import('../records/database')).openCases({ onClosed }),
  days: {
    read: () => localStore.read('lentigo-case-days'),
    write: (days) => localStore.write('lentigo-case-days', days),
  },
});

/** A photo that is open in another screen, or was left by an earlier visit, is nobody's business. */
function forgetPhotos(): void {
  workbench.clear();
  void session.forgetEarlier();
}

const modelCache = createModelCache(engine, navigator.storage);
// The development server has no service worker: it would keep what is being changed.
const serviceWorker = import.meta.env.PROD ? new URL('sw.js', document.baseURI).href : null;
const installation = createInstallation(serviceWorker, activity);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ServicesContext value={{ engine, open, runtime, cases, modelCache, installation, forgetPhotos }}>
        <ClinicContext value={{ workbench, patientContext, triage, thumbnails, session }}>
          <ModelsContext value={{ selfTests, openEngine: openTrialEngine }}>
            <BenchmarkContext value={{ benchmark }}>
              <App />
            </BenchmarkContext>
          </ModelsContext>
        </ClinicContext>
      </ServicesContext>
    </MantineProvider>
  </StrictMode>,
);
// The first paint waits for nothing; this fills it in.
void runtime.refresh();
void session.start();
void import('./after-paint').then(
  ({ afterPaint }) =>
    afterPaint({
      isIdle: () => workbench.store.getState().photos.length === 0 && !activity.store.getState().busy,
      installation,
      workbench,
      cases,
    }),
  () => {},
);
