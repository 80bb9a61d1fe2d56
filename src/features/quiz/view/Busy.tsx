import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLibrary, useQuizParts } from './context';

/** How far the reading of photos is; nothing while none are read. */
export function Busy() {
  const { t } = useTranslation();
  const { library } = useQuizParts();
  const busy = useLibrary(({ busy }) => busy);
  if (!busy) return null;
  const known = busy.count > 0;
  const label = known ? t('quiz.sets.progress', busy) : t('quiz.sets.reading');
  return (
    <div role="status">
      <Text size="sm">{label}</Text>
      <Progress
        value={known ? (100 * busy.done) / busy.count : 100}
        animated={!known}
        striped={!known}
        aria-label={label}
      />
      {known && (
        <Group justify="flex-end" mt="xs">
          <Button size="xs" variant="default" onClick={library.cancel}>
            {t('quiz.edit.stop')}
          </Button>
        </Group>
      )}
    </div>
  );
}
