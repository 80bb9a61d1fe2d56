import type { Analysis, ModelMetadata } from '../analysis';
import type { TestTimeAugmentation } from '../decision/test-time-augmentation';
import type { OutOfDistribution } from '../quality/gate';

/**
 * Files of schema 1, archives, and databases of version 1 call some fields of an `Analysis` by older names.
 * These functions translate them.
 */
export interface FileNames {
  outOfDistribution: (Omit<OutOfDistribution, 'inDistribution'> & { familiar: boolean }) | null;
  told: { known: ModelMetadata['used']; unknown: ModelMetadata['missing'] } | null;
  steadiness: (Omit<TestTimeAugmentation, 'coarse'> & { merged: TestTimeAugmentation['coarse'] }) | null;
  setbacks: Analysis['degradations'];
}

export type ProgramNames = Pick<
  Analysis,
  'outOfDistribution' | 'modelMetadata' | 'testTimeAugmentation' | 'degradations'
>;

/** The same analysis with the program's names. */
export function withProgramNames<File extends FileNames>({
  outOfDistribution: ood,
  told,
  steadiness,
  setbacks,
  ...others
}: File): Omit<File, keyof FileNames> & ProgramNames {
  const { familiar, ...oodOthers } = ood ?? { familiar: false };
  const { merged, ...spreads } = steadiness ?? { merged: [] };
  return {
    ...others,
    outOfDistribution: ood && ({ ...oodOthers, inDistribution: familiar } as OutOfDistribution),
    modelMetadata: told && { used: told.known, missing: told.unknown },
    testTimeAugmentation: steadiness && ({ ...spreads, coarse: merged } as TestTimeAugmentation),
    degradations: setbacks,
  };
}

/** The same analysis with the names of files. */
export function withFileNames<Program extends ProgramNames>({
  outOfDistribution: ood,
  modelMetadata,
  testTimeAugmentation: tta,
  degradations,
  ...others
}: Program): Omit<Program, keyof ProgramNames> & FileNames {
  const { inDistribution, ...oodOthers } = ood ?? { inDistribution: false };
  const { coarse, ...spreads } = tta ?? { coarse: [] };
  return {
    ...others,
    outOfDistribution: ood && ({ ...oodOthers, familiar: inDistribution } as FileNames['outOfDistribution']),
    told: modelMetadata && { known: modelMetadata.used, unknown: modelMetadata.missing },
    steadiness: tta && ({ ...spreads, merged: coarse } as FileNames['steadiness']),
    setbacks: degradations,
  };
}
