import {
  ActionIcon,
  Alert,
  Autocomplete,
  Button,
  FileButton,
  Group,
  MultiSelect,
  Pagination,
  Select,
  Text,
  TextInput,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconDownload,
  IconPhotoPlus,
  IconTable,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { diagnoses, structures } from '../../../core/teaching/case-list';
import { photoTypes } from '../../../ui/dropped-files';
import { FailureNotice } from '../../../ui/FailureNotice';
import { longest, type TeachingCase, type TeachingSet } from '../model/teaching-set';
import { Busy } from './Busy';
import { useQuizParts } from './context';
import { LeftOutList } from './LeftOutList';
import styles from './quiz.module.css';
import { useNames } from './use-names';
import { usePhotoUrl } from './use-photo-url';
import type { Receiving } from './use-receive';
import { useSaveSet } from './use-save-set';

/** Photos that stand on a page: each has fields of its own. */
const onPage = 12;
const licences = ['CC0 1.0', 'CC BY 4.0', 'CC BY-NC 4.0', 'CC BY-NC-SA 4.0'];
const factFields = [
  { name: 'title', limit: longest.title },
  { name: 'author', limit: longest.title },
  { name: 'version', limit: longest.version },
] as const;

/** A lecturer's set: what it is, whose, and what each photo shows. Every change is kept at once. */
export function SetEditor({ set, receiving }: { set: TeachingSet; receiving: Receiving }) {
  const { t } = useTranslation();
  const { library } = useQuizParts();
  const { save, saving } = useSaveSet();
  const [page, setPage] = useState(1);
  const { cases } = set;
  const pages = Math.max(1, Math.ceil(cases.length / onPage));
  const from = (Math.min(page, pages) - 1) * onPage;
  const change = (facts: Partial<TeachingSet>) => library.change(set.id, (now) => ({ ...now, ...facts }));
  return (
    <section className={styles.sets} aria-label={t('quiz.edit.heading')}>
      <Group justify="space-between">
        <Button
          variant="default"
          size="sm"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => receiving.edit(null)}
        >
          {t('quiz.edit.back')}
        </Button>
        <Button
          size="sm"
          loading={saving}
          disabled={cases.length === 0}
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => void save(set)}
        >
          {t('quiz.edit.save')}
        </Button>
      </Group>
      <Alert variant="default" icon={<IconAlertTriangle aria-hidden />}>
        {t('quiz.edit.consent')}
      </Alert>
      <div className={styles.fields}>
        {factFields.map(({ name, limit }) => (
          <TextInput
            key={name}
            label={t(`quiz.edit.${name}`)}
            maxLength={limit}
            value={set[name]}
            onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
          />
        ))}
        <Autocomplete
          label={t('quiz.edit.licence')}
          placeholder={t('quiz.edit.licenceHelp')}
          maxLength={longest.title}
          data={licences}
          value={set.licence}
          onChange={(licence) => change({ licence })}
        />
      </div>
      <Group gap="sm">
        <FileButton
          multiple
          accept={photoTypes}
          onChange={(files) => void receiving.receive(files)}
          inputProps={{ 'aria-label': t('quiz.edit.addPhotos') }}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhotoPlus size={18} aria-hidden />}>
              {t('quiz.edit.addPhotos')}
            </Button>
          )}
        </FileButton>
        <FileButton
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(file) => file && void receiving.receive([file])}
          inputProps={{ 'aria-label': t('quiz.edit.table') }}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              disabled={cases.length === 0}
              leftSection={<IconTable size={18} aria-hidden />}
            >
              {t('quiz.edit.table')}
            </Button>
          )}
        </FileButton>
      </Group>
      <Text size="xs" c="dimmed">
        {t('quiz.edit.tableHelp')}
      </Text>
      <Busy />
      {receiving.problem && 'code' in receiving.problem && (
        <FailureNotice failure={receiving.problem} heading={t('quiz.sets.failed')} />
      )}
      <LeftOutList leftOut={receiving.leftOut} />
      {receiving.table.map((line) => (
        <Text key={line} size="sm" role="status">
          {line}
        </Text>
      ))}
      {cases.length === 0 ? (
        <Text>{t('quiz.edit.noPhotos')}</Text>
      ) : (
        <Text role="status">
          {t('quiz.edit.state', {
            done: cases.filter(({ diagnosis }) => diagnosis !== null).length,
            count: cases.length,
          })}
        </Text>
      )}
      <ul className={styles.cases}>
        {cases.slice(from, from + onPage).map((entry, index) => (
          <CaseFields key={entry.photo} entry={entry} number={from + index + 1} setId={set.id} />
        ))}
      </ul>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={Math.min(page, pages)}
          onChange={setPage}
          aria-label={t('quiz.edit.pages')}
          withControls={false}
        />
      )}
    </section>
  );
}

/** What a photo shows, as its lecturer says. */
function CaseFields({ entry, number, setId }: { entry: TeachingCase; number: number; setId: string }) {
  const { t } = useTranslation();
  const { library } = useQuizParts();
  const names = useNames();
  const url = usePhotoUrl(entry.photo);
  const { photo, name, diagnosis, credit } = entry;
  const change = (changes: Partial<TeachingCase>) => library.changeCase(setId, photo, changes);
  const title = t('quiz.edit.photo', { number });
  return (
    <li className={styles.case} aria-label={title}>
      <span className={styles.casePhoto}>{url && <img src={url} alt={title} />}</span>
      <div className={styles.caseFields}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" truncate>
            {title} {name && <span className={styles.dimmed}>{name}</span>}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('quiz.edit.remove', { number })}
            onClick={() =>
              library.change(setId, (set) => ({
                ...set,
                cases: set.cases.filter((other) => other.photo !== photo),
              }))
            }
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
        <Select
          size="sm"
          aria-label={`${title}: ${t('quiz.edit.diagnosis')}`}
          placeholder={t('quiz.edit.diagnosis')}
          value={diagnosis}
          onChange={(value) => change({ diagnosis: diagnoses.find((each) => each === value) ?? null })}
          data={diagnoses.map((value) => ({ value, label: names.diagnosis(value) }))}
        />
        <MultiSelect
          size="sm"
          aria-label={`${title}: ${t('quiz.edit.structures')}`}
          placeholder={entry.structures.length === 0 ? t('quiz.edit.structures') : ''}
          value={entry.structures}
          onChange={(values) => change({ structures: structures.filter((each) => values.includes(each)) })}
          data={structures.map((value) => ({ value, label: t(`quiz.structure.${value}.name`) }))}
        />
        <TextInput
          size="sm"
          aria-label={`${title}: ${t('quiz.edit.credit')}`}
          placeholder={t('quiz.edit.credit')}
          maxLength={longest.credit}
          value={credit}
          onChange={({ currentTarget }) => change({ credit: currentTarget.value })}
        />
      </div>
    </li>
  );
}
