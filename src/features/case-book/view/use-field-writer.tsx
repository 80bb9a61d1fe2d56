import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../core/failure';
import { useOutcome } from '../../../ui/Outcome';
import { type Conflict, FieldConflict } from './FieldConflict';
import type { Field } from './use-field';

/** A text field of a record. */
export interface WrittenField {
  /** In words, for the question which text is to stay. */
  name: string;
  field: Field<string>;
  /** Between two texts that are both kept; null where the field holds no two. */
  joinedBy: string | null;
  write: (value: string, known: string) => Promise<Result<null>>;
  /** What is stored now. */
  stored: () => string;
}

export interface FieldWriter {
  /** Writes a field that is left; where another tab wrote it meanwhile, the user is asked. */
  leave: (of: WrittenField) => Promise<void>;
  /** Says that something could not be written. */
  notice: (written: Result<null>) => void;
  /** The question, where there is one. */
  question: ReactNode;
}

export function useFieldWriter(): FieldWriter {
  const { t } = useTranslation();
  const notify = useOutcome();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const notice = (written: Result<null>) => {
    if (!written.ok) notify.failed(t('caseBook.writeFailed'), written.failure);
  };
  async function put(of: WrittenField, value: string, known: string): Promise<void> {
    if (value === known) return;
    const { field, joinedBy } = of;
    const written = await of.write(value, known);
    if (written.ok || written.failure.code !== 'record-changed') return notice(written);
    const theirs = of.stored();
    const again = (text: string) => {
      field.set(text);
      void put(of, text, theirs);
    };
    setConflict({
      field: of.name,
      theirs,
      mine: value,
      keepTheirs: () => field.take(theirs),
      keepMine: () => again(value),
      ...(joinedBy !== null && {
        keepBoth: () => again([theirs, value].filter(Boolean).join(joinedBy)),
      }),
    });
  }
  return {
    leave: (of) => put(of, of.field.value, of.field.known),
    notice,
    question: <FieldConflict conflict={conflict} onClose={() => setConflict(null)} />,
  };
}
