import { bytesOf } from './bytes';
import { cuts, each, type Hostile, notJson } from './make';
import { graphModel, onnxModel, teachableMachine, teachableMachineZip } from './small-models';

/** Names that every object has: what looks a name up in a plain table finds them there. */
const names = ['constructor', 'toString', '__proto__'];

export function foreignModels(): Hostile[] {
  const text = new TextDecoder().decode(teachableMachine()[0]?.bytes);
  const graphText = new TextDecoder().decode(graphModel().find(({ name }) => name === 'model.json')?.bytes);
  const instead = (whole: string, part: string) =>
    names.map((name) => {
      if (!whole.includes(part)) throw new Error(`${part} is not there`);
      return bytesOf(whole.replace(part, part.replace(/[^":]+"$/, `${name}"`)));
    });
  const [layers, graph] = ['layers model (model.json)', 'graph model (model.json)'] as const;
  const whole = onnxModel();
  return [
    ...each(
      layers,
      'a layer by a name of every object',
      'unknown operation',
      instead(text, '"class_name":"Conv2D"'),
    ),
    ...each(
      layers,
      'an activation by such a name',
      'refused by its field',
      instead(text, '"activation":"relu"'),
    ),
    ...each(
      layers,
      'weights of a type by such a name',
      'refused by its field',
      instead(text, '"dtype":"float32"'),
    ),
    ...each(graph, 'an operation by such a name', 'unknown operation', instead(graphText, '"op":"Mean"')),
    ...each(layers, 'no JSON', 'refused by its field', notJson.slice(0, 5)),
    ...each('ONNX model', 'cut off', 'refused by its field', cuts(whole, 1)),
    ...each('Teachable Machine zip', 'no zip, or one that is cut off', 'refused by its field', [
      bytesOf('x'),
      ...cuts(teachableMachineZip(), 1),
    ]),
  ];
}
