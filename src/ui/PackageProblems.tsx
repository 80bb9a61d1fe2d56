import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackageProblem } from '../engine/engine';
import { useRuntime, useServices } from './context';

interface Props {
  /** Leaves out the models for which a copy of an earlier visit stands in: they answer all the same. */
  missingOnly?: boolean;
}

/**
 * The models that cannot be had as the site offers them, each with the reason, and a way to ask again.
 * Nothing where all is well.
 */
export function PackageProblems({ missingOnly = false }: Props) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const all = useRuntime((state) => state.problems);
  const [asking, setAsking] = useState(false);
  const problems = missingOnly ? all.filter((problem) => !problem.kept && !isStorage(problem)) : all;
  if (problems.length === 0) return null;
  const askAgain = async () => {
    setAsking(true);
    await runtime.refreshPackages();
    setAsking(false);
  };
  return (
    <Alert
      role="status"
      variant="default"
      // It hides what goes over its edge, so nothing may make it lower than its words.
      style={{ flex: 'none' }}
      icon={<IconAlertTriangle aria-hidden />}
      title={t(`model.problem.${headingOf(problems)}`)}
    >
      <Stack gap="xs" align="flex-start">
        {problems.map((problem) => (
          <Problem key={`${problem.packageId} ${problem.failure.code}`} problem={problem} />
        ))}
        <Button size="xs" variant="default" loading={asking} onClick={() => void askAgain()}>
          {t('model.problem.again')}
        </Button>
      </Stack>
    </Alert>
  );
}

const isStorage = ({ failure }: PackageProblem) => failure.code === 'storage-denied';

function headingOf(problems: readonly PackageProblem[]) {
  if (problems.every(isStorage)) return 'storage';
  return problems.some((problem) => !problem.kept && !isStorage(problem)) ? 'heading' : 'keptHeading';
}

function Problem({ problem: { packageId, failure, kept } }: { problem: PackageProblem }) {
  const { t } = useTranslation();
  const { status, reason, problem } = failure.detail;
  const details = [status, problem ?? reason].filter((detail) => detail !== undefined).join(' ');
  const name =
    packageId ?? t(failure.code === 'storage-denied' ? 'model.problem.storage' : 'model.problem.list');
  return (
    <Text size="sm">
      <strong>{name}</strong>: {t(`failure.${failure.code}.sentence`)} {kept && t('model.problem.kept')}
      {details && (
        <Text span size="xs" c="dimmed">
          {' '}
          ({details})
        </Text>
      )}
    </Text>
  );
}
