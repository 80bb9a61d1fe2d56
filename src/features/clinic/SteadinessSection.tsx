import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../core/analysis';
import type { Card } from '../../core/card';
import { useLanguage, useServices } from '../../ui/context';
import { formatProbability } from '../../ui/format';
import styles from './findings.module.css';
import { classOf } from './maps';
import { Section } from './Section';

interface Props {
  photoId: string;
  analysis: Analysis;
  card: Card;
}

/** How the answer moves when the photo is turned and mirrored, which changes nothing about the spot. Asked for, because it takes eight looks. */
export function SteadinessSection({ photoId, analysis: { steadiness }, card }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { workbench } = useServices();
  const ask = () => void workbench.analyse(photoId, card.id, { steadiness: true });
  const percent = (value: number) => formatProbability(value, language);
  return (
    <Section heading={t('viewer.steadiness.heading')} meaning={t('viewer.steadiness.meaning')}>
      {!steadiness && (
        <Button size="compact-md" variant="default" data-shortcut="steadiness" onClick={ask}>
          {t('viewer.steadiness.ask')}
        </Button>
      )}
      {steadiness && (
        <>
          <Text size="sm">
            {t('viewer.steadiness.views', {
              agreeing: Math.round(steadiness.agreement * steadiness.views),
              views: steadiness.views,
            })}
          </Text>
          <table className={styles.figures} aria-label={t('viewer.steadiness.heading')}>
            <tbody>
              {[...steadiness.classes]
                .sort((a, b) => b.mean - a.mean)
                .map(({ id, lowest, highest, mean }) => {
                  const name = classOf(card, id)?.name;
                  return (
                    <tr key={id}>
                      <th scope="row">{name ? read(name) : id}</th>
                      <td className={styles.range} aria-hidden>
                        <span style={{ left: `${100 * lowest}%`, right: `${100 * (1 - highest)}%` }} />
                        <i style={{ left: `${100 * mean}%` }} />
                      </td>
                      <td>
                        {t('viewer.steadiness.range', { lowest: percent(lowest), highest: percent(highest) })}
                      </td>
                    </tr>
                  );
                })}
            </tbody>
          </table>
        </>
      )}
    </Section>
  );
}
