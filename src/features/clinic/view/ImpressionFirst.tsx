import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { IconEyeOff, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { LabelInput } from '../../../ui/LabelInput';
import { answerWaits } from '../model/patient-context';
import { useClinicServices, usePatientContext } from './context';

interface Props {
  photoId: string;
  card: Card;
  /** The answer, which waits where the clinician wants to judge first. */
  children: ReactNode;
}

/** The own impression: written before the answer is shown, where that is wanted, else beside it. */
export function ImpressionFirst({ photoId, card, children }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { patientContext } = useClinicServices();
  const first = usePatientContext(({ impressionFirst }) => impressionFirst);
  const impression = usePatientContext(({ impressions }) => impressions[photoId]);
  const hidden = usePatientContext((state) => answerWaits(state, photoId));
  const named = card.classes.find(({ id }) => id === impression?.label);
  useEffect(() => {
    if (!hidden && !impression) patientContext.pass(photoId);
  }, [hidden, impression, photoId, patientContext]);

  const write = (label: string) =>
    patientContext.note(photoId, { label, recordedAt: new Date().toISOString(), beforeAnswer: true });
  return (
    <Stack gap="lg">
      {hidden ? (
        <section>
          <Group gap="xs" mb="xs">
            <IconEyeOff size={20} aria-hidden />
            <Title order={2} size="h4">
              {t('caseBook.impression.hidden')}
            </Title>
          </Group>
          <Text size="sm" mb="sm">
            {t('caseBook.impression.why')}
          </Text>
          <ImpressionForm card={card} onWrite={write} />
          <Button mt="sm" size="sm" variant="subtle" onClick={() => patientContext.pass(photoId)}>
            {t('caseBook.impression.pass')}
          </Button>
        </section>
      ) : (
        children
      )}
      <Stack gap="xs">
        {impression && (
          <Text size="sm">
            {t(
              impression.beforeAnswer
                ? 'caseBook.impression.writtenBefore'
                : 'caseBook.impression.writtenAfter',
              {
                label: named ? read(named.name) : impression.label,
              },
            )}
          </Text>
        )}
        <Switch
          size="sm"
          label={t('caseBook.impression.first')}
          checked={first}
          onChange={(event) => patientContext.setImpressionFirst(event.currentTarget.checked)}
        />
      </Stack>
    </Stack>
  );
}

function ImpressionForm({ card, onWrite }: { card: Card; onWrite: (label: string) => void }) {
  const { t } = useTranslation();
  const [label, setLabel] = useState('');
  const write = () => label.trim() && onWrite(label.trim().slice(0, 200));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <Group gap="xs" align="flex-end">
        <LabelInput
          label={t('caseBook.impression.label')}
          placeholder={t('caseBook.impression.placeholder')}
          cards={[card]}
          value={label}
          onChange={setLabel}
          style={{ flex: '1 1 14rem' }}
        />
        <Button
          type="submit"
          disabled={label.trim() === ''}
          leftSection={<IconPencil size={16} aria-hidden />}
        >
          {t('caseBook.impression.write')}
        </Button>
      </Group>
    </form>
  );
}
