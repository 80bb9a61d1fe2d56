import { ActionIcon, Alert, Button, Code, FileButton, Group, Text } from '@mantine/core';
import {
  IconAlertCircle,
  IconBrush,
  IconDownload,
  IconFolderOpen,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../ui/FailureNotice';
import { useOutcome } from '../../../ui/Outcome';
import { UnreadableNotice } from '../../../ui/UnreadableNotice';
import { useFolderInput } from '../../../ui/use-folder-input';
import type { TeachingSet } from '../model/teaching-set';
import { Busy } from './Busy';
import { useLibrary, useQuiz, useQuizParts } from './context';
import { LeftOutList } from './LeftOutList';
import styles from './quiz.module.css';
import { SetEditor } from './SetEditor';
import { useNames } from './use-names';
import type { Receiving } from './use-receive';
import { useSaveSet } from './use-save-set';

interface Props {
  receiving: Receiving;
  /** Goes to the questions. */
  onAsk: () => void;
}

/** The sets of this machine: open, make, save, delete; or one of them as it is edited. */
export function SetsTab({ receiving, onAsk }: Props) {
  const { t } = useTranslation();
  const sets = useLibrary(({ sets }) => sets);
  const edited = sets.find(({ id }) => id === receiving.editing);
  const folder = useFolderInput((files) => void receiving.receive(files), t('quiz.sets.openFolder'));
  if (edited) return <SetEditor key={edited.id} set={edited} receiving={receiving} />;
  return (
    <section className={styles.sets} aria-label={t('quiz.sets.heading')}>
      <Group gap="sm">
        <FileButton
          accept=".zip,application/zip"
          onChange={(file) => file && void receiving.open(file)}
          inputProps={{ 'aria-label': t('quiz.sets.openFile') }}
        >
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={18} aria-hidden />}>
              {t('quiz.sets.openFile')}
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={18} aria-hidden />}
          onClick={folder.choose}
        >
          {t('quiz.sets.openFolder')}
        </Button>
        {folder.input}
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => void receiving.make()}
        >
          {t('quiz.sets.make')}
        </Button>
        <BuiltIn />
      </Group>
      <Text size="sm" c="dimmed">
        {t('quiz.sets.drop')}
      </Text>
      <Busy />
      <Problem receiving={receiving} />
      <LeftOutList leftOut={receiving.leftOut} />
      <UnreadableParts />
      {sets.length === 0 ? (
        <Text>{t('quiz.sets.none')}</Text>
      ) : (
        <ul className={styles.list}>
          {sets.map((set) => (
            <SetEntry key={set.id} set={set} onEdit={() => receiving.edit(set.id)} onAsk={onAsk} />
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed">
        {t('quiz.sets.forgotten')}
      </Text>
    </section>
  );
}

/** The way to the cases that come with the program; nothing where there are none. */
export function BuiltIn() {
  const { t } = useTranslation();
  const { library } = useQuizParts();
  const notify = useOutcome();
  const { addBuiltIn } = library;
  if (!addBuiltIn) return null;
  const add = async () => {
    const added = await addBuiltIn(t('quiz.builtIn.title'));
    if (added.ok) return;
    const { problem } = added;
    // The folder comes with the program: that it is no set means that it could not be fetched.
    notify.failed(
      t('quiz.sets.failed'),
      'code' in problem ? problem : { code: 'drawings-unavailable', detail: {} },
    );
  };
  return (
    <Button variant="default" leftSection={<IconBrush size={18} aria-hidden />} onClick={() => void add()}>
      {t('quiz.builtIn.add')}
    </Button>
  );
}

/** What is kept here of sets, score and answers, and cannot be read. */
function UnreadableParts() {
  const { t } = useTranslation();
  const unreadable = useQuiz((state) => state.unreadable);
  return (
    <UnreadableNotice
      unreadable={unreadable}
      heading={t('quiz.unreadable.heading', { count: unreadable.length })}
      help={t('quiz.unreadable.help')}
      save={t('quiz.unreadable.save')}
    />
  );
}

/** Why what was opened is no set. */
function Problem({ receiving: { problem } }: { receiving: Receiving }) {
  const { t } = useTranslation();
  if (!problem) return null;
  if ('code' in problem) return <FailureNotice failure={problem} heading={t('quiz.sets.failed')} />;
  return (
    <Alert
      role="alert"
      variant="default"
      icon={<IconAlertCircle aria-hidden />}
      title={t('quiz.refused.heading')}
    >
      {t(`quiz.refused.${problem.reason}`)} {problem.detail && <Code>{problem.detail}</Code>}
    </Alert>
  );
}

function SetEntry({ set, onEdit, onAsk }: { set: TeachingSet; onEdit: () => void; onAsk: () => void }) {
  const { t } = useTranslation();
  const { library, quiz } = useQuizParts();
  const notify = useOutcome();
  const names = useNames();
  const { save, saving } = useSaveSet();
  const [deleting, setDeleting] = useState(false);
  const name = names.set(set);
  const known = set.cases.filter(({ diagnosis }) => diagnosis !== null).length;
  const facts = [
    t('quiz.sets.photos', { count: set.cases.length }),
    known < set.cases.length && t('quiz.sets.asked', { count: known }),
    set.author && t('quiz.sets.author', { author: set.author }),
    set.licence && t('quiz.sets.licence', { licence: set.licence }),
    set.version && t('quiz.sets.version', { version: set.version }),
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  const remove = async () => {
    const removed = await library.remove(set.id);
    if (!removed.ok) return notify.failed(t('quiz.sets.failed'), removed.failure);
    quiz.choose({ setId: null });
    notify.done(t('quiz.sets.deleted'));
  };
  return (
    <li className={styles.entry}>
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
      </div>
      <Group gap={4} wrap="nowrap">
        <Button
          size="sm"
          variant="default"
          disabled={known === 0}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => {
            quiz.choose({ setId: set.id });
            void quiz.next();
            onAsk();
          }}
        >
          {t('quiz.sets.ask')}
        </Button>
        <ActionIcon variant="subtle" size="lg" aria-label={t('quiz.sets.edit', { name })} onClick={onEdit}>
          <IconPencil size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          size="lg"
          loading={saving}
          aria-label={t('quiz.sets.save', { name })}
          onClick={() => void save(set)}
        >
          <IconDownload size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={t('quiz.sets.delete', { name })}
          onClick={() => setDeleting(true)}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Group>
      {deleting && (
        <div className={styles.deleting} role="alertdialog" aria-label={t('quiz.sets.delete', { name })}>
          <Text size="sm">{t('quiz.sets.deleteAsk', { name })}</Text>
          <Group mt="xs">
            <Button size="sm" color="red.9" onClick={() => void remove()}>
              {t('quiz.sets.deleteDo')}
            </Button>
            <Button size="sm" variant="default" autoFocus onClick={() => setDeleting(false)}>
              {t('quiz.sets.cancel')}
            </Button>
          </Group>
        </div>
      )}
    </li>
  );
}
