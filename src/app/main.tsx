import '@mantine/core/styles.css';
import './global.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createActivity } from '../cases/activity';
import { choiceMemory } from '../cases/backend-choice';
import { createBedside } from '../cases/bedside';
import { createBenchmark } from '../cases/benchmark';
import { openCases } from '../cases/database';
import { createArchive } from '../cases/evaluation/archive';
import { createEvaluation } from '../cases/evaluation/evaluation';
import { measureInWorker } from '../cases/evaluation/measure';
import { createInstallation } from '../cases/installation';
import { createMachine } from '../cases/machine';
import { createSelfTests } from '../cases/self-tests';
import { createShelf } from '../cases/shelf';
import { createCases } from '../cases/store';
import { createWorkbench } from '../cases/workbench';
import { createEngine } from '../engine/client';
import { createOpener } from '../engine/input/opener';
import { ServicesProvider } from '../ui/context';
import { App } from './App';
import { exposeForAutomation } from './automation';
import { linkManifest } from './installed-language';
import { startLanguages } from './languages';
import { theme } from './theme';

linkManifest(startLanguages());
const activity = createActivity();
const openEngine = () => activity.watch(createEngine());
const engine = openEngine();
exposeForAutomation(engine);
const machine = createMachine(
  engine,
  choiceMemory(() => localStorage),
);
const selfTests = createSelfTests(openEngine);
const benchmark = createBenchmark(openEngine, machine);
const bedside = createBedside();
const open = createOpener();
const evaluation = createEvaluation({
  engine,
  machine,
  archive: createArchive(),
  measure: measureInWorker,
  open,
});
const workbench = createWorkbench(engine, machine, {
  factsFor: (photoId, packageId) => bedside.valuesOf(photoId, machine.card(packageId)),
  open,
  onDicom: bedside.readFromFile,
});
const cases = createCases({ open: (onClosed) => openCases({ onClosed }) });

const shelf = createShelf(engine, navigator.storage);
// The development server has no service worker: it would keep what is being changed.
const serviceWorker = import.meta.env.PROD ? new URL('sw.js', document.baseURI).href : null;
const installation = createInstallation(serviceWorker, activity);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ServicesProvider
        services={{
          engine,
          open,
          machine,
          selfTests,
          benchmark,
          workbench,
          bedside,
          cases,
          shelf,
          installation,
          evaluation,
          forgetPhotos: workbench.clear,
        }}
      >
        <App />
      </ServicesProvider>
    </MantineProvider>
  </StrictMode>,
);
// The first paint waits for nothing; this fills it in.
void machine.survey();
