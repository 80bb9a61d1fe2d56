import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconFolderOpen, IconPuzzle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeptParts, keptParts } from '../model/parts';
import type { PartRefused } from '../model/state';
import { useEvaluateServices, useEvaluation } from './context';

/** The evaluations of which parts are here, to be joined, and the way in for parts of other machines. */
export function KeptPartsList() {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const earlier = useEvaluation((state) => state.earlier);
  const groups = useMemo(() => keptParts(earlier), [earlier]);
  const [refused, setRefused] = useState<{ name: string; why: PartRefused } | null>(null);
  const take = async (files: readonly File[]) => {
    setRefused(null);
    for (const file of files) {
      const why = await evaluation.takeInPart(file);
      if (why) setRefused({ name: file.name, why });
    }
  };
  return (
    <Stack gap="sm" mt="md" align="flex-start">
      {groups.map((parts) => (
        <Joining key={`${parts.fingerprint}/${parts.count}`} parts={parts} />
      ))}
      <FileButton accept="application/json,.json" multiple onChange={(files) => void take(files)}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            leftSection={<IconFolderOpen size={16} aria-hidden />}
          >
            {t('evaluate.parts.take')}
          </Button>
        )}
      </FileButton>
      {refused && (
        <Alert variant="default" role="alert">
          {refused.why.reason === 'here'
            ? t('evaluate.parts.isHere', { name: refused.name })
            : t('evaluate.parts.unreadable', { name: refused.name, problem: refused.why.problem })}
        </Alert>
      )}
    </Stack>
  );
}

function Joining({ parts }: { parts: KeptParts }) {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const [working, setWorking] = useState(false);
  const { name, count, missing, unfinished } = parts;
  const listed = (numbers: readonly number[]) => numbers.join(', ');
  const join = async () => {
    setWorking(true);
    await evaluation.join(parts).finally(() => setWorking(false));
  };
  return (
    <Group gap="md">
      <div>
        <Text fw={600}>
          {t('evaluate.parts.heading', { name: name || t('evaluate.looseFiles'), parts: count })}
        </Text>
        <Text size="sm">
          {missing.length > 0 && `${t('evaluate.parts.missing', { numbers: listed(missing) })} `}
          {unfinished.length > 0 && t('evaluate.parts.unfinished', { numbers: listed(unfinished) })}
          {missing.length + unfinished.length === 0 && t('evaluate.parts.complete')}
        </Text>
      </div>
      {missing.length + unfinished.length === 0 && (
        <Button
          size="xs"
          loading={working}
          leftSection={<IconPuzzle size={16} aria-hidden />}
          onClick={() => void join()}
        >
          {t('evaluate.parts.join')}
        </Button>
      )}
    </Group>
  );
}
