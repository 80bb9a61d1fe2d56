import { createMaskReader } from '../engine/input/mask-reader';
import { createArchive } from '../features/evaluate/model/archive';
import { createEvaluation } from '../features/evaluate/model/evaluation';
import { fitInWorker, measureInWorker } from '../features/evaluate/model/measure';
import { createOpenedResults } from '../features/evaluate/model/opened-results';
import { browserTabs } from '../features/evaluate/model/other-tabs';
import { readTableInWorker } from '../features/evaluate/model/read-table';
import { readSkin } from '../features/evaluate/model/skin-pixels';
import type { Evaluation } from '../features/evaluate/model/state';
import { EvaluateContext } from '../features/evaluate/view/context';
import { EvaluateScreen } from '../features/evaluate/view/EvaluateScreen';
import { useServices } from '../ui/context';

/** Made when its screen is first shown; a run goes on behind other screens. */
let evaluation: Evaluation | null = null;
const opened = createOpenedResults();

/** The screen of an evaluation, with the evaluation: the first paint does without both. */
export function Evaluate() {
  const { engine, runtime, open } = useServices();
  evaluation ??= createEvaluation({
    engine,
    runtime,
    archive: createArchive(),
    measure: measureInWorker,
    open,
    masks: createMaskReader(),
    readSkin,
    readTable: readTableInWorker,
    otherTabs: browserTabs(),
  });
  return (
    <EvaluateContext value={{ evaluation, fitSite: fitInWorker, opened }}>
      <EvaluateScreen />
    </EvaluateContext>
  );
}
