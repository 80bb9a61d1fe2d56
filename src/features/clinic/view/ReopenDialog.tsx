import { Alert, Button, FileButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconEqualNot } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../core/date-locale';
import type { Failure } from '../../../core/failure';
import type { AnalysisDocument } from '../../../core/report/json';
import type { Progress } from '../../../engine/engine';
import { useLanguage, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatNumber } from '../../../ui/format';
import { StageProgress } from '../../../ui/StageProgress';
import { photoAmong, photoIn, type Rerun, readSaved, runAgain } from '../model/reopen';
import { reopenedFrom } from '../model/reopened-photo';
import { BeforeAfter } from './BeforeAfter';
import { useReopen } from './use-reopen';

interface Props {
  /** The JSON file, and photos that came with it; null closes the dialogue. */
  files: { json: File; photos: readonly File[] } | null;
  onClose: () => void;
}

type State =
  | { state: 'reading' }
  | { state: 'failed'; failure: Failure }
  | { state: 'needs-photo'; saved: AnalysisDocument }
  /** `same`: the photo is the file that was analysed, so that square and outline fit it. */
  | { state: 'ready'; saved: AnalysisDocument; image: Blob; same: boolean }
  | { state: 'running'; saved: AnalysisDocument; progress: Progress | null }
  | { state: 'done'; saved: AnalysisDocument; image: Blob; rerun: Rerun };

/**
 * A saved analysis: the work in it goes on, or it is run again, and it is said whether it comes out the same.
 */
export function ReopenDialog({ files, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={files !== null}
      onClose={onClose}
      title={t('handOver.reopen.heading')}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
      size="lg"
    >
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
  const reopen = useReopen();
  const [state, setState] = useState<State>({ state: 'reading' });
  const [controller] = useState(() => new AbortController());

  /** Whether what was given is the photo that was analysed. */
  const look = async (saved: AnalysisDocument, given: readonly Blob[]) => {
    const analysed = await photoAmong(given, saved, services.open);
    const image = analysed ?? given[0];
    setState(
      image ? { state: 'ready', saved, image, same: analysed !== null } : { state: 'needs-photo', saved },
    );
  };

  const goOn = ({ saved, image }: { saved: AnalysisDocument; image: Blob }) => {
    const photo = reopenedFrom(saved, image);
    const named = { ...photo, photo: { ...photo.photo, name: photo.photo.name || files.json.name } };
    reopen([named], { selectedId: photo.photo.id, packageId: saved.analysis.provenance.packageId });
    onClose();
  };

  const run = async (saved: AnalysisDocument, image: Blob) => {
    setState({ state: 'running', saved, progress: null });
    const result = await runAgain(services, saved, image, {
      signal: controller.signal,
      onProgress: (progress) => setState({ state: 'running', saved, progress }),
    });
    setState(
      result.ok
        ? { state: 'done', saved, image, rerun: result.value }
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
      const inside = photoIn(saved.value);
      await look(saved.value, inside ? [inside] : files.photos);
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
          {t('handOver.reopen.about', {
            date: formatDate(about.createdAt, language, { dateStyle: 'medium', timeStyle: 'short' }),
            package: about.provenance.packageId,
            version: about.provenance.packageVersion,
            backend: about.provenance.adapter,
          })}
        </Text>
      )}
      {state.state === 'failed' && (
        <FailureNotice failure={state.failure} heading={t('handOver.reopen.heading')} />
      )}
      {state.state === 'needs-photo' && (
        <>
          <Text>{t('handOver.reopen.needsPhoto', { name: state.saved.photo.name ?? '' })}</Text>
          <FileButton onChange={(file) => file && void look(state.saved, [file])}>
            {(props) => (
              <Button {...props} style={{ alignSelf: 'flex-start' }}>
                {t('handOver.reopen.choosePhoto')}
              </Button>
            )}
          </FileButton>
        </>
      )}
      {state.state === 'ready' && (
        <>
          <Text>{t(state.same ? 'handOver.choose' : 'handOver.otherFile')}</Text>
          {!services.runtime.card(state.saved.analysis.provenance.packageId) && (
            <Text>{t('handOver.otherPackage', { package: state.saved.analysis.provenance.packageId })}</Text>
          )}
          <Group gap="xs">
            {state.same && (
              <Button onClick={() => goOn(state)} data-autofocus>
                {t('handOver.goOn')}
              </Button>
            )}
            <Button variant="default" onClick={() => void run(state.saved, state.image)}>
              {t('handOver.proof')}
            </Button>
          </Group>
        </>
      )}
      {state.state === 'running' && (
        <>
          <Text>{t('handOver.reopen.running')}</Text>
          <StageProgress progress={state.progress} onCancel={() => controller.abort()} />
        </>
      )}
      {state.state === 'done' && (
        <>
          <Finding saved={state.saved} rerun={state.rerun} />
          {state.rerun.sameFile && (
            <Button style={{ alignSelf: 'flex-start' }} onClick={() => goOn(state)}>
              {t('handOver.goOn')}
            </Button>
          )}
        </>
      )}
      <Text size="xs" c="dimmed">
        {t('app.disclaimer')}
      </Text>
      <Button variant="default" onClick={onClose} style={{ alignSelf: 'flex-end' }}>
        {t('handOver.reopen.close')}
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
        title={t(reproduction.reproduces ? 'handOver.reopen.yes' : 'handOver.reopen.no')}
      >
        {reproduction.reproduces ? (
          <Text size="sm">{t('handOver.reopen.yesMore', values)}</Text>
        ) : (
          <ul style={{ margin: 0, paddingLeft: '1.1rem' }}>
            {reproduction.problems.map((problem) => (
              <li key={problem}>{t(`handOver.reopen.problem.${problem}`, values)}</li>
            ))}
          </ul>
        )}
        {!reproduction.sameBackend && (
          <Text size="sm" mt={4}>
            {t('handOver.reopen.otherBackend', { was, is })}
          </Text>
        )}
        {!sameFile && (
          <Text size="sm" mt={4}>
            {t('handOver.reopen.otherFile')}
          </Text>
        )}
      </Alert>
      <BeforeAfter then={saved.analysis} now={fresh} />
    </>
  );
}
