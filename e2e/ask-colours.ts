import type { Page } from '@playwright/test';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../src/app/automation';

export interface ColourAnswer {
  /** The most probable class. */
  id: string;
  /** Whether it is flagged; null where the package decides nothing. */
  flagged: boolean | null;
}

/** What the page's engine says of a red and a blue picture; the code of the failure where it says nothing. */
export function askColours(page: Page, packageId: string): Promise<ColourAnswer[] | string> {
  return page.evaluate(async (packageId) => {
    const answers: { id: string; flagged: boolean | null }[] = [];
    for (const colour of ['#d01010', '#1010d0']) {
      const canvas = new OffscreenCanvas(320, 320);
      const context = canvas.getContext('2d');
      if (context) context.fillStyle = colour;
      context?.fillRect(0, 0, 320, 320);
      const request = { packageId, overruleGate: true, segmenterId: null };
      const result = await globalThis.lentigo.engine.analyse(await canvas.convertToBlob(), request);
      if (!result.ok) return result.failure.code;
      const [best] = [...result.value.probabilities].sort((a, b) => b.calibrated - a.calibrated);
      answers.push({ id: best?.id ?? '', flagged: result.value.decision?.above ?? null });
    }
    return answers;
  }, packageId);
}
