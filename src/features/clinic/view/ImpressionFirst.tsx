import { Button, Group, Text, Title } from '@mantine/core';
import { IconEyeOff, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { LabelInput } from '../../../ui/LabelInput';
import { answerWaits } from '../model/patient-context';
import { useClinicServices, usePatientContext } from './context';

interface Props {
  photoId: string;
  card: Card;
  /** The answer, which waits where the clinician wants to judge first. */
  children: ReactNode;
}

/** The answer, or the own impression in its place while that is to be written first. */
export function ImpressionFirst({ photoId, card, children }: Props) {
  const { t } = useTranslation();
  const { patientContext } = useClinicServices();
  const impression = usePatientContext(({ impressions }) => impressions[photoId]);
  const hidden = usePatientContext((state) => answerWaits(state, photoId));
  useEffect(() => {
    if (!hidden && !impression) patientContext.pass(photoId);
  }, [hidden, impression, photoId, patientContext]);
  if (!hidden) return children;
  const write = (label: string) =>
    patientContext.note(photoId, { label, recordedAt: new Date().toISOString(), beforeAnswer: true });
  return (
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
      {/* Side by side: the menu of classes opens below the field, and must not cover the button. */}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <LabelInput
          label={t('caseBook.impression.label')}
          placeholder={t('caseBook.impression.placeholder')}
          cards={[card]}
          value={label}
          onChange={setLabel}
          style={{ flex: 1, minWidth: 0 }}
        />
        <Button
          type="submit"
          style={{ flex: 'none' }}
          disabled={label.trim() === ''}
          leftSection={<IconPencil size={16} aria-hidden />}
        >
          {t('caseBook.impression.write')}
        </Button>
      </Group>
    </form>
  );
}
