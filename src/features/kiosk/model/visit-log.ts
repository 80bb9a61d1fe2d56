import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { SiteCalibration } from '../../../core/decision/site-calibration';
import { isFlaggedAllTheSame, verdictOf } from '../../../core/decision/verdict';
import { type Look, maxLooks, type RoundScore } from '../../../core/takeaway/takeaway';

/** What one visitor did here, for the code that they take away. No picture is in it. */
export interface VisitLog {
  store: StoreApi<VisitLogState>;
  noteLook(look: Look): void;
  /** The score of a finished round of "You or the machine?". Of several rounds the latest counts. */
  noteRound(round: RoundScore): void;
  forget(): void;
}

export interface VisitLogState {
  /** The latest last, `maxLooks` at most. */
  looks: readonly Look[];
  round: RoundScore | null;
}

const nothing: VisitLogState = { looks: [], round: null };

export function createVisitLog(): VisitLog {
  const store = createStore<VisitLogState>(() => nothing);
  return {
    store,
    noteLook(look) {
      store.setState(({ looks }) => ({
        // Of two looks at the same thing the later one counts.
        looks: [...looks.filter((other) => thingOf(other) !== thingOf(look)), look].slice(-maxLooks),
      }));
    },
    noteRound: (round) => store.setState({ round }),
    forget: () => store.setState(nothing),
  };
}

/** The day of a calibration of the site, which may be taken away; its name may not. */
export const dayOfSite = (site: SiteCalibration | null): string | undefined => site?.createdAt.slice(0, 10);

/** Whether there is anything to take away. */
export const hasVisit = ({ looks, round }: VisitLogState): boolean => looks.length > 0 || round !== null;

const thingOf = (look: Look) => [look.kind === 'camera' ? 'camera' : look.sample, look.model.id].join();

/**
 * What of an answer may be taken away. Of the visitor's own skin nothing but that the camera was used; numbers only
 * where they mean something: not without a result, and not of a drawing. `sample`: its number from 1 on; null for a
 * frame of the camera.
 */
export function lookOf(card: Card, analysis: Analysis, sample: number | null, drawn: boolean): Look {
  const site = dayOfSite(analysis.siteCalibration);
  const model = { id: card.id, version: card.version, ...(site && { site }) };
  if (sample === null) return { kind: 'camera', model };
  const verdict = verdictOf(card, analysis);
  const { headline, noResult, list } = verdict;
  const probabilities = analysis.probabilities
    .map(({ id, calibrated }) => ({ id, permille: Math.round(1000 * calibrated) }))
    .sort((a, b) => b.permille - a.permille);
  return {
    kind: drawn ? 'drawing' : 'photo',
    sample,
    model,
    headline: isFlaggedAllTheSame(verdict) ? 'no-result-flagged' : headline,
    probabilities: noResult || drawn ? [] : probabilities,
    ...(!noResult && !drawn && { listed: { classes: [...list.classes], unsure: list.unsure } }),
  };
}
