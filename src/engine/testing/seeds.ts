let seed = 1;

/** Another one for everything that is drawn, and the same ones in every run. */
export const nextSeed = (): number => seed++;

/** For the next test file, which draws the same whichever files ran before it in the same process. */
export function restartSeeds(): void {
  seed = 1;
}
