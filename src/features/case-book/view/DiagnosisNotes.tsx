import { Button, Group, Stack, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { RecordLesion } from '../../../records/record';
import { useLanguage, useRuntime, useServices } from '../../../ui/context';
import { LabelInput } from '../../../ui/LabelInput';
import { useOutcome } from '../../../ui/Outcome';
import type { Case } from '../model/search';
import { type Conflict, FieldConflict } from './FieldConflict';
import { ImpressionList } from './ImpressionList';

const noCards: readonly Card[] = [];

/** What the clinician thought before and after the answer, and what the laboratory found. */
export function DiagnosisNotes({ lesionCase }: { lesionCase: Case }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  const { read } = useLanguage();
  const all = useRuntime((state) => (state.cards.state === 'ready' ? state.cards.value : noCards));
  const cards = all.filter(({ id }) =>
    lesionCase.entries.some(({ analysis }) => analysis.provenance.packageId === id),
  );
  const { lesion } = lesionCase;
  const [impression, setImpression] = useState('');
  const [histology, setHistology] = useState(lesion.histology?.label ?? '');
  const [notes, setNotes] = useState(lesion.histology?.notes ?? '');
  /** The histology as it was when its fields were filled. */
  const [known, setKnown] = useState(lesion.histology);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const fill = (stored: RecordLesion['histology']) => {
    setKnown(stored);
    setHistology(stored?.label ?? '');
    setNotes(stored?.notes ?? '');
  };
  const untouched = histology === (known?.label ?? '') && notes === (known?.notes ?? '');
  // Another tab wrote it, and nothing was written here.
  if (lesion.histology?.recordedAt !== known?.recordedAt && untouched) fill(lesion.histology);

  async function writeHistology(value: RecordLesion['histology'], before = known): Promise<void> {
    const written = await cases.edit('lesions', lesion.id, () => ({ histology: value }), {
      histology: before,
    });
    if (written.ok) {
      fill(value);
      return notify.done(t('caseBook.written'));
    }
    if (written.failure.code !== 'record-changed')
      return notify.failed(t('caseBook.writeFailed'), written.failure);
    const { lesions } = cases.store.getState().records;
    const theirs = lesions.find(({ id }) => id === lesion.id)?.histology ?? null;
    const inWords = (written: RecordLesion['histology']) =>
      written === null ? '' : [named(written.label), written.notes].filter(Boolean).join('\n');
    setConflict({
      field: t('caseBook.histology'),
      theirs: inWords(theirs),
      mine: inWords(value),
      keepTheirs: () => fill(theirs),
      keepMine: () => void writeHistology(value, theirs),
    });
  }
  const write = async (change: (now: RecordLesion) => Partial<RecordLesion>) => {
    const written = await cases.edit('lesions', lesion.id, change);
    if (!written.ok) notify.failed(t('caseBook.writeFailed'), written.failure);
    else notify.done(t('caseBook.written'));
  };
  const named = (label: string) => {
    const found = cards.flatMap(({ classes }) => classes).find(({ id }) => id === label);
    return found ? read(found.name) : label;
  };
  const [newest] = lesionCase.photos;

  return (
    <section aria-label={t('caseBook.diagnoses')}>
      <Title order={3} size="sm" mb="xs">
        {t('caseBook.diagnoses')}
      </Title>
      <Stack gap="sm">
        <ImpressionList impressions={lesion.impressions} named={named} />
        <Group gap="xs" align="flex-end">
          <LabelInput
            style={{ flex: 1 }}
            label={t('caseBook.impression.label')}
            cards={cards}
            value={impression}
            onChange={setImpression}
          />
          <Button
            variant="default"
            disabled={impression.trim() === '' || !newest}
            onClick={() => {
              if (!newest) return;
              const recordedAt = new Date().toISOString();
              const label = impression.trim().slice(0, 200);
              // The answer stands on this very page: this impression came after it.
              void write(({ impressions }) => ({
                impressions: [...impressions, { photoId: newest.id, label, recordedAt, beforeAnswer: false }],
              }));
              setImpression('');
            }}
          >
            {t('caseBook.impression.write')}
          </Button>
        </Group>
        <LabelInput
          label={t('caseBook.histology')}
          placeholder={t('caseBook.histologyNone')}
          cards={cards}
          value={histology}
          onChange={setHistology}
        />
        <Textarea
          label={t('caseBook.histologyNotes')}
          autosize
          minRows={2}
          maxLength={20_000}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button
            variant="default"
            disabled={histology.trim() === ''}
            onClick={() =>
              void writeHistology({
                label: histology.trim().slice(0, 200),
                recordedAt: new Date().toISOString(),
                notes,
              })
            }
          >
            {t('caseBook.histologyWrite')}
          </Button>
          {lesion.histology && (
            <Button variant="subtle" onClick={() => void writeHistology(null)}>
              {t('caseBook.histologyClear')}
            </Button>
          )}
        </Group>
      </Stack>
      <FieldConflict conflict={conflict} onClose={() => setConflict(null)} />
    </section>
  );
}
