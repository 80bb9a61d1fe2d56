import { Alert, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportFault } from '../../../engine/import/importer';
import { FailureNotice } from '../../../ui/FailureNotice';
import type { TrialTrouble } from '../model/import-trial';

/** What went wrong between reading a model and adding it: in its file, or in the engine. */
export function Trouble({ trouble, heading }: { trouble: TrialTrouble; heading: string }) {
  if ('failure' in trouble) return <FailureNotice failure={trouble.failure} heading={heading} />;
  return (
    <Alert role="alert" variant="default" icon={<IconAlertCircle aria-hidden />} title={heading}>
      <Fault fault={trouble.fault} />
    </Alert>
  );
}

/** The field of the file, and what is wrong with it. */
export function Fault({
  fault: { kind, path, problem, reason, values, operations },
}: {
  fault: ImportFault;
}) {
  const { t } = useTranslation();
  if (kind === 'unknown')
    return (
      <Stack gap={6}>
        <Text size="sm">{t('importModel.refused.reason.operations')}</Text>
        <Group gap={6}>
          {operations.map((name) => (
            <Code key={name}>{name}</Code>
          ))}
        </Group>
      </Stack>
    );
  return (
    <Stack gap={6}>
      <Text size="sm">{t(`importModel.refused.reason.${reason}`, values)}</Text>
      {path && (
        <Text size="sm">
          {t('importModel.refused.where')}: <Code>{path}</Code>
        </Text>
      )}
      <Text size="sm">
        {t('importModel.refused.what')}: <Code lang="en">{problem}</Code>
      </Text>
    </Stack>
  );
}
