const wanted: GPURequestAdapterOptions = { powerPreference: 'high-performance' };

/**
 * Milliseconds before each further attempt. Chromium refuses the first page after its start while its GPU
 * process still comes up, and gives an adapter soon after. Whoever has none waits this long once; the page
 * draws and takes photos meanwhile.
 */
const pauses = [200, 400, 800];

/** A GPU adapter, asked for again where it is refused. Null where it is refused each time. */
export async function askForAdapter(
  gpu: Pick<GPU, 'requestAdapter'>,
  wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
): Promise<{ adapter: GPUAdapter | null; attempts: number }> {
  for (let attempts = 1; ; attempts++) {
    const adapter = await gpu.requestAdapter(wanted).catch(() => null);
    const pause = pauses[attempts - 1];
    if (adapter || pause === undefined) return { adapter, attempts };
    console.warn(
      `The browser gives no GPU adapter at attempt ${attempts}; it is asked again in ${pause} ms.`,
    );
    await wait(pause);
  }
}
