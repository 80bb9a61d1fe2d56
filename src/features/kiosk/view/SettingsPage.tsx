import {
  Button,
  FileInput,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { isClassifier } from '../../../core/card/segmenter';
import { useLanguage, useRuntime } from '../../../ui/context';
import { formatBytes } from '../../../ui/format';
import { readLogo } from '../model/read-logo';
import { type KioskSettings, kioskSettings, maxLogoBytes } from '../model/settings';
import { useKiosk, useSettings, useVisitorSession } from './context';
import { HostFrame } from './HostFrame';
import styles from './host.module.css';
import { LanguageFiles } from './LanguageFiles';
import { kioskLanguages } from './use-kiosk-language';

const noCards: readonly Card[] = [];

/** What the host sets. Nothing changes before "Save". */
export function SettingsPage() {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const kiosk = useKiosk();
  const { settings, fixed, ignored } = useSettings();
  const cards = useRuntime(({ cards }) => (cards.state === 'ready' ? cards.value : noCards));
  const visitors = useVisitorSession(({ visitors }) => visitors);
  const [draft, setDraft] = useState(settings);
  const [message, setMessage] = useState<'saved' | 'not-saved' | 'logo-too-large' | null>(null);
  const set = (change: Partial<KioskSettings>) => {
    kiosk.session.touched();
    setMessage(null);
    setDraft({ ...draft, ...change });
  };
  const wrong = new Set(kioskSettings.safeParse(draft).error?.issues.map(({ path }) => path[0]));
  const error = (name: keyof KioskSettings) => wrong.has(name) && t(`kiosk.settings.wrong.${nameOf(name)}`);
  const fromAddress = (name: keyof KioskSettings) =>
    fixed.includes(name) ? t('kiosk.settings.fromAddress') : undefined;

  return (
    <HostFrame here="settings">
      {ignored.length > 0 && (
        <Text role="alert">{t('kiosk.settings.ignored', { names: ignored.join(', ') })}</Text>
      )}
      <div className={styles.fields}>
        <TextInput
          label={t('kiosk.settings.event')}
          description={fromAddress('event')}
          value={draft.event}
          maxLength={80}
          onChange={({ currentTarget }) => set({ event: currentTarget.value })}
        />
        <FileInput
          label={t('kiosk.settings.logo')}
          description={t('kiosk.settings.logoHint', { size: formatBytes(maxLogoBytes, language) })}
          placeholder={t(draft.logo ? 'kiosk.settings.logoThere' : 'kiosk.settings.logoNone')}
          accept="image/png,image/jpeg,image/webp,image/svg+xml"
          clearable
          error={message === 'logo-too-large' && t('kiosk.settings.wrong.logo')}
          onChange={async (file) => {
            const logo = file ? await readLogo(file, maxLogoBytes) : '';
            if (logo === null) setMessage('logo-too-large');
            else set({ logo });
          }}
        />
        <Select
          label={t('app.language')}
          description={fromAddress('language')}
          value={draft.language ?? ''}
          onChange={(value) => set({ language: value || null })}
          allowDeselect={false}
          data={[
            { value: '', label: t('kiosk.settings.browserLanguage') },
            ...kioskLanguages(draft.languages).map(({ language, name }) => ({
              value: language,
              label: name,
            })),
          ]}
        />
        <NumberInput
          label={t('kiosk.settings.timeout')}
          description={fromAddress('timeout')}
          value={draft.timeout}
          min={3}
          max={3600}
          allowDecimal={false}
          error={error('timeout')}
          onChange={(value) => set({ timeout: Number(value) })}
        />
        <MultiSelect
          label={t('kiosk.settings.models')}
          description={fromAddress('models') ?? t('kiosk.settings.modelsHint')}
          value={draft.models}
          onChange={(models) => set({ models })}
          data={cards.filter(isClassifier).map(({ id, title }) => ({ value: id, label: read(title) }))}
        />
        <TextInput
          label={t('kiosk.settings.samples')}
          description={fromAddress('samples') ?? t('kiosk.settings.samplesHint')}
          placeholder="samples/"
          value={draft.samples}
          onChange={({ currentTarget }) => set({ samples: currentTarget.value.trim() })}
        />
        <TextInput
          label={t('kiosk.settings.address')}
          description={fromAddress('address') ?? t('kiosk.settings.addressHint')}
          placeholder="https://"
          inputMode="url"
          value={draft.address}
          error={error('address')}
          onChange={({ currentTarget }) => set({ address: currentTarget.value.trim() })}
        />
        <Switch
          label={t('kiosk.settings.figures')}
          description={fromAddress('figures')}
          checked={draft.figures}
          onChange={({ currentTarget }) => set({ figures: currentTarget.checked })}
        />
        <PasswordInput
          label={t('kiosk.settings.pin')}
          description={fromAddress('pin') ?? t('kiosk.settings.pinHint')}
          inputMode="numeric"
          autoComplete="off"
          value={draft.pin}
          error={error('pin')}
          onChange={({ currentTarget }) => set({ pin: currentTarget.value })}
        />
        <div className={styles.visitors}>
          <Text>{t('kiosk.settings.visitors', { count: visitors.count, since: visitors.since })}</Text>
          <Button variant="default" onClick={() => kiosk.session.recount()}>
            {t('kiosk.settings.recount')}
          </Button>
        </div>
      </div>
      <LanguageFiles
        languages={draft.languages}
        onChange={(languages) => {
          const gone = languages.every(({ language }) => language !== draft.language);
          const added = draft.languages.some(({ language }) => language === draft.language);
          // Nobody speaks a language that was removed.
          set({ languages, ...(gone && added && { language: null }) });
        }}
      />
      <div className={styles.save}>
        <Button
          size="lg"
          disabled={wrong.size > 0}
          onClick={() => setMessage(kiosk.save(draft) ? 'saved' : 'not-saved')}
        >
          {t('kiosk.settings.save')}
        </Button>
        <Text role="status">
          {message === 'saved' && t('kiosk.settings.saved')}
          {message === 'not-saved' && t('kiosk.settings.notSaved')}
        </Text>
      </div>
    </HostFrame>
  );
}

/** The settings that a host can get wrong. */
const nameOf = (name: keyof KioskSettings) =>
  name === 'timeout' || name === 'pin' || name === 'logo' || name === 'address' ? name : 'other';
