import { Chip, Group, Select, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Case, type Query, tagsInUse } from '../model/search';

interface Props {
  all: readonly Case[];
  /** How many are left. */
  found: number;
  query: Query;
  onChange: (query: Query) => void;
}

const sorts: readonly Query['sort'][] = ['newest', 'oldest', 'probability', 'patient', 'label'];

/** Words, tags, what the answer or the histology says, and the order. */
export function Search({ all, found, query, onChange }: Props) {
  const { t } = useTranslation();
  const tags = useMemo(() => tagsInUse(all).slice(0, 8), [all]);
  const set = (changes: Partial<Query>) => onChange({ ...query, ...changes });
  return (
    <search>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          type="search"
          aria-label={t('caseBook.search')}
          placeholder={t('caseBook.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={query.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <Select
          w="9.5rem"
          aria-label={t('caseBook.sort')}
          allowDeselect={false}
          data={sorts.map((value) => ({ value, label: t(`caseBook.sorts.${value}`) }))}
          value={query.sort}
          onChange={(sort) => sort && set({ sort: sort as Query['sort'] })}
        />
      </Group>
      <Group gap={6} mt="xs">
        <Chip size="xs" checked={query.above === true} onChange={(on) => set({ above: on ? true : null })}>
          {t('caseBook.filters.above')}
        </Chip>
        <Chip
          size="xs"
          checked={query.histology === false}
          onChange={(on) => set({ histology: on ? false : null })}
        >
          {t('caseBook.filters.noHistology')}
        </Chip>
        {tags.map(({ tag, count }) => (
          <Chip
            key={tag}
            size="xs"
            checked={query.tags.includes(tag)}
            onChange={(on) =>
              set({ tags: on ? [...query.tags, tag] : query.tags.filter((candidate) => candidate !== tag) })
            }
          >
            {tag} ({count})
          </Chip>
        ))}
      </Group>
      <Text size="xs" c="dimmed" mt={6} role="status">
        {t('caseBook.found', { count: found, all: all.length })}
      </Text>
    </search>
  );
}
