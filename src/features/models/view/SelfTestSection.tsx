import { Button, Group, Loader, Progress, Table, Text, Title } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleX, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BackendName } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatDifference, formatDuration } from '../../../ui/format';
import type { SelfTestRun } from '../model/self-tests';
import { useModelsServices, useSelfTests } from './context';
import styles from './models.module.css';
import { byKeyboard } from './scrolling';

const backends: BackendName[] = ['webgpu', 'wasm'];

/** The golden sample on each back end, with how far it was off. */
export function SelfTestSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { selfTests } = useModelsServices();
  const runs = useSelfTests((state) => state.runs[card.id]);
  const busy = useSelfTests((state) =>
    Object.values(state.runs).some((runsOfPackage) =>
      Object.values(runsOfPackage).some((run) => run.state === 'running'),
    ),
  );
  return (
    <section className={styles.section} aria-label={t('models.selfTest.heading')}>
      <Group justify="space-between">
        <Title order={3} size="h4">
          {t('models.selfTest.heading')}
        </Title>
        {busy ? (
          <Button size="xs" variant="default" onClick={() => selfTests.cancel()}>
            {t('models.selfTest.cancel')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => void selfTests.run(card.id, backends)}>
            {t(runs ? 'models.selfTest.again' : 'models.selfTest.run')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('models.selfTest.meaning')}
      </Text>
      {runs && (
        <Table.ScrollContainer minWidth={420} scrollAreaProps={byKeyboard}>
          <Table aria-label={t('models.selfTest.heading')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('models.selfTest.backend')}</Table.Th>
                <Table.Th>{t('models.selfTest.outcome')}</Table.Th>
                <Table.Th ta="right">{t('models.selfTest.difference')}</Table.Th>
                <Table.Th ta="right">{t('models.selfTest.tolerance')}</Table.Th>
                <Table.Th ta="right">{t('models.selfTest.time')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {backends.map((name) => {
                const run = runs[name];
                const test = run?.state === 'done' ? run.test : null;
                return (
                  <Table.Tr key={name}>
                    <Table.Th>
                      {t(`backend.${name}`)}
                      {test && (
                        <Text size="xs" c="dimmed" fw={400}>
                          {test.backend.adapter}
                        </Text>
                      )}
                    </Table.Th>
                    <Table.Td>
                      <Outcome run={run} />
                    </Table.Td>
                    <Table.Td ta="right">{test && formatDifference(test.difference, language)}</Table.Td>
                    <Table.Td ta="right">{formatDifference(card.golden.tolerance, language)}</Table.Td>
                    <Table.Td ta="right">{test && formatDuration(test.milliseconds, language)}</Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function Outcome({ run }: { run: SelfTestRun | undefined }) {
  const { t } = useTranslation();
  if (!run) return <>{t('models.selfTest.waiting')}</>;
  switch (run.state) {
    case 'running':
      return (
        <>
          <span className={styles.outcome} role="status">
            <Loader size={14} aria-hidden /> {t(`stage.${run.progress?.stage ?? 'waiting'}`)}
          </span>
          {run.progress?.fraction != null && (
            <Progress
              mt={4}
              size="sm"
              value={100 * run.progress.fraction}
              aria-label={t('models.selfTest.heading')}
            />
          )}
          {run.software && (
            <Text size="xs" c="dimmed" mt={4}>
              {t('models.selfTest.slow')}
            </Text>
          )}
        </>
      );
    case 'failed':
      return (
        <span className={styles.outcome}>
          <IconMinus size={18} aria-hidden />
          {run.failure.code === 'backend-unavailable'
            ? t('models.selfTest.unavailable')
            : t(`failure.${run.failure.code}.sentence`)}
        </span>
      );
    case 'done':
      return (
        <span className={styles.outcome}>
          {run.test.passed ? (
            <IconCircleCheckFilled size={18} color="var(--lentigo-accent)" aria-hidden />
          ) : (
            <IconCircleX size={18} color="var(--lentigo-error)" aria-hidden />
          )}
          {t(run.test.passed ? 'models.selfTest.passed' : 'models.selfTest.failed')}
        </span>
      );
  }
}
