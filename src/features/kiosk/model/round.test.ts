import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import type { Diagnosis } from '../../../core/teaching/case-list';
import type { DemoGalleryState, DemoSample } from './demo-gallery';
import { type Call, createRound, missedOf, type Round, resultOf } from './round';
import { drawPhotos } from './round-draw';

/** The example card knows nv and mel. */
const card: Card = { ...exampleCard, domain: 'dermoscopy' };

const analysisOf = (above: boolean, refused = false) =>
  exampleAnalysis({
    decision: { positive: ['mel'], probability: above ? 0.5 : 0.1, threshold: 0.21, above, wanted: null },
    outOfDistribution: { score: 20, threshold: 12.3, inDistribution: !refused, refused },
  });

function sample(id: string, diagnosis: Diagnosis | null, analysis: Analysis): DemoSample {
  const run = { state: 'done' as const, analysis };
  return { id, title: null, credit: '', synthetic: false, diagnosis, structures: [], url: `blob:${id}`, run };
}

/** Four moles, which the model calls right, and four melanomas: two of them called right, one wrong, one not at all. */
const playable = [
  ...['a', 'b', 'c', 'd'].map((id) => sample(id, 'nv', analysisOf(false))),
  sample('e', 'mel', analysisOf(true)),
  sample('f', 'mel', analysisOf(true)),
  sample('g', 'mel', analysisOf(false)),
  sample('h', 'mel', analysisOf(true, true)),
];

let state: DemoGalleryState;
let shown: Card | null;
let round: Round;

beforeEach(() => {
  shown = card;
  state = {
    samples: playable.slice(0, 6),
    further: playable.slice(6),
    packageId: card.id,
    leftOut: 0,
    failure: null,
    open: true,
    demoRun: null,
  };
  let turn = 0;
  const gallery = { store: createStore<DemoGalleryState>(() => state) };
  gallery.store.getState = () => state;
  round = createRound({
    gallery,
    card: () => shown,
    random: () => {
      turn += 0.37;
      return turn % 1;
    },
  });
});

const at = () => round.store.getState();

/** Plays to the end: `call` says what of the photo's truth. */
function play(call: (truth: Call) => Call) {
  round.start();
  for (const { truth } of at().questions) {
    round.guess(call(truth));
    round.next();
  }
  const result = resultOf(at());
  if (!result) throw new Error('The round has not ended.');
  return result;
}

const opposite = (call: Call): Call => (call === 'harmless' ? 'suspicious' : 'harmless');

describe('a round', () => {
  it('asks about six photos with a diagnosis, of both sides', () => {
    round.start();
    expect(at().questions).toHaveLength(6);
    const truths = at().questions.map(({ truth }) => truth);
    expect(new Set(truths)).toEqual(new Set(['harmless', 'suspicious']));
  });

  it('counts what the visitor pressed against the diagnosis', () => {
    expect(play((truth) => truth).you).toBe(6);
    expect(play(opposite).you).toBe(0);
  });

  it('counts what the model said when it ran, and a photo without a result for neither', () => {
    for (let times = 0; times < 8; times++) {
      const { photos, machine } = play(() => 'harmless');
      const said = { e: 'suspicious', f: 'suspicious', g: 'harmless', h: null } as Record<
        string,
        Call | null
      >;
      for (const photo of photos) expect(photo.machine).toBe(photo.id in said ? said[photo.id] : 'harmless');
      const wrong = photos.filter(({ id }) => id === 'g' || id === 'h').length;
      expect(machine).toBe(6 - wrong);
      expect(missedOf(photos, 'machine')).toBe(photos.filter(({ id }) => id === 'g').length);
      expect(missedOf(photos, 'guess')).toBe(photos.filter(({ truth }) => truth === 'suspicious').length);
    }
  });

  it('reveals before it goes on, and hears a second press for the same photo no more', () => {
    round.start();
    round.guess('harmless');
    round.guess('suspicious');
    expect(at()).toMatchObject({ guesses: ['harmless'], revealed: true });
    expect(resultOf(at())).toBeNull();
  });

  it('has no score before the last answer was seen', () => {
    round.start();
    for (const _ of at().questions.slice(1)) {
      round.guess('harmless');
      round.next();
    }
    expect(resultOf(at())).toBeNull();
    round.guess('harmless');
    expect(resultOf(at())).toBeNull();
    round.next();
    expect(resultOf(at())?.photos).toHaveLength(6);
  });

  it('draws the photos that were not asked about first, until it is forgotten', () => {
    round.start();
    const first = new Set(at().questions.map(({ id }) => id));
    round.start();
    const unasked = playable.map(({ id }) => id).filter((id) => !first.has(id));
    const second = at().questions.map(({ id }) => id);
    expect(second).toEqual(expect.arrayContaining(unasked));
    round.forget();
    expect(at()).toEqual({ questions: [], guesses: [], revealed: false });
  });
});

describe('it is not offered', () => {
  it.each<[string, () => void]>([
    ['with too few photos', () => (state = { ...state, further: [], samples: playable.slice(0, 5) })],
    ['without suspicious ones', () => (state = { ...state, further: [], samples: many('nv') })],
    ['where no diagnosis is known', () => (state = { ...state, further: [], samples: many(null) })],
    [
      'for classes that the model does not know',
      () => (state = { ...state, further: [], samples: many('bcc') }),
    ],
    ['where the model gave no answer', () => (state = { ...state, further: [], samples: failed() })],
    ['with a model that calls nothing suspicious', () => (shown = { ...card, decision: null } as Card)],
    ['with a model for other photos', () => (shown = { ...card, domain: 'phone' } as Card)],
    ['without a model', () => (shown = null)],
  ])('%s', (_, change) => {
    expect(round.ready()).toBe(true);
    change();
    expect(round.ready()).toBe(false);
    round.start();
    expect(at().questions).toEqual([]);
  });

  const many = (diagnosis: Diagnosis | null) =>
    Array.from({ length: 8 }, (_, id) => sample(String(id), diagnosis, analysisOf(false)));
  const failed = () =>
    playable.map(
      (each): DemoSample => ({
        ...each,
        run: { state: 'failed', failure: { code: 'photo-spot', detail: {} } },
      }),
    );
});

describe('the draw', () => {
  const photos = (['nv', 'nv', 'nv', 'bkl', 'df', 'vasc', 'mel', 'mel', 'mel', 'bcc', 'akiec'] as const).map(
    (diagnosis, id) => ({
      ...{ id: String(id), diagnosis },
      truth: ['mel', 'bcc', 'akiec'].includes(diagnosis) ? ('suspicious' as const) : ('harmless' as const),
    }),
  );

  it('has two to four suspicious ones, each photo once, and as many diagnoses as it can', () => {
    const counts = new Set<number>();
    for (let times = 0; times < 200; times++) {
      const drawn = drawPhotos(photos, new Set(), Math.random) ?? [];
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(6);
      const count = drawn.filter(({ truth }) => truth === 'suspicious').length;
      counts.add(count);
      const differing = new Set(drawn.map(({ diagnosis }) => diagnosis)).size;
      expect(differing).toBe(Math.min(count, 3) + Math.min(6 - count, 4));
    }
    expect([...counts].sort()).toEqual([2, 3, 4]);
  });
});
