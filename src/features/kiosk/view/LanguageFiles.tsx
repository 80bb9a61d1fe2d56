import { Button, FileButton, Text } from '@mantine/core';
import { IconDownload, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';
import { formatBytes } from '../../../ui/format';
import { saveFile } from '../../../ui/save-file';
import {
  type KioskLanguage,
  languageTemplate,
  maxLanguageBytes,
  maxLanguages,
  type ReadLanguageFile,
  readLanguageFile,
} from '../model/language-file';
import styles from './host.module.css';
import { useEnglishTexts } from './use-kiosk-language';

type LanguageProblem = {
  problem: Extract<ReadLanguageFile, { ok: false }>['problem'] | 'too-large';
  what: string[];
};
/** What became of the file that was chosen last. */
type Outcome = { refused: LanguageProblem } | { added: Extract<ReadLanguageFile, { ok: true }> };

interface Props {
  languages: readonly KioskLanguage[];
  onChange: (languages: KioskLanguage[]) => void;
}

/** The languages that the host adds to the kiosk, each by a file that was made from the English one. */
export function LanguageFiles({ languages, onChange }: Props) {
  const { t } = useTranslation();
  const english = useEnglishTexts();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const without = (code: string) => languages.filter(({ language }) => language !== code);
  const full = languages.length >= maxLanguages;

  async function add(file: File | null): Promise<void> {
    if (!file) return;
    if (file.size > maxLanguageBytes) return setOutcome({ refused: { problem: 'too-large', what: [] } });
    const read = readLanguageFile(await file.text(), english);
    if (!read.ok) return setOutcome({ refused: read });
    setOutcome({ added: read });
    // A newer file of a language takes the place of the older one.
    onChange([...without(read.language.language), read.language]);
  }

  return (
    <section className={styles.languages} aria-labelledby="kiosk-languages">
      <h2 id="kiosk-languages">{t('kiosk.settings.languages.heading')}</h2>
      <Text size="sm">{t('kiosk.settings.languages.hint')}</Text>
      {languages.length > 0 && (
        <ul>
          {languages.map(({ language, name, dir, texts }) => (
            <li key={language}>
              <bdi lang={language}>{name}</bdi>
              <Text component="span" size="sm" c="dimmed">
                {language}, {dir}, {t('kiosk.settings.languages.texts', { count: Object.keys(texts).length })}
              </Text>
              <Button
                variant="default"
                leftSection={<IconTrash size="1.2em" aria-hidden />}
                onClick={() => {
                  setOutcome(null);
                  onChange(without(language));
                }}
              >
                {t('kiosk.settings.languages.remove', { name })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.save}>
        <FileButton accept="application/json,.json" onChange={(file) => void add(file)} disabled={full}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size="1.2em" aria-hidden />}>
              {t('kiosk.settings.languages.add')}
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          leftSection={<IconDownload size="1.2em" aria-hidden />}
          onClick={() => saveFile('kiosk-texts.en.json', languageTemplate(english), 'application/json')}
        >
          {t('kiosk.settings.languages.template')}
        </Button>
      </div>
      {full && <Text size="sm">{t('kiosk.settings.languages.full', { count: maxLanguages })}</Text>}
      {outcome && <OutcomeText outcome={outcome} />}
    </section>
  );
}

function OutcomeText({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if ('refused' in outcome) {
    const { problem, what } = outcome.refused;
    const size = formatBytes(maxLanguageBytes, language);
    return (
      <Text role="alert" c="var(--lentigo-error)">
        {t(`kiosk.settings.languages.refused.${problem}`, { what: what.join(', '), size })}
      </Text>
    );
  }
  const { missing, unknown } = outcome.added;
  return (
    <div role="status">
      <Text>{t('kiosk.settings.languages.added', { name: outcome.added.language.name })}</Text>
      <Keys heading={t('kiosk.settings.languages.missing', { count: missing.length })} keys={missing} />
      <Keys heading={t('kiosk.settings.languages.unknown', { count: unknown.length })} keys={unknown} />
    </div>
  );
}

function Keys({ heading, keys }: { heading: string; keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <details>
      <summary>{heading}</summary>
      <ul className={styles.keys}>
        {keys.map((key) => (
          <li key={key}>
            <code>{key}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
