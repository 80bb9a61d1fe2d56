import { NativeSelect, Stack, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kinds } from '../../../core/card/kinds';
import type { FoundModel } from '../../../engine/import/importer';
import { rangeNames } from '../../../engine/import/ranges';
import type { AnswersDraft, ClassDraft } from '../model/import-answers';
import styles from './models.module.css';

const domains = ['dermoscopy', 'phone', 'acne', 'histopathology'] as const;

const nonCommercial: Record<string, boolean> = { allowed: false, forbidden: true };

interface Props {
  found: FoundModel;
  draft: AnswersDraft;
  onChange: (draft: AnswersDraft) => void;
}

/** What no file says. A guess is called one. */
export function ImportQuestions({ found, draft, onChange }: Props) {
  const { t } = useTranslation();
  const set = (change: Partial<AnswersDraft>) => onChange({ ...draft, ...change });
  const guess = t('importModel.ask.guess');
  const choice = <Name extends 'range' | 'order' | 'fit' | 'plain'>(
    name: Name,
    options: readonly AnswersDraft[Name][],
    label: (option: AnswersDraft[Name]) => string,
    description = guess,
  ) => (
    <NativeSelect
      label={t(`importModel.ask.${name}`)}
      description={description}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value } as Partial<AnswersDraft>)}
      data={options.map((value) => ({ value, label: label(value) }))}
    />
  );
  return (
    <section aria-labelledby="import-ask">
      <Title order={3} size="h5" id="import-ask" mb="xs">
        {t('importModel.ask.heading')}
      </Title>
      <div className={styles.questions}>
        <TextInput
          label={t('importModel.ask.title')}
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <TextInput
          label={t('importModel.ask.id')}
          description={t('importModel.ask.idHelp')}
          value={draft.id}
          onChange={(event) => set({ id: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('importModel.ask.domain')}
          value={draft.domain ?? ''}
          onChange={({ currentTarget }) =>
            set({ domain: domains.find((domain) => domain === currentTarget.value) ?? null })
          }
          data={[
            { value: '', label: t('importModel.ask.choose') },
            ...domains.map((domain) => ({ value: domain, label: t(`models.audience.${domain}`) })),
          ]}
        />
        {choice(
          'range',
          rangeNames,
          (range) => t(`importModel.ask.ranges.${range}`),
          found.guesses.rangeIsKnown ? t('importModel.ask.known') : guess,
        )}
        {choice('order', ['rgb', 'bgr'], (order) => t(`importModel.ask.${order}`))}
        {choice('fit', ['centre-square', 'letterbox'], (fit) => t(`importModel.ask.${fit}`))}
        {found.answer.kind === 'plain' &&
          choice('plain', ['logits', 'probabilities'], (plain) => t(`importModel.ask.${plain}`))}
        <TextInput
          label={t('importModel.ask.licence')}
          value={draft.licence}
          onChange={(event) => set({ licence: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('importModel.ask.commercial')}
          value={draft.nonCommercial === null ? 'unknown' : draft.nonCommercial ? 'forbidden' : 'allowed'}
          onChange={(event) => set({ nonCommercial: nonCommercial[event.currentTarget.value] ?? null })}
          data={(['unknown', 'allowed', 'forbidden'] as const).map((value) => ({
            value,
            label: t(`importModel.ask.commercialUse.${value}`),
          }))}
        />
        <TextInput
          label={t('importModel.ask.source')}
          value={draft.source}
          onChange={(event) => set({ source: event.currentTarget.value })}
        />
      </div>
      <Title order={4} size="h6" mt="md" mb="xs">
        {t('importModel.ask.classes')}
      </Title>
      <Stack gap="sm">
        {draft.classes.map((each, index) => (
          <ClassRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the answer.
            key={index}
            number={index + 1}
            value={each}
            onChange={(change) =>
              set({
                classes: draft.classes.map((other, at) => (at === index ? { ...other, ...change } : other)),
              })
            }
          />
        ))}
      </Stack>
    </section>
  );
}

function ClassRow({
  number,
  value: { name, korean, kind },
  onChange,
}: {
  number: number;
  value: ClassDraft;
  onChange: (change: Partial<ClassDraft>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.classQuestion}>
      <TextInput
        aria-label={t('importModel.ask.nameOf', { number })}
        placeholder={t('importModel.ask.class', { number })}
        value={name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('importModel.ask.koreanOf', { number })}
        placeholder={t('importModel.ask.korean')}
        value={korean}
        onChange={(event) => onChange({ korean: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('importModel.ask.kindOf', { number })}
        value={kind ?? ''}
        onChange={(event) =>
          onChange({ kind: kinds.find((each) => each === event.currentTarget.value) ?? null })
        }
        data={[
          { value: '', label: `${t('importModel.ask.kind')}: ${t('importModel.ask.choose')}` },
          ...kinds.map((value) => ({ value, label: t(`verdict.kind.${value}`) })),
        ]}
      />
    </div>
  );
}
