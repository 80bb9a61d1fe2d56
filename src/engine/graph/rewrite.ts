import { foldProducts } from './fold';
import type { Graph } from './graph';
import { prune } from './prune';

/** The load-time rewrites, in order. Each takes a graph and gives one that answers the same, faster. */
const rewrites: ((graph: Graph) => Graph)[] = [prune, foldProducts, prune];

export function rewriteGraph(graph: Graph): Graph {
  return rewrites.reduce((rewritten, rewrite) => rewrite(rewritten), graph);
}
