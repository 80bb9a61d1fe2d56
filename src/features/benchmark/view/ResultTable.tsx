import { Button, CopyButton, Group, Table, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { HelpTip } from '../../../ui/HelpTip';
import type { BenchmarkRow } from '../model/benchmark';
import styles from './benchmark.module.css';
import { type Column, columns, figuresOf, markdown, type TableWords } from './table';

const explained = ['download', 'load', 'compile', 'first', 'median', 'p90', 'batch', 'allocated'] as const;
type Explained = (typeof explained)[number];
const isExplained = (name: Column): name is Explained => (explained as readonly string[]).includes(name);

export function ResultTable({ cards, rows }: { cards: readonly Card[]; rows: readonly BenchmarkRow[] }) {
  const { t } = useTranslation();
  const words = useWords(cards);
  const runtime = t('bench.machine', {
    browser: browserName(navigator.userAgent),
    count: navigator.hardwareConcurrency,
  });
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <div>
          <Title order={2} size="h4">
            {t('bench.table')}
          </Title>
          <Text size="sm" c="dimmed">
            {runtime}
          </Text>
        </div>
        <CopyButton value={markdown(rows, runtime, words)}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {t(copied ? 'bench.copied' : 'bench.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Table.ScrollContainer minWidth={960}>
        <Table aria-label={t('bench.table')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.column.model}</Table.Th>
              <Table.Th>{words.column.backend}</Table.Th>
              {columns.map((name) => (
                <Table.Th key={name} ta="right" className={styles.columnHead}>
                  {words.column[name]}
                  {isExplained(name) && (
                    <HelpTip subject={words.column[name]}>{t(`bench.meaning.${name}`)}</HelpTip>
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Row key={`${row.packageId} ${row.backend}`} row={row} words={words} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Row({ row, words }: { row: BenchmarkRow; words: TableWords }) {
  const { t } = useTranslation();
  const { packageId, backend, result } = row;
  const figures = result.ok ? figuresOf(result.value, words.language, words.perSecond) : null;
  return (
    <Table.Tr>
      <Table.Th fw={500}>{words.nameOf(packageId)}</Table.Th>
      <Table.Td>
        {t(`backend.${backend}`)}
        {result.ok && (
          <Text size="xs" c="dimmed">
            {result.value.backend.adapter}
          </Text>
        )}
      </Table.Td>
      {figures ? (
        columns.map((name) => (
          <Table.Td key={name} ta="right" fw={name === 'median' ? 600 : undefined} className={styles.figure}>
            {figures[name]}
          </Table.Td>
        ))
      ) : (
        <Table.Td colSpan={columns.length}>{words.failed(row)}</Table.Td>
      )}
    </Table.Tr>
  );
}

function useWords(cards: readonly Card[]): TableWords {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const names = ['model', 'backend', ...columns] as const;
  return {
    language,
    column: Object.fromEntries(
      names.map((name) => [name, t(`bench.column.${name}`)]),
    ) as TableWords['column'],
    perSecond: (value) => t('bench.perSecond', { value }),
    nameOf: (id) => {
      const card = cards.find((card) => card.id === id);
      return card ? read(card.title) : id;
    },
    failed: ({ result }) =>
      result.ok ? '' : t('bench.failed', { reason: t(`failure.${result.failure.code}.sentence`) }),
  };
}

/** "Chrome 142" out of the browser's long account of itself; all of it where nothing is recognised. */
function browserName(agent: string): string {
  const found =
    /(?:Edg|Firefox|OPR)\/\d+/.exec(agent) ?? /Chrome\/\d+/.exec(agent) ?? /Version\/\d+/.exec(agent);
  return (
    found?.[0]
      .replace('Edg/', 'Edge ')
      .replace('OPR/', 'Opera ')
      .replace('Version/', 'Safari ')
      .replace('/', ' ') ?? agent
  );
}
