/** Lets one go at a time: those who wait come in their order, background work after all others. */
export class Turns {
  private busy = false;
  private readonly waiting: { background: boolean; go: () => void }[] = [];

  /** Runs work in its turn. What it throws, it throws; the next one goes on. */
  async run<T>(work: () => Promise<T>, background = false): Promise<T> {
    await this.take(background);
    try {
      return await work();
    } finally {
      this.pass();
    }
  }

  private take(background: boolean): Promise<void> {
    if (!this.busy) {
      this.busy = true;
      return Promise.resolve();
    }
    return new Promise((go) => {
      this.waiting.push({ background, go });
    });
  }

  private pass(): void {
    const first = this.waiting.findIndex((one) => !one.background);
    const [next] = this.waiting.splice(Math.max(0, first), 1);
    if (next) next.go();
    else this.busy = false;
  }
}
