import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { Run } from '../../../runtime/run';
import { useLanguage } from '../../../ui/context';
import { useClinicServices, useWorkbench } from './context';
import styles from './findings.module.css';
import { Section } from './Section';
import { VerdictCells } from './VerdictCells';

/** One model's answer for the photo, as far as it is there. */
export interface ComparedModel {
  card: Card;
  run: Run | undefined;
  /** As it is decided. */
  decided: Analysis | null;
  /** How many lesions of the photo it has no answer for. */
  unasked: number;
}

interface Props {
  /** The one that answers first, then those beside it. */
  models: readonly ComparedModel[];
  /** All that can be asked too. */
  others: readonly Card[];
  agree: boolean;
}

/** Several models side by side on the same photo. */
export function CompareSection({ models, others, agree }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench } = useClinicServices();
  const compareWithIds = useWorkbench((state) => state.compareWithIds);
  const [open, setOpen] = useState(compareWithIds.length > 0);
  return (
    <Section order={4} heading={t('viewer.compare.heading')} meaning={t('viewer.compare.meaning')}>
      {!open && (
        <Button size="compact-md" variant="default" data-shortcut="compare" onClick={() => setOpen(true)}>
          {t('viewer.compare.open')}
        </Button>
      )}
      {open && (
        <Checkbox.Group
          label={t('viewer.compare.which')}
          value={[...compareWithIds]}
          onChange={(ids) => workbench.compareWith(ids)}
        >
          <Stack gap={6} my="xs">
            {others.map(({ id, title }) => (
              <Checkbox key={id} size="sm" value={id} label={read(title)} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {models.length > 1 && <ModelSummaries models={models} />}
      {agree && <Text size="sm">{t('viewer.compare.agree')}</Text>}
    </Section>
  );
}

function ModelSummaries({ models }: { models: readonly ComparedModel[] }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  return (
    <table className={styles.figures} aria-label={t('viewer.compare.heading')}>
      <thead>
        <tr>
          <th scope="col">{t('model.choose')}</th>
          <th scope="col">{t('viewer.compare.verdict')}</th>
          <th scope="col">{t('verdict.list.heading')}</th>
        </tr>
      </thead>
      <tbody>
        {models.map(({ card, run, decided, unasked }) => (
          <tr key={card.id}>
            <th scope="row">{read(card.title)}</th>
            {decided ? (
              <VerdictCells card={card} analysis={decided} unasked={unasked} />
            ) : (
              <>
                <td>
                  {run?.state === 'failed'
                    ? t(`failure.${run.failure.code}.sentence`)
                    : t('viewer.queue.running')}
                </td>
                <td>–</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
