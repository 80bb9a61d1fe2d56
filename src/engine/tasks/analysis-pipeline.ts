import type { Analysis, Degradation, LesionSearch, Provenance } from '../../core/analysis';
import type { Card } from '../../core/card/card';
import { segmenterFor, showsLesions } from '../../core/card/segmenter';
import { fitsPackage, type SiteCalibration } from '../../core/decision/site-calibration';
import type { Failure } from '../../core/failure';
import { centreSquare, type Square, sameSquare } from '../../core/geometry';
import type { QualityVerdict } from '../../core/quality/gate';
import type { Pixels, Probabilities } from '../../core/raster';
import type { Backends } from '../backend/backends';
import type { AnalyseRequest, OutlinedPhoto, PackageAnswer } from '../engine';
import { EngineError, throwIfAborted, toResult } from '../engine-error';
import { NetworkInputs } from '../input/inputs';
import type { Uploads } from '../network';
import type { Catalogue } from '../package/catalogue';
import { packageHash } from '../package/hash';
import type { Packages, ReadyPackage } from '../package/packages';
import { asMember, networksBehind } from '../package/panels';
import { assembleAnalysis } from './assemble';
import { type ClassifyRequest, classify } from './classify';
import { requireImageQuality } from './image-quality';
import { searchByCaller, searchBySegmenter } from './lesion-search';
import { type Call, onPackage } from './on-package';
import { joinAnswers, membersOf } from './panel';
import { panelProvenance, provenanceOf } from './provenance';
import { segment } from './segment';

interface LesionSearchOutcome {
  lesion: LesionSearch | null;
  /** What the segmenter said; null where none was asked. */
  probabilities: Probabilities | null;
  /** The segmenter's; null where none was asked. */
  provenance: Provenance | null;
  degradations: Degradation[];
}

const noSearch: LesionSearchOutcome = {
  lesion: null,
  probabilities: null,
  provenance: null,
  degradations: [],
};

/** One photo on its way: decoded once, searched for lesions once, asked of as many packages as are wanted. */
export class AnalysisPipeline {
  private readonly inputs: NetworkInputs;
  /** Where the caller wants the classifier to look. */
  private readonly square: Square | undefined;
  private readonly verdicts = new Map<Card['domain'], QualityVerdict>();
  /** The answers for the centred square, by package. */
  private readonly provisional = new Map<string, Analysis>();
  /** By the segmenter that looks, null for none. */
  private readonly searches = new Map<string | null, Promise<LesionSearchOutcome>>();

  constructor(
    private readonly engine: { catalogue: Catalogue; packages: Packages; backends: Backends },
    private readonly photo: Pixels,
    /** Milliseconds that decoding took. */
    private readonly decoded: number,
    private readonly request: Omit<AnalyseRequest, 'packageId'>,
    private readonly call: Call,
  ) {
    this.inputs = new NetworkInputs(photo);
    const { square } = request;
    this.square = square === 'centre' ? centreSquare(photo.width, photo.height) : square;
  }

  /** By several packages: the failure of one is its own, only giving up ends all. */
  async analyseAll(packageIds: readonly string[]): Promise<PackageAnswer[]> {
    const answers: PackageAnswer[] = [];
    // A failure here comes again below, and is reported there.
    for (const packageId of packageIds) await toResult(() => this.answerFirst(packageId));
    for (const packageId of packageIds) {
      answers.push({ packageId, answer: await toResult(() => this.analyse(packageId)) });
      throwIfAborted(this.call.signal);
    }
    return answers;
  }

  async analyse(packageId: string): Promise<Analysis> {
    const card = await this.engine.catalogue.find(packageId);
    const first = await this.answerFirst(packageId);
    const search = await this.lesions(card);
    const { lesion } = search;
    const chosen = lesion && lesion.chosen !== null ? lesion.lesions[lesion.chosen] : undefined;
    if (first && (!chosen || sameSquare(chosen.square, first.square))) return withSearch(first, search);
    return this.ask(card, search, this.square ?? chosen?.square);
  }

  /**
   * The answer for the centred square, where the caller wants one before the outline; null otherwise. Reports
   * it once.
   */
  private async answerFirst(packageId: string): Promise<Analysis | null> {
    const known = this.provisional.get(packageId);
    if (known) return known;
    const { answerFirst, mask, testTimeAugmentation } = this.request;
    if (!answerFirst || mask || this.square || testTimeAugmentation) return null;
    const card = await this.engine.catalogue.find(packageId);
    if (!answersImages(card) || !showsLesions(card.domain)) return null;
    if ((await this.segmenterId(card.domain)) === null) return null;
    const analysis = await this.ask(card, noSearch, undefined);
    this.provisional.set(packageId, analysis);
    this.call.onProgress({ stage: 'segment', fraction: null, provisional: { packageId, analysis } });
    return analysis;
  }

  /** One answer about one square; without a square about the centre. */
  private async ask(card: Card, search: LesionSearchOutcome, square: Square | undefined): Promise<Analysis> {
    const gate = this.verdict(card.domain);
    const start = performance.now();
    const site = await this.siteCalibration(card);
    const { members, lost } = await this.askMembers(card, { lesion: search.lesion, site, square });
    const [first] = members;
    if (!first) throw new Error('a package has at least one network');
    const panel = card.task === 'panel' ? card : null;
    const provenance = { ...first.provenance, ...(panel && (await panelProvenance(panel))) };
    return assembleAnalysis(card, panel ? joinAnswers(panel, members) : first.answer, {
      provenance,
      photo: this.photo,
      panel: panel && membersOf(panel, members),
      site,
      gate,
      overruleGate: this.request.overruleGate ?? false,
      lesion: search.lesion,
      degradations: [...search.degradations, ...lost],
      decoded: this.decoded,
      elapsed: performance.now() - start,
    });
  }

  /**
   * The networks behind a package, each asked about the same square. A panel without the answer of a member
   * has none.
   */
  private async askMembers(card: Card, about: Pick<ClassifyRequest, 'lesion' | 'site' | 'square'>) {
    const { inputs, call } = this;
    const { metadata, testTimeAugmentation } = this.request;
    const members = [];
    const lost: Degradation[] = [];
    for (const network of await networksBehind(this.engine.catalogue, card)) {
      const ask = () =>
        this.withPackage(network.id, async (ready, uploads, failure) => {
          const request = { inputs, uploads, metadata, testTimeAugmentation, ...about, ...call };
          const answer = await classify(ready, request);
          const member = { card: network, hash: ready.hash, provenance: provenanceOf(ready), answer };
          return { member, failure };
        });
      const { member, failure } = await (card.task === 'panel' ? asMember(card, network.id, ask) : ask());
      members.push(member);
      // Here and not above: work that was given up goes on, and must not say it once more.
      lost.push(...ranAgain(failure));
      throwIfAborted(call.signal);
    }
    return { members, lost };
  }

  /**
   * The one that the caller gives for this very package; null where it was made for other files or classes.
   */
  private async siteCalibration(card: Card): Promise<SiteCalibration | null> {
    const site = this.request.siteCalibrations?.[card.id];
    return site && fitsPackage(site, card, await packageHash(card)) ? site : null;
  }

  /** Without a classifier; a search that fails is a failure here. */
  async findLesions(): Promise<OutlinedPhoto> {
    const search = await this.searchLesions(await this.segmenterId('dermoscopy'));
    const { lesion, probabilities, provenance, degradations } = search;
    if (lesion && probabilities && provenance) return { ...lesion, probabilities, provenance };
    const { code, detail } = degradations[0]?.failure ?? { code: 'package-unknown', detail: {} };
    throw new EngineError(code, detail);
  }

  /** Frees what the photo left on the back end; nothing can be asked afterwards. */
  close(): void {
    this.inputs.release();
  }

  /** The gate's, once a kind of image. */
  private verdict(domain: Card['domain']): QualityVerdict {
    const verdict = this.verdicts.get(domain) ?? requireImageQuality(this.photo, domain, this.request);
    this.verdicts.set(domain, verdict);
    return verdict;
  }

  /** Searched for once, however many packages ask: those with the same segmenter share it. */
  private async lesions({ domain }: Card): Promise<LesionSearchOutcome> {
    if (!showsLesions(domain)) return noSearch;
    const segmenterId = await this.segmenterId(domain);
    const search = this.searches.get(segmenterId) ?? this.searchLesions(segmenterId);
    this.searches.set(segmenterId, search);
    return search;
  }

  /** A search that fails costs the mask, not the answer, and is listed; only giving up ends both. */
  private async searchLesions(segmenterId: string | null): Promise<LesionSearchOutcome> {
    const { photo, request, call } = this;
    const options = { photo, square: this.square, scale: request.scale };
    const start = performance.now();
    const timed = (search: Omit<LesionSearch, 'milliseconds'>) => ({
      lesion: { ...search, milliseconds: performance.now() - start },
    });
    if (request.mask) return { ...noSearch, ...timed(searchByCaller(request.mask, options)) };
    if (segmenterId === null) return noSearch;
    const found = await toResult(() =>
      this.withPackage(segmenterId, async (ready, uploads, lost) => {
        call.onProgress({ stage: 'segment', fraction: null });
        const provenance = provenanceOf(ready);
        const { packageId, packageVersion, packageHash } = provenance;
        const segmented = await segment(ready, this.inputs, uploads);
        const search = searchBySegmenter(segmented, { packageId, packageVersion, packageHash }, options);
        return { search, probabilities: segmented.probabilities, provenance, degradations: ranAgain(lost) };
      }),
    );
    throwIfAborted(call.signal);
    if (!found.ok) return { ...noSearch, degradations: [{ stage: 'lesion', failure: found.failure }] };
    const { search, ...others } = found.value;
    return { ...timed(search), ...others };
  }

  /** The one asked for; else the one for this kind of photo; null where none is wanted or there is none. */
  private async segmenterId(domain: Card['domain']): Promise<string | null> {
    const { segmenterId } = this.request;
    if (segmenterId !== undefined) return segmenterId;
    return segmenterFor(await this.engine.catalogue.all(), domain)?.id ?? null;
  }

  private withPackage<T>(
    id: string,
    work: (ready: ReadyPackage, uploads: Uploads, lost: Failure | null) => Promise<T>,
  ): Promise<T> {
    return onPackage(id, { ...this.engine, inputs: this.inputs, call: this.call }, work);
  }
}

/** A network or panel that reads the photo alone: a fusion needs the outline first. */
function answersImages({ task }: Card): boolean {
  return task === 'classification' || task === 'panel';
}

/** An answer for the very square that the search chose needs no second pass: only what was found is new. */
function withSearch(analysis: Analysis, { lesion, degradations }: LesionSearchOutcome): Analysis {
  const { timings } = analysis;
  return {
    ...analysis,
    createdAt: new Date().toISOString(),
    lesion,
    degradations: [...degradations, ...analysis.degradations],
    timings: { ...timings, total: timings.total + (lesion?.milliseconds ?? 0) },
  };
}

/** What a pass that lost its device and ran once more leaves to tell. */
function ranAgain(lost: Failure | null): Degradation[] {
  return lost ? [{ stage: 'network', failure: lost }] : [];
}
