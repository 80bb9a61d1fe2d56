import { Button, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { isOwn, type ShownAnswer } from '../model/shown-answer';
import styles from './answer.module.css';
import { useClinicServices, usePatientContext } from './context';

interface Props {
  photoId: string;
  /** The chosen one. */
  card: Card;
  shown: ShownAnswer;
}

/** At the end of an answer: the own impression of the photo, whether it comes first, and another run. */
export function AnswerFoot({ photoId, card, shown }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench, patientContext } = useClinicServices();
  const first = usePatientContext(({ impressionFirst }) => impressionFirst);
  const impression = usePatientContext(({ impressions }) => impressions[photoId]);
  const named = shown.card.classes.find(({ id }) => id === impression?.label);
  return (
    <div className={styles.foot}>
      {impression && (
        <Text size="sm" className={styles.impression}>
          {t(
            impression.beforeAnswer
              ? 'caseBook.impression.writtenBefore'
              : 'caseBook.impression.writtenAfter',
            { label: named ? read(named.name) : impression.label },
          )}
        </Text>
      )}
      {isOwn(shown) && (
        <Button
          variant="default"
          size="compact-sm"
          data-shortcut="again"
          disabled={shown.how === 'stale'}
          onClick={() => void workbench.analyse(photoId, card.id)}
        >
          {t('answer.again')}
        </Button>
      )}
      <Switch
        size="sm"
        className={styles.first}
        label={t('caseBook.impression.first')}
        checked={first}
        onChange={(event) => patientContext.setImpressionFirst(event.currentTarget.checked)}
      />
      {/* Where the page's own foot, which says it too, is out of sight. */}
      <Text size="xs" className={styles.disclaimer}>
        {t('app.disclaimer')}
      </Text>
    </div>
  );
}
