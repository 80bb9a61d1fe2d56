/** The part of libheif-js that is used here; the package brings no types of its own for it. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  interface Target {
    width: number;
    height: number;
    data: Uint8ClampedArray;
  }

  export interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Fills the target with RGBA; answers null where decoding failed. */
    display(target: Target, done: (filled: Target | null) => void): void;
    free(): void;
  }

  export interface Libheif {
    HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
  }

  export default function load(): Promise<Libheif>;
}
