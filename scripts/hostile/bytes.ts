import { strToU8 } from 'fflate';

export type Bytes = Uint8Array<ArrayBuffer>;
export const bytesOf = (text: string): Bytes => new Uint8Array(strToU8(text));
