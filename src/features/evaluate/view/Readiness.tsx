import { Button, Checkbox, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconInfoCircle, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { factNotes } from '../../../core/evaluation/notes';
import { imagesToPredict, type Plan } from '../../../core/evaluation/plan';
import { useLanguage } from '../../../ui/context';
import { leftOutWords, noteWords } from '../../../ui/table-words';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';
import type { Meanings } from './LabelMeanings';
import { PartChoice, useChosenPart } from './PartChoice';

interface Props {
  planned: Plan | null;
  cards: readonly Card[];
  meanings: readonly Meanings[];
  /** The package whose outlines are judged; null where none was chosen. */
  segmenter: Card | null;
}

interface Finding {
  text: string;
  kind: 'good' | 'note' | 'stop';
}

/** What will be asked, and what is missing, before anything starts. */
export function Readiness({ planned, cards, meanings, segmenter }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { evaluation } = useEvaluateServices();
  const {
    outlines,
    skinTone,
    source,
    table,
    folderNotes,
    part: chosenPart,
  } = useEvaluation((state) => state.draft);
  // Without a classifier nothing that a table says matters.
  const used = source === 'table' && meanings.length > 0 ? table : null;
  // Half a million rows are looked into once, not at each change of the page.
  const toPredict = useMemo(() => {
    const maps = meanings.map(({ labels }) => labels);
    return planned ? imagesToPredict(planned, maps, segmenter !== null) : [];
  }, [planned, meanings, segmenter]);
  const groupCount = useMemo(() => new Set(toPredict.map(({ group }) => group)).size, [toPredict]);
  const facts = useMemo(() => {
    const asked = meanings.map(({ card }) => card);
    return used ? factNotes(used, asked, ({ title }) => title[language]) : [];
  }, [used, meanings, language]);
  const masks = toPredict.filter(({ mask }) => mask !== null).length;
  const installed = cards.some(({ task }) => task === 'segmentation');
  const outlined = masks > 0 && installed && (segmenter !== null || outlines);
  const chosen = [...meanings.map(({ card }) => card), ...(segmenter ? [segmenter] : [])];
  const part = useChosenPart(planned, cards);
  const ready = chosen.length > 0 && toPredict.length > 0;
  const tableNotes = tableFindings();
  const findings = [...(planned ? missing() : []), ...tableNotes];

  function start() {
    // A part that another tab took since it was chosen gives way to the one that is shown.
    if (part.shard?.index !== chosenPart) evaluation.draft({ part: null });
    void evaluation.start(cards);
  }

  function tableFindings(): Finding[] {
    return noteWords(t, [...folderNotes, ...(used?.notes ?? []), ...facts]).map((text) => ({
      text,
      kind: 'note',
    }));
  }

  function missing(): Finding[] {
    const found: Finding[] = [];
    const note = (text: string, kind: Finding['kind'] = 'note') => found.push({ text, kind });
    const sayLeftOut = (kinds?: Parameters<typeof leftOutWords>[2]) => {
      for (const text of leftOutWords(t, planned ?? {}, kinds)) note(text);
    };
    if (!planned) return found;
    if (chosen.length === 0) note(t('evaluate.needModel'), 'stop');
    else if (toPredict.length === 0)
      note(t(meanings.length > 0 ? 'evaluate.needImages' : 'evaluate.needOutlines'), 'stop');
    else {
      const models = chosen.map(({ title }) => read(title)).join(', ');
      const groups = t('evaluate.groupCount', { count: groupCount });
      note(t('evaluate.willAsk', { count: toPredict.length, groups, models }), 'good');
    }
    // An outline needs no label, so that nothing said of labels matters to it.
    if (segmenter && meanings.length === 0) {
      const without = planned.images.length + planned.unnamed.length - toPredict.length;
      if (toPredict.length > 0 && without > 0) note(t('evaluate.noOutline', { count: without }));
      sayLeftOut(['ambiguousMasks', 'strayMasks']);
      if (found.length === 1 && ready) note(t('evaluate.allWell'), 'good');
      return found;
    }
    if (segmenter && masks === 0) note(t('evaluate.needOutlines'));
    sayLeftOut();
    for (const { card, labels } of meanings) {
      const model = read(card.title);
      const count = planned.images.filter(({ label }) => !labels[label]).length;
      if (count > 0) note(t('evaluate.unmapped', { model, count }));
      const present = new Set(planned.images.map(({ label }) => labels[label]));
      const absent = card.classes.filter(({ id }) => !present.has(id)).map(({ id }) => id);
      if (absent.length > 0 && toPredict.length > 0)
        note(t('evaluate.classMissing', { model, classes: absent.join(', ') }));
    }
    const domains = [...new Set(chosen.map(({ domain }) => domain))];
    if (domains.length > 1)
      note(t('evaluate.domains', { domains: domains.map((domain) => t(`domain.${domain}`)).join(', ') }));
    if (masks > 0 && !installed) note(t('evaluate.noSegmenter'));
    if (ready && found.length === 1 && tableNotes.length === 0) note(t('evaluate.allWell'), 'good');
    return found;
  }

  return (
    <>
      <Text component="h2" fw={600} size="lg" m={0}>
        {t('evaluate.ready')}
      </Text>
      {findings.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('evaluate.nothingYet')}
        </Text>
      ) : (
        <ul className={styles.findings}>
          {findings.map(({ text, kind }) => (
            <li key={text}>
              <Sign kind={kind} />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {masks > 0 && installed && !segmenter && (
        <Checkbox
          label={t('evaluate.outlines', { count: masks })}
          checked={outlines}
          onChange={({ currentTarget }) => evaluation.draft({ outlines: currentTarget.checked })}
        />
      )}
      {ready && installed && meanings.length > 0 && (
        <Checkbox
          label={t('evaluate.skinTone')}
          // Beside outlines that are looked for anyway it costs nothing.
          checked={skinTone || outlined}
          disabled={outlined}
          onChange={({ currentTarget }) => evaluation.draft({ skinTone: currentTarget.checked })}
        />
      )}
      {ready && toPredict.length > 1 && <PartChoice part={part} />}
      <Button
        size="md"
        disabled={!ready || (part.count > 1 && part.shard === null)}
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        onClick={start}
      >
        {t('evaluate.start')}
      </Button>
    </>
  );
}

function Sign({ kind }: { kind: Finding['kind'] }) {
  if (kind === 'good') return <IconCheck size={18} color="var(--lentigo-accent)" aria-hidden />;
  if (kind === 'stop') return <IconAlertCircle size={18} aria-hidden />;
  return <IconInfoCircle size={18} aria-hidden />;
}
