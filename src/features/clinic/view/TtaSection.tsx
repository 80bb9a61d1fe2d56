import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { useClinicServices } from './context';
import { Section } from './Section';

interface Props {
  photoId: string;
  analysis: Analysis;
  packageId: string;
}

/**
 * How the answer moves when the photo is turned and mirrored, which changes nothing about the spot. Asked
 * for, because it takes eight looks; the bars above carry the outcome as whiskers.
 */
export function TtaSection({ photoId, analysis: { testTimeAugmentation }, packageId }: Props) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const run = () => void workbench.analyse(photoId, packageId, { testTimeAugmentation: true });
  return (
    <Section order={4} heading={t('viewer.tta.heading')} meaning={t('viewer.tta.meaning')}>
      {!testTimeAugmentation && (
        <Button size="compact-md" variant="default" data-shortcut="tta" onClick={run}>
          {t('viewer.tta.ask')}
        </Button>
      )}
      {testTimeAugmentation && (
        <>
          <Text size="sm">
            {t('viewer.tta.views', {
              agreeing: Math.round(testTimeAugmentation.agreement * testTimeAugmentation.views),
              views: testTimeAugmentation.views,
            })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('viewer.tta.whiskers')}
          </Text>
        </>
      )}
    </Section>
  );
}
