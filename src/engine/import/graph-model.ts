import { z } from 'zod';
import { placeholderShape } from '../graph/attributes';
import type { GraphNode } from '../graph/graph';
import { isKnownOperation } from '../graph/known-operations';
import { nodeSchema } from '../graph/node-schema';
import { inOrder } from '../graph/order';
import { nodeNameIn, prune, sourcesOf } from '../graph/prune';
import { GraphBuilder } from './builder';
import { ImportProblem, UnknownOperations } from './problem';
import { type FileBytes, readWeights, type TfjsFile } from './tfjs-file';
import { counted, inputSize, type ReadOptions, type Translated } from './translated';

const topology = z.looseObject({ node: z.array(nodeSchema) });
type Node = z.infer<typeof topology>['node'][number];

const signatureSchema = z.looseObject({
  outputs: z.record(z.string(), z.looseObject({ name: z.string() })),
});

/** A graph model of TensorFlow.js: its nodes are those of our packages already. Throws `ImportProblem`. */
export function readGraphModel(file: TfjsFile, bytesOf: FileBytes, options: ReadOptions): Translated {
  const parsed = topology.safeParse(file.modelTopology);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ImportProblem(`modelTopology.${issue?.path.join('.') ?? ''}`, issue?.message ?? '');
  }
  const all = parsed.data.node;
  const wanted = outputsOf(file, all);
  // What no output needs, such as a loss, need not be known here.
  const { nodes } = prune({ nodes: all, weights: new Map(), outputs: new Set(wanted) });
  const unknown = new Set(nodes.map(({ op }) => op).filter((op) => !isKnownOperation(op)));
  if (unknown.size > 0) throw new UnknownOperations('modelTopology.node', [...unknown]);
  const weights = readWeights(file, bytesOf);
  const builder = new GraphBuilder();
  let input: Translated['input'] | null = null;
  const pathOf = (node: GraphNode) => `modelTopology.node.${all.indexOf(node as Node)}`;
  checkInputs(nodes, pathOf);
  const ordered = inOrder(nodes, (stuck) => {
    throw new ImportProblem(`${pathOf(stuck)}.input`, 'is behind a circle');
  });
  const names = new Map<string, string>();
  for (const node of ordered) {
    const path = pathOf(node);
    builder.path = path;
    if (node.op === 'Placeholder') {
      if (input)
        throw new ImportProblem(
          path,
          'is a second input, and only one picture is given to it',
          'several-inputs',
        );
      const size = inputSize(placeholderShape(node) ?? [-1, -1, -1, 3], path, options);
      input = { name: builder.input(node.name, [1, size, size, 3]), size };
      names.set(node.name, input.name);
      continue;
    }
    if (node.op === 'NoOp') continue;
    const weight = weights.get(node.name);
    if (node.op === 'Const') {
      if (!weight) throw new ImportProblem(path, `"${node.name}" has no weights`);
      names.set(node.name, builder.weight(node.name, weight));
      continue;
    }
    const inputs = (node.input ?? []).filter((name) => !name.startsWith('^'));
    if (inputs.some((name) => /:[1-9]\d*$/.test(name)))
      throw new ImportProblem(path, `(${node.op}) reads another output than the first`, 'unsupported');
    const known = inputs.map((name) => names.get(nodeNameIn(name)) ?? '');
    names.set(node.name, builder.add(node.op, node.name, known, node.attr));
  }
  if (!input) throw new ImportProblem('modelTopology.node', 'has no input', 'no-picture');
  const answers = wanted.flatMap((name) => names.get(name) ?? []);
  if (answers.length === 0) throw new ImportProblem('signature.outputs', 'names no node that is there');
  return {
    builder,
    input,
    answers,
    operations: counted(
      nodes.map(({ op }) => op).filter((op) => !['Const', 'Placeholder', 'NoOp'].includes(op)),
    ),
    producer: file.convertedBy ?? file.generatedBy ?? '',
  };
}

/** As its signature says; of an older model, what no other node reads. */
function outputsOf({ signature, userDefinedMetadata }: TfjsFile, nodes: readonly Node[]): string[] {
  const inside = (userDefinedMetadata as { signature?: unknown } | undefined)?.signature;
  const parsed = signatureSchema.safeParse(signature ?? inside);
  if (parsed.success) return Object.values(parsed.data.outputs).map(({ name }) => nodeNameIn(name));
  const read = new Set(nodes.flatMap(sourcesOf));
  return nodes.filter(({ name, op }) => !read.has(name) && op !== 'NoOp').map(({ name }) => name);
}

/** Throws for inputs that are missing, and for two nodes of one name. */
function checkInputs(nodes: readonly GraphNode[], pathOf: (node: GraphNode) => string): void {
  const names = new Set(nodes.map(({ name }) => name));
  if (names.size !== nodes.length) throw new ImportProblem('modelTopology.node', 'has two nodes of one name');
  for (const node of nodes) {
    for (const source of sourcesOf(node))
      if (!names.has(source))
        throw new ImportProblem(`${pathOf(node)}.input`, `"${source.slice(0, 80)}" is not there`);
  }
}
