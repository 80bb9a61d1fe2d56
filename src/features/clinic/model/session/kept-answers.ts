import type { Analysis } from '../../../../core/analysis';
import { withFileNames } from '../../../../core/report/analysis-names';
import { joinAnalysis, splitAnalysis } from '../../../../records/record';
import { entrySchema } from '../../../../records/record-schemas';
import { noAnswers, type ReopenedAnswers } from '../workbench-photo';

/** What a session keeps of a photo's answers, without those that are damaged: they are computed again. */
export function readAnswers(stored: unknown): ReopenedAnswers {
  const { analyses = [], lesions = [] } = (stored ?? noAnswers) as Partial<ReopenedAnswers>;
  return { analyses: readAll(analyses), lesions: readAll(lesions) };
}

const readAll = (stored: readonly unknown[]): Analysis[] =>
  Array.isArray(stored) ? stored.flatMap((analysis) => readAnswer(analysis) ?? []) : [];

/** The rasters are as they were stored, as those of the cases are; all else goes through the schema. */
function readAnswer(stored: unknown): Analysis | null {
  try {
    const { analysis, rasters } = splitAnalysis('', stored as Analysis);
    const read = entrySchema.shape.analysis.safeParse(withFileNames(analysis));
    return read.success ? joinAnalysis({ analysis: read.data }, rasters) : null;
  } catch {
    return null;
  }
}
