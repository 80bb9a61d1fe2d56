import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../save-file';
import { pngOf, svgText } from './picture';
import styles from './plots.module.css';

interface Props {
  /** Also the name of the file, without its end: "roc". */
  name: string;
  heading: string;
  /** What the plot says, in words, for who does not see it and below it for who does. */
  summary: string;
  /** Beside the heading: its meaning, a choice. */
  beside?: ReactNode;
  children: ReactNode;
}

/**
 * A plot with its heading, its words, and a way to take it along as SVG or PNG. Holds exactly one `svg` that
 * is the plot.
 */
export function PlotFigure({ name, heading, summary, beside, children }: Props) {
  const { t } = useTranslation();
  const plot = useRef<HTMLDivElement>(null);
  const withPlot = (use: (svg: SVGSVGElement) => void) => {
    const svg = plot.current?.querySelector<SVGSVGElement>('svg');
    if (svg) use(svg);
  };
  return (
    <figure className={styles.figure} data-plot={name} data-heading={heading}>
      <div className={styles.head}>
        <h3>{heading}</h3>
        {beside}
        <Menu position="bottom-end" transitionProps={{ duration: 120 }}>
          <Menu.Target>
            <ActionIcon
              className={styles.save}
              variant="subtle"
              color="gray"
              aria-label={t('plots.save', { heading })}
            >
              <IconDownload size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() => withPlot((svg) => saveFile(`${name}.svg`, svgText(svg), 'image/svg+xml'))}
            >
              {t('plots.asSvg')}
            </Menu.Item>
            <Menu.Item
              onClick={() =>
                withPlot((svg) => void pngOf(svg).then((picture) => saveFile(`${name}.png`, picture)))
              }
            >
              {t('plots.asPng')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div ref={plot} className={styles.plot}>
        {children}
      </div>
      <figcaption className={styles.caption}>{summary}</figcaption>
    </figure>
  );
}
