import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { version } from '../../../../package.json';
import { useExportWords } from '../../../ui/export/use-export-words';
import { useOutcome } from '../../../ui/Outcome';
import { saveFile } from '../../../ui/save-file';
import type { TeachingSet } from '../model/teaching-set';
import { useQuizParts } from './context';

/** Hands a set over as one file. */
export function useSaveSet(): { save: (set: TeachingSet) => Promise<void>; saving: boolean } {
  const { t } = useTranslation();
  const { library } = useQuizParts();
  const words = useExportWords();
  const notify = useOutcome();
  const [saving, setSaving] = useState(false);
  const save = async (set: TeachingSet) => {
    setSaving(true);
    const made = await library.save(set.id, { appVersion: version, disclaimer: words().disclaimer });
    setSaving(false);
    if (!made.ok) return notify.failed(t('quiz.sets.failed'), made.failure);
    // Letters of every script stay; what file systems refuse does not.
    const title = set.title
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60);
    const name = `lentigo-set${title && '-'}${title}.zip`;
    saveFile(name, made.value);
    notify.done(t('quiz.sets.saved', { name }));
  };
  return { save, saving };
}
