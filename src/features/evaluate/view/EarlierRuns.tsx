import { ActionIcon, Button, Group, Table, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../core/date-locale';
import { useLanguage } from '../../../ui/context';
import { useTitles } from '../../../ui/titles';
import { UnreadableNotice } from '../../../ui/UnreadableNotice';
import { packagesOf } from '../model/run';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';
import { KeptPartsList } from './KeptPartsList';
import { Scrolled } from './Scrolled';

/** The evaluations that are kept in this browser. */
export function EarlierRuns() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { evaluation } = useEvaluateServices();
  // Hours of answers are not lost to one press.
  const [asking, setAsking] = useState<string | null>(null);
  const titleOf = useTitles();
  const earlier = useEvaluation((state) => state.earlier);
  const unreadable = useEvaluation((state) => state.unreadable);
  return (
    <section className={styles.section} aria-labelledby="evaluate-earlier">
      <h2 id="evaluate-earlier">{t('evaluate.earlier')}</h2>
      <Text size="sm" c="dimmed" mb="sm">
        {t(earlier.length > 0 ? 'evaluate.earlierHelp' : 'evaluate.parts.noneYet')}
      </Text>
      {earlier.length > 0 && (
        <Scrolled>
          <Table verticalSpacing="xs" miw={560}>
            <Table.Tbody>
              {earlier.map((run) => (
                <Table.Tr key={run.id}>
                  <Table.Th scope="row">
                    {run.name || t('evaluate.looseFiles')}
                    {run.part &&
                      `, ${t('evaluate.parts.part', { index: run.part.shard.index, parts: run.part.shard.count })}`}
                  </Table.Th>
                  <Table.Td>
                    {formatDate(run.createdAt, language, { dateStyle: 'medium', timeStyle: 'short' })}
                  </Table.Td>
                  <Table.Td>{packagesOf(run).map(titleOf).join(', ')}</Table.Td>
                  <Table.Td>
                    {t(`evaluate.state.${run.state}`)},{' '}
                    {t('evaluate.progress', { done: run.done, count: run.images.length })}
                  </Table.Td>
                  <Table.Td>
                    <Group gap="xs" justify="flex-end" wrap="nowrap">
                      <Button size="xs" variant="default" onClick={() => void evaluation.show(run.id)}>
                        {t('evaluate.open')}
                      </Button>
                      {asking === run.id ? (
                        <Button
                          size="xs"
                          color="red"
                          variant="outline"
                          onClick={() => void evaluation.remove(run.id)}
                          onBlur={() => setAsking(null)}
                          autoFocus
                        >
                          {t('evaluate.reallyRemove')}
                        </Button>
                      ) : (
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t('evaluate.remove', { name: run.name })}
                          onClick={() => setAsking(run.id)}
                        >
                          <IconTrash size={16} aria-hidden />
                        </ActionIcon>
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolled>
      )}
      <UnreadableNotice
        unreadable={unreadable}
        heading={t('evaluate.unreadable.heading', { count: unreadable.length })}
        help={t('evaluate.unreadable.help')}
        save={t('evaluate.unreadable.save')}
      />
      <KeptPartsList />
    </section>
  );
}
