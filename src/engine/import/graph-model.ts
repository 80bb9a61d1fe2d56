import { z } from 'zod';
import { placeholderShape } from '../graph/attributes';
import { isKnownOperation } from '../graph/known-operations';
import { nodeNameIn, prune, sourcesOf } from '../graph/prune';
import { GraphBuilder } from './builder';
import { ImportProblem, UnknownOperations } from './problem';
import { type FileBytes, readWeights, type TfjsFile } from './tfjs-file';
import { counted, inputSize, type ReadOptions, type Translated } from './translated';

const topology = z.looseObject({
  node: z.array(
    z.looseObject({
      name: z.string().max(1000),
      op: z.string().max(200),
      input: z.array(z.string().max(1000)).optional(),
      attr: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});
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
  const ordered = inOrder(nodes as Node[]);
  const names = new Map<string, string>();
  for (const node of ordered) {
    const path = `modelTopology.node.${all.indexOf(node as Node)}`;
    builder.path = path;
    if (node.op === 'Placeholder') {
      if (input) throw new ImportProblem(path, 'is a second input, and only one picture is given to it');
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
      throw new ImportProblem(path, `(${node.op}) reads another output than the first`);
    const known = inputs.map((name) => names.get(nodeNameIn(name)) ?? '');
    names.set(node.name, builder.add(node.op, node.name, known, node.attr));
  }
  if (!input) throw new ImportProblem('modelTopology.node', 'has no input');
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

/** Every node after its inputs. Throws for inputs that are missing, and for circles. */
function inOrder(nodes: readonly Node[]): Node[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  if (byName.size !== nodes.length)
    throw new ImportProblem('modelTopology.node', 'has two nodes of one name');
  const waiting = new Map<Node, number>();
  const followers = new Map<string, Node[]>();
  nodes.forEach((node, index) => {
    const sources = [...new Set(sourcesOf(node))];
    for (const source of sources) {
      if (!byName.has(source))
        throw new ImportProblem(`modelTopology.node.${index}.input`, `"${source.slice(0, 80)}" is not there`);
      followers.set(source, [...(followers.get(source) ?? []), node]);
    }
    waiting.set(node, sources.length);
  });
  const ordered = nodes.filter((node) => waiting.get(node) === 0);
  for (const node of ordered) {
    for (const follower of followers.get(node.name) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1;
      waiting.set(follower, left);
      if (left === 0) ordered.push(follower);
    }
  }
  const stuck = nodes.findIndex((node) => (waiting.get(node) ?? 0) > 0);
  if (stuck >= 0) throw new ImportProblem(`modelTopology.node.${stuck}.input`, 'is behind a circle');
  return ordered;
}
