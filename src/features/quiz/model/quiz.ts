import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../../core/failure';
import { failureKind } from '../../../runtime/failure-kind';
import type { Unreadable } from '../../../runtime/read-one-by-one';
import { type TabChannel, tabChannel } from '../../../runtime/tab-channel';
import { chosenCases, type KnownCase, knownCases, type QuizChoices } from './chosen-cases';
import type { Library } from './library';
import type { Machine, MachineRun } from './machine';
import type { MachineAnswer } from './machine-answer';
import { nextPhoto } from './order';
import { type Attempt, type Choice, isRight } from './score';
import type { TeachingStore } from './teaching-store';

export interface Question {
  known: KnownCase;
  /** Shows the photo; freed with the next question. */
  url: string;
  /** Null until the student has answered. */
  choice: Choice | null;
  machine: MachineRun;
}

export interface QuizState {
  choices: QuizChoices;
  question: Question | null;
  /** The next photo is being fetched. */
  fetching: boolean;
  attempts: readonly Attempt[];
  /** What machines of today's packages have said, by photo. */
  answers: ReadonlyMap<string, MachineAnswer>;
  /** How far the measuring of difficulty is; null while nothing is measured. */
  measuring: { done: number; count: number } | null;
  /** Why the last measuring has photos left. */
  measureFailure: Failure | null;
  /** What is kept here of sets, score and machines' answers, and cannot be read. */
  unreadable: readonly Unreadable[];
  /** The score is not kept by this browser. */
  notKept: boolean;
}

export interface Quiz {
  store: StoreApi<QuizState>;
  /** Reads score and answers of before. */
  load(): Promise<void>;
  choose(changes: Partial<QuizChoices>): void;
  /** Asks the next question; no question where nothing fits the choices. */
  next(): Promise<void>;
  answer(choice: Choice): Promise<void>;
  askMachine(): Promise<void>;
  cancelMachine(): void;
  /** Asks the machine about every photo that it has not been asked about, one by one. */
  measure(): Promise<void>;
  stopMeasuring(): void;
  resetScore(): Promise<void>;
}

const defaultChoices: QuizChoices = {
  setId: null,
  classes: [],
  difficulty: 'all',
  mode: 'seven',
  withMachine: false,
};

interface Dependencies {
  library: Pick<Library, 'store' | 'photo'>;
  machine: Machine;
  stored: Pick<TeachingStore, 'attempts' | 'addAttempt' | 'clearAttempts' | 'answers' | 'unreadable'>;
  /** The other tabs with the quiz, which write the same score. */
  tabs?: TabChannel;
  random?: () => number;
  now?: () => Date;
}

export function createQuiz({
  library,
  machine,
  stored,
  tabs = tabChannel(null),
  random,
  now = () => new Date(),
}: Dependencies): Quiz {
  const store = createStore<QuizState>(() => ({
    choices: defaultChoices,
    question: null,
    fetching: false,
    attempts: [],
    answers: new Map(),
    measuring: null,
    measureFailure: null,
    unreadable: [],
    notKept: false,
  }));
  let asking = new AbortController();
  let measuring = new AbortController();
  /** The newest call of `next`: what an older one fetched comes too late. */
  let turn = 0;

  /** Answers that are on their way into the database. */
  const writing = new Set<Attempt>();
  /** Another tab has answered, or cleared the score. What is not kept here holds for this visit. */
  async function readAgain(): Promise<void> {
    const attempts = await stored.attempts().catch(() => null);
    if (attempts && !store.getState().notKept) store.setState({ attempts: [...attempts, ...writing] });
  }
  tabs.onTold(() => void readAgain());

  const sets = () => library.store.getState().sets;
  const setMachine = (photo: string, run: MachineRun) =>
    store.setState(({ question }) =>
      question?.known.photo === photo ? { question: { ...question, machine: run } } : {},
    );
  const remember = (answer: MachineAnswer) =>
    store.setState(({ answers }) => ({ answers: new Map(answers).set(answer.photo, answer) }));

  function clear(): void {
    asking.abort();
    const { question } = store.getState();
    if (question) URL.revokeObjectURL(question.url);
    store.setState({ question: null });
  }

  async function next(): Promise<void> {
    const own = ++turn;
    const { choices, answers, attempts } = store.getState();
    const open = chosenCases(sets(), choices, answers);
    const photo = nextPhoto(
      open.map(({ photo }) => photo),
      attempts,
      random,
    );
    const known = open.find((each) => each.photo === photo);
    store.setState({ fetching: known !== undefined });
    const file = known ? await library.photo(known.photo) : null;
    if (own !== turn) return;
    clear();
    store.setState({
      fetching: false,
      question: known && file ? questionOf(known, file) : null,
    });
  }

  const questionOf = (known: KnownCase, file: Blob): Question => ({
    known,
    url: URL.createObjectURL(file),
    choice: null,
    machine: { state: 'not-asked' },
  });

  async function askMachine(): Promise<void> {
    const { question, answers } = store.getState();
    if (!question || question.machine.state === 'running') return;
    const { photo } = question.known;
    asking = new AbortController();
    const { signal } = asking;
    const kept = answers.get(photo);
    if (kept) return setMachine(photo, { state: 'done', answer: kept, map: await machine.map(kept) });
    setMachine(photo, { state: 'running', progress: null });
    const file = await library.photo(photo);
    if (!file) return setMachine(photo, { state: 'failed', failure: { code: 'record-gone', detail: {} } });
    const result = await machine.ask(photo, file, {
      signal,
      onProgress: (progress) => !signal.aborted && setMachine(photo, { state: 'running', progress }),
    });
    if (result.ok) remember(result.value);
    setMachine(
      photo,
      result.ok
        ? { state: 'done', answer: result.value, map: await machine.map(result.value) }
        : { state: 'failed', failure: result.failure },
    );
  }

  return {
    store,
    async load() {
      try {
        const [attempts, answers, unreadable, asked] = await Promise.all([
          stored.attempts(),
          stored.answers(),
          stored.unreadable(),
          machine.asked(),
        ]);
        const today = answers.filter((answer) => answer.asked === asked);
        const byPhoto = new Map(today.map((answer) => [answer.photo, answer]));
        store.setState({ attempts: [...attempts, ...writing], answers: byPhoto, unreadable });
      } catch {
        store.setState({ notKept: true });
      }
    },
    choose(changes) {
      store.setState(({ choices }) => ({ choices: { ...choices, ...changes } }));
      const { question } = store.getState();
      if ('withMachine' in changes) return;
      // A question that no longer fits goes, unless it was answered: its feedback may be wanted.
      if (!question || question.choice === null) void next();
    },
    next,
    async answer(choice) {
      const { question, choices, answers } = store.getState();
      if (!question || question.choice !== null) return;
      const { photo, diagnosis: truth } = question.known;
      const attempt: Attempt = { photo, truth, choice, at: now().toISOString() };
      store.setState(({ attempts }) => ({
        question: { ...question, choice },
        attempts: [...attempts, attempt],
      }));
      writing.add(attempt);
      await stored.addAttempt(attempt).then(tabs.tell, () => store.setState({ notKept: true }));
      writing.delete(attempt);
      if (choices.withMachine || answers.has(photo)) await askMachine();
    },
    askMachine,
    cancelMachine: () => asking.abort(),
    async measure() {
      measuring.abort();
      measuring = new AbortController();
      const { signal } = measuring;
      const { answers } = store.getState();
      const open = knownCases(sets()).filter(({ photo }) => !answers.has(photo));
      store.setState({ measureFailure: null });
      for (const [done, { photo }] of open.entries()) {
        store.setState({ measuring: { done, count: open.length } });
        const file = store.getState().answers.has(photo) ? null : await library.photo(photo);
        if (!file) continue;
        const result = await machine.ask(photo, file, { signal, background: true });
        if (signal.aborted) break;
        if (result.ok) remember(result.value);
        else store.setState({ measureFailure: result.failure });
        // The next photo would fail too.
        if (!result.ok && failureKind(result.failure) === 'engine') break;
      }
      if (measuring.signal === signal) store.setState({ measuring: null });
    },
    stopMeasuring() {
      measuring.abort();
      store.setState({ measuring: null });
    },
    async resetScore() {
      await stored.clearAttempts().then(tabs.tell, () => store.setState({ notKept: true }));
      store.setState({ attempts: [] });
      // An answer that was given meanwhile came after it.
      await readAgain();
    },
  };
}

export const wasRight = ({ choice, known }: Question): boolean =>
  choice !== null && isRight({ choice, truth: known.diagnosis });
