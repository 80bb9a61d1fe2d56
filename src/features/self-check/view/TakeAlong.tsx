import { Button, Stack, Text } from '@mantine/core';
import { IconCalendarPlus, IconFileTypePdf } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { Failure } from '../../../core/failure';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { saveFile } from '../../../ui/save-file';
import { useTitles } from '../../../ui/titles';
import type { PhotoFinding, SelfCheckResult } from '../model/outcome';
import { monthsLater, reminderFile } from '../model/reminder';
import type { SelfCheck } from '../model/self-check';
import { doctorLetter } from './doctor-letter';
import styles from './self-check.module.css';

interface Props {
  check: SelfCheck;
  result: SelfCheckResult;
  finding: PhotoFinding;
  analysis: Analysis | null;
  card: Card | null;
}

/**
 * Where nothing stands out, a spot is looked at again after three months, and sooner where somebody is to be
 * asked.
 */
const months = 3;

/**
 * What a person takes away: a page for the doctor, and a reminder. Both are made here and go nowhere by
 * themselves.
 */
export function TakeAlong({ check, result, finding, analysis, card }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = useLanguage();
  const titleOf = useTitles();
  const [making, setMaking] = useState(false);
  const [problem, setProblem] = useState<Failure | null>(null);

  const savePdf = async () => {
    setMaking(true);
    setProblem(null);
    const { answers } = check.store.getState();
    const made = await doctorLetter({
      answers,
      result,
      finding,
      analysis,
      card,
      image: check.image(),
      language,
      now: new Date(),
      i18n,
      titleOf,
    });
    setMaking(false);
    if (!made.ok) return setProblem(made.failure);
    saveFile(t('selfCheck.take.pdfName'), new Blob([made.value], { type: 'application/pdf' }));
  };
  const saveReminder = () => {
    const now = new Date();
    const days = result.outcome === 'see-a-doctor' ? 7 : result.outcome === 'have-it-looked-at' ? 28 : null;
    const soon = new Date(now.getFullYear(), now.getMonth(), now.getDate() + (days ?? 0));
    const kind = days === null ? 'look' : 'appointment';
    const file = reminderFile({
      day: days === null ? monthsLater(now, months) : monthsLater(soon, 0),
      title: t(`selfCheck.reminder.${kind}.title`),
      text: `${t(`selfCheck.reminder.${kind}.text`)}\n\n${t('app.disclaimer')}`,
      uid: crypto.randomUUID(),
      now,
    });
    saveFile(t('selfCheck.reminder.fileName'), file, 'text/calendar;charset=utf-8');
  };
  const calm = result.outcome === null || result.outcome === 'nothing-stands-out';
  return (
    <section className={styles.panel} aria-labelledby="take">
      <h2 id="take">{t('selfCheck.take.heading')}</h2>
      <Stack gap="sm">
        <Button
          variant={calm ? 'default' : 'filled'}
          loading={making}
          leftSection={<IconFileTypePdf size={20} aria-hidden />}
          onClick={() => void savePdf()}
        >
          {t('selfCheck.take.pdf')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconCalendarPlus size={20} aria-hidden />}
          onClick={saveReminder}
        >
          {t(calm ? 'selfCheck.take.reminder' : 'selfCheck.take.appointment')}
        </Button>
      </Stack>
      {problem && <FailureNotice failure={problem} heading={t('selfCheck.take.failed')} />}
      <Text size="sm" c="dimmed">
        {t('selfCheck.take.private')}
      </Text>
    </section>
  );
}
