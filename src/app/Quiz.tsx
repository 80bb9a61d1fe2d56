import { drawnFiles } from '../features/quiz/model/drawn-folder';
import { createLibrary } from '../features/quiz/model/library';
import { createMachine } from '../features/quiz/model/machine';
import { createQuiz } from '../features/quiz/model/quiz';
import { createTeachingStore, teachingDatabaseName } from '../features/quiz/model/teaching-store';
import { QuizContext, type QuizParts } from '../features/quiz/view/context';
import { QuizScreen } from '../features/quiz/view/QuizScreen';
import { openChannel } from '../runtime/open-channel';
import { tabChannel } from '../runtime/tab-channel';
import { useServices } from '../ui/context';

/** Made when the screen is first shown; a question and a set that is being made outlive a look elsewhere. */
let parts: QuizParts | null = null;

/** The screen of the quiz, with its stores: the first paint does without all of them. */
export function Quiz() {
  const { engine, runtime, open } = useServices();
  parts ??= partsOf();
  function partsOf(): QuizParts {
    const stored = createTeachingStore();
    const builtIn = () => drawnFiles((url, init) => fetch(url, init));
    const tabs = tabChannel(openChannel(teachingDatabaseName));
    const library = createLibrary(stored, open, { builtIn, tabs });
    const machine = createMachine({ engine, runtime }, stored);
    return { library, machine, quiz: createQuiz({ library, machine, stored, tabs }) };
  }
  return (
    <QuizContext value={parts}>
      <QuizScreen />
    </QuizContext>
  );
}
