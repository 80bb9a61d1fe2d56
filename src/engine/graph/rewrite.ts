import type { Graph } from '../package/format';
import { foldProducts } from './fold';

/** The load-time rewrites, in order. Each takes a graph and gives one that answers the same, faster. */
const rewrites: ((graph: Graph) => Graph)[] = [foldProducts];

export function rewriteGraph(graph: Graph): Graph {
  return rewrites.reduce((rewritten, rewrite) => rewrite(rewritten), graph);
}
