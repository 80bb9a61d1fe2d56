import { Alert, Button, FileButton, Modal, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconEqualNot } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../core/failure';
import type { AnalysisDocument } from '../../../core/report/json';
import type { Progress } from '../../../engine/engine';
import { useLanguage, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatNumber } from '../../../ui/format';
import { StageProgress } from '../../../ui/StageProgress';
import { photoAmong, photoIn, type Rerun, readSaved, runAgain } from '../model/reopen';
import { BeforeAfter } from './BeforeAfter';

interface Props {
  /** The JSON file, and photos that came with it; null closes the dialogue. */
  files: { json: File; photos: readonly File[] } | null;
  onClose: () => void;
}

type State =
  | { state: 'reading' }
  | { state: 'failed'; failure: Failure }
  | { state: 'needs-photo'; saved: AnalysisDocument }
  | { state: 'running'; saved: AnalysisDocument; progress: Progress | null }
  | { state: 'done'; saved: AnalysisDocument; rerun: Rerun };

/** A saved analysis is run again, and it is said whether it comes out the same. */
export function ReopenDialog({ files, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={files !== null} onClose={onClose} title={t('export.reopen.heading')} size="lg">
      {files && (
        <Reopening key={`${files.json.name} ${files.json.lastModified}`} files={files} onClose={onClose} />
      )}
    </Modal>
  );
}

function Reopening({ files, onClose }: { files: NonNullable<Props['files']>; onClose: () => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const services = useServices();
  const [state, setState] = useState<State>({ state: 'reading' });
  const [controller] = useState(() => new AbortController());

  const run = async (saved: AnalysisDocument, image: Blob) => {
    setState({ state: 'running', saved, progress: null });
    const result = await runAgain(services, saved, image, {
      signal: controller.signal,
      onProgress: (progress) => setState({ state: 'running', saved, progress }),
    });
    setState(
      result.ok
        ? { state: 'done', saved, rerun: result.value }
        : { state: 'failed', failure: result.failure },
    );
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the files come; other files have another key.
  useEffect(() => {
    let left = false;
    void (async () => {
      const saved = await readSaved(files.json);
      if (left) return;
      if (!saved.ok) return setState({ state: 'failed', failure: saved.failure });
      const image = photoIn(saved.value) ?? (await photoAmong(files.photos, saved.value)) ?? files.photos[0];
      if (left) return;
      if (image) await run(saved.value, image);
      else setState({ state: 'needs-photo', saved: saved.value });
    })();
    return () => {
      left = true;
    };
  }, []);

  const about = 'saved' in state ? state.saved.analysis : null;
  return (
    <Stack gap="md">
      {about && (
        <Text size="sm" c="dimmed">
          {t('export.reopen.about', {
            date: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
              new Date(about.createdAt),
            ),
            package: about.provenance.packageId,
            version: about.provenance.packageVersion,
            backend: about.provenance.adapter,
          })}
        </Text>
      )}
      {state.state === 'failed' && (
        <FailureNotice failure={state.failure} heading={t('export.reopen.heading')} />
      )}
      {state.state === 'needs-photo' && (
        <>
          <Text>{t('export.reopen.needsPhoto', { name: state.saved.photo.name ?? '' })}</Text>
          <FileButton onChange={(file) => file && void run(state.saved, file)}>
            {(props) => (
              <Button {...props} style={{ alignSelf: 'flex-start' }}>
                {t('export.reopen.choosePhoto')}
              </Button>
            )}
          </FileButton>
        </>
      )}
      {state.state === 'running' && (
        <>
          <Text>{t('export.reopen.running')}</Text>
          <StageProgress progress={state.progress} onCancel={() => controller.abort()} />
        </>
      )}
      {state.state === 'done' && <Finding saved={state.saved} rerun={state.rerun} />}
      <Text size="xs" c="dimmed">
        {t('app.disclaimer')}
      </Text>
      <Button variant="default" onClick={onClose} style={{ alignSelf: 'flex-end' }}>
        {t('export.reopen.close')}
      </Button>
    </Stack>
  );
}

function Finding({ saved, rerun }: { saved: AnalysisDocument; rerun: Rerun }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { reproduction, fresh, sameFile } = rerun;
  const values = {
    difference: formatNumber(100 * (reproduction.maxDifference ?? 0), language, 3),
    tolerance: formatNumber(100 * reproduction.tolerance, language, 1),
  };
  const was = saved.analysis.provenance.adapter;
  const is = fresh.provenance.adapter;
  return (
    <>
      <Alert
        role="status"
        variant="light"
        color={reproduction.reproduces ? 'teal' : 'gray'}
        icon={reproduction.reproduces ? <IconCircleCheck aria-hidden /> : <IconEqualNot aria-hidden />}
        title={t(reproduction.reproduces ? 'export.reopen.yes' : 'export.reopen.no')}
      >
        {reproduction.reproduces ? (
          <Text size="sm">{t('export.reopen.yesMore', values)}</Text>
        ) : (
          <ul style={{ margin: 0, paddingLeft: '1.1rem' }}>
            {reproduction.problems.map((problem) => (
              <li key={problem}>{t(`export.reopen.problem.${problem}`, values)}</li>
            ))}
          </ul>
        )}
        {!reproduction.sameBackend && (
          <Text size="sm" mt={4}>
            {t('export.reopen.otherBackend', { was, is })}
          </Text>
        )}
        {!sameFile && (
          <Text size="sm" mt={4}>
            {t('export.reopen.otherFile')}
          </Text>
        )}
      </Alert>
      <BeforeAfter then={saved.analysis} now={fresh} />
    </>
  );
}
