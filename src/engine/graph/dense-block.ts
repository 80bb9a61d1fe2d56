import { Editor } from './editor';
import type { Graph, GraphNode } from './graph';
import { operationNode, operationOf } from './operations';

/** An image that a convolution's channels are joined to, again and again. */
interface Link {
  join: GraphNode;
  /** The convolution whose channels are joined to what was there. */
  grown: GraphNode;
}

/**
 * Gives every dense block one image from its beginning on, in which each of its convolutions fills in its own
 * channels; what was joined so far is its first channels. Without this each join copies everything again.
 */
export function ownDenseBlocks(graph: Graph): Graph {
  const editor = new Editor(graph);
  for (const node of graph.nodes) {
    const first = linkOf(editor, node);
    const before = first?.join.input?.[0] ?? '';
    // In the middle of a block, or none.
    if (!first || linkOf(editor, editor.node(before))) continue;
    const chain = chainFrom(editor, first);
    if (chain.length > 1 && chain.slice(0, -1).every((link) => isReadInPart(editor, link, chain)))
      rewrite(editor, before, chain);
  }
  return editor.finish();
}

/** A join of an image and a convolution that nobody else reads, along the channels. */
function linkOf(editor: Editor, node: GraphNode | undefined): Link | null {
  const [image = '', grown = '', axis, ...more] = node?.input ?? [];
  if (node?.op !== 'ConcatV2' || more.length > 0) return null;
  const [along] = editor.weight(axis)?.values() ?? [];
  const convolution = editor.node(grown);
  const how = operationOf('LentigoConvolution', convolution);
  if (!convolution || !how || how.slabOffset !== undefined) return null;
  const channels = (along === 3 || along === -1) && editor.shape(image)?.length === 4;
  return channels && editor.onlyReader(grown) === node ? { join: node, grown: convolution } : null;
}

function chainFrom(editor: Editor, first: Link): Link[] {
  const chain = [first];
  for (let link: Link | undefined = first; link; ) {
    const { name }: GraphNode = link.join;
    link = editor
      .readers(name)
      .map((reader) => linkOf(editor, reader))
      .find((next) => next !== null && next.join.input?.[0] === name && next.grown.input?.[0] !== name) as
      | Link
      | undefined;
    if (link) chain.push(link);
  }
  return chain;
}

/**
 * Whether all readers of what is joined so far are the next join, and convolutions that can be told how many
 * channels to read.
 */
function isReadInPart(editor: Editor, { join }: Link, chain: Link[]): boolean {
  if (editor.isOutput(join.name)) return false;
  return editor.readers(join.name).every((reader) => {
    if (chain.some((link) => link.join === reader)) return reader.input?.[0] === join.name;
    // A convolution cannot read the image that it writes to.
    if (chain.some((link) => link.grown === reader)) return false;
    const others = reader.input?.slice(1) ?? [];
    return operationOf('LentigoConvolution', reader) !== null && !others.includes(join.name);
  });
}

function rewrite(editor: Editor, before: string, chain: Link[]): void {
  const last = chain.at(-1) as Link;
  const channels = editor.shape(last.join.name)?.[3];
  const start = editor.shape(before)?.[3];
  if (channels === undefined || start === undefined) return;
  let slab = `${last.join.name}/slab`;
  let slabOffset = start;
  editor.replace(operationNode('LentigoSlab', slab, [before], { channels }));
  for (const { join, grown } of chain) {
    const how = operationOf('LentigoConvolution', editor.node(grown.name));
    if (!how) throw new Error(`${grown.name} is no convolution`);
    const input = [...(editor.node(grown.name)?.input ?? []), slab];
    for (const reader of editor.readers(join.name)) readPrefix(editor, reader);
    const parts = [...how.parts, 'slab' as const];
    editor.replace(operationNode('LentigoConvolution', join.name, input, { ...how, parts, slabOffset }));
    slab = join.name;
    slabOffset += how.channelsOut;
  }
}

function readPrefix(editor: Editor, reader: GraphNode): void {
  const how = operationOf('LentigoConvolution', reader);
  if (how)
    editor.replace(
      operationNode('LentigoConvolution', reader.name, reader.input ?? [], { ...how, prefix: true }),
    );
}
