import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface Conflict {
  /** The field's name, in words. */
  field: string;
  theirs: string;
  mine: string;
  keepTheirs: () => void;
  keepMine: () => void;
  /** Left out where a field holds no two texts. */
  keepBoth?: () => void;
}

/** Two tabs wrote the same field: both texts, and the choice. Closing it keeps what was written there. */
export function FieldConflict({ conflict, onClose }: { conflict: Conflict | null; onClose: () => void }) {
  const { t } = useTranslation();
  if (!conflict) return null;
  const { field, theirs, mine, keepTheirs, keepMine, keepBoth } = conflict;
  const choose = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
      opened
      onClose={choose(keepTheirs)}
      title={t('caseBook.conflict.heading', { field })}
    >
      <Stack gap="md">
        <Text size="sm">{t('caseBook.conflict.what')}</Text>
        {[
          [t('caseBook.conflict.theirs'), theirs],
          [t('caseBook.conflict.mine'), mine],
        ].map(([heading, text]) => (
          <div key={heading}>
            <Text size="sm" fw={600}>
              {heading}
            </Text>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {text || t('caseBook.conflict.empty')}
            </Text>
          </div>
        ))}
        <Group gap="xs">
          {keepBoth && <Button onClick={choose(keepBoth)}>{t('caseBook.conflict.keepBoth')}</Button>}
          <Button variant="default" onClick={choose(keepTheirs)}>
            {t('caseBook.conflict.keepTheirs')}
          </Button>
          <Button variant="default" onClick={choose(keepMine)}>
            {t('caseBook.conflict.keepMine')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
