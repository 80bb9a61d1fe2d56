import { Badge, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { centreSquare, type Size } from '../../../core/geometry';
import { answerOf } from '../../../runtime/run';
import { ActivationOverlay } from '../../../ui/ActivationOverlay';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { LinesLayer, OutlineLayer } from '../../../ui/viewer/OutlineLayer';
import { PhotoViewer } from '../../../ui/viewer/PhotoViewer';
import { cssPlace } from '../../../ui/viewer/place';
import { useFullScreen } from '../../../ui/viewer/use-full-screen';
import { blankMask, otherOutlines, shownMask, squaresAround } from '../model/lesion-squares';
import { classOf, mapsAtSensitivity } from '../model/maps';
import { answerWaits } from '../model/patient-context';
import { type WorkbenchPhoto, withStroke } from '../model/workbench-photo';
import { useClinicServices, usePatientContext, useWorkbench } from './context';
import { formatLength } from './length';
import styles from './stage.module.css';
import { useViewerState } from './tools';
import { ViewerTools } from './ViewerTools';
import { BrushLayer } from './viewer/BrushLayer';
import { lengthOf, MeasureLayer } from './viewer/MeasureLayer';
import { PolygonLayer } from './viewer/PolygonLayer';
import { SquareLayer } from './viewer/SquareLayer';

/** A panel's members are classifiers, which look at a square. */
const looksAtSquare = (card: Card) => card.task === 'panel' || card.input.fit === 'centre-square';

/** The photo on its dark ground with all that is drawn on it, and the tools below. */
export function PhotoPane({ photo, card }: { photo: WorkbenchPhoto; card: Card | null }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { workbench } = useClinicServices();
  const { full, toggle } = useFullScreen();
  const { state, set } = useViewerState(photo.id);
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const waits = usePatientContext((state) => answerWaits(state, photo.id));
  const analysis = answerOf(card ? photo.runs[card.id] : undefined);
  // A map of the evidence would give the answer away that waits for an own impression.
  const maps = analysis && card && !waits ? mapsAtSensitivity(card, analysis, sensitivity) : [];
  const map = maps.find(({ key }) => key === state.map.key) ?? maps[0];
  const mapName = map && card ? classOf(card, map.of)?.name : undefined;
  const mask = shownMask(photo, analysis);
  const others = otherOutlines(analysis);

  const layers = (size: Size) => {
    const square = photo.square ?? analysis?.square ?? centreSquare(size.width, size.height);
    const drawn = photo.mask ?? { of: square, raster: mask ?? blankMask(size), edits: [] };
    return (
      <>
        {state.map.shown && map && analysis && (
          <div
            className={styles.overMap}
            style={cssPlace(
              { ...analysis.square, width: analysis.square.side, height: analysis.square.side },
              size,
            )}
          >
            <ActivationOverlay
              width={map.width}
              height={map.height}
              values={map.values}
              opacity={state.map.opacity}
              label={t('map.alt', { name: mapName ? read(mapName) : map.of })}
            />
          </div>
        )}
        {state.outline && others.length > 0 && <LinesLayer size={size} lines={others} faint />}
        {state.outline && mask && <OutlineLayer mask={mask} />}
        {card && looksAtSquare(card) && (
          <SquareLayer
            photo={size}
            square={square}
            editable={state.tool === 'square'}
            {...squaresAround(photo, analysis, square)}
            onChange={(next) => workbench.override(photo.id, { square: next })}
          />
        )}
        {state.tool === 'brush' && state.brush.shape === 'brush' && (
          <BrushLayer
            photo={size}
            mask={drawn}
            add={state.brush.add}
            radius={(state.brush.size / 200) * Math.min(size.width, size.height)}
            onStroke={(edit) => workbench.override(photo.id, { mask: withStroke(drawn, edit) })}
          />
        )}
        {state.tool === 'brush' && state.brush.shape === 'polygon' && (
          <PolygonLayer
            photo={size}
            mask={drawn.raster}
            add={state.brush.add}
            onFilled={(edit) => workbench.override(photo.id, { mask: withStroke(drawn, edit) })}
          />
        )}
        {state.tool === 'measure' && (
          <MeasureLayer
            photo={size}
            drawn={{ lines: photo.lines, chosen: state.line }}
            labelOf={(line) => formatLength(lengthOf(line), photo.scale, language)}
            onChange={({ lines, chosen }) => {
              workbench.setLines(photo.id, lines);
              set({ line: chosen });
            }}
          />
        )}
      </>
    );
  };
  return (
    <div className={styles.viewerPane} data-full={full || undefined}>
      <div className={styles.ground}>
        {photo.url !== null && (
          <PhotoViewer
            key={photo.url}
            url={photo.url}
            name={photo.name}
            tooled={state.tool !== 'pan'}
            fullScreen={toggle}
            layers={layers}
          />
        )}
        {photo.url === null && (
          <div className={styles.unopened}>
            {photo.unopened ? (
              <FailureNotice failure={photo.unopened} heading={photo.name} />
            ) : (
              <Loader color="teal" aria-label={t('viewer.queue.opening')} />
            )}
          </div>
        )}
        {photo.synthetic && (
          <p className={styles.synthetic}>
            <Badge color="gray" variant="filled" radius="sm" autoContrast>
              {t('photo.syntheticShort')}
            </Badge>
            <span className={styles.syntheticText}>{t('photo.synthetic')}</span>
          </p>
        )}
      </div>
      {photo.url !== null && (
        <ViewerTools
          key={photo.id}
          photo={photo}
          card={card}
          analysis={analysis}
          maps={maps}
          map={map}
          hasMask={mask !== null}
          state={state}
          set={set}
        />
      )}
      {photo.url === null && (
        <Text size="sm" p="sm" truncate>
          {photo.name}
        </Text>
      )}
    </div>
  );
}
