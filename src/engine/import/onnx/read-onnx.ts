import { GraphBuilder } from '../builder';
import { ImportProblem, UnknownOperations } from '../problem';
import { counted, inputSize, type ReadOptions, type Translated } from '../translated';
import { elementwiseRules } from './elementwise';
import { type OnnxModel, readOnnxFile, type ValueInfo } from './file';
import { imageRules, type Rule } from './images';
import { reducingRules } from './reducing';
import { shapingRules } from './shaping';
import { Translator, toImage } from './translator';

const rules = new Map<string, Rule>(
  Object.entries({ ...imageRules, ...elementwiseRules, ...shapingRules, ...reducingRules }),
);

/**
 * An ONNX classifier as a TensorFlow graph: images become NHWC once and for all. Throws `ImportProblem` with
 * the path of the field that is wrong, `UnknownOperations` with all that is not translated.
 */
export function readOnnx(bytes: Uint8Array, options: ReadOptions = {}): Translated {
  const model = readOnnxFile(bytes);
  const unknown = new Set(model.nodes.map(({ op }) => op).filter((op) => !rules.has(op)));
  if (unknown.size > 0) throw new UnknownOperations('graph.node', [...unknown]);
  const builder = new GraphBuilder();
  const translator = new Translator(builder, model.opset);
  for (const [name, constant] of model.constants) translator.set(name, { constant });
  const input = placeInput(model, translator, options);
  for (const node of model.nodes) {
    builder.path = node.path;
    const produced = node.outputs.filter((name) => name !== '');
    if (produced.length === 0) throw new ImportProblem(node.path, `(${node.op}) has no output`);
    (rules.get(node.op) as Rule)(translator, node);
  }
  const answers = model.outputs.map(({ name }, index) =>
    translator.asPlain(translator.byName(name, `graph.output.${index}`)),
  );
  if (answers.length === 0) throw new ImportProblem('graph.output', 'has no output');
  const operations = counted(model.nodes.map(({ op }) => op));
  return { builder, input, answers, operations, producer: model.producer };
}

/** Of float, of float16, or of bytes that are made floats first. */
const pictureTypes = [1, 2, 10];

function placeInput({ inputs, constants }: OnnxModel, translator: Translator, options: ReadOptions) {
  // Older writers list the weights among the inputs.
  const own = inputs.filter(({ name }) => !constants.has(name));
  const [info] = own;
  if (!info || own.length !== 1)
    throw new ImportProblem(
      'graph.input',
      `has ${own.length} inputs, and only one picture is given to it`,
      own.length === 0 ? 'no-picture' : 'several-inputs',
    );
  const path = `graph.input.${inputs.indexOf(info)}`;
  if (!pictureTypes.includes(info.type))
    throw new ImportProblem(`${path}.type.elem_type`, `is ${info.type}, and no picture`, 'no-picture');
  const channelsLast = isChannelsLast(info);
  const shape = info.shape ?? [];
  const ordered = channelsLast || shape.length !== 4 ? shape : toImage.map((axis) => shape[axis] as number);
  const size = inputSize(ordered, path, options);
  const name = translator.builder.input(info.name, [1, size, size, 3]);
  translator.set(info.name, { tensor: name, layout: channelsLast ? 'plain' : 'image' });
  return { name, size };
}

const isChannelsLast = ({ shape }: ValueInfo) => shape?.[3] === 3 && shape[1] !== 3;
