import { NativeSelect, Text } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { Plan } from '../../../core/evaluation/plan';
import { type Shard, sizeOfShard } from '../../../core/evaluation/shard';
import { freeParts } from '../model/parts';
import { fingerprintOf, type PlannedRun, partsOf, plannedRun } from '../model/planned-run';
import { useEvaluateServices, useEvaluation } from './context';

export interface ChosenPart {
  /** In how many parts the images are answered; 1 is all of them here. */
  count: number;
  /** Of this tab; null where all are here already, or nobody knows yet which are. */
  shard: Shard | null;
  /** From 1: the parts that nobody has taken here. Null until it is known. */
  free: readonly number[] | null;
  /** Images of all parts. */
  total: number;
}

/** Which part this tab would answer: the chosen one, else the next that no tab of this browser has taken. */
export function useChosenPart(planned: Plan | null, cards: readonly Card[]): ChosenPart {
  const draft = useEvaluation((state) => state.draft);
  const earlier = useEvaluation((state) => state.earlier);
  const [known, setKnown] = useState<{ whole: PlannedRun; fingerprint: string } | null>(null);
  const { packageIds, changed, outlines, parts } = draft;
  const isCut = parts > 1;
  // Thousands of images are not hashed again when another part is chosen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the draft does not enter the run
  const whole = useMemo(
    () => (planned && isCut ? plannedRun(draft, planned, cards) : null),
    [planned, cards, packageIds, changed, outlines, isCut],
  );
  useEffect(() => {
    let gone = false;
    if (whole)
      // Without it nothing can be started, and the list of models says why.
      fingerprintOf(whole, cards).then(
        (fingerprint) => !gone && setKnown({ whole, fingerprint }),
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [whole, cards]);
  if (!whole) return { count: 1, shard: null, free: null, total: 0 };
  const count = partsOf(draft, whole);
  const total = whole.images.length;
  const free = known?.whole === whole ? freeParts(earlier, known.fingerprint, count) : null;
  const index = free?.find((each) => each === draft.part) ?? free?.[0];
  return { count, shard: index === undefined ? null : { index, count }, free, total };
}

/** Numbers of parts that are offered: as many as there may be tabs or machines. */
const counts = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32];

/** Whether the images are answered here or in parts, and which part is this tab's. */
export function PartChoice({ part: { count, shard, free, total } }: { part: ChosenPart }) {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const parts = useEvaluation((state) => state.draft.parts);
  const name = (index: number) => t('evaluate.parts.part', { index, parts: count });
  return (
    <>
      <NativeSelect
        label={t('evaluate.parts.label')}
        description={t('evaluate.parts.help')}
        value={String(parts)}
        onChange={({ currentTarget }) => evaluation.draft({ parts: Number(currentTarget.value), part: null })}
        data={[
          { value: '1', label: t('evaluate.parts.whole') },
          ...counts.map((each) => ({
            value: String(each),
            label: t('evaluate.parts.inParts', { parts: each }),
          })),
        ]}
      />
      {count > 1 && free && shard && (
        <>
          <NativeSelect
            label={t('evaluate.parts.thisTab')}
            value={String(shard.index)}
            onChange={({ currentTarget }) => evaluation.draft({ part: Number(currentTarget.value) })}
            data={Array.from({ length: count }, (_, at) => ({
              value: String(at + 1),
              label: free.includes(at + 1)
                ? name(at + 1)
                : t('evaluate.parts.taken', { index: at + 1, parts: count }),
              disabled: !free.includes(at + 1),
            }))}
          />
          <Text size="sm" c="dimmed">
            {t('evaluate.parts.size', { count: sizeOfShard(total, shard) })} {t('evaluate.parts.others')}
          </Text>
        </>
      )}
      {free?.length === 0 && <Text size="sm">{t('evaluate.parts.allTaken')}</Text>}
    </>
  );
}
