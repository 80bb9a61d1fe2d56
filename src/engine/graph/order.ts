import type { GraphNode } from './graph';
import { sourcesOf } from './prune';

/**
 * Every node after those that it reads, which must all be there. `onCircle` gets the first node that waits
 * for itself, and throws.
 */
export function inOrder<N extends GraphNode>(nodes: readonly N[], onCircle: (node: N) => never): N[] {
  const waiting = new Map<N, number>();
  const followers = new Map<string, N[]>();
  for (const node of nodes) {
    const sources = new Set(sourcesOf(node));
    for (const source of sources) {
      const list = followers.get(source);
      if (list) list.push(node);
      else followers.set(source, [node]);
    }
    waiting.set(node, sources.size);
  }
  const ordered = nodes.filter((node) => waiting.get(node) === 0);
  for (const node of ordered) {
    for (const follower of followers.get(node.name) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1;
      waiting.set(follower, left);
      if (left === 0) ordered.push(follower);
    }
  }
  const stuck = nodes.find((node) => (waiting.get(node) ?? 0) > 0);
  if (stuck) onCircle(stuck);
  return ordered;
}
