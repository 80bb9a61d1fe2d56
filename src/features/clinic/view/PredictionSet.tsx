import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { HelpTip } from '../../../ui/HelpTip';
import { KindMark } from '../../../ui/KindMark';
import type { SaidVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';

/**
 * What cannot be ruled out, and behind its sign how often such a list held what it had to. Nothing where
 * there is no result: then nothing is ruled out.
 */
export function PredictionSet({ said: { verdict, text }, card }: { said: SaidVerdict; card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { list } = text;
  if (!list) return null;
  const listed = verdict.list.classes.flatMap((id) =>
    card.classes.filter((cardClass) => cardClass.id === id),
  );
  return (
    <section>
      <div className={styles.heading}>
        <Title order={3} size="sm">
          {t('verdict.list.heading')}
        </Title>
        {list.promise && (
          <HelpTip subject={t('verdict.list.heading')}>
            {list.promise} {list.held}{' '}
            {list.held && !verdict.site && card.calibration?.fittedOn === 'test' && t('pane.fittedOnTest')}
          </HelpTip>
        )}
      </div>
      {verdict.list.unsure && <Text size="sm">{t('verdict.list.unsureShort')}</Text>}
      {verdict.list.words === 'all' && <Text size="sm">{t('verdict.list.allShort')}</Text>}
      <ul className={styles.listed}>
        {listed.map(({ id, name, kind }) => (
          <li key={id}>
            <span>{read(name)}</span>
            {kind !== 'benign' && <KindMark kind={kind} />}
          </li>
        ))}
      </ul>
      {list.forFlag && <Text size="sm">{list.forFlag}</Text>}
    </section>
  );
}
