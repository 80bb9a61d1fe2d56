import { fuseActivations, fuseEarlierActivations } from './activation';
import { ownAverages } from './average';
import { ownConvolutions } from './convolution';
import { ownDenseBlocks } from './dense-block';
import { foldProducts } from './fold';
import { fuseGates, ownGates } from './gate';
import type { Graph } from './graph';
import { interleaveUpsampling } from './interleave';
import { poolFirst } from './pool';
import { prune } from './prune';
import { fuseResiduals } from './residual';
import { fuseScaleShifts, ownScaleShifts, scaleByConvolution } from './scale-shift';
import { ownUpsampling } from './upsample';

/** Takes a graph and gives one that answers the same, faster. */
export type Rewrite = (graph: Graph) => Graph;

/** What a graph may be rewritten for: `plain` is any back end of TensorFlow.js. */
export type RewriteTarget = 'plain' | 'wasm' | 'webgpu';

/** The load-time rewrites for each kind of back end, in order. */
const rewrites: Record<RewriteTarget, Rewrite[]> = {
  plain: [prune, foldProducts, prune],
  wasm: [prune, foldProducts, poolFirst, scaleByConvolution, interleaveUpsampling, prune],
  webgpu: [
    prune,
    poolFirst,
    ownConvolutions,
    foldProducts,
    ownAverages,
    fuseActivations,
    ownGates,
    ownScaleShifts,
    fuseResiduals,
    // What follows a sum or a shift is seen only now.
    fuseActivations,
    fuseEarlierActivations,
    fuseGates,
    fuseScaleShifts,
    ownUpsampling,
    // Last: which channels of a slab are whose, no other rewrite can tell.
    ownDenseBlocks,
    prune,
  ],
};

export function rewriteGraph(graph: Graph, target: RewriteTarget): Graph {
  return rewrites[target].reduce((rewritten, rewrite) => rewrite(rewritten), graph);
}
