import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure, type Result, success } from '../../../core/failure';
import type { OpenPhoto } from '../../../engine/input/opener';
import { createLibrary, type Library } from './library';
import type { AskOptions, Machine } from './machine';
import type { MachineAnswer } from './machine-answer';
import { createQuiz, type Quiz } from './quiz';
import { createTeachingStore, forgetTeaching } from './teaching-store';
import { photoFile } from './testing/photos';

const open: OpenPhoto = async (image) => success({ image, from: 'photo', dicom: null });
const diagnoses = ['nv', 'mel', 'bcc', 'df'] as const;
let library: Library;
let quiz: Quiz;
let asked: { photo: string; options: AskOptions | undefined }[];
let outcome: (photo: string) => Result<MachineAnswer>;

const said = (photo: string, parting = false): MachineAnswer => ({
  ...{
    photo,
    asked: 'today',
    packageId: 'p',
    probabilities: [],
    first: 'nv',
    flagged: false,
    noResult: false,
  },
  opinions: ['nv', parting ? 'mel' : 'nv'].map((first) => ({ packageId: first, first, flagged: false })),
});

async function started(): Promise<Quiz> {
  const stored = createTeachingStore();
  library = createLibrary(stored, open);
  await library.load();
  const machine: Machine = {
    cards: () => null,
    asked: async () => 'today',
    async ask(photo, _file, options) {
      asked.push({ photo, options });
      const result = outcome(photo);
      if (result.ok) await stored.putAnswer(result.value, null);
      return result;
    },
    map: async () => null,
  };
  const quiz = createQuiz({ library, machine, stored });
  await quiz.load();
  return quiz;
}

beforeEach(async () => {
  asked = [];
  outcome = (photo) => success(said(photo));
  quiz = await started();
  const id = await library.create();
  await library.addPhotos(
    id,
    ['a', 'b', 'c', 'd', 'e'].map((name, index) => photoFile(`${name}.png`, index)),
  );
  // The last one has no diagnosis.
  const photos = library.store.getState().sets[0]?.cases.map(({ photo }) => photo) ?? [];
  diagnoses.forEach((diagnosis, index) => {
    library.changeCase(id, photos[index] ?? '', { diagnosis });
  });
});
afterEach(() => forgetTeaching());

const state = () => quiz.store.getState();
const truth = () => state().question?.known.diagnosis;

test('asks about photos with a diagnosis alone, takes one answer each, and keeps the score', async () => {
  for (let turn = 0; turn < 8; turn++) {
    await quiz.next();
    expect(truth()).toBeDefined();
    await quiz.answer(truth() ?? 'nv');
    await quiz.answer('vasc');
  }
  expect(new Set(state().attempts.map(({ truth }) => truth))).toEqual(new Set(diagnoses));
  expect(state().attempts.every(({ choice, truth }) => choice === truth)).toBe(true);
  quiz = await started();
  expect(state().attempts).toHaveLength(8);
  await quiz.resetScore();
  quiz = await started();
  expect(state().attempts).toEqual([]);
});

test('a choice of diagnoses holds, and a question that no longer fits is another one at once', async () => {
  quiz.choose({ classes: ['mel'] });
  await quiz.next();
  expect(truth()).toBe('mel');
  quiz.choose({ classes: ['df'] });
  await expect.poll(truth).toBe('df');
  quiz.choose({ classes: ['vasc'] });
  await expect.poll(() => state().question).toBeNull();
});

test('the machine is asked on demand, once a photo, and its answer outlives the visit', async () => {
  quiz.choose({ classes: ['mel'] });
  await quiz.next();
  await quiz.answer('nv');
  expect(asked).toEqual([]);
  expect(state().question?.machine.state).toBe('not-asked');
  await quiz.askMachine();
  expect(state().question?.machine).toMatchObject({ state: 'done', answer: { first: 'nv' } });
  quiz = await started();
  quiz.choose({ classes: ['mel'] });
  await quiz.next();
  await quiz.answer('mel');
  expect(state().question?.machine.state).toBe('done');
  expect(asked).toHaveLength(1);
});

test('a machine that fails says so, and is asked again', async () => {
  outcome = () => failure('device-lost');
  quiz.choose({ withMachine: true });
  await quiz.next();
  await quiz.answer('nv');
  expect(state().question?.machine).toMatchObject({ state: 'failed', failure: { code: 'device-lost' } });
  outcome = (photo) => success(said(photo));
  await quiz.askMachine();
  expect(state().question?.machine.state).toBe('done');
});

test('difficulty is measured behind the user, and photos are chosen by it', async () => {
  const hard = library.store.getState().sets[0]?.cases[2]?.photo;
  outcome = (photo) => success(said(photo, photo === hard));
  await quiz.measure();
  expect(asked).toHaveLength(4);
  expect(asked.every(({ options }) => options?.background === true)).toBe(true);
  expect(state().measuring).toBeNull();
  quiz.choose({ difficulty: 'part' });
  await quiz.next();
  expect(truth()).toBe('bcc');
  // Nothing is asked twice.
  await quiz.measure();
  expect(asked).toHaveLength(4);
});

test('measuring that is stopped keeps what is there', async () => {
  outcome = (photo) => {
    if (asked.length === 2) quiz.stopMeasuring();
    return success(said(photo));
  };
  await quiz.measure();
  expect(state().measuring).toBeNull();
  expect(state().answers.size).toBe(1);
});

test('answers of other packages than those of today count for nothing', async () => {
  await createTeachingStore().putAnswer({ ...said('x'), asked: 'earlier' }, null);
  quiz = await started();
  expect(state().answers.size).toBe(0);
});
