import type { Card } from '../../../core/card/card';
import type { Estimate } from '../../../core/metrics/bootstrap';
import { type Diagnosis, diagnoses } from '../../../core/teaching/case-list';
import { isSuspicious } from '../../../core/teaching/suspicious';
import type { MachineAnswer } from './machine-answer';
import { machineRight } from './machine-answer';
import { type Attempt, firstAnswers, isRight } from './score';
import { diagnosisForLabel } from './teaching-set';

/** What the card says of the same measures, on the photos of its own test. */
export interface CardFigures {
  count: number;
  /** Over the seven diagnoses; null of a card that tells fewer. */
  accuracy: Estimate | null;
  classes: Partial<Record<Diagnosis, { recall: number; count: number }>>;
  /** Null where the card flags other classes than those that must not be missed. */
  sensitivity: Estimate | null;
  specificity: Estimate | null;
}

/** The figures of a card beside which a score can stand. `tellsAll`: it tells the seven diagnoses apart. */
export function cardFigures({ results, decision }: Card, tellsAll: boolean): CardFigures {
  const flagged = new Set(decision?.positive.map(diagnosisForLabel));
  const same = tellsAll && diagnoses.every((each) => flagged.has(each) === isSuspicious(each));
  const classes: CardFigures['classes'] = {};
  for (const { class: id, recall, support } of tellsAll ? results.perClass : []) {
    const diagnosis = diagnosisForLabel(id);
    if (diagnosis && recall != null) classes[diagnosis] = { recall, count: support };
  }
  return {
    count: results.count,
    accuracy: tellsAll ? (results.metrics.accuracy ?? null) : null,
    classes,
    sensitivity: same ? (decision?.intervals?.sensitivity ?? null) : null,
    specificity: same ? (decision?.intervals?.specificity ?? null) : null,
  };
}

/**
 * Student and machine on the same photos: the student's first answers to those that the machine has answered
 * too, each measured by what the student was asked.
 */
export function together(
  attempts: readonly Attempt[],
  answers: ReadonlyMap<string, MachineAnswer>,
  tellsAll: boolean,
): { count: number; student: number; machine: number } {
  const both = firstAnswers(attempts).flatMap((attempt) => {
    const answer = answers.get(attempt.photo);
    const right = answer && machineRight(answer, { diagnosis: attempt.truth }, attempt.choice, tellsAll);
    return typeof right === 'boolean' ? [{ student: isRight(attempt), machine: right }] : [];
  });
  return {
    count: both.length,
    student: both.filter(({ student }) => student).length,
    machine: both.filter(({ machine }) => machine).length,
  };
}
