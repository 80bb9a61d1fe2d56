import type { Square } from '../../core/analysis';
import type { Card } from '../../core/card';
import type { Pixels } from '../../core/resize';
import { type NetworkInput, toNetworkInput } from './tensor';

/** A photo as networks take it: what several of them take in the same way is made once. */
export class NetworkInputs {
  private readonly made = new Map<string, NetworkInput>();

  constructor(readonly photo: Pixels) {}

  /** See `toNetworkInput`. */
  of(input: Card['input'], square?: Square): NetworkInput {
    const { height, width, fit, mean, std } = input;
    const key = JSON.stringify([height, width, fit, mean, std, square]);
    const made = this.made.get(key) ?? toNetworkInput(this.photo, input, square);
    this.made.set(key, made);
    return made;
  }
}
