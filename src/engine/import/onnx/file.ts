import { ImportProblem } from '../problem';
import { type Constant, constantOf } from './constant';
import { type Field, fieldsOf, floatsOf, integersOf, messageOf, numberOf, textOf } from './protobuf';

/** What of an ONNX file is needed. Numbers of fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */

export interface OnnxNode {
  op: string;
  name: string;
  /** "graph.node.12", for messages. */
  path: string;
  /** Empty where an optional input is left out. */
  inputs: string[];
  outputs: string[];
  attributes: Map<string, Attribute>;
}

export interface Attribute {
  float?: number;
  integer?: number;
  text?: string;
  tensor?: Constant;
  floats?: number[];
  integers?: number[];
}

export interface ValueInfo {
  name: string;
  /** As `TensorProto.DataType` counts. */
  type: number;
  /** -1 for a length that is not fixed; null where no shape is said. */
  shape: number[] | null;
}

export interface OnnxModel {
  opset: number;
  producer: string;
  nodes: OnnxNode[];
  constants: Map<string, Constant>;
  inputs: ValueInfo[];
  outputs: ValueInfo[];
}

/** Bounds of a file that a browser can run. */
const mostNodes = 20_000;

/** Throws `ImportProblem` with the path of what is wrong. */
export function readOnnxFile(bytes: Uint8Array): OnnxModel {
  let graph: Uint8Array | null = null;
  const model: OnnxModel = {
    opset: 0,
    producer: '',
    nodes: [],
    constants: new Map(),
    inputs: [],
    outputs: [],
  };
  for (const field of fieldsOf(bytes, 'model')) {
    if (field.number === 2) model.producer = textOf(field, 'model.producer_name').slice(0, 100);
    if (field.number === 7) graph = messageOf(field, 'model.graph');
    if (field.number === 8) readOperatorSet(messageOf(field, 'model.opset_import'), model);
  }
  if (!graph) throw new ImportProblem('model.graph', 'is not there: this is no ONNX model', 'no-model');
  if (model.opset < 7)
    throw new ImportProblem(
      'model.opset_import',
      `is ${model.opset}; 7 is the oldest that is read`,
      'too-old',
      { opset: model.opset },
    );
  readGraph(graph, model);
  return model;
}

function readOperatorSet(bytes: Uint8Array, model: OnnxModel): void {
  let domain = '';
  let version = 0;
  for (const field of fieldsOf(bytes, 'model.opset_import')) {
    if (field.number === 1) domain = textOf(field, 'model.opset_import.domain');
    if (field.number === 2) version = numberOf(field, 'model.opset_import.version');
  }
  if (domain === '' || domain === 'ai.onnx') model.opset = version;
}

function readGraph(bytes: Uint8Array, model: OnnxModel): void {
  for (const field of fieldsOf(bytes, 'graph')) {
    switch (field.number) {
      case 1: {
        const path = `graph.node.${model.nodes.length}`;
        if (model.nodes.length >= mostNodes)
          throw new ImportProblem('graph.node', `has more than ${mostNodes} nodes`, 'too-large');
        model.nodes.push(nodeOf(messageOf(field, path), path));
        break;
      }
      case 5: {
        const path = `graph.initializer.${model.constants.size}`;
        const { name, constant } = constantOf(messageOf(field, path), path);
        model.constants.set(name, constant);
        break;
      }
      case 11:
        model.inputs.push(valueInfoOf(field, `graph.input.${model.inputs.length}`));
        break;
      case 12:
        model.outputs.push(valueInfoOf(field, `graph.output.${model.outputs.length}`));
        break;
      case 15:
        throw new ImportProblem('graph.sparse_initializer', 'is not read here', 'unsupported');
    }
  }
}

function nodeOf(bytes: Uint8Array, path: string): OnnxNode {
  const node: OnnxNode = { op: '', name: '', path, inputs: [], outputs: [], attributes: new Map() };
  let domain = '';
  for (const field of fieldsOf(bytes, path)) {
    if (field.number === 1) node.inputs.push(textOf(field, `${path}.input`));
    if (field.number === 2) node.outputs.push(textOf(field, `${path}.output`));
    if (field.number === 3) node.name = textOf(field, `${path}.name`);
    if (field.number === 4) node.op = textOf(field, `${path}.op_type`);
    if (field.number === 5) {
      const [name, attribute] = attributeOf(messageOf(field, `${path}.attribute`), `${path}.attribute`);
      node.attributes.set(name, attribute);
    }
    if (field.number === 7) domain = textOf(field, `${path}.domain`);
  }
  if (domain !== '' && domain !== 'ai.onnx') node.op = `${domain}.${node.op}`;
  return node;
}

function attributeOf(bytes: Uint8Array, path: string): [string, Attribute] {
  let name = '';
  const attribute: Attribute = {};
  const inside = () => `${path}.${name}`;
  for (const field of fieldsOf(bytes, path)) {
    switch (field.number) {
      case 1:
        name = textOf(field, path);
        break;
      case 2:
        attribute.float = floatsOf(field, inside())[0] ?? 0;
        break;
      case 3:
        attribute.integer = numberOf(field, inside());
        break;
      case 4:
        attribute.text = textOf(field, inside());
        break;
      case 5:
        attribute.tensor = constantOf(messageOf(field, inside()), inside()).constant;
        break;
      case 6:
      case 11:
        throw new ImportProblem(inside(), 'holds a graph of its own, which is not run here', 'unsupported');
      case 7:
        attribute.floats = [...(attribute.floats ?? []), ...floatsOf(field, inside())];
        break;
      case 8:
        attribute.integers = [...(attribute.integers ?? []), ...integersOf(field, inside())];
        break;
    }
  }
  return [name, attribute];
}

function valueInfoOf(field: Field, path: string): ValueInfo {
  const info: ValueInfo = { name: '', type: 0, shape: null };
  for (const part of fieldsOf(messageOf(field, path), path)) {
    if (part.number === 1) info.name = textOf(part, `${path}.name`);
    if (part.number !== 2) continue;
    for (const type of fieldsOf(messageOf(part, `${path}.type`), `${path}.type`)) {
      if (type.number !== 1) throw new ImportProblem(`${path}.type`, 'is no tensor');
      for (const tensor of fieldsOf(messageOf(type, `${path}.type`), `${path}.type`)) {
        if (tensor.number === 1) info.type = numberOf(tensor, `${path}.type.elem_type`);
        if (tensor.number === 2) info.shape = shapeOf(tensor, `${path}.type.shape`);
      }
    }
  }
  return info;
}

function shapeOf(field: Field, path: string): number[] {
  const shape: number[] = [];
  for (const dim of fieldsOf(messageOf(field, path), path)) {
    if (dim.number !== 1) continue;
    let length = -1;
    for (const part of fieldsOf(messageOf(dim, path), path))
      if (part.number === 1) length = numberOf(part, `${path}.${shape.length}`);
    shape.push(length > 0 ? length : -1);
    if (shape.length > 8) throw new ImportProblem(path, 'has more than 8 axes');
  }
  return shape;
}
