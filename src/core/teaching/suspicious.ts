import type { Diagnosis } from './case-list';

/** The diagnoses that must not be missed: cancers, and the early form of one. */
const suspicious: readonly Diagnosis[] = ['mel', 'bcc', 'akiec'];

/** Whether a doctor should see it and would most likely take it away. */
export const isSuspicious = (diagnosis: Diagnosis): boolean => suspicious.includes(diagnosis);
