import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { inOrder } from '../../../core/card/recommended';
import { decidedFor } from '../../../core/decision/threshold';
import { verdictOf } from '../../../core/decision/verdict';
import { answerOf } from '../../../runtime/run';
import { useLanguage } from '../../../ui/context';
import { disagreement } from '../model/model-comparison';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { useClinicServices, useWorkbench } from './context';
import styles from './findings.module.css';
import { Section } from './Section';
import { VerdictCells } from './VerdictCells';

interface Props {
  photo: WorkbenchPhoto;
  cards: readonly Card[];
  card: Card;
}

/** Several models side by side on the same photo, and where they disagree. */
export function CompareSection({ photo, cards, card }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench } = useClinicServices();
  const compareWithIds = useWorkbench((state) => state.compareWithIds);
  const [open, setOpen] = useState(compareWithIds.length > 0);
  // Models for the same kind of photo alone: what the others say of it means nothing.
  const others = inOrder(cards, card.domain).filter(({ id }) => id !== card.id);
  if (others.length === 0) return null;
  const compared = [card, ...others.filter(({ id }) => compareWithIds.includes(id))];
  return (
    <Section heading={t('viewer.compare.heading')} meaning={t('viewer.compare.meaning')}>
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
      {compared.length > 1 && <ModelSummaries photo={photo} cards={compared} />}
    </Section>
  );
}

function ModelSummaries({ photo, cards }: { photo: WorkbenchPhoto; cards: readonly Card[] }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const rows = cards.map((card) => {
    const analysis = answerOf(photo.runs[card.id]);
    const decided = analysis && decidedFor(card, analysis, sensitivity);
    return { card, run: photo.runs[card.id], decided };
  });
  const { confidence, flag, malignancy, spread } = disagreement(
    rows.flatMap(({ card, decided }) => (decided ? [verdictOf(card, decided)] : [])),
  );
  const differences = [
    flag && t('viewer.compare.flag'),
    malignancy && t('viewer.compare.malignancy'),
    confidence && t('viewer.compare.confidence'),
    spread !== null && spread >= 0.2 && t('viewer.compare.spread', { points: Math.round(100 * spread) }),
  ].filter((difference) => typeof difference === 'string');
  const all = rows.every(({ decided }) => decided);
  return (
    <>
      <table className={styles.figures} aria-label={t('viewer.compare.heading')}>
        <thead>
          <tr>
            <th scope="col">{t('model.choose')}</th>
            <th scope="col">{t('viewer.compare.verdict')}</th>
            <th scope="col">{t('verdict.list.heading')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ card, run, decided }) => (
            <tr key={card.id}>
              <th scope="row">{read(card.title)}</th>
              {decided ? (
                <VerdictCells card={card} analysis={decided} />
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
      {all && differences.length === 0 && <Text size="sm">{t('viewer.compare.agree')}</Text>}
      <ul className={styles.warnings}>
        {differences.map((difference) => (
          <li key={difference}>
            <IconAlertTriangle size={16} aria-hidden />
            <Text size="sm">{difference}</Text>
          </li>
        ))}
      </ul>
    </>
  );
}
