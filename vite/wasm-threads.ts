import type { Plugin } from 'vite';

const factory = /return \(\s*(function\(WasmBackendModuleThreadedSimd\)[\s\S]*)\s*\);\s*\}\)\(\);/;

/**
 * Lets WASM threads come up in a minified bundle. tfjs-backend-wasm starts its threads from the text of one
 * of its own functions (`mainScriptUrlOrBlob: new Blob([wasmFactoryThreadedSimd.toString()])`); a minifier
 * renames what that text refers to outside of itself, and every thread dies with "e is not defined". This
 * gives the function its original text back, as a string, which no minifier touches. Throws where the package
 * no longer looks as expected, so that an update cannot break threads unseen.
 */
export function wasmThreads(): Plugin {
  return {
    name: 'lentigo:wasm-threads',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js$/ },
      handler(code) {
        const text = factory.exec(code)?.[1];
        if (!text) throw new Error('tfjs-backend-wasm changed: its thread factory is no longer found.');
        return {
          code: `${code}\nWasmBackendModuleThreadedSimd.toString = () => ${JSON.stringify(text)};\n`,
          map: null,
        };
      },
    },
  };
}
