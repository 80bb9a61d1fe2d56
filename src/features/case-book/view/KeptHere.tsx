import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetAll, keptDatabases } from '../../../records/kept-here';
import { useServices } from '../../../ui/context';
import { useOutcome } from '../../../ui/Outcome';
import styles from './case-book.module.css';

const kinds = Object.keys(keptDatabases) as (keyof typeof keptDatabases)[];

/** The page has in memory what it showed, and another screen may be open on it: only a new page has none of it. */
function loadAgain(): void {
  window.location.hash = '#/';
  window.location.reload();
}

interface Props {
  onClose: () => void;
  onForgotten?: () => void;
}

/** What this browser keeps, kind by kind, and a way to forget all of it. */
export function KeptHere({ onClose, onForgotten = loadAgain }: Props) {
  const { t } = useTranslation();
  const { forgetPhotos } = useServices();
  const notify = useOutcome();
  const [program, setProgram] = useState(false);
  const [busy, setBusy] = useState(false);
  const forget = async () => {
    setBusy(true);
    // A photo that is still in the queue would be written again.
    forgetPhotos();
    const forgotten = await forgetAll({ program });
    setBusy(false);
    if (!forgotten.ok) return notify.failed(t('keptHere.failed'), forgotten.failure);
    onForgotten();
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t('keptHere.about')}</Text>
      <ul className={styles.kept}>
        {kinds.map((kind) => (
          <li key={kind}>
            <Text size="sm" fw={600}>
              {t(`keptHere.what.${kind}.name`)}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`keptHere.what.${kind}.text`)}
            </Text>
          </li>
        ))}
      </ul>
      <Checkbox
        checked={program}
        onChange={({ currentTarget }) => setProgram(currentTarget.checked)}
        label={t('keptHere.program')}
        description={t('keptHere.programHelp')}
      />
      <Text size="sm" c="dimmed">
        {t('keptHere.stays')}
      </Text>
      <Button color="red.9" loading={busy} onClick={() => void forget()}>
        {t('keptHere.do')}
      </Button>
      <Button variant="default" onClick={onClose} data-autofocus>
        {t('keptHere.cancel')}
      </Button>
    </Stack>
  );
}
