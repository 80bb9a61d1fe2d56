import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../core/failure';
import { mayBePhoto } from '../../../core/image/file-names';
import { folderOf } from '../../../ui/dropped-files';
import { useOutcome } from '../../../ui/Outcome';
import { leftOutWords, noteWords } from '../../../ui/table-words';
import type { LeftOut } from '../model/photo-file';
import type { SetProblem } from '../model/set-file';
import { useQuizParts } from './context';

export interface Receiving {
  /** Takes what was dropped or chosen for what it is: a set's file, a folder with a list, a table, photos. */
  receive(files: readonly File[]): Promise<void>;
  /** Opens a set's file, whatever it is called. */
  open(file: File): Promise<void>;
  /** The set that is being edited; null while none is. */
  editing: string | null;
  edit(id: string | null): void;
  problem: SetProblem | Failure | null;
  leftOut: readonly LeftOut[];
  /** What a table brought, in words. */
  table: readonly string[];
  make(): Promise<void>;
}

/** `onSets`: called when something comes that belongs to the sets. */
export function useReceive(onSets: () => void): Receiving {
  const { t } = useTranslation();
  const { library } = useQuizParts();
  const notify = useOutcome();
  const [editing, edit] = useState<string | null>(null);
  const [problem, setProblem] = useState<SetProblem | Failure | null>(null);
  const [leftOut, setLeftOut] = useState<readonly LeftOut[]>([]);
  const [table, setTable] = useState<readonly string[]>([]);

  const clear = () => {
    setProblem(null);
    setLeftOut([]);
    setTable([]);
  };
  async function opened(reading: ReturnType<typeof library.openFile>): Promise<void> {
    edit(null);
    const outcome = await reading;
    if (!outcome.ok) return setProblem(outcome.problem);
    const { set, leftOut } = outcome.value;
    setLeftOut(leftOut);
    const name = set.title || t('quiz.sets.untitled');
    notify.done(t('quiz.sets.opened', { name, count: set.cases.length }));
  }
  async function addTo(id: string, files: readonly File[]): Promise<void> {
    const tables = files.filter(({ name }) => /\.(csv|tsv|txt)$/i.test(name));
    const photos = files.filter((file) => !tables.includes(file) && mayBePhoto(file.name));
    if (photos.length > 0) {
      const added = await library.addPhotos(id, photos);
      if (!added.ok) return setProblem(added.failure);
      setLeftOut(added.value);
    }
    for (const file of tables) {
      const read = await library.readTable(id, file);
      if (!read.ok) return setProblem(read.failure);
      const { given, withoutPhoto, unknownLabels, rows, notes } = read.value;
      setTable([
        t('quiz.edit.tableRead', { given, without: withoutPhoto }),
        ...(unknownLabels.length > 0
          ? [t('quiz.edit.tableUnknown', { labels: unknownLabels.slice(0, 8).join(', ').slice(0, 200) })]
          : []),
        ...noteWords(t, notes),
        ...leftOutWords(t, rows),
      ]);
    }
  }
  async function make(): Promise<string> {
    clear();
    const id = await library.create();
    edit(id);
    return id;
  }

  return {
    editing,
    edit(id) {
      clear();
      edit(id);
    },
    problem,
    leftOut,
    table,
    async open(file) {
      clear();
      await opened(library.openFile(file));
    },
    async make() {
      await make();
    },
    async receive(files) {
      if (files.length === 0) return;
      onSets();
      clear();
      const paths = files.map((file) => ({
        path: `${folderOf(file)}/${file.name}`.replace(/^\//, ''),
        file,
      }));
      const [zip] = files.filter(({ name }) => /\.zip$/i.test(name));
      if (zip) return opened(library.openFile(zip));
      if (files.some(({ name }) => name === 'list.json')) {
        const name = paths[0]?.path.split('/').slice(0, -1)[0] ?? '';
        return opened(library.openFolder(paths, name));
      }
      if (editing === null && !files.some(({ name }) => mayBePhoto(name)))
        return setProblem({ reason: 'no-list', detail: files[0]?.name ?? '' });
      await addTo(editing ?? (await make()), files);
    },
  };
}
